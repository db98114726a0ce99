/** What is told to a supervising platform, and as what: the real pack, the real observations, no disk. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { platformMessageSchema } from '../../../src/contract/platform.ts';
import type { PlatformMessage } from '../../../src/contract/platform.ts';
import { behindOf, BEHIND_LONG_MS, evolveHandedOn, NOTHING_HANDED_ON, platformDueMs } from '../../../src/domain/platform/handed-on.ts';
import { messageOf, outboxStep } from '../../../src/domain/platform/outbox.ts';
import { EMPTY_OUTBOX } from '../../../src/domain/platform/outbox-state.ts';
import type { OutboxState } from '../../../src/domain/platform/outbox-state.ts';
import { wordsFrom } from '../../../src/domain/platform/pack-words.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { platformSchemaText, PLATFORM_SCHEMA_FILE } from '../../../src/main/platform/json-schema.ts';
import { ROOT, shippedPack, T0 } from '../domain/bench.ts';

const words = wordsFrom(shippedPack());
const procedure = shippedPack().procedures.find(({ id }) => id === 'P-A4.2');
const condition = shippedPack().conditions.find(({ starts }) => starts.includes('P-A4.2'))?.id ?? '';
const [zone, interlock] = [shippedPack().zones[0]?.id ?? '', shippedPack().interlocks[0]?.id ?? ''];

interface Told { readonly messages: PlatformMessage[]; readonly state: OutboxState }

/** Records from 1 on. `from`: goes on from there, as a station does after a restart. */
function tell(facts: readonly Fact[], from: { readonly state: OutboxState; readonly toRecord: number } = { state: EMPTY_OUTBOX, toRecord: 0 }): Told {
  const messages: PlatformMessage[] = [];
  let [state, fromRecord] = [from.state, from.toRecord + 1];
  for (const [i, each] of facts.entries()) {
    const n = i + 1;
    if (n <= from.toRecord) continue;
    const { next, kind } = outboxStep(state, each);
    if (kind !== null) {
      messages.push(messageOf({ n, wallMs: each.atMs, fact: each }, kind, state, next, fromRecord, words));
      fromRecord = n + 1;
    }
    state = next;
  }
  return { messages, state };
}

let atMs = T0;
const at = (): number => (atMs += 1_000);
const begun = (names = false): Fact[] => [fact('station.started', at(), null, { version: '1', mode: 'OPERATION', plant: 'h2o2', restarted: false }), fact('platform.configured', at(), null, { station: 'plant-7', names })];
const raised = (): Fact => fact('procedure.raised', at(), null, { instance: 'P-A4.2:1', procedure: 'P-A4.2', version: procedure?.version ?? 1, sourceHash: 'x', because: [condition] });
const opened = (id = 'I-1'): Fact => fact('incident.opened', at(), null, { incident: id, firstCondition: condition });
const moved = (place: 'retreating' | 'safe' | 'closed'): Fact => fact('procedure.moved', at(), 'li.na', { instance: 'P-A4.2:1', event: { type: 'TICK' } as never, place }, 'operator');

describe('REQ-PLT-02 an incident and its updates', () => {
  const course: Fact[] = [
    ...begun(), fact('condition.changed', at(), null, { id: condition, state: 'raised', sourceMs: 1, input: 'TI-4203', value: 61, limit: 60 }), raised(), opened(),
    moved('retreating'), moved('retreating'), fact('retreat.stop', at(), 'li.na', { actedOn: 'people' }, 'operator'),
    fact('interlock.tripped', at(), null, { id: interlock, first: [] }), fact('prohibition.changed', at(), null, { instance: 'P-A4.2:1', id: 'x', clause: 'A4.2', state: 'kept' }), fact('prohibition.changed', at(), null, { instance: 'P-A4.2:1', id: 'x', clause: 'A4.2', state: 'violated' }),
    fact('people.changed', at(), null, { zone, count: 2, limit: 3, state: 'within' }), fact('people.changed', at(), null, { zone, count: 5, limit: 3, state: 'exceeded' }), fact('people.changed', at(), null, { zone, count: 3, limit: 3, state: 'within' }),
    fact('refused', at(), 'li.na', { operation: 'people.enter', direction: 'intervene', obstacles: [{ rule: 'G-SAFE', clause: '3.5', fact: { zh: '王伟', en: 'Wang Wei' }, whoCanChange: [] }] }, 'operator'),
    fact('refused', at(), 'li.na', { operation: 'alarm.shelve', direction: 'sustain', obstacles: [] }), fact('condition.changed', at(), null, { id: condition, state: 'cleared', sourceMs: 2, input: 'TI-4203', value: 50, limit: 60 }),
    fact('condition.changed', at(), null, { id: 'another', state: 'raised', sourceMs: 2, input: null, value: null, limit: null }), moved('closed'), fact('incident.closed', at(), null, { incident: 'I-1' }),
  ];

  it('is opened with the conditions (their clauses) and the procedures that stand, is told what a supervisor has to know and no more, and is closed', () => {
    const { messages } = tell(course);
    expect(messages.map(({ kind, facts }) => [kind, ...facts.map(({ what }) => what)])).toEqual([
      ['opened', 'condition', 'procedure'], ['updated', 'procedure'], ['updated', 'retreat'], ['updated', 'trip'], ['updated', 'prohibition'], ['updated', 'people'], ['updated', 'people'], ['updated', 'refusal'], ['updated', 'condition'], ['updated', 'procedure'], ['closed'],
    ]);
    for (const message of messages) expect(platformMessageSchema.safeParse(message).error).toBeUndefined();
    expect(messages.map(({ seq, incident }) => [seq, incident])).toEqual(messages.map((_, i) => [i + 1, 'I-1']));
    expect(messages[0]?.facts[0]).toMatchObject({ what: 'condition', id: condition, clauses: expect.arrayContaining([expect.any(String)]) as string[] });
    expect(messages.at(-2)?.facts[0]).toMatchObject({ what: 'procedure', place: 'closed' });
  });

  it('its messages cover the records without a gap', () => {
    const { messages } = tell(course);
    expect(messages.map(({ fromRecord }) => fromRecord)).toEqual([1, ...messages.slice(0, -1).map(({ toRecord }) => toRecord + 1)]);
  });

  it('REQ-PLT-03 names nobody unless the configuration says so: roles only, and no words that may name people', () => {
    const said = JSON.stringify(tell(course).messages);
    expect([said.includes('li.na'), said.includes('Wang Wei'), said.includes('王伟')]).toEqual([false, false, false]);
    expect(tell(course).messages[2]?.by).toEqual({ role: 'operator' });
    const named = tell([...begun(true), ...course.slice(2)]);
    expect(named.messages[2]?.by).toEqual({ role: 'operator', user: 'li.na' });
  });

  it('a retreat is told also when no incident is open; without a configuration nothing is told', () => {
    expect(tell([...begun(), fact('retreat.evacuate', at(), 'x', { actedOn: 'people' })]).messages).toMatchObject([{ incident: null, kind: 'updated', facts: [{ what: 'retreat', retreat: 'evacuate' }] }]);
    expect(tell(course.filter(({ type }) => type !== 'platform.configured')).messages).toEqual([]);
  });

  it('switched on in the middle of an incident it begins with it; switched off nothing more is told; on again the numbers go on', () => {
    const { messages } = tell([...begun(), opened(), fact('platform.configured', at(), null, { station: null, names: false }), fact('retreat.stop', at(), 'x', { actedOn: 'people' }), fact('platform.configured', at(), null, { station: 'plant-7', names: false })]);
    expect(messages.map(({ seq, kind }) => [seq, kind])).toEqual([[1, 'opened'], [2, 'opened']]);
  });

  it('a station that gets another name begins at one, and goes on where it was when it gets its name back', () => {
    const stop = (): Fact => fact('retreat.stop', at(), 'x', { actedOn: 'people' });
    const named = (station: string): Fact => fact('platform.configured', at(), null, { station, names: false });
    const { messages } = tell([...begun(), stop(), stop(), named('other'), stop(), named('plant-7'), stop()]);
    expect(messages.map(({ station, seq }) => [station, seq])).toEqual([['plant-7', 1], ['plant-7', 2], ['other', 1], ['plant-7', 3]]);
  });
});

const anyFact: fc.Arbitrary<() => Fact> = fc.constantFrom<() => Fact>(
  () => opened(), () => fact('incident.closed', at(), null, { incident: 'I-1' }), raised, () => moved('safe'), () => moved('closed'), () => fact('retreat.stop', at(), 'a', { actedOn: 'people' }),
  () => fact('people.changed', at(), null, { zone, count: 9, limit: 3, state: 'exceeded' }), () => fact('people.changed', at(), null, { zone, count: 1, limit: 3, state: 'within' }), () => fact('condition.changed', at(), null, { id: condition, state: 'unknown', sourceMs: 1.5, input: null, value: null, limit: null }),
  () => fact('platform.configured', at(), null, { station: null, names: false }), () => fact('platform.configured', at(), null, { station: 'plant-7', names: true }), () => fact('flood.began', at(), null, { raised: 11 }), () => fact('no-procedure.raised', at(), null, { because: [condition] }),
);

describe('REQ-PLT-01 the outbox is the journal', () => {
  it('whoever goes on from any receipt makes the same messages, with the same numbers and the same bytes', () => {
    fc.assert(fc.property(fc.array(anyFact, { maxLength: 60 }), fc.nat(), (makers, where) => {
      const facts = [...begun(), ...makers.map((make) => make())];
      const { messages } = tell(facts);
      const toRecord = messages.length === 0 ? 0 : (messages[where % messages.length]?.toRecord ?? 0);
      // As `platform.delivered` keeps it: through JSON.
      const state = JSON.parse(JSON.stringify(tell(facts.slice(0, toRecord)).state)) as OutboxState;
      expect(JSON.stringify(tell(facts, { state, toRecord }).messages)).toBe(JSON.stringify(messages.filter((message) => message.toRecord > toRecord)));
    }));
  });

  it('the numbers are without a gap, every message is of the published form, and what is behind is what was made and not confirmed', () => {
    fc.assert(fc.property(fc.array(anyFact, { maxLength: 60 }), (makers) => {
      const facts = [...begun(), ...makers.map((make) => make())];
      const { messages, state } = tell(facts);
      expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, i) => i + 1));
      for (const message of messages) expect(platformMessageSchema.safeParse(message).error).toBeUndefined();
      expect(behindOf(facts.reduce(evolveHandedOn, NOTHING_HANDED_ON))).toBe(messages.length);
      expect(state.made).toBe(messages.length);
    }));
  });

  it('names out of the outside do not reach the prototype', () => {
    expect(() => tell([...begun(), opened(), fact('procedure.moved', at(), null, { instance: '__proto__', event: { type: 'TICK' } as never, place: 'safe' }), fact('procedure.because', at(), null, { instance: 'constructor', because: [] })])).not.toThrow();
  });
});

describe('REQ-PLT-09 what waits too long', () => {
  const stop = fact('retreat.stop', T0, 'a', { actedOn: 'people' });
  const waiting = [...begun(), stop].reduce(evolveHandedOn, NOTHING_HANDED_ON);
  const delivered = (outbox: OutboxState): Fact => fact('platform.delivered', T0 + 5, null, { station: 'plant-7', seq: 1, toRecord: 3, messages: 1, sha256: '', receipt: null, outbox });

  it('is worth an alarm after an hour, not before, and not once it has its receipt', () => {
    expect(platformDueMs(waiting)).toBe(T0 + BEHIND_LONG_MS);
    expect(platformDueMs(evolveHandedOn(waiting, delivered(waiting.outbox)))).toBe(Number.POSITIVE_INFINITY);
  });
  it('a conflict is worth one at once; switched off nobody waits', () => {
    expect(platformDueMs(evolveHandedOn(waiting, fact('platform.conflict', T0 + 9, null, { station: 'plant-7', seq: 1, sha256: '' })))).toBe(T0 + 9);
    expect(platformDueMs(evolveHandedOn(waiting, fact('platform.configured', T0, null, { station: null, names: false })))).toBe(Number.POSITIVE_INFINITY);
  });
});

it('REQ-PLT-02 the published schema is the contract', () => {
  expect(readFileSync(path.join(ROOT, PLATFORM_SCHEMA_FILE), 'utf8')).toBe(platformSchemaText());
});
