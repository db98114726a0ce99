/** Which fields each kind of evidence needs, and why. A kind or a field that is not here does not compile. */
import type { Evidence, EvidenceField } from '../../contract/evidence.ts';
import type { Text } from '../../contract/text.ts';
import type { EvidenceKind, ProcedureDef, ProofDef } from '../packs/schema.ts';
import { isTimed, pointWithout, untilMsOf, VALID_MAX_MS } from './gas-test.ts';

/** As it stands in the journal: readable without the pack that it was signed under. */
export type RecordedEvidence = Evidence & { readonly kind: EvidenceKind };

export interface RecordSpec {
  readonly needs: readonly EvidenceField[];
  readonly may: readonly EvidenceField[];
  readonly why: Text;
}

const GAS: Pick<RecordSpec, 'may' | 'why'> = { may: ['place'], why: { zh: '气体检测须写明仪器或样品、测点和数值、时间、有效期（4.3.3(4)）', en: 'a gas test says by what, at which points with which values, when, and how long it holds (4.3.3(4))' } };
const AT_A_PLACE: RecordSpec = { needs: ['place'], may: ['numbers'], why: { zh: '须写明在哪里，别人才能再看一次', en: 'it says where, so that another person can look again' } };

export const EVIDENCE_RECORD: Readonly<Record<EvidenceKind, RecordSpec>> = {
  'pressure-curve': { needs: ['instrument'], may: ['place'], why: { zh: '须写明哪块表（4.3.3(1)）', en: 'it says which instrument (4.3.3(1))' } },
  'second-pressure-system': { needs: ['instrument'], may: ['place'], why: { zh: '须写明哪块表，才知道是另一套（4.3.3(1)）', en: 'it says which instrument, to be seen to be another one (4.3.3(1))' } },
  'vent-or-drain': AT_A_PLACE,
  'line-switched': AT_A_PLACE,
  'vents-open': AT_A_PLACE,
  'parted': AT_A_PLACE,
  'blind': { needs: ['numbers', 'place'], may: [], why: { zh: '盲板按编号登记，才能逐块拆回（4.3.3(2)）', en: 'blinds are known by number, so that each comes out again (4.3.3(2))' } },
  'lock-and-tag': { needs: ['lock', 'tag', 'place'], may: [], why: { zh: '锁和牌按编号登记，才知道谁能开（4.3.3(3)）', en: 'lock and tag are known by number, so that it is clear who opens them (4.3.3(3))' } },
  'try-start': { needs: ['place', 'result'], may: ['instrument'], why: { zh: '须写明在哪里试、结果如何（4.3.3(3)）', en: 'it says where it was tried and what came of it (4.3.3(3))' } },
  'live-test': { needs: ['instrument', 'place', 'result'], may: [], why: { zh: '须写明用哪台仪器验电、结果如何（4.3.3(3)）', en: 'it says with which instrument and what came of it (4.3.3(3))' } },
  'breaker': AT_A_PLACE,
  'isolator': AT_A_PLACE,
  'fuses': AT_A_PLACE,
  'portable-test': { needs: ['instrument', 'points', 'sampledMs', 'validForMs'], ...GAS },
  'laboratory': { needs: ['sample', 'points', 'sampledMs', 'validForMs'], ...GAS },
};

/** Kinds that stand on the spot until they are taken away: they are in place until somebody says by number that they are not. */
export const PLACED_KINDS = ['blind', 'lock-and-tag'] as const;
export const isPlaced = (kind: EvidenceKind): boolean => (PLACED_KINDS as readonly EvidenceKind[]).includes(kind);

/** The numbers under which evidence is put in place. */
export const numbersOf = (kind: EvidenceKind, { numbers, lock }: Evidence): readonly string[] => (kind === 'blind' ? (numbers ?? []) : kind === 'lock-and-tag' && lock !== undefined ? [lock] : []);

/** The kind whose record a person must give with the signature. On the way to safety a word is enough: no form stands between people and a retreat. */
export function recordAskedFor(procedure: ProcedureDef, proof: ProofDef): EvidenceKind | null {
  if ('when' in proof || proof.evidence === undefined) return null;
  const asks = procedure.returnConditions.some(({ id }) => id === proof.id) || procedure.handling.some((step) => step.proof.some(({ id }) => id === proof.id));
  return asks ? proof.evidence : null;
}

/** A sample may lie so far ahead of the station's clock: two clocks never agree. */
const CLOCK_PLAY_MS = 60_000;

/** What is wrong with a record, in words; null = nothing. What was measured is not asked here: a bad value is written down and proves the contrary. */
export function recordProblem(proof: ProofDef, kind: EvidenceKind, evidence: Evidence | undefined, nowMs: number): string | null {
  const { needs, may, why } = EVIDENCE_RECORD[kind];
  const missing = needs.filter((field) => evidence?.[field] === undefined);
  if (evidence === undefined || missing.length > 0) return `proof ${proof.id} is evidence of kind ${kind} and lacks ${missing.join(', ')}: ${why.en}`;
  const surplus = (Object.keys(evidence) as EvidenceField[]).find((field) => evidence[field] !== undefined && !needs.includes(field) && !may.includes(field));
  if (surplus !== undefined) return `evidence of kind ${kind} has no '${surplus}'; expected ${[...needs, ...may].join(', ')}`;
  if (new Set(evidence.numbers ?? []).size !== (evidence.numbers ?? []).length) return 'a blind stands twice in the list; expected each number once';
  if (!isTimed(kind)) return null;
  const figure = 'signed' in proof ? proof.figure : undefined;
  const without = pointWithout(evidence.points ?? [], figure);
  if (without !== null) return `no ${figure?.gas ?? ''} was measured at '${without.place}'; expected it at every point, because the worst point decides (4.3.3(4))`;
  if ((evidence.sampledMs ?? 0) > nowMs + CLOCK_PLAY_MS) return 'the sample was taken in the future; expected a time up to now';
  const mostMs = VALID_MAX_MS[kind];
  if ((evidence.validForMs ?? 0) > mostMs) return `a ${kind} is said to hold for ${Math.round((evidence.validForMs ?? 0) / 60_000)} min; expected at most ${mostMs / 60_000} min`;
  if ((untilMsOf(evidence) ?? 0) <= nowMs) return 'this test has run out already; expected a new one';
  return null;
}
