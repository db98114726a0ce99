/**
 * Work permits (3.7): number, scope, approver, validity. The step waits for one, and loses it with the time that stands on it.
 *
 * Longest validity is an engineering default after what GB 30871-2022 is known for: 8 h for hot work and confined spaces (a shift), 24 h
 * for the others.
 */
import type { Isolation, PressureWork, WorkPermitKind } from '../../contract/work-permits.ts';
import type { Text } from '../../contract/text.ts';
import type { PermitObstacle, PressureObstacle } from '../gates/gate-facts.ts';

export interface WorkPermit {
  readonly number: string;
  readonly kind: WorkPermitKind;
  readonly scope: string;
  readonly zone: string;
  /** Who does the work, as written on the permit. */
  readonly holder: string;
  readonly approver: { readonly user: string; readonly name: string };
  readonly issuedMs: number;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly isolation: readonly Isolation[];
  readonly pressure: PressureWork | null;
  readonly phase: 'issued' | 'expired' | 'closed';
  readonly closed: { readonly by: string; readonly atMs: number; readonly reason: string } | null;
}

const HOUR_MS = 3_600_000;
interface KindSpec { readonly title: Text; readonly longestMs: number; /** The place must be parted from what runs (4.4.1), and the permit says by what. */ readonly isolated: boolean }

export const PERMIT_KINDS: Readonly<Record<WorkPermitKind, KindSpec>> = {
  'hot-work': { title: { zh: '动火作业票', en: 'Hot work permit' }, longestMs: 8 * HOUR_MS, isolated: false },
  'confined-space': { title: { zh: '受限空间作业票', en: 'Confined space permit' }, longestMs: 8 * HOUR_MS, isolated: true },
  'line-opening': { title: { zh: '管线设备打开作业票', en: 'Permit to open lines and equipment' }, longestMs: 24 * HOUR_MS, isolated: true },
  'blinding': { title: { zh: '盲板抽堵作业票', en: 'Permit to set or remove blinds' }, longestMs: 24 * HOUR_MS, isolated: true },
  'lifting': { title: { zh: '吊装作业票', en: 'Lifting permit' }, longestMs: 24 * HOUR_MS, isolated: false },
  'height': { title: { zh: '高处作业票', en: 'Permit to work at height' }, longestMs: 24 * HOUR_MS, isolated: false },
  'electrical': { title: { zh: '临时用电作业票', en: 'Electrical work permit' }, longestMs: 24 * HOUR_MS, isolated: false },
  'excavation': { title: { zh: '动土作业票', en: 'Excavation permit' }, longestMs: 24 * HOUR_MS, isolated: false },
  'pressure-work': { title: { zh: '带压作业票', en: 'Permit to work under pressure' }, longestMs: 24 * HOUR_MS, isolated: false },
};

/** Permits in memory; the journal keeps all. Those that are open are never dropped. */
export const PERMITS_MAX = 500;
/** Open at one time: more than this nobody looks after. */
export const OPEN_PERMITS_MAX = 200;
/** How long before it begins a permit may be issued. Engineering default: what was looked at a day ago has changed. */
export const ISSUED_AHEAD_MAX_MS = 24 * HOUR_MS;

export const sameWords = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Nobody approves their own work, by whichever of their names. */
export const isOwnApproval = (holder: string, approver: WorkPermit['approver']): boolean => sameWords(holder, approver.user) || sameWords(holder, approver.name);

/** The state of a permit at a moment. Its time is asked, not only whether anybody has written down that it ran out. */
export function permitState({ phase, fromMs, untilMs }: WorkPermit, nowMs: number): 'not-yet' | 'valid' | 'expired' | 'closed' {
  if (phase === 'closed') return 'closed';
  if (phase === 'expired' || nowMs >= untilMs) return 'expired';
  return nowMs < fromMs ? 'not-yet' : 'valid';
}

function obstacleOf(permit: WorkPermit, zones: readonly string[], nowMs: number): PermitObstacle | null {
  const state = permitState(permit, nowMs);
  if (!zones.includes(permit.zone)) return 'other-zone';
  if (state !== 'valid') return state;
  return isOwnApproval(permit.holder, permit.approver) ? 'own-approval' : null;
}

/** The nearest to a permit that carries the work is told: who reads it knows what is lacking. */
const NEAREST: readonly (PermitObstacle | null)[] = [null, 'own-approval', 'not-yet', 'expired', 'closed', 'other-zone'];

export interface PermitFound { readonly permit: WorkPermit | null; readonly obstacle: PermitObstacle | null }

/** The best permit of a kind for work in these zones, and why it does not carry it; of equals the one that lasts longest. */
export function bestPermit(permits: readonly WorkPermit[], kind: WorkPermitKind, zones: readonly string[], nowMs: number): PermitFound {
  const found = permits.filter((permit) => permit.kind === kind).map((permit) => ({ permit, obstacle: obstacleOf(permit, zones, nowMs) }));
  const rank = ({ obstacle }: { obstacle: PermitObstacle | null }): number => NEAREST.indexOf(obstacle);
  return found.sort((a, b) => rank(a) - rank(b) || b.permit.untilMs - a.permit.untilMs)[0] ?? { permit: null, obstacle: 'missing' };
}

const STANDS_IN: readonly Isolation['by'][] = ['closed-valve', 'water-seal'];
const STAND_IN_WORDS: Readonly<Partial<Record<Isolation['by'], Text>>> = { 'closed-valve': { zh: '关闭的阀门', en: 'closed valve' }, 'water-seal': { zh: '水封', en: 'water seal' } };

/** 4.4.1: what the isolation rests on, where it rests on nothing that isolates. */
export function standInsOf(kind: WorkPermitKind, isolation: readonly Isolation[]): Text[] {
  if (!PERMIT_KINDS[kind].isolated || isolation.some(({ by }) => !STANDS_IN.includes(by))) return [];
  return isolation.map(({ by, number }) => ({ zh: `${STAND_IN_WORDS[by]?.zh ?? by} ${number}`, en: `${STAND_IN_WORDS[by]?.en ?? by} ${number}` }));
}

/** 4.4.2 and 4.4.3, one question for each obstacle. A figure that is not there is not good. */
const PRESSURE_QUESTIONS: Readonly<Record<PressureObstacle, (work: PressureWork) => boolean>> = {
  'not-necessary': ({ necessity }) => necessity.trim() === '',
  'no-survey': ({ survey }) => survey.trim() === '',
  'no-plan': ({ plan }) => plan.trim() === '',
  'hazardous-medium': ({ extremelyHazardous }) => extremelyHazardous,
  'no-thickness': ({ thicknessMm, requiredMm }) => thicknessMm === null || requiredMm === null,
  'thin': ({ thicknessMm, requiredMm }) => thicknessMm !== null && requiredMm !== null && thicknessMm < requiredMm,
  'cracks': ({ cracksCanGrow }) => cracksCanGrow,
  'weak': ({ strengthSuffices }) => !strengthSuffices,
  'no-safeguards': ({ safeguardsInPlace }) => !safeguardsInPlace,
};

export const pressureObstacles = (work: PressureWork): PressureObstacle[] => (Object.keys(PRESSURE_QUESTIONS) as PressureObstacle[]).filter((obstacle) => PRESSURE_QUESTIONS[obstacle](work));
