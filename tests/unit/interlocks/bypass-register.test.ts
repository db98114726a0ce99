/** What the register holds beside its road: the exact element and what it leaves of the voting, the work order, the credit that is missing, and what happened meanwhile (3.3). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/contract/commands.ts';
import { interlocksSectionSchema } from '../../../src/contract/view.ts';
import type { BypassView } from '../../../src/contract/view.ts';
import { handOverItems } from '../../../src/domain/handover/items.ts';
import { EVENTS_MAX } from '../../../src/domain/interlocks/bypass-events.ts';
import { channelsOf, votingOf, withoutOne } from '../../../src/domain/interlocks/channels.ts';
import { lopaCreditOf } from '../../../src/domain/interlocks/lopa-credit.ts';
import { elementsOf, isActingWithout, weakenedBy } from '../../../src/domain/interlocks/weakened.ts';
import type { InterlockDef, PlantPack } from '../../../src/domain/packs/schema.ts';
import * as bypasses from '../../../src/domain/station/bypass-commands.ts';
import type { BypassRequest } from '../../../src/domain/station/bypass-commands.ts';
import { bypassEffects } from '../../../src/domain/station/bypass-effects.ts';
import * as stationCommands from '../../../src/domain/station/commands.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import { interlockObstacles, interlockStanding } from '../../../src/domain/station/gates/interlock-facts.ts';
import { sustainVerdict } from '../../../src/domain/station/gates/verdicts.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { interlocksSection } from '../../../src/main/station/interlocks-view.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { Bench, PEOPLE, sample, shippedPack, shippedPacks } from '../domain/bench.ts';

const { operator, supervisor, engineer, engineer2 } = PEOPLE;
const HOUR = 3_600_000;

const ask = (bench: Bench, more: Partial<BypassRequest> = {}) => bench.do((c) => bypasses.requestBypass(c, { interlock: 'I-4200', reason: 'transmitter exchanged', hazard: 'one channel less', measures: [{ text: 'level watched on the spot', owner: 'li.na', everyMs: 4 * HOUR }], untilMs: bench.nowMs + HOUR, ...more }, operator));
function inForce(bench: Bench, more: Partial<BypassRequest> = {}): string {
  const decision = ask(bench, more);
  if (decision.outcome !== 'done') throw new Error(JSON.stringify(decision));
  const id = decision.output.bypass;
  bench.do((c) => bypasses.assessBypass(c, id, 'acceptable', true, engineer));
  bench.do((c) => bypasses.approveBypass(c, id, engineer2));
  bench.do((c) => bypasses.acceptBypass(c, id, operator));
  return id;
}
const entryOf = (bench: Bench, id: string) => bench.state.bypasses.find((each) => each.id === id);
const section = (bench: Bench) => interlocksSectionSchema.parse(interlocksSection(bench.plant, bench.state, bench.nowMs));
const rowOf = (bench: Bench, id: string): BypassView | undefined => section(bench).register.find((each) => each.id === id);
const interlockOf = (bench: Bench, id: string): InterlockDef => { const found = bench.plant.interlocks.get(id); if (found === undefined) throw new Error(id); return found; };
const obstacles = (bench: Bench, interlock = 'I-4200') => interlockObstacles(bench.state, interlock, bench.nowMs);
const eventsOf = (bench: Bench, id: string): string[] => (entryOf(bench, id)?.events ?? []).map((event) => ('condition' in event ? event.condition : event.interlock));

describe('REQ-ILK-16 one initiator alone may be bypassed, and what it leaves of the voting is said (3.3)', () => {
  it('REQ-ILK-16 every voting there can be: a channel held healthy demands nothing, so that the others must reach the same votes; checked against every set of demands', () => {
    for (let built = 1; built <= 9; built += 1) for (let need = 1; need <= built; need += 1) {
      const left = withoutOne(`${need}oo${built}`);
      // Held healthy: the first channel never demands. Can the rest trip, and with how many of how many?
      const rest = Array.from({ length: 2 ** (built - 1) }, (_, demands) => demands.toString(2).replaceAll('0', '').length);
      expect(rest.some((votes) => votes >= need)).toBe(left !== null);
      if (left !== null) expect(votingOf(left)).toEqual({ need, built: built - 1 });
    }
    expect([withoutOne('2oo3'), withoutOne('1oo2'), withoutOne('1oo1'), withoutOne('2oo2'), withoutOne('3oo2'), withoutOne('')]).toEqual(['2oo2', '1oo1', null, null, null, null]);
  });

  it('REQ-ILK-16 every initiator of every shipped interlock weakens the causes that it stands in, and no other', () => {
    let count = 0;
    for (const pack of shippedPacks()) for (const interlock of pack.interlocks) for (const element of elementsOf(interlock)) {
      count += 1;
      const causes = interlock.causes.filter(({ tags }) => tags?.includes(element));
      expect(weakenedBy(interlock, element).map(({ cause, voting }) => [cause.en, voting])).toEqual(causes.map(({ en, voting }) => [en, voting]));
      expect(weakenedBy(interlock, null)).toEqual([]);
    }
    expect(count).toBeGreaterThan(40);
  });

  it('REQ-ILK-16 an element that is none is bad input and names those there are', () => {
    const bench = Bench.calm();
    expect(ask(bench, { element: 'TI-4301' })).toMatchObject({ outcome: 'failed', code: 'bad-input', message: expect.stringMatching(/TI-4301 is no initiator of I-4200; expected one of TI-4201, TI-4202, TI-4203, LI-4204A, LI-4204B, LI-4204C, or none/u) as string });
    const pack = shippedPack();
    const wordsOnly: PlantPack = { ...pack, interlocks: pack.interlocks.map((i) => ({ ...i, causes: i.causes.map(({ zh, en }) => ({ zh, en })) })) };
    expect(ask(Bench.calm(wordsOnly), { element: 'TI-4201' })).toMatchObject({ outcome: 'failed', message: expect.stringMatching(/expected none/u) as string });
    const { input } = COMMANDS['bypass.request'];
    const asked = { interlock: 'I-1', reason: 'r', hazard: 'h', measures: [{ text: 't', owner: 'o', everyMs: HOUR }], untilMs: 1, signature: { user: 'u', secret: 's' } };
    expect([{}, { element: 'TI-1', workOrder: 'WO-1' }, { element: '' }, { element: 'a b' }, { workOrder: ' ' }, { workOrder: 'x'.repeat(81) }].map((more) => input.safeParse({ ...asked, ...more }).success)).toEqual([true, true, false, false, false, false]);
  });

  it('REQ-ILK-16 the row and the form say how it votes then; a cause that protects no more is named', () => {
    const bench = Bench.calm();
    const id = inForce(bench, { element: 'TI-4201', workOrder: 'WO-17' });
    expect(rowOf(bench, id)).toMatchObject({ element: 'TI-4201', workOrder: 'WO-17', weakened: [{ voting: '2oo3', left: '2oo2' }] });
    const { elements } = section(bench).interlocks.find(({ id: each }) => each === 'I-4300') ?? {};
    expect(elements?.find(({ tag }) => tag === 'AI-4305A')?.weakens).toEqual([{ cause: { zh: '萃余液双氧水超过 0.30 g/L 并确认', en: 'Raffinate above 0.30 g/L, confirmed' }, voting: '2oo2', left: null }]);
    // In two causes at once.
    expect(weakenedBy(interlockOf(bench, 'I-4801'), 'TI-4801A').map(({ left }) => left)).toEqual(['2oo2', '2oo2']);
  });

  it('REQ-ILK-16 the next shift is told which initiator, and of a whole function none', () => {
    const textOf = (more: Partial<BypassRequest>): string | undefined => { const bench = Bench.calm(); inForce(bench, more); return handOverItems(bench.plant, bench.state, bench.nowMs).find(({ kind }) => kind === 'bypass')?.text.en; };
    expect([textOf({ element: 'TI-4201' }), textOf({})]).toEqual([expect.stringMatching(/^Bypass B-I-4200-1 of TI-4201 of I-4200, /u), expect.stringMatching(/^Bypass B-I-4200-1 of I-4200, /u)]);
  });

  it('REQ-ILK-16 effects before approval: only what the element takes away', () => {
    const bench = new Bench();
    const effect = (interlock: string, element: string | null, procedure: string) => bypassEffects(bench.plant, interlockOf(bench, interlock), element).find((each) => each.procedure === procedure);
    const whole = effect('I-4200', null, 'P-A4.2');
    const one = effect('I-4200', 'TI-4201', 'P-A4.2');
    const high = bench.plant.conditions.get('C-A4.2(2)-TI-4201')?.title.en;
    expect(one?.notActing.map(({ en }) => en)).toEqual([high]);
    // 2oo3 acts on with the two others; nobody has to do its work.
    expect([whole?.notActing.length, (whole?.byHand.length ?? 0) > 0, one?.byHand]).toEqual([5, true, []]);
    // 1oo3 over three places: what that place would have done is left to people.
    expect(isActingWithout(interlockOf(bench, 'I-4400'), 'TI-4401')).toBe(false);
    expect(effect('I-4400', 'TI-4401', 'P-A4.9')?.byHand.length).toBeGreaterThan(0);
    // 2oo2 without one trips no more: the other channel is silenced with it.
    expect(effect('I-4300', 'AI-4305A', 'P-A4.2')?.notActing.map(({ en }) => en)).toContain(bench.plant.conditions.get('C-A4.2(5)-AI-4305')?.title.en);
  });

  it('REQ-ILK-16 another channel lost beside it was approved by nobody: unknown, refused; the bypassed one may be dead', () => {
    const bench = Bench.calm();
    inForce(bench, { element: 'TI-4201' });
    bench.set({ 'I-4200-BYP': true });
    bench.bad.add('TI-4201');
    bench.pass(1_000);
    expect([interlockStanding(bench.state, 'I-4200', bench.nowMs), obstacles(bench), sustainVerdict(bench.state, 'I-4200', bench.nowMs).allowed]).toEqual(['bypassed-approved', [], true]);
    bench.bad.add('TI-4202');
    bench.pass(1_000);
    expect([interlockStanding(bench.state, 'I-4200', bench.nowMs), obstacles(bench), sustainVerdict(bench.state, 'I-4200', bench.nowMs).allowed]).toEqual(['unknown', ['unknown'], false]);
    expect(bench.do((c) => stationCommands.stop(c, 'post', 'people')).outcome).toBe('done');
    bench.bad.delete('TI-4202');
    bench.pass(1_000);
    expect(obstacles(bench)).toEqual([]);
  });

  it('REQ-ILK-16 property: a whole bypass carries the loss of channels as before; of one element never a loss that the element does not explain', () => {
    const interlocks = shippedPacks().flatMap((pack) => pack.interlocks.filter((each) => elementsOf(each).length > 0));
    fc.assert(fc.property(fc.constantFrom(...interlocks), fc.nat(), fc.infiniteStream(fc.boolean()), (interlock, at, coins) => {
      const elements = elementsOf(interlock);
      const element = elements[at % elements.length] ?? '';
      const good = new Set(elements.filter(() => coins.next().value));
      const { state } = channelsOf(interlock, (tag) => good.has(tag), element);
      const counted = interlock.causes.flatMap(({ voting = '', tags = [] }) => {
        const votes = votingOf(voting);
        const others = tags.filter((tag) => tag !== element);
        return votes === null || others.length < votes.need ? [] : [{ need: votes.need, good: others.filter((tag) => good.has(tag)).length, of: others.length }];
      });
      const want = counted.some((c) => c.good < c.need) ? 'lost' : counted.some((c) => c.good < c.of) ? 'degraded' : 'full';
      return state === want;
    }));
  });
});

describe('REQ-ILK-17 what a function is counted for (3.3)', () => {
  it('REQ-ILK-17 the pack says it, or n of SILn; shown with the function and with its bypass', () => {
    expect((['none', 'SIL1', 'SIL2', 'SIL3'] as const).map((criticality) => lopaCreditOf({ criticality }))).toEqual([0, 1, 2, 3]);
    expect([lopaCreditOf({ criticality: 'SIL2', lopaCredit: 1 }), lopaCreditOf({ criticality: 'SIL2', lopaCredit: 0 })]).toEqual([1, 0]);
    const pack = shippedPack();
    const bench = Bench.calm({ ...pack, interlocks: pack.interlocks.map((i) => (i.id === 'I-4200' ? { ...i, lopaCredit: 1 } : i)) });
    const id = inForce(bench);
    expect([rowOf(bench, id)?.lopaCredit, section(bench).interlocks.find((i) => i.id === 'I-4300')?.lopaCredit, rowOf(bench, id)?.workOrder, rowOf(bench, id)?.element]).toEqual([1, 2, null, null]);
  });
});

describe('REQ-ILK-18 abnormal events while it is in use are kept with the entry (3.3)', () => {
  it('REQ-ILK-18 an abnormal condition and a trip against the same hazard; not before it is active, not of another hazard, not after', () => {
    const bench = Bench.calm();
    const id = inForce(bench);
    bench.set({ 'I-4200-BYP': true });
    bench.set({ 'I-4400-TRIP': true });
    expect(eventsOf(bench, id)).toEqual([]);
    bench.set({ 'TI-4301': 60 });
    expect(eventsOf(bench, id)).toEqual(['C-A4.2(2)-TI-4301']);
    // It stays raised, and is unknown in between: one event.
    bench.bad.add('TI-4301');
    bench.pass(2_000);
    bench.bad.delete('TI-4301');
    bench.pass(2_000);
    bench.set({ 'I-4210-TRIP': true });
    expect(eventsOf(bench, id)).toEqual(['C-A4.2(2)-TI-4301', 'I-4210']);
    // Asked for while it was bypassed: its own trip tag.
    bench.set({ 'I-4200-TRIP': true });
    expect(eventsOf(bench, id)).toEqual(['C-A4.2(2)-TI-4301', 'I-4210', 'I-4200']);
    expect(rowOf(bench, id)?.events.map(({ kind, title }) => [kind, title.en.length > 0])).toEqual([['condition', true], ['interlock', true], ['interlock', true]]);
    expect(bench.do((c) => stationCommands.stop(c, 'post', 'people')).outcome).toBe('done');
    bench.do((c) => bypasses.restoreBypass(c, id, operator));
    bench.set({ 'I-4200-BYP': false, 'I-4200-TRIP': false });
    bench.do((c) => bypasses.testBypass(c, id, 'acts', true, engineer));
    bench.do((c) => bypasses.verifyBypass(c, id, supervisor));
    bench.set({ 'TI-4302': 60 });
    expect([entryOf(bench, id)?.phase, eventsOf(bench, id).length, rowOf(bench, id)?.events.length]).toEqual(['closed', 3, 3]);
  });

  it('REQ-ILK-18 nothing is written where nobody listens: asked for, not yet accepted', () => {
    const bench = Bench.calm();
    const decision = ask(bench);
    bench.set({ 'TI-4301': 60 });
    expect([decision.outcome, bench.factsOf('bypass.event')]).toEqual(['done', []]);
  });

  it('REQ-ILK-18 its approval is gone and it is still on: what happens then counts all the more', () => {
    const bench = Bench.calm();
    const id = inForce(bench);
    bench.set({ 'I-4200-BYP': true });
    bench.pass(HOUR, 5_000);
    bench.set({ 'TI-4301': 60 });
    expect([entryOf(bench, id)?.phase, eventsOf(bench, id)]).toEqual(['expired', expect.arrayContaining(['C-A4.2(2)-TI-4301'])]);
  });

  it('REQ-ILK-18 one that is gone before anybody looks has been there; a warning is none', () => {
    const bench = Bench.calm();
    const id = inForce(bench);
    bench.set({ 'I-4200-BYP': true });
    for (const value of [60, 40]) {
      for (let i = 0; i < 30; i += 1) {
        bench.nowMs += 1_000;
        for (const [tag, calm] of bench.values) bench.plant.engine.push(sample(tag, tag === 'TI-4301' ? value : calm, bench.nowMs));
        bench.plant.engine.advance(bench.nowMs);
      }
    }
    bench.settle();
    expect([bench.state.conditions.get('C-A4.2(2)-TI-4301')?.state, eventsOf(bench, id)]).toEqual(['cleared', ['C-A4.2(2)-TI-4301']]);
    expect(bench.factsOf('condition.changed').map(({ data }) => bench.plant.conditions.get(data.id)?.role)).toContain('warning');
  });

  it('REQ-ILK-18 a chattering tag fills no memory: fifty are kept, and the row says that there may be more', () => {
    const bench = Bench.calm();
    const id = inForce(bench);
    const chatter = Array.from({ length: EVENTS_MAX + 30 }, (_, i) => fact('bypass.event', bench.nowMs + i, null, { bypass: id, condition: 'C-A4.2(2)-TI-4301' }));
    bench.commit(chatter);
    expect([entryOf(bench, id)?.events.length, rowOf(bench, id)?.hasMore]).toEqual([EVENTS_MAX, true]);
    const before = bench.factsOf('bypass.event').length;
    bench.set({ 'TI-4301': 60 });
    expect(bench.factsOf('bypass.event').length).toBe(before);
  });

  it('REQ-ILK-18 the journal says it in both languages', () => {
    const bench = new Bench();
    const words = (data: { bypass: string; condition: string } | { bypass: string; interlock: string }) => recordText(fact('bypass.event', 1, null, data), bench.plant);
    expect(words({ bypass: 'B-1', interlock: 'I-4210' })).toEqual({ zh: '旁路 B-1 期间联锁 I-4210 动作', en: 'Interlock I-4210 tripped during bypass B-1' });
    expect(words({ bypass: 'B-1', condition: 'C-A4.2(2)-TI-4301' }).en).toContain(bench.plant.conditions.get('C-A4.2(2)-TI-4301')?.title.en ?? 'no such condition');
  });

  it('REQ-ILK-13 a journal from before any of this folds to the whole function, no work order and no events', () => {
    const bench = new Bench();
    const state = evolveAll(EMPTY_STATE, [
      fact('bypass.requested', 1, 'li.na', { bypass: 'B-1', interlock: 'I-4200', reason: 'r', hazard: 'h', measures: [], untilMs: HOUR }),
      fact('bypass.event', 2, null, { bypass: 'B-9', condition: 'gone' }),
      fact('bypass.event', 3, null, { bypass: 'B-1', condition: 'constructor' }),
    ], bench.plant.machines);
    expect(state.bypasses).toMatchObject([{ element: null, workOrder: null, events: [{ condition: 'constructor', atMs: 3 }] }]);
    bench.state = state;
    expect(rowOf(bench, 'B-1')?.events).toEqual([{ kind: 'condition', id: 'constructor', title: { zh: 'constructor', en: 'constructor' }, atMs: 3 }]);
  });
});
