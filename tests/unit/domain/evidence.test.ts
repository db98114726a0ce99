/** REQ-WRK: evidence as it is written down (4.3.3): what each kind needs, what a gas test says, and until when. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceSchema, GASES } from '../../../src/contract/evidence.ts';
import type { Evidence, EvidenceField, TestPoint } from '../../../src/contract/evidence.ts';
import { FALSE, TRUE, UNKNOWN } from '../../../src/domain/conditions/truth.ts';
import { EVIDENCE_KINDS } from '../../../src/domain/packs/schema.ts';
import type { EvidenceKind, ProofDef } from '../../../src/domain/packs/schema.ts';
import { EVIDENCE_RECORD, recordAskedFor, recordProblem } from '../../../src/domain/proof/evidence-record.ts';
import { evidenceTruth } from '../../../src/domain/proof/evidence-truth.ts';
import type { SignedEvidence } from '../../../src/domain/proof/evidence-truth.ts';
import { agree, GAS_LIMITS, pointsTruth, VALID_MAX_MS, worstValue } from '../../../src/domain/proof/gas-test.ts';
import { EVIDENCE_MAX, inPlaceOf, isInPlace, withRecord, withRemoval } from '../../../src/domain/proof/register.ts';
import type { EvidenceEntry } from '../../../src/domain/proof/register.ts';
import { evidenceOf } from '../../support/procedures/evidence-for.ts';
import { shippedPacks, T0 } from './bench.ts';
import { bySignature, procedure, step, valve } from './made-procedures.ts';

const MINUTE = 60_000;
const TIMED = ['portable-test', 'laboratory'] as const;
const proofOf = (kind: EvidenceKind, figure?: { low: number; high: number; gas?: string }): ProofDef => ({ ...bySignature('X.1', 'operator', { shows: 'gas-free', evidence: kind, ...(figure === undefined ? {} : { figure: { unit: '%', ...figure } }) }) }) as unknown as ProofDef;
const point = (place: string, values: Partial<Record<(typeof GASES)[number], number>>): TestPoint => ({ place, values: GASES.flatMap((gas) => { const value = values[gas]; return value === undefined ? [] : [{ gas, value }]; }) });
const GOOD = { O2: 20.9, LEL: 0, H2: 0, COMBUSTIBLES: 0, CO: 0, H2S: 0, NH3: 0, CL2: 0 };

describe('REQ-WRK-01 4.3.3 what each kind of evidence needs', () => {
  const needed = EVIDENCE_KINDS.flatMap((kind) => EVIDENCE_RECORD[kind].needs.map((field) => [kind, field] as const));

  it.each(EVIDENCE_KINDS)('%s: all that it needs is enough, and is what the contract takes', (kind) => {
    const evidence = evidenceOf(kind, T0);
    expect(evidenceSchema.safeParse(evidence).success).toBe(true);
    expect(recordProblem(proofOf(kind), kind, evidence, T0)).toBeNull();
    expect(EVIDENCE_RECORD[kind].needs.length).toBeGreaterThan(0);
  });

  it.each(needed)('%s without %s: said which and why', (kind, field) => {
    const { [field]: _gone, ...rest } = evidenceOf(kind, T0);
    const problem = recordProblem(proofOf(kind), kind, rest, T0);
    expect(problem).toContain(`lacks ${field}: ${EVIDENCE_RECORD[kind].why.en}`);
  });

  it.each(EVIDENCE_KINDS)('%s: nothing at all, and what does not belong to it, are refused', (kind) => {
    const { needs, may } = EVIDENCE_RECORD[kind];
    expect(recordProblem(proofOf(kind), kind, undefined, T0)).toContain('lacks');
    const all: Record<string, Evidence[EvidenceField]> = { numbers: ['B-1'], lock: 'L', tag: 'T', instrument: 'G', sample: 'S', place: 'p', result: 'good', points: [point('p', { O2: 20.9 })], sampledMs: T0, validForMs: MINUTE };
    for (const [field, value] of Object.entries(all)) {
      const problem = recordProblem(proofOf(kind), kind, { ...evidenceOf(kind, T0), [field]: value }, T0);
      if ([...needs, ...may].includes(field as EvidenceField)) expect(problem).toBeNull();
      else expect(problem).toContain(`has no '${field}'`);
    }
  });

  it('4.3.3(2) a blind by number, each once', () => {
    expect(recordProblem(proofOf('blind'), 'blind', { numbers: ['B-1', 'B-1'], place: 'p' }, T0)).toContain('twice');
  });

  it('3.4 on the way to safety a word is enough: no record is asked of a step of the retreat or of the safe state', () => {
    const asking = procedure('P-1', {
      steps: [{ ...valve('A', 'XV-4205'), proof: [bySignature('A.1', 'operator', { shows: 'gas-free', evidence: 'portable-test' })] }],
      safeState: [bySignature('S1', 'operator', { shows: 'isolated', evidence: 'blind' })],
      handling: [step('H1', { kind: 'record', direction: 'hold', proof: [bySignature('H1.1', 'operator', { shows: 'isolated', evidence: 'blind' }), bySignature('H1.2')] })],
      returnConditions: [bySignature('R1', 'operator', { shows: 'gas-free', evidence: 'portable-test' })],
    });
    const all = [...asking.steps, ...asking.handling].flatMap(({ proof }) => proof).concat(asking.safeState, asking.returnConditions);
    expect(all.map((proof) => [proof.id, recordAskedFor(asking, proof)])).toEqual([['A.1', null], ['H1.1', 'blind'], ['H1.2', null], ['S1', null], ['R1', 'portable-test']]);
  });

  it('every proof of the handlings of every plant that a person signs with evidence can be given', () => {
    let asked = 0;
    for (const def of shippedPacks().flatMap(({ procedures }) => procedures)) {
      for (const proof of def.handling.flatMap((each) => each.proof).concat(def.returnConditions)) {
        const kind = recordAskedFor(def, proof);
        if (kind === null) continue;
        asked += 1;
        const evidence = evidenceOf(kind, T0, proof);
        expect(recordProblem(proof, kind, evidence, T0), `${def.id} ${proof.id}`).toBeNull();
        const figure = 'signed' in proof ? proof.figure : undefined;
        expect(evidenceTruth({ kind, evidence, figure }, [], T0), `${def.id} ${proof.id}`).toBe(TRUE);
      }
    }
    expect(asked).toBeGreaterThan(60);
  });
});

describe('REQ-WRK-02 4.3.3(4) what a gas test says', () => {
  it.each(GASES)('%s: good within its limits, bad outside, at whichever of the points', (gas) => {
    const { low, high } = GAS_LIMITS[gas];
    const beside = point('other', { [gas]: (low + high) / 2 });
    for (const [value, truth] of [[low, TRUE], [high, TRUE], [high + 0.01, FALSE], ...(low > 0 ? [[low - 0.01, FALSE]] : [])] as const) {
      expect(pointsTruth([beside, point('p', { [gas]: value })], undefined)).toBe(truth);
      expect(pointsTruth([point('p', { [gas]: value }), beside], undefined)).toBe(truth);
    }
  });

  it('one bad value anywhere is bad, whatever the others are (all gases, any number of points)', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(19), fc.constantFrom(...GASES), (count, where, gas) => {
      const points = Array.from({ length: count }, (_, i) => point(`p${i}`, i === where % count ? { ...GOOD, [gas]: GAS_LIMITS[gas].high + 1 } : GOOD));
      expect(pointsTruth(points, undefined)).toBe(FALSE);
      expect(pointsTruth(points.map(({ place }) => point(place, GOOD)), undefined)).toBe(TRUE);
    }));
  });

  it("the proof's own figure goes before the table, for its gas; a gas beside it is held against the table", () => {
    const figure = { low: 19.5, high: 21, gas: 'O2' } as const;
    expect([20.9, 21, 21.1, 19.4].map((O2) => pointsTruth([point('p', { O2 })], figure))).toEqual([TRUE, TRUE, FALSE, FALSE]);
    expect(pointsTruth([point('p', { O2: 20.9, H2S: 7 })], figure)).toBe(FALSE);
    expect([pointsTruth([point('p', { LEL: 5 })], { low: 0, high: 6 }), pointsTruth([point('p', { LEL: 7 })], { low: 0, high: 6 })]).toEqual([TRUE, FALSE]);
  });

  it('a point at which its gas was not measured proves nothing, and is told when it is signed', () => {
    const figure = { low: 19.5, high: 21, gas: 'O2' } as const;
    const points = [point('top', { O2: 20.9 }), point('bottom', { LEL: 0 })];
    expect([pointsTruth(points, figure), pointsTruth([], figure)]).toEqual([UNKNOWN, UNKNOWN]);
    expect(recordProblem(proofOf('portable-test', figure), 'portable-test', { ...evidenceOf('portable-test', T0), points }, T0)).toContain("no O2 was measured at 'bottom'");
  });

  it('the figure that is written down is the worst one', () => {
    const oxygen = { low: 19.5, high: 21, gas: 'O2' } as const;
    expect(worstValue([point('a', { O2: 20.8 }), point('b', { O2: 19.6 }), point('c', { O2: 20.2, LEL: 9 })], oxygen)).toBe(19.6);
    expect(worstValue([point('a', { O2: 20.2 }), point('b', { O2: 22 })], oxygen)).toBe(22);
    expect(worstValue([point('a', { LEL: 0 }), point('b', { LEL: 8 })], { low: 0, high: 10, gas: 'LEL' })).toBe(8);
    expect(worstValue([point('a', { CO: 1 })], oxygen)).toBeNull();
  });

  it('4.3.3(3) a trial that started, a live test that was live: bad', () => {
    expect((['try-start', 'live-test'] as const).map((kind) => [evidenceTruth({ kind, evidence: { ...evidenceOf(kind, T0), result: 'bad' } }, [], T0), evidenceTruth({ kind, evidence: evidenceOf(kind, T0) }, [], T0)])).toEqual([[FALSE, TRUE], [FALSE, TRUE]]);
  });
});

describe('REQ-WRK-03 4.3.3(4) how long a gas test holds', () => {
  it.each(TIMED)('%s: true until its last moment, unknown from then on; a bad one stays bad', (kind) => {
    const own = (O2: number): SignedEvidence => ({ kind, evidence: { ...evidenceOf(kind, T0), points: [point('p', { O2 })] } });
    for (const [nowMs, truth] of [[T0, TRUE], [T0 + 30 * MINUTE - 1, TRUE], [T0 + 30 * MINUTE, UNKNOWN], [T0 + 300 * MINUTE, UNKNOWN]] as const) expect(evidenceTruth(own(20.9), [], nowMs)).toBe(truth);
    expect(evidenceTruth(own(17), [], T0 + 300 * MINUTE)).toBe(FALSE);
  });

  it.each(TIMED)('%s that nobody wrote down has no end: it is not known; other kinds keep the word of an older journal', (kind) => {
    expect([evidenceTruth({ kind }, [], T0), evidenceTruth({ kind: 'blind' }, [], T0)]).toEqual([UNKNOWN, TRUE]);
  });

  it.each(TIMED)('%s: longer than allowed, in the future or run out already is not taken', (kind) => {
    const evidence = evidenceOf(kind, T0);
    const problem = (change: Partial<Evidence>, nowMs = T0) => recordProblem(proofOf(kind), kind, { ...evidence, ...change }, nowMs);
    expect(problem({ validForMs: VALID_MAX_MS[kind] })).toBeNull();
    expect(problem({ validForMs: VALID_MAX_MS[kind] + 1 })).toContain(`expected at most ${VALID_MAX_MS[kind] / MINUTE} min`);
    expect([problem({ sampledMs: T0 + MINUTE }), problem({ sampledMs: T0 + MINUTE + 1 })]).toEqual([null, expect.stringContaining('in the future')]);
    expect([problem({}, T0 + 30 * MINUTE - 1), problem({}, T0 + 30 * MINUTE)]).toEqual([null, expect.stringContaining('run out already')]);
  });
});

describe('REQ-WRK-04 4.3.3(4) portable instrument and laboratory', () => {
  it.each(GASES)('%s: agree within the tolerance, and not beyond it, in whichever order', (gas) => {
    const { low, high, tolerance } = GAS_LIMITS[gas];
    const at = (value: number) => [point('p', { [gas]: value })];
    const base = (low + high) / 2;
    expect([agree(at(base), at(base + tolerance * 0.99)), agree(at(base), at(base + tolerance * 1.01)), agree(at(base + tolerance * 1.01), at(base))]).toEqual([true, false, false]);
  });

  it('what only one has measured contradicts nothing; over many points the ends count', () => {
    expect(agree([point('p', { O2: 20.9 })], [point('p', { LEL: 3 })])).toBe(true);
    expect(agree([point('a', { O2: 20.9 }), point('b', { O2: 19.6 })], [point('p', { O2: 20.9 })])).toBe(false);
  });

  it('both good and far apart: neither is known; two portable tests are not held against each other', () => {
    const own = (kind: 'portable-test' | 'laboratory', O2: number): SignedEvidence => ({ kind, evidence: { ...evidenceOf(kind, T0), points: [point('p', { O2 })] } });
    const [portable, laboratory] = [own('portable-test', 20.9), own('laboratory', 19.6)];
    expect([evidenceTruth(portable, [laboratory], T0), evidenceTruth(laboratory, [portable], T0), evidenceTruth(portable, [own('laboratory', 20.8)], T0), evidenceTruth(portable, [own('portable-test', 19.6)], T0)]).toEqual([UNKNOWN, UNKNOWN, TRUE, TRUE]);
  });
});

describe('REQ-WRK-06 4.3.3(2) 4.3.3(3) the register', () => {
  const head = (kind: EvidenceKind, evidence: Evidence, instance = 'P:1', proof = 'H1.1', atMs = T0): Omit<EvidenceEntry, 'number' | 'removed'> => ({ instance, procedure: 'P', proof, kind, evidence, by: 'li.na', atMs, witness: null });
  const blinds = (numbers: string[], instance = 'P:1', proof = 'H1.1') => head('blind', { numbers, place: 'p' }, instance, proof);

  it('an entry for each blind; told again it is the same blind; out is out, under its own proof alone', () => {
    let register: readonly EvidenceEntry[] = withRecord([], blinds(['B-1', 'B-2']));
    register = withRecord(register, blinds(['B-2', 'B-3']));
    register = withRecord(register, blinds(['B-2'], 'P:1', 'H9.1'));
    const places = () => inPlaceOf(register, 'P:1').map(({ proof, number }) => `${proof} ${number ?? ''}`);
    expect(places()).toEqual(['H1.1 B-1', 'H1.1 B-2', 'H1.1 B-3', 'H9.1 B-2']);
    register = withRemoval(register, { instance: 'P:1', proof: 'H1.1', number: 'B-2', by: 'x', atMs: T0 });
    expect(places()).toEqual(['H1.1 B-1', 'H1.1 B-3', 'H9.1 B-2']);
    expect(inPlaceOf(register, 'P:2')).toEqual([]);
    // Put in again after it was out: a record of its own.
    register = withRecord(register, blinds(['B-2']));
    expect(places()).toEqual(['H1.1 B-1', 'H1.1 B-3', 'H9.1 B-2', 'H1.1 B-2']);
  });

  it('what stands on the spot is never dropped, however many records come', () => {
    let register: readonly EvidenceEntry[] = withRecord([], blinds(['B-OLD']));
    for (let i = 0; i < EVIDENCE_MAX + 20; i += 1) register = withRecord(register, head('vent-or-drain', { place: 'p' }, 'P:1', `V${i}`));
    expect([register.length, register.filter(isInPlace).map(({ number }) => number)]).toEqual([EVIDENCE_MAX, ['B-OLD']]);
  });

  it('taken away: false; for a step that puts back, as it was', () => {
    const own: SignedEvidence = { kind: 'blind', evidence: evidenceOf('blind', T0), removed: ['B-12'] };
    expect([evidenceTruth(own, [], T0), evidenceTruth(own, [], T0, true)]).toEqual([FALSE, TRUE]);
  });
});
