/** REQ-TRN-18: a simulated plant that is put back jumps; no rate is made of the jump, and what did not jump goes on as if nothing had been. */
import { describe, expect, it } from 'vitest';
import type { ConditionEngine } from '../../../src/domain/conditions/engine.ts';
import type { Sample } from '../../../src/domain/samples/sample.ts';
import * as commands from '../../../src/domain/station/commands.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import { SetAside } from '../../../src/main/station/set-aside.ts';
import { Bench, engineOf, line, node, sample, T0 } from '../domain/bench.ts';

const MIN = 60_000;
const S = 1_000;
const TAGS = ['JUMPS', 'STAYS'].map((id) => ({ id, kind: 'analog' as const, unit: 'MPa', low: 0, high: 1, area: 'a', zh: id, en: id })) as never;
const rate = (input: string) => node(`R-${input}`, { kind: 'rate', input, risingFasterThan: 0.04, window: MIN, deadband: 0 });
const make = (): ConditionEngine => engineOf([rate('JUMPS'), rate('STAYS')], ['JUMPS', 'STAYS'], 5 * S);

/** Two minutes at rest, the plant let down to nothing meanwhile: what the station remembers when it is put back. */
function before(engine: ConditionEngine): void {
  for (let s = 0; s <= 120; s += 1) for (const tag of ['JUMPS', 'STAYS']) engine.push(sample(tag, tag === 'JUMPS' ? 0 : 0.3 + s * 1e-4, T0 + s * S));
}
/** It stands at its beginning again, a few samples later; one of before the jump comes late. */
const back: Sample[] = [sample('JUMPS', 0, T0 + 121 * S), sample('STAYS', 0.3122, T0 + 121 * S), sample('JUMPS', 0.28, T0 + 122 * S), sample('STAYS', 0.3123, T0 + 122 * S)];

describe('REQ-TRN-18 putting a plant back', () => {
  it('taken as it comes the jump is a rate: this is what it is about', () => {
    const engine = make();
    before(engine);
    engine.drain();
    for (const each of back) engine.push(each);
    expect(engine.drain().map(line)).toEqual(['+122000 R-JUMPS raised']);
  });

  it('set aside, it is none, neither then nor later; the other tag knows its rate all the while', () => {
    const engine = make();
    before(engine);
    engine.drain();
    const aside = new SetAside(T0 + 120 * S);
    aside.add(back);
    const { jumped, samples } = aside.release({ tags: TAGS }, (tag) => engine.readingOf(tag)?.value);
    expect([jumped, samples.map(({ tag, value }) => [tag, value])]).toEqual([['JUMPS'], [['STAYS', 0.3122], ['JUMPS', 0.28], ['STAYS', 0.3123]]]);
    for (const tag of jumped) engine.beginAnew(tag);
    expect(engine.truthOf('R-STAYS')).toBe(0);
    for (const each of samples) engine.push(each);
    for (let s = 123; s <= 240; s += 1) { engine.push(sample('JUMPS', 0.28, T0 + s * S)); expect(engine.truthOf('R-STAYS')).not.toBeNull(); engine.push(sample('STAYS', 0.3123, T0 + s * S)); }
    expect(engine.drain().filter(({ state }) => state === 'raised')).toEqual([]);
    // And it sees again: a real rise of the same tag is told.
    for (let s = 241; s <= 300; s += 1) engine.push(sample('JUMPS', 0.28 + (s - 240) * 0.002, T0 + s * S));
    expect(engine.drain().map(({ id, state }) => [id, state])).toContainEqual(['R-JUMPS', 'raised']);
  });

  it('it never waits for ever: too many samples, or too long', () => {
    const aside = new SetAside(T0);
    expect([aside.isTooMuch(T0 + 14_000), aside.isTooMuch(T0 + 16_000)]).toEqual([false, true]);
    aside.add(Array.from({ length: 200_001 }, (_, i) => sample('STAYS', i, T0)));
    expect(aside.isTooMuch(T0)).toBe(true);
  });

  it('an exercise begins with nothing of the one before: what ran is over, its incident closed, and the same condition raises its procedure again', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60 });
    bench.do((c) => commands.evacuate(c, 'post', 'people'));
    const old = bench.run('P-A4.2').instance;
    expect([bench.state.incident !== null, bench.state.rollCall !== null]).toEqual([true, true]);
    bench.commit([fact('training.instructed', bench.nowMs, 'post', { command: 'start S-1' })]);
    bench.set({ 'TI-4202': 45 });
    bench.commit([fact('incident.closed', bench.nowMs, 'post', { incident: bench.state.incident?.id ?? '' }), fact('training.started', bench.nowMs, 'post', { scenario: 'S-1' })]);
    bench.pass(2_000);
    expect([bench.state.runs, bench.state.incident, bench.state.rollCall, bench.state.noProcedure]).toEqual([[], null, null, null]);
    expect(bench.factsOf('analysis.owed')).toEqual([]);
    bench.set({ 'TI-4202': 60 });
    expect([bench.run('P-A4.2').instance === old, bench.state.incident !== null]).toEqual([false, true]);
  });
});
