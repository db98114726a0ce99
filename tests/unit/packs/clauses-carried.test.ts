/** REQ-PACK-17: clauses that no single gate carries: one picture of all sources (D.1), support in an emergency (D.3), command from afar (4.2.4). */
import { describe, expect, it } from 'vitest';
import { judgeClauses } from '../../../src/domain/report/clauses/judge-clauses.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import { peopleSection } from '../../../src/main/station/people-view.ts';
import { readingOf } from '../../../src/main/station/reading.ts';
import { draftReport, NO_SAMPLES } from '../../../src/domain/report/draft.ts';
import { Story, SUPERVISOR } from '../../support/report/judged.ts';
import { Bench, sample, shippedPack, shippedPacks } from '../domain/bench.ts';

describe('REQ-PACK-17 D.1 data of all sources stand in one picture', () => {
  it('process, gas, video, positioning and utilities alike: each value with its quality and the time of its source; silence is stale, a bad status is bad, what never came is no value', () => {
    const pack = shippedPack('fine-chemicals');
    const sources = [['process', 'TI-1101A'], ['gas', pack.tags.find(({ service }) => service === 'flammable-gas')?.id], ['video', pack.zones.flatMap(({ cameras }) => cameras.map(({ id }) => pack.tags.find((tag) => tag.id.startsWith(id))?.id)).find((id) => id !== undefined)], ['positioning', pack.zones[0]?.countTag], ['utilities', pack.tags.find(({ service }) => service === 'cooling-water')?.id]] as const;
    const { plant } = new Bench(pack, new Map());
    for (const [source, tag] of sources) {
      if (tag === undefined) expect.fail(`the plant has no tag of ${source}`);
      expect([source, readingOf(plant, tag)]).toMatchObject([source, { value: null, quality: 'bad', sourceMs: null }]);
      const def = pack.tags.find(({ id }) => id === tag);
      const value = def?.kind === 'boolean' ? true : def?.kind === 'count' ? 1 : 20;
      plant.engine.push(sample(tag, value, 1_000_000, STATUS.good, 999_000));
      plant.engine.advance(1_000_500);
      expect([source, readingOf(plant, tag)]).toMatchObject([source, { value, quality: 'good', sourceMs: 999_000 }]);
      plant.engine.push(sample(tag, value, 1_001_000, STATUS.bad));
      expect([source, readingOf(plant, tag).quality]).toEqual([source, 'bad']);
      plant.engine.push(sample(tag, value, 1_002_000));
      plant.engine.advance(1_002_000 + 10 * 60_000);
      expect([source, readingOf(plant, tag).quality]).toEqual([source, 'stale']);
    }
  });
});

describe('REQ-PACK-17 D.3 support in an emergency', () => {
  it('the plan is matched to the situation at once, and its zones come with their limit, their equipment and their ways out', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4203': 61 });
    bench.pass(10_000);
    const [raised] = bench.factsOf('procedure.raised');
    expect(raised?.data).toMatchObject({ procedure: 'P-A4.2', because: [expect.stringContaining('A4.2(2)') as string] });
    const concerned = bench.plant.procedures.get('P-A4.2')?.people.zones ?? [];
    const zones = peopleSection(bench.plant, bench.state, bench.nowMs).zones.filter(({ id }) => concerned.includes(id));
    expect(zones).toHaveLength(concerned.length);
    for (const { id, limit, protection, waysOut, cameras } of zones) expect([id, limit, protection.length > 0, waysOut.length > 0, cameras.length > 0]).toEqual([id, 0, true, true, true]);
  });

  it('no plant is shipped with a zone that has no equipment or no way out', () => {
    for (const pack of shippedPacks()) for (const { id, protection, waysOut } of pack.zones) expect([pack.id, id, protection.length > 0, waysOut.length > 0]).toEqual([pack.id, id, true, true]);
  });
});

describe('REQ-PACK-17 4.2.4 command from afar', () => {
  it('the commander who goes in is told, one who stays outside, seen and heard, is good, and without a radio it is not known', () => {
    const judged = (name: string, confirmed?: readonly string[]): string | undefined => {
      const story = new Story().posts().open();
      const zone = story.plant.pack.zones.find(({ protection }) => protection.includes('radio'))?.id ?? expect.fail('no zone asks for a radio');
      story.people(zone, 1, 2, 'reconnaissance', SUPERVISOR).enter(zone, { name, ...(confirmed === undefined ? {} : { confirmed }) }).pass(60_000).close();
      const incident = story.judged('4.2.4');
      return judgeClauses({ ...incident, draft: draftReport(incident, NO_SAMPLES, { tell: ({ type }) => ({ zh: type, en: type }) }) })[0]?.verdict;
    };
    expect([judged('王伟'), judged('陈刚'), judged('陈刚', [])]).toEqual(['notMet', 'met', 'unknown']);
  });
});
