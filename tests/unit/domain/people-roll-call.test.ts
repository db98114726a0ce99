/** REQ-PPL-08..11: the roll-call of an evacuation. */
import { describe, expect, it } from 'vitest';
import { isShownEmpty } from '../../../src/domain/people/roll-call.ts';
import { placeOf } from '../../../src/domain/procedures/machine.ts';
import { assessZone, evacuate, leaveZone, resetInterlock, stop, takePost } from '../../../src/domain/station/commands.ts';
import { demandsProtection, returnVerdict } from '../../../src/domain/station/gates/verdicts.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import { enterZone, signRollCall } from '../../../src/domain/station/people-commands.ts';
import { assessProof } from '../../../src/domain/station/procedure-commands.ts';
import { Bench, calmValues, callTheRoll, equipped, PEOPLE, rulesOf, shippedPack } from './bench.ts';
import { begun, byTag, procedure, step } from './made-procedures.ts';

const { supervisor, operator, engineer } = PEOPLE;
const ZONES = shippedPack().zones.map(({ id }) => id);
const order = (bench: Bench) => bench.do((c) => evacuate(c, 'post', 'people'));
const sign = (bench: Bench, zone: string, signer: Signer, empty = true) => bench.do((c) => signRollCall(c, { zone, empty, note: '' }, signer));
const cleared = (bench: Bench): string[] => ZONES.filter((zone) => bench.state.rollCall?.zones[zone]?.cleared === true);
const isOver = (bench: Bench): boolean => bench.state.rollCall !== null && bench.state.rollCall.endedMs !== null;

describe('REQ-PPL-08 4.2.1 a zone is shown empty by two of three sources', () => {
  it('over every count, number of names inside and set of signers', () => {
    const people = ['a', 'b', 'c'].map((user) => ({ user, name: user, atMs: 0 }));
    for (const tag of [null, 0, 1, 3]) {
      for (const names of [0, 1]) {
        for (let bits = 0; bits < 8; bits += 1) {
          const signed = people.filter((_, i) => (bits & (1 << i)) !== 0);
          const sources = (tag === 0 ? 1 : 0) + (signed.length >= 1 ? 1 : 0) + (signed.length >= 2 ? 1 : 0);
          expect(isShownEmpty(tag, names, { signed, cleared: false }), `${String(tag)} ${names} ${signed.length}`).toBe(names === 0 && (tag === null || tag === 0) && sources >= 2);
        }
      }
    }
  });

  it('the order to evacuate opens it for every zone; positioning and one signature clear a zone; it ends with the last', () => {
    const bench = Bench.calm();
    order(bench);
    expect([Object.keys(bench.state.rollCall?.zones ?? {}), cleared(bench)]).toEqual([ZONES, []]);
    for (const zone of ZONES) {
      expect(isOver(bench)).toBe(false);
      expect(sign(bench, zone, operator).outcome).toBe('done');
      expect(cleared(bench)).toContain(zone);
    }
    expect([isOver(bench), bench.factsOf('roll-call.ended').length]).toEqual([true, 1]);
  });

  it('one person twice is one source; two replace a positioning that is dead', () => {
    const bench = Bench.calm();
    bench.bad.add('PC-4200');
    bench.pass(1_000);
    order(bench);
    for (const who of [operator, operator]) sign(bench, 'Z-4200', who);
    expect(cleared(bench)).toEqual([]);
    sign(bench, 'Z-4200', supervisor);
    expect(cleared(bench)).toEqual(['Z-4200']);
  });

  it('a step of a procedure that clears people out opens it for its zones, once; another adds its own', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4801A': 41 });
    expect(bench.state.rollCall).toBe(null);
    bench.do((c) => stop(c, 'post', 'people'));
    expect(bench.factsOf('roll-call.opened').map(({ data }) => data.zones)).toContainEqual(['Z-4800']);
    const opened = bench.factsOf('roll-call.opened').length;
    bench.pass(30_000);
    expect(bench.factsOf('roll-call.opened').length).toBe(opened);
    order(bench);
    expect(Object.keys(bench.state.rollCall?.zones ?? {}).sort()).toEqual([...ZONES].sort());
  });

  it('ordered again, the roll is called again: somebody may have gone in', () => {
    const bench = Bench.calm();
    order(bench);
    callTheRoll(bench, operator);
    expect(isOver(bench)).toBe(true);
    order(bench);
    expect([isOver(bench), cleared(bench)]).toEqual([false, []]);
  });

  it('no roll-call, an unknown zone, somebody inside: not signed as empty; that somebody is left is always taken', () => {
    const bench = Bench.calm();
    expect(sign(bench, 'Z-4200', operator)).toMatchObject({ outcome: 'failed', code: 'bad-input' });
    bench.do((c) => enterZone(c, equipped(bench, 'Z-4100', '赵强'), operator));
    bench.set({ 'PC-4300': 1 });
    order(bench);
    expect(sign(bench, 'constructor', operator)).toMatchObject({ outcome: 'failed', code: 'not-found' });
    expect(sign(bench, 'Z-4100', operator)).toMatchObject({ outcome: 'failed', message: expect.stringContaining('赵强') as string });
    expect(sign(bench, 'Z-4300', operator)).toMatchObject({ outcome: 'failed', message: expect.stringContaining('counts 1') as string });
    for (const zone of ['Z-4100', 'Z-4300', 'Z-4200']) expect(sign(bench, zone, operator, false).outcome).toBe('done');
    expect(bench.do((c) => leaveZone(c, 'Z-4100', bench.state.zones['Z-4100']?.entries[0]?.id ?? '', 'post')).outcome).toBe('done');
    expect([sign(bench, 'Z-4100', operator).outcome, cleared(bench)]).toEqual(['done', ['Z-4100']]);
  });
});

describe('REQ-PPL-09 3.5 until it is complete nothing returns, and nothing of the way to safety waits', () => {
  it('a return and a reset name the zones; evacuation, stop and leaving are done', () => {
    const bench = Bench.calm();
    bench.set({ 'TI-4202': 60 });
    order(bench);
    const verdict = returnVerdict(bench.plant, bench.state, bench.run('P-A4.2'), bench.nowMs);
    expect(verdict.allowed ? [] : verdict.refusal.obstacles.filter(({ rule }) => rule === 'G-ROLL-CALL').map(({ fact }) => fact.en)).toEqual(shippedPack().zones.map(({ title }) => `Evacuation roll-call not complete: ${title.en} is not shown empty by two sources`));
    expect(rulesOf(bench.do((c) => resetInterlock(c, 'I-4200', supervisor)))).toContain('G-ROLL-CALL');
    expect([order(bench).outcome, bench.do((c) => stop(c, 'post', 'people')).outcome]).toEqual(['done', 'done']);
    callTheRoll(bench, operator);
    expect(rulesOf(bench.do((c) => resetInterlock(c, 'I-4200', supervisor)))).not.toContain('G-ROLL-CALL');
  });

  it('4.2.1 4.3.4 4.5.1 while people are told to leave, a zone is not normal running for whoever wants in, with or without a procedure', () => {
    const bench = Bench.calm();
    const enter = (): string[] => rulesOf(bench.do((c) => enterZone(c, equipped(bench, 'Z-4100', '赵强', { gasDetector: '' }), operator)));
    expect([bench.state.runs.length, demandsProtection(bench.plant, bench.state, 'Z-4100')]).toEqual([0, false]);
    order(bench);
    expect([bench.state.runs.length, demandsProtection(bench.plant, bench.state, 'Z-4100')]).toEqual([0, true]);
    expect(enter()).toEqual(expect.arrayContaining(['G-COMMANDER', 'G-WATCH', 'G-GAS-DETECTOR']));
    callTheRoll(bench, operator);
    expect([isOver(bench), demandsProtection(bench.plant, bench.state, 'Z-4100')]).toEqual([true, false]);
  });

  it('when nothing was ever heard of the plant, evacuation is ordered and recorded all the same', () => {
    const bench = new Bench();
    expect([order(bench).outcome, bench.state.retreats[0]?.kind, Object.keys(bench.state.rollCall?.zones ?? {})]).toEqual(['done', 'evacuate', ZONES]);
    const empty = new Bench({ ...shippedPack(), zones: [] });
    order(empty);
    expect([empty.factsOf('retreat.evacuate').length, empty.state.rollCall]).toEqual([1, null]);
  });

  it('it outlasts the incident while it runs; one that has ended proves nothing in the next', () => {
    const bench = Bench.calm();
    order(bench);
    callTheRoll(bench, operator, supervisor);
    expect(isOver(bench)).toBe(true);
    bench.set({ 'TI-4202': 60 });
    expect(bench.state.rollCall).toBe(null);
  });
});

describe('REQ-PPL-10 4.2.1 a zone that reads more than zero again is open again', () => {
  it('and what was signed is void; a value that is not known opens it without voiding', () => {
    const bench = Bench.calm();
    order(bench);
    sign(bench, 'Z-4200', operator);
    bench.bad.add('PC-4200');
    bench.pass(1_000);
    expect([cleared(bench), bench.state.rollCall?.zones['Z-4200']?.signed.length]).toEqual([[], 1]);
    bench.bad.delete('PC-4200');
    bench.pass(1_000);
    expect(cleared(bench)).toEqual(['Z-4200']);
    bench.set({ 'PC-4200': 1 });
    expect([cleared(bench), bench.state.rollCall?.zones['Z-4200']?.signed]).toEqual([[], []]);
    bench.set({ 'PC-4200': 0 });
    expect(cleared(bench)).toEqual([]);
  });

  it('somebody says that a person is left: all signatures of the zone are void', () => {
    const bench = Bench.calm();
    order(bench);
    sign(bench, 'Z-4200', operator);
    sign(bench, 'Z-4200', engineer, false);
    expect([cleared(bench), bench.state.rollCall?.zones['Z-4200']?.signed]).toEqual([[], []]);
  });
});

describe('REQ-PPL-11 decision 0011: two people who called the roll stand in for a positioning that is dead', () => {
  const count = (id: string, more = {}) => ({ id, text: { zh: id, en: id }, expected: { zh: '0', en: '0' }, when: { kind: 'limit', input: 'PC-4200', atOrBelow: 0 }, ...more });
  const LEAVE = procedure('P-1', { steps: [step('E', { modes: ['evacuation'], proceed: 'at-once', proof: [count('E.1')] })], safeState: [byTag('S1', 'XV-4205', 'open'), count('S2')] });
  /** Retreating, the positioning of the zone dead. */
  function dead(): Bench {
    const bench = begun([LEAVE], { 'XV-4205': 'open', 'PC-4200': 1 });
    bench.bad.add('PC-4200');
    bench.pass(2_000);
    return bench;
  }
  const place = (bench: Bench) => placeOf(bench.run('P-1').course);

  it('one signature proves nothing, two prove step and safe state', () => {
    const bench = dead();
    expect([place(bench), bench.state.rollCall?.zones['Z-4200']?.cleared]).toEqual(['retreating', false]);
    for (const again of [operator, operator]) sign(bench, 'Z-4200', again);
    expect(place(bench)).toBe('retreating');
    sign(bench, 'Z-4200', supervisor);
    expect([place(bench), isOver(bench), bench.run('P-1').course.context.steps['E']?.doneMs !== null]).toEqual(['safe', true, true]);
  });

  it('it lapses when the positioning comes back: then that decides', () => {
    const bench = dead();
    for (const who of [operator, supervisor]) sign(bench, 'Z-4200', who);
    expect(place(bench)).toBe('safe');
    bench.bad.delete('PC-4200');
    bench.set({ 'PC-4200': 1 });
    expect([place(bench), bench.state.rollCall?.zones['Z-4200']?.signed]).toEqual(['retreating', []]);
    bench.bad.add('PC-4200');
    bench.pass(2_000);
    expect(place(bench)).toBe('retreating');
  });

  it('it never speaks against a positioning that works, and a person may contest it', () => {
    const bench = begun([LEAVE], { 'XV-4205': 'open', 'PC-4200': 1 });
    for (const who of [operator, supervisor]) expect(sign(bench, 'Z-4200', who).outcome).toBe('failed');
    expect(place(bench)).toBe('retreating');
    const contested = dead();
    sign(contested, 'Z-4200', operator);
    contested.do((c) => assessProof(c, { instance: contested.run('P-1').instance, proof: 'S2', assessment: 'contested', reason: 'I hear somebody' }, engineer));
    sign(contested, 'Z-4200', supervisor);
    expect(place(contested)).toBe('retreating');
  });

  it('only an upper limit on the head count of that zone is stood in for', () => {
    const other = procedure('P-1', { steps: [step('E', { modes: ['evacuation'], proceed: 'at-once', proof: [count('E.1')] })], safeState: [byTag('S1', 'XV-4205', 'open'), { ...count('S2'), when: { kind: 'limit', input: 'PC-4300', atOrBelow: 0 } }] });
    const bench = begun([other], { 'XV-4205': 'open', 'PC-4200': 1, 'PC-4300': 1 });
    for (const tag of ['PC-4200', 'PC-4300']) bench.bad.add(tag);
    bench.pass(2_000);
    for (const who of [operator, supervisor]) sign(bench, 'Z-4200', who);
    expect(placeOf(bench.run('P-1').course)).toBe('retreating');
  });

  it('the word of the two is kept while the zone stays empty, whatever goes on elsewhere; with the shipped tank procedure', () => {
    const bench = Bench.calm(shippedPack(), calmValues(shippedPack()));
    bench.bad.add('PC-4800');
    bench.set({ 'TI-4801A': 41 });
    bench.do((c) => takePost(c, 'commander', supervisor));
    const run = bench.state.runs.find(({ procedure: id }) => id === 'P-A4.11');
    expect(run).toBeDefined();
    order(bench);
    callTheRoll(bench, operator, supervisor);
    expect(isOver(bench)).toBe(true);
    bench.do((c) => assessZone(c, 'Z-4200', 'handling', 'x', supervisor));
    expect(bench.state.rollCall?.zones['Z-4800']?.signed.length).toBe(2);
  });
});
