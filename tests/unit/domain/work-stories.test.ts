/** REQ-WRK: people at work in the safe state: permits, blinds, gas tests, the watching post. Real engine, real station; and the way to safety beside all of it. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/contract/evidence.ts';
import type { PermitRequest } from '../../../src/contract/work-permits.ts';
import { FALSE, TRUE, UNKNOWN } from '../../../src/domain/conditions/truth.ts';
import type { Truth } from '../../../src/domain/conditions/truth.ts';
import { presentStepOf, placeOf } from '../../../src/domain/procedures/machine.ts';
import type { ProcedureDef } from '../../../src/domain/packs/schema.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import * as stationCommands from '../../../src/domain/station/commands.ts';
import type { Decision } from '../../../src/domain/station/decision.ts';
import { restAfter } from '../../../src/domain/station/due.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import * as procedureCommands from '../../../src/domain/station/procedure-commands.ts';
import { proofTruth } from '../../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import * as workCommands from '../../../src/domain/station/work-commands.ts';
import { viewSchemas } from '../../../src/contract/view.ts';
import { procedureView } from '../../../src/main/station/procedure-view.ts';
import { workSection } from '../../../src/main/station/work-view.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { evidenceFor, evidenceOf } from '../../support/procedures/evidence-for.ts';
import type { Bench} from './bench.ts';
import { PEOPLE, rulesOf, shippedPack } from './bench.ts';
import { bySignature, investigating, procedure, step, valve } from './made-procedures.ts';

const commands = { ...stationCommands, ...procedureCommands, ...workCommands };
const { operator, supervisor, engineer, engineer2 } = PEOPLE;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Who signs on the spot; the watch is Li Na's. */
const fieldHand: Signer = { user: 'zhao.qiang', name: '赵强', roles: ['operator'] };

const O2 = { unit: 'vol%', low: 19.5, high: 21, gas: 'O2' };
const WORK = procedure('P-1', {
  steps: [valve('A', 'XV-4205')],
  handling: [
    step('H1', { direction: 'intervene', workPermit: 'blinding', within: '2 h', proof: [bySignature('H1.1', 'operator', { shows: 'isolated', evidence: 'blind' })] }),
    step('H2', { kind: 'record', direction: 'hold', within: '2 h', proof: [bySignature('H2.1', 'operator', { shows: 'gas-free', evidence: 'portable-test', figure: O2 }), bySignature('H2.2', 'engineer', { shows: 'gas-free', evidence: 'laboratory' })] }),
    step('H3', { direction: 'intervene', workPermit: 'line-opening', within: '20 h', proof: [bySignature('H3.1', 'operator')] }),
    step('H4', { direction: 'intervene', workPermit: 'blinding', putsBack: true, within: '8 h', proof: [bySignature('H4.1', 'operator')] }),
  ],
});

let bench: Bench;
let count = 0;
const def = (): ProcedureDef => bench.plant.procedures.get('P-1') as ProcedureDef;
const instance = (): string => bench.run('P-1').instance;
const present = (): string => presentStepOf(def(), bench.run('P-1').course)?.id ?? placeOf(bench.run('P-1').course);
const permitted = (at: string): boolean => bench.run('P-1').course.context.permits[at] !== undefined;
const alarm = (): boolean => bench.state.alarms.get('PERMIT/P-1')?.active ?? false;
const truth = (proof: string): Truth => proofTruth(bench.plant, def(), bench.run('P-1').course, def().handling.flatMap((each) => each.proof).find(({ id }) => id === proof) as never);
const permit = (at: string) => bench.do((c) => commands.permitStep(c, instance(), at, supervisor));
const issue = (kind: PermitRequest['kind'], forMs = 8 * HOUR, more: Partial<PermitRequest> = {}) => bench.do((c) => commands.issuePermit(c, { number: `WP-${(count += 1)}`, kind, scope: 's', zone: 'Z-4200', holder: 'Zhao', fromMs: c.nowMs, untilMs: c.nowMs + forMs, isolation: [{ by: 'vents-open', number: 'V-1' }], ...more }, supervisor));
const sign = (at: string, proof: string, evidence?: Evidence, signer: Signer = proof === 'H2.2' ? engineer : fieldHand, witness: Signer | null = operator) =>
  bench.do((c) => commands.confirmProof(c, { instance: instance(), step: at, proof, note: '', ...(evidence === undefined ? evidenceFor(def(), proof, c.nowMs) : { evidence }) }, signer, witness));
const gas = (value: number, more: Partial<Evidence> = {}): Evidence => ({ ...evidenceOf('portable-test', bench.nowMs), points: [{ place: 'top', values: [{ gas: 'O2', value }] }], ...more });
const remove = (number = 'B-12') => bench.do((c) => commands.removeEvidence(c, { instance: instance(), proof: 'H1.1', number }, fieldHand));
const facts = (decision: Decision<unknown>): string[] => (decision.outcome === 'refused' ? decision.refusal.obstacles.map(({ fact: { en } }) => en) : [`not refused: ${decision.outcome}`]);

// The shipped packs are read once, which takes its time on a busy machine.
beforeAll(() => { shippedPack(); }, 120_000);
/** Safe, the handling open, everybody at their post, the zone enterable. */
beforeEach(() => {
  bench = investigating(WORK);
  bench.do((c) => commands.takePost(c, 'commander', supervisor));
  bench.do((c) => commands.takePost(c, 'watch', operator));
  bench.do((c) => commands.assessZone(c, 'Z-4200', 'handling', 'clear', supervisor));
});
const blinded = (): void => { issue('blinding'); permit('H1'); sign('H1', 'H1.1'); };
const tested = (): void => { sign('H2', 'H2.1'); sign('H2', 'H2.2'); };
/** H3 is permitted and people are at work. */
const working = (permitForMs = 8 * HOUR): void => { blinded(); tested(); issue('line-opening', permitForMs); permit('H3'); };

/** 3.4: in this very moment the way to safety is open. */
function retreatIsOpen(): void {
  const before = bench.state.runs.length;
  const decision = bench.do((c) => commands.stop(c, 'post', 'people'));
  expect([decision.outcome, bench.factsOf('refused').filter(({ data }) => ['retreat', 'hold'].includes(data.direction))]).toEqual(['done', []]);
  expect(bench.factsOf('procedure.moved').filter(({ data }) => data.event.type === 'STOP').length).toBeGreaterThanOrEqual(Math.min(1, before));
  expect(bench.do((c) => commands.evacuate(c, 'post', 'people')).outcome).toBe('done');
}

describe('REQ-WRK-10 3.7 the step waits for its permit', () => {
  const reason = (): string[] => facts(permit('H1')).filter((each) => each.includes('ermit to set or remove blinds'));
  it('refused while there is none, while it is another kind, zone or time; given when one carries it', () => {
    expect([rulesOf(permit('H1')), reason()]).toEqual([['G-WORK-PERMIT'], ['Permit to set or remove blinds: there is no work permit']]);
    issue('hot-work');
    expect(reason()).toEqual(['Permit to set or remove blinds: there is no work permit']);
    issue('blinding', HOUR, { zone: 'Z-4300' });
    expect(reason()).toEqual(['Permit to set or remove blinds: the permit is for another zone']);
    issue('blinding', 2 * MINUTE, { fromMs: bench.nowMs, untilMs: bench.nowMs + 2 * MINUTE });
    bench.pass(2 * MINUTE);
    expect(reason()).toEqual(['Permit to set or remove blinds: the permit has expired']);
    issue('blinding', HOUR, { fromMs: bench.nowMs + MINUTE, untilMs: bench.nowMs + HOUR });
    expect(reason()).toEqual(['Permit to set or remove blinds: the permit is not valid yet']);
    bench.pass(MINUTE);
    expect([permit('H1').outcome, permitted('H1')]).toEqual(['done', true]);
  });

  it('closed again before the work: refused', () => {
    issue('blinding');
    bench.do((c) => commands.closePermit(c, c.state.permits[0]?.number ?? '', 'rain', operator));
    expect([reason(), permit('H1').outcome]).toEqual([['Permit to set or remove blinds: the permit is closed'], 'refused']);
  });

  it('the view says which permit it is, until when, and why not', () => {
    const shown = () => procedureView(bench.plant, bench.state, bench.run('P-1'), bench.nowMs, []).handling[0];
    expect([shown()?.workPermit, shown()?.takesWitness, shown()?.permit?.verdict.allowed]).toEqual([{ kind: 'blinding', title: { zh: '盲板抽堵作业票', en: 'Permit to set or remove blinds' }, number: null, untilMs: null }, true, false]);
    issue('blinding', HOUR);
    expect([shown()?.workPermit?.untilMs, shown()?.permit?.verdict.allowed]).toEqual([bench.nowMs + HOUR, true]);
  });
});

describe('REQ-WRK-11 3.7 a permit that runs out during the step', () => {
  it('takes the step with it at that moment, is told as an alarm of the first priority, and the retreat is open', () => {
    working(10 * MINUTE);
    const untilMs = bench.state.permits.at(-1)?.untilMs ?? 0;
    bench.pass(untilMs - bench.nowMs - 1_000);
    expect([present(), permitted('H3'), alarm()]).toEqual(['H3', true, false]);
    bench.pass(1_000);
    expect([present(), permitted('H3'), alarm(), bench.state.alarms.get('PERMIT/P-1')?.priority]).toEqual(['H3', false, true, 1]);
    expect(bench.factsOf('permit.expired').map(({ atMs, data }) => [atMs, data.permit])).toEqual([[untilMs, bench.state.permits.at(-1)?.number]]);
    expect(bench.factsOf('procedure.moved').filter(({ data }) => data.event.type === 'WITHDRAWN').map(({ atMs }) => atMs)).toEqual([untilMs]);
    expect(rulesOf(permit('H3'))).toContain('G-WORK-PERMIT');
    retreatIsOpen();
  });

  it('a new permit carries it on: the alarm ends, the step is permitted anew by a person, not by itself', () => {
    working(10 * MINUTE);
    bench.pass(10 * MINUTE);
    expect(alarm()).toBe(true);
    issue('line-opening', HOUR);
    expect([alarm(), permitted('H3'), permit('H3').outcome]).toEqual([false, false, 'done']);
  });

  it('closed while people work: the same', () => {
    working();
    bench.do((c) => commands.closePermit(c, c.state.permits.at(-1)?.number ?? '', 'gas alarm next door', operator));
    expect([permitted('H3'), alarm()]).toEqual([false, true]);
    retreatIsOpen();
  });

  it('one that runs out before anybody began is no alarm', () => {
    issue('blinding', MINUTE);
    bench.pass(2 * MINUTE);
    expect([bench.state.permits[0]?.phase, alarm()]).toEqual(['expired', false]);
  });

  it('the alarm ends when the safe state is lost: nobody works there any more', () => {
    working(10 * MINUTE);
    bench.pass(10 * MINUTE);
    bench.set({ 'XV-4205': 'closed' });
    expect([bench.place('P-1'), alarm()]).toEqual(['retreating', false]);
  });
});

describe('REQ-WRK-12 V.2 a key step is acknowledged by the watching post', () => {
  beforeEach(() => { issue('blinding'); permit('H1'); });
  it.each<[string, Signer, Signer | null, string]>([
    ['by nobody', fieldHand, null, 'A key step is shown to the camera and acknowledged by the watching post, by name'],
    ['by somebody who does not hold the watch', fieldHand, engineer2, 'The person who acknowledges does not hold the watch'],
    ['by the one who signs on the spot', operator, operator, 'A key step is shown to the camera and acknowledged by the watching post, by name'],
  ])('refused: %s; the refusal stands in the journal and nothing is proved', (_who, signer, witness, says) => {
    const decision = sign('H1', 'H1.1', undefined, signer, witness);
    expect([rulesOf(decision), facts(decision)]).toEqual([['G-WITNESS'], [says]]);
    expect(bench.factsOf('refused').at(-1)).toMatchObject({ by: signer.user, data: { operation: 'procedure.witness' } });
    expect([present(), bench.state.evidence]).toEqual(['H1', []]);
  });

  it('given by the watch: who signed and who acknowledged stand in the journal and in the register', () => {
    expect([sign('H1', 'H1.1').outcome, present()]).toEqual(['done', 'H2']);
    expect(bench.state.evidence[0]).toMatchObject({ number: 'B-12', by: 'zhao.qiang', witness: 'li.na' });
    expect(bench.run('P-1').course.context.signed['H1.1']).toMatchObject({ by: 'zhao.qiang', witness: 'li.na' });
    expect(recordText(bench.factsOf('procedure.moved').find(({ data }) => data.event.type === 'SIGNED') as Fact, bench.plant).en).toMatch(/B-12.*acknowledged at the watching post by li\.na/u);
  });

  it('asked of nothing that is no key step: neither of other steps of the handling nor of the way to safety', () => {
    sign('H1', 'H1.1');
    expect([sign('H2', 'H2.1', undefined, fieldHand, null).outcome, bench.run('P-1').course.context.signed['H2.1']?.witness]).toEqual(['done', undefined]);
    retreatIsOpen();
  });
});

describe('REQ-WRK-01 4.3.3 evidence is asked for where work stands on it', () => {
  it('a missing field is told by name and reason, and nothing is signed', () => {
    issue('blinding');
    permit('H1');
    expect(sign('H1', 'H1.1', { place: 'inlet' })).toMatchObject({ outcome: 'failed', code: 'bad-input', message: expect.stringMatching(/lacks numbers: blinds are known by number/u) as string });
    expect([present(), bench.state.evidence]).toEqual(['H1', []]);
  });
});

describe('REQ-WRK-02 4.3.3(4) a gas test decides by its points', () => {
  beforeEach(blinded);
  it('a bad point is written down and proves the contrary; the figure is the worst point', () => {
    expect(sign('H2', 'H2.1', gas(18)).outcome).toBe('done');
    expect([truth('H2.1'), bench.run('P-1').course.context.signed['H2.1']?.figure, present()]).toEqual([FALSE, 18, 'H2']);
    sign('H2', 'H2.1', gas(20.8));
    sign('H2', 'H2.2');
    expect([truth('H2.1'), present()]).toEqual([TRUE, 'H3']);
  });
});

describe('REQ-WRK-03 4.3.3(4) a gas test runs out', () => {
  it('before the other is there: the present step is not proved', () => {
    blinded();
    sign('H2', 'H2.1');
    expect(truth('H2.1')).toBe(TRUE);
    bench.pass(30 * MINUTE);
    expect(truth('H2.1')).toBe(UNKNOWN);
    sign('H2', 'H2.2');
    expect(present()).toBe('H2');
    sign('H2', 'H2.1');
    expect(present()).toBe('H3');
  });

  it('while people work: withdrawn at its last moment, told, refused, and open again after a new test; the retreat all the while', () => {
    working();
    const untilMs = bench.nowMs + 30 * MINUTE;
    expect(restAfter(bench.plant, bench.state, bench.nowMs).dueMs).toBeLessThanOrEqual(untilMs);
    bench.pass(30 * MINUTE - 1_000);
    expect([permitted('H3'), alarm()]).toEqual([true, false]);
    bench.pass(1_000);
    expect([permitted('H3'), alarm(), bench.nowMs]).toEqual([false, true, untilMs]);
    bench.pass(1_000);
    expect([rulesOf(permit('H3')), facts(permit('H3'))]).toEqual([['G-PROOF'], ['No longer shown, or not known: H2.1', 'No longer shown, or not known: H2.2']]);
    expect(sign('H2', 'H2.1').outcome).toBe('done');
    sign('H2', 'H2.2');
    expect([alarm(), permit('H3').outcome]).toEqual([false, 'done']);
    bench.pass(30 * MINUTE);
    retreatIsOpen();
  });

  it('renewed in time the work goes on; renewed with a bad value it stops at once', () => {
    working();
    bench.pass(20 * MINUTE);
    sign('H2', 'H2.1');
    sign('H2', 'H2.2');
    bench.pass(20 * MINUTE);
    expect(permitted('H3')).toBe(true);
    sign('H2', 'H2.1', gas(18.9));
    expect([permitted('H3'), alarm()]).toEqual([false, true]);
  });

  it('the view counts it down beside the step that stands on it', () => {
    working();
    const earlier = procedureView(bench.plant, bench.state, bench.run('P-1'), bench.nowMs, []).handling[2]?.earlier ?? [];
    expect(earlier.map(({ step: at, proof }) => [at, proof.id, proof.record?.untilMs])).toEqual([['H2', 'H2.1', bench.nowMs + 30 * MINUTE], ['H2', 'H2.2', bench.nowMs + 30 * MINUTE]]);
  });
});

describe('REQ-WRK-04 4.3.3(4) portable instrument against laboratory', () => {
  it('both good and far apart: the step is not proved until one is taken anew', () => {
    blinded();
    sign('H2', 'H2.1', gas(19.6));
    sign('H2', 'H2.2', { ...evidenceOf('laboratory', bench.nowMs), points: [{ place: 'top', values: [{ gas: 'O2', value: 20.9 }] }] });
    expect([truth('H2.1'), truth('H2.2'), present()]).toEqual([UNKNOWN, UNKNOWN, 'H2']);
    sign('H2', 'H2.1', gas(20.8));
    expect(present()).toBe('H3');
  });
});

describe('REQ-WRK-06 4.3.3(2) 4.3.3(3) blinds and locks stand where they stand', () => {
  const finish = (): void => {
    sign('H3', 'H3.1');
    permit('H4');
  };
  const returning = (): string[] => facts(bench.do((c) => commands.approveReturn(c, instance(), supervisor)));

  it('a blind that is taken out while people work behind it: never refused, the step is withdrawn at once, and told', () => {
    working();
    expect([remove().outcome, truth('H1.1'), permitted('H3'), alarm()]).toEqual(['done', FALSE, false, true]);
    expect(rulesOf(permit('H3'))).toEqual(['G-PROOF']);
    expect([remove().outcome, remove('B-99').outcome]).toEqual(['done', 'failed']);
    retreatIsOpen();
  });

  it('put in again: proved again by a new record, acknowledged like the first', () => {
    working();
    remove();
    expect([rulesOf(sign('H1', 'H1.1', undefined, fieldHand, null)), sign('H1', 'H1.1').outcome, truth('H1.1'), permit('H3').outcome]).toEqual([['G-WITNESS'], 'done', TRUE, 'done']);
    expect(bench.state.evidence.filter(({ kind }) => kind === 'blind').map(({ removed }) => removed !== null)).toEqual([true, false]);
  });

  it('a step that puts back takes them out with its own gate open', () => {
    working();
    finish();
    expect([present(), permitted('H4')]).toEqual(['H4', true]);
    remove();
    expect([permitted('H4'), alarm()]).toEqual([true, false]);
  });

  it('3.5 a return with a blind still recorded in place is refused by its number; with it out it is not', () => {
    working();
    finish();
    sign('H4', 'H4.1');
    bench.do((c) => commands.recordCause(c, instance(), 'found', engineer));
    bench.do((c) => commands.confirmProof(c, { instance: instance(), step: 'returnConditions', proof: 'R2', note: '' }, engineer));
    expect(bench.place('P-1')).toBe('readyToReturn');
    expect(returning()).toEqual(['Condition of return not met: blind B-12 still recorded in place']);
    expect([remove().outcome, returning()]).toEqual(['done', ['not refused: done']]);
  });

  it('the safe state lost: the proof is void, the blind is still there, and the next return still asks for it', () => {
    blinded();
    bench.set({ 'XV-4205': 'closed' });
    expect([bench.run('P-1').course.context.signed, bench.state.evidence.map(({ number, removed }) => [number, removed])]).toEqual([{}, [['B-12', null]]]);
    expect(returning()).toContain('Condition of return not met: blind B-12 still recorded in place');
    expect([remove().outcome, bench.state.evidence[0]?.removed?.by]).toEqual(['done', 'zhao.qiang']);
  });
});

describe('REQ-WRK-05 4.3.3(1) depressurised by two kinds', () => {
  const TWO = procedure('P-1', {
    steps: [valve('A', 'XV-4205')],
    handling: [
      step('H1', { direction: 'hold', within: '2 h', proof: [bySignature('H1.1', 'operator', { shows: 'depressurised', evidence: 'second-pressure-system' }), bySignature('H1.2', 'operator', { shows: 'depressurised', evidence: 'vent-or-drain' })] }),
      step('H2', { direction: 'intervene', within: '1 h', proof: [bySignature('H2.1')] }),
    ],
  });
  it.each([['H1.1', 'H1.2'], ['H1.2', 'H1.1']])('%s alone proves nothing yet, with %s it does', (first, second) => {
    bench = investigating(TWO);
    sign('H1', first);
    expect(present()).toBe('H1');
    sign('H1', second);
    expect(present()).toBe('H2');
  });

  it('contested by a person it is not known, and later steps are refused', () => {
    bench = investigating(TWO);
    for (const id of ['H1.1', 'H1.2']) sign('H1', id);
    bench.do((c) => commands.assessProof(c, { instance: instance(), proof: 'H1.2', assessment: 'contested', reason: 'the drain is plugged' }, engineer));
    expect(facts(permit('H2'))).toContain('No longer shown, or not known: H1.2');
  });
});

describe('REQ-WRK-14 what the journal says is the whole of it', () => {
  it('a long story folds from its facts through JSON to the same state, and every fact has words in both languages', () => {
    working(20 * MINUTE);
    bench.pass(25 * MINUTE);
    remove();
    bench.do((c) => commands.closePermit(c, c.state.permits[0]?.number ?? '', 'done', operator));
    const told = JSON.parse(JSON.stringify(bench.facts)) as Fact[];
    const folded = evolveAll(EMPTY_STATE, told, bench.plant.machines);
    expect([folded.permits, folded.evidence, folded.runs]).toEqual([bench.state.permits, bench.state.evidence, bench.state.runs]);
    for (const each of told.filter(({ type }) => type.startsWith('permit.'))) expect(recordText(each, bench.plant)).toEqual({ zh: expect.stringMatching(/\p{Script=Han}/u) as string, en: expect.not.stringMatching(/undefined/u) as string });
  });

  it('an older journal, in which nobody wrote evidence down: folds; what has no end is not known, the rest stands', () => {
    issue('blinding');
    permit('H1');
    const head = { atMs: bench.nowMs, by: 'li.na', role: 'operator', note: '' } as const;
    bench.commit(['H1.1', 'H2.1'].map((proof) => ({ type: 'procedure.moved', atMs: bench.nowMs, by: 'li.na', data: { instance: instance(), event: { ...head, type: 'SIGNED', proof, ...(proof === 'H2.1' ? { figure: 20.8 } : {}) }, place: 'investigating' } })));
    expect([truth('H1.1'), truth('H2.1'), bench.state.evidence, present()]).toEqual([TRUE, UNKNOWN, [], 'H2']);
  });

  it('the station shows it all, and within the contract', () => {
    working();
    remove();
    const shown = workSection(bench.plant, bench.state, bench.nowMs);
    expect(viewSchemas.work.safeParse(shown).error).toBeUndefined();
    expect(shown.permits.map(({ kind, state, carries }) => [kind, state, carries.length])).toEqual([['line-opening', 'valid', 1], ['blinding', 'valid', 0]]);
    expect(shown.evidence.map(({ kind, number, inPlace, removed }) => [kind, number, inPlace, removed?.by ?? null])).toEqual([['laboratory', null, null, null], ['portable-test', null, null, null], ['blind', 'B-12', false, 'zhao.qiang']]);
    const view = procedureView(bench.plant, bench.state, bench.run('P-1'), bench.nowMs, []);
    expect(viewSchemas.upset.shape.procedures.element.safeParse(view).error).toBeUndefined();
    expect(view.handling[0]?.proofs[0]).toMatchObject({ asks: [{ field: 'numbers', needed: true }, { field: 'place', needed: true }], record: { removed: ['B-12'], witness: 'li.na' } });
  });
});
