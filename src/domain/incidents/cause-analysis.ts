/**
 * Cause analysis of an incident (4.5.3): chains of why that begin with an event of the time line and end in a root cause, what contributed
 * to it, and what is done about each. What somebody said is withdrawn with a reason and never taken away. Pure.
 *
 * A chain is a stack: whoever withdraws takes the lowest first, so that nothing is left hanging under what no longer stands.
 */
import type { Text } from '../../contract/text.ts';

export const FACTOR_KINDS = ['equipment', 'instrument', 'procedure', 'people', 'organisation', 'design', 'environment', 'contractor'] as const;
export type FactorKind = (typeof FACTOR_KINDS)[number];

/** A record of the journal, with its words as they were when it was pointed at. */
export interface RecordRef {
  readonly n: number;
  readonly atMs: number;
  readonly text: Text;
}
export interface Said {
  readonly by: string;
  readonly atMs: number;
}
export interface Withdrawal extends Said {
  readonly reason: string;
}
/** What is done about a cause: a corrective action, or the reason why nothing is. */
export interface CauseAnswer extends Said {
  readonly action: string | null;
  readonly reason: string;
}
export interface Why extends Said {
  readonly id: string;
  readonly text: string;
  readonly withdrawn: Withdrawal | null;
}
export interface RootCause extends Why {
  readonly answers: readonly CauseAnswer[];
}
export interface Chain extends Said {
  readonly id: string;
  readonly event: RecordRef;
  readonly problem: string;
  readonly whys: readonly Why[];
  /** At most one of them stands. */
  readonly roots: readonly RootCause[];
  readonly withdrawn: Withdrawal | null;
}
export interface Factor extends RootCause {
  readonly kind: FactorKind;
  readonly evidence: readonly RecordRef[];
}
/** What became of a procedure that was used: to be updated (by this follow-up), or read through and left as it is. */
export interface ProcedureReview {
  readonly procedure: string;
  readonly outcome: 'update' | 'stays';
  readonly note: string;
}
export interface Conclusion {
  readonly atMs: number;
  readonly engineer: string;
  readonly supervisor: string;
  readonly text: string;
  readonly reviews: readonly ProcedureReview[];
}
export interface Analysis {
  readonly incident: string;
  /** null = it is owed because the incident closed. */
  readonly openedBy: string | null;
  readonly openedMs: number;
  /** The incident's own time; `toMs` null = it is not over. */
  readonly fromMs: number;
  readonly toMs: number | null;
  /** null = the incident is not over, or is one of an exercise: nothing is owed yet. */
  readonly dueMs: number | null;
  /** Procedures that were raised in the incident. */
  readonly procedures: readonly string[];
  readonly chains: readonly Chain[];
  readonly factors: readonly Factor[];
  /** How much was ever said in it. */
  readonly entries: number;
  readonly concluded: Conclusion | null;
  readonly reopened: readonly (Withdrawal & { readonly concludedMs: number })[];
}
export interface AnalysisRegister {
  /** In the order in which they were opened. Never dropped. */
  readonly open: readonly Analysis[];
  /** Newest first, bounded; the journal keeps all. */
  readonly concluded: readonly Analysis[];
}

export const NO_ANALYSES: AnalysisRegister = { open: [], concluded: [] };

/** Open at one time. Beyond it none is opened, not by itself either: the overdue ones have long been raised. */
export const OPEN_ANALYSES_MAX = 200;
export const CONCLUDED_ANALYSES_MAX = 100;
export const CHAINS_MAX = 20;
export const WHYS_MAX = 10;
export const FACTORS_MAX = 50;
/** Records that one factor points to. */
export const EVIDENCE_MAX = 20;
/** All that may be said in one analysis, withdrawn or not: chains, whys, root causes, factors, answers, withdrawals. */
export const ENTRIES_MAX = 500;
export const REOPENINGS_MAX = 20;
/** Engineering default: how long after the end of the incident (or after it was opened again) its analysis is to be concluded. */
export const ANALYSIS_TERM_MS = 30 * 86_400_000;

export const stands = ({ withdrawn }: { readonly withdrawn: Withdrawal | null }): boolean => withdrawn === null;
export const standingRoot = ({ roots }: Chain): RootCause | null => roots.find(stands) ?? null;
export const standingWhys = ({ whys }: Chain): readonly Why[] => whys.filter(stands);
export const standingChains = ({ chains }: Analysis): readonly Chain[] => chains.filter(stands);
export const standingFactors = ({ factors }: Analysis): readonly Factor[] => factors.filter(stands);

export const isOwed = ({ concluded, dueMs }: Analysis, nowMs: number): boolean => concluded === null && dueMs !== null && nowMs >= dueMs;
export const overdueAnalyses = ({ open }: AnalysisRegister, nowMs: number): readonly Analysis[] => open.filter((analysis) => isOwed(analysis, nowMs));
export const analysisOf = ({ open, concluded }: AnalysisRegister, incident: string): Analysis | null => [...open, ...concluded].find((each) => each.incident === incident) ?? null;

/** Every cause that something must be done about: the standing root causes and factors. */
export const causesToAnswer = (analysis: Analysis): readonly RootCause[] => [...standingChains(analysis).flatMap((chain) => standingRoot(chain) ?? []), ...standingFactors(analysis)];

/** What stands in the way of the conclusion. `of`: the chain or the cause that it is about. */
export interface Lack {
  readonly what: 'incident' | 'chain' | 'root' | 'answer';
  readonly of: string | null;
}
export function lacksOf(analysis: Analysis): readonly Lack[] {
  const chains = standingChains(analysis);
  return [
    ...(analysis.toMs === null ? [{ what: 'incident', of: null } as const] : []),
    ...(chains.length === 0 ? [{ what: 'chain', of: null } as const] : []),
    ...chains.filter((chain) => standingRoot(chain) === null).map(({ id }) => ({ what: 'root', of: id } as const)),
    ...causesToAnswer(analysis).filter(({ answers }) => answers.length === 0).map(({ id }) => ({ what: 'answer', of: id } as const)),
  ];
}

/** The span of an incident that an analysis is made of. */
export interface IncidentSpan {
  readonly incident: string;
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly dueMs: number | null;
  readonly procedures: readonly string[];
}

/** One that is there already only learns when it is due. */
export function withAnalysis(register: AnalysisRegister, span: IncidentSpan, openedBy: string | null, openedMs: number): AnalysisRegister {
  if (register.open.some(({ incident }) => incident === span.incident)) return withChanged(register, span.incident, (analysis) => ({ ...analysis, ...span }));
  if (register.concluded.some(({ incident }) => incident === span.incident)) return register;
  return { ...register, open: [...register.open, { ...span, openedBy, openedMs, chains: [], factors: [], entries: 0, concluded: null, reopened: [] }] };
}

/** What is not open is left alone. */
export function withChanged(register: AnalysisRegister, incident: string, change: (analysis: Analysis) => Analysis): AnalysisRegister {
  return { ...register, open: register.open.map((analysis) => (analysis.incident === incident ? change(analysis) : analysis)) };
}

/** Something more was said. */
export const withEntry = (register: AnalysisRegister, incident: string, change: (analysis: Analysis) => Analysis): AnalysisRegister =>
  withChanged(register, incident, (analysis) => ({ ...change(analysis), entries: analysis.entries + 1 }));

export const withChain = (analysis: Analysis, id: string, change: (chain: Chain) => Chain): Analysis => ({ ...analysis, chains: analysis.chains.map((chain) => (chain.id === id ? change(chain) : chain)) });

/** An answer to a root cause or to a factor, by its id. */
export function withAnswer(analysis: Analysis, cause: string, answer: CauseAnswer): Analysis {
  const answered = <C extends RootCause>(each: C): C => (each.id === cause ? { ...each, answers: [...each.answers, answer] } : each);
  return { ...analysis, chains: analysis.chains.map((chain) => ({ ...chain, roots: chain.roots.map(answered) })), factors: analysis.factors.map(answered) };
}

/** Whatever has this id (a chain, a why, a root cause, a factor) no longer stands. */
export function withWithdrawn(analysis: Analysis, id: string, withdrawn: Withdrawal): Analysis {
  const gone = <E extends { readonly id: string; readonly withdrawn: Withdrawal | null }>(each: E): E => (each.id === id && stands(each) ? { ...each, withdrawn } : each);
  return { ...analysis, chains: analysis.chains.map((chain) => gone({ ...chain, whys: chain.whys.map(gone), roots: chain.roots.map(gone) })), factors: analysis.factors.map(gone) };
}

export function withConcluded(register: AnalysisRegister, incident: string, concluded: Conclusion): AnalysisRegister {
  const analysis = register.open.find((each) => each.incident === incident);
  if (analysis === undefined) return register;
  return { open: register.open.filter((each) => each !== analysis), concluded: [{ ...analysis, concluded }, ...register.concluded].slice(0, CONCLUDED_ANALYSES_MAX) };
}

/** It is owed again, with a term of its own; what was said stands. */
export function withReopened(register: AnalysisRegister, incident: string, dueMs: number, why: Withdrawal): AnalysisRegister {
  const analysis = register.concluded.find((each) => each.incident === incident);
  if (analysis?.concluded == null) return register;
  const reopened = [...analysis.reopened, { ...why, concludedMs: analysis.concluded.atMs }].slice(-REOPENINGS_MAX);
  return { open: [...register.open, { ...analysis, dueMs, concluded: null, reopened }], concluded: register.concluded.filter((each) => each !== analysis) };
}
