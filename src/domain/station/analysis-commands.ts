/**
 * What people ask of the analysis of an incident (4.5.3), decided. It changes nothing in the plant, so no gate and no state of the plant
 * refuses it; what is asked is that every chain starts from the record, ends in a root cause, and that two people answer for the end of it.
 *
 * Not in the standing authority matrix, as corrective actions are not: a matrix that has run out must not keep anybody from learning why.
 */
import type { Role } from '../../contract/refusal.ts';
import { AROUND_MS } from '../report/incident.ts';
import {
  ANALYSIS_TERM_MS, analysisOf, causesToAnswer, CHAINS_MAX, ENTRIES_MAX, EVIDENCE_MAX, FACTORS_MAX, lacksOf, OPEN_ANALYSES_MAX, standingChains, standingFactors, standingRoot, standingWhys, stands, WHYS_MAX,
} from '../incidents/cause-analysis.ts';
import type { Analysis, Chain, FactorKind, IncidentSpan, Lack, ProcedureReview, RecordRef } from '../incidents/cause-analysis.ts';
import { revisionsOf } from '../incidents/follow-ups.ts';
import { badInput, done, notFound } from './decision.ts';
import type { Context, Decision } from './decision.ts';
import { fact } from './facts.ts';
import type { Fact, FactType } from './facts.ts';
import type { Signer } from './gates/signer.ts';
import type { StationState } from './state.ts';

/** Who was there may say what they know; who answers for the plant, or looks into it from outside, says what it comes to. */
export const SAYING_ROLES: readonly Role[] = ['operator', 'supervisor', 'engineer', 'investigator'];
export const JUDGING_ROLES: readonly Role[] = ['supervisor', 'engineer', 'investigator'];

/** A record that somebody points to, as the journal has it. `type` tells what is an event of the time line. */
export interface PointedRecord extends RecordRef {
  readonly type: FactType;
}
/** Looked up by number; null = there is none of this number, or it is not one of a station's facts. */
export type RecordLookUp = (n: number) => PointedRecord | null;

/** Records that say something of people at consoles, of packs and of the time after: nothing of what happened. */
const NO_EVENTS: ReadonlySet<string> = new Set(['session', 'secret', 'access', 'pack', 'action', 'analysis', 'follow-up']);
export const isEvent = (type: string): boolean => !NO_EVENTS.has(type.split('.')[0] ?? '');

/** At the end of an incident its analysis is owed. Not in an exercise, and not beyond the limit: the overdue ones are raised long before. */
export function owedAfter({ aftermath: { analyses, used, isTraining } }: StationState, incident: { readonly id: string; readonly openedMs: number }, nowMs: number): Fact[] {
  const isKnown = analysisOf(analyses, incident.id) !== null;
  if (isTraining || (!isKnown && analyses.open.length >= OPEN_ANALYSES_MAX)) return [];
  return [fact('analysis.owed', nowMs, null, { incident: incident.id, fromMs: incident.openedMs, toMs: nowMs, dueMs: nowMs + ANALYSIS_TERM_MS, procedures: used })];
}

/** By hand: before the incident is over, or for one that nobody owes (an exercise, an older one). */
export function openAnalysis({ state, nowMs }: Context, incident: string, signer: Signer): Decision {
  const stranger = strangerProblem(signer, JUDGING_ROLES, 'opened');
  if (stranger !== null) return badInput(stranger);
  const span = spanOf(state, incident, nowMs);
  if (span === null) return notFound(`no incident '${incident}'`);
  const { analyses } = state.aftermath;
  if (analysisOf(analyses, incident) !== null) return badInput(`the analysis of ${incident} is there already`);
  if (analyses.open.length >= OPEN_ANALYSES_MAX) return badInput(`${OPEN_ANALYSES_MAX} analyses are open; conclude those that are done`);
  return done([fact('analysis.opened', nowMs, signer.user, span)]);
}

function spanOf({ incident: present, pastIncidents, aftermath }: StationState, incident: string, nowMs: number): IncidentSpan | null {
  if (present?.id === incident) return { incident, fromMs: present.openedMs, toMs: null, dueMs: null, procedures: aftermath.used };
  const past = pastIncidents.find(({ id }) => id === incident);
  if (past === undefined) return null;
  const procedures = aftermath.usedBefore.find((each) => each.incident === incident)?.procedures ?? [];
  return { incident, fromMs: past.openedMs, toMs: past.closedMs, dueMs: aftermath.isTraining ? null : nowMs + ANALYSIS_TERM_MS, procedures };
}

export function addChain(context: Context, input: { readonly incident: string; readonly record: number; readonly problem: string }, recordOf: RecordLookUp, signer: Signer): Decision<{ chain: string }> {
  const found = saidIn(context, input.incident, signer, SAYING_ROLES);
  if ('problem' in found) return found.problem;
  const { analysis } = found;
  if (input.problem.trim() === '') return badInput('a chain begins with a problem; the problem is missing');
  if (standingChains(analysis).length >= CHAINS_MAX) return badInput(`${CHAINS_MAX} chains stand; withdraw what leads nowhere`);
  const event = eventOf(analysis, input.record, recordOf, context.nowMs);
  if (typeof event === 'string') return badInput(event);
  const chain = `C${String(analysis.chains.length + 1)}`;
  return { outcome: 'done', facts: [fact('analysis.chain', context.nowMs, signer.user, { incident: analysis.incident, chain, event, problem: input.problem })], output: { chain } };
}

/** Under the last why that stands; nothing comes under a root cause. */
export function addWhy(context: Context, incident: string, id: string, text: string, signer: Signer): Decision {
  const found = chainIn(context, incident, id, signer, SAYING_ROLES);
  if ('problem' in found) return found.problem;
  const { chain } = found;
  if (text.trim() === '') return badInput('a why is an answer in words; the text is missing');
  if (standingRoot(chain) !== null) return badInput(`${id} ends in a root cause; withdraw it before another why is asked`);
  if (standingWhys(chain).length >= WHYS_MAX) return badInput(`${id} has ${WHYS_MAX} whys; say the root cause, or begin another chain`);
  return done([fact('analysis.why', context.nowMs, signer.user, { incident, chain: id, why: `${id}.${String(chain.whys.length + 1)}`, text })]);
}

export function setRoot(context: Context, incident: string, id: string, text: string, signer: Signer): Decision {
  const found = chainIn(context, incident, id, signer, JUDGING_ROLES);
  if ('problem' in found) return found.problem;
  const { chain } = found;
  if (text.trim() === '') return badInput('the root cause is missing');
  if (standingRoot(chain) !== null) return badInput(`${id} has a root cause; withdraw it before another is said`);
  if (standingWhys(chain).length === 0) return badInput(`${id} has no why yet; a root cause is what the last why comes to`);
  return done([fact('analysis.root', context.nowMs, signer.user, { incident, chain: id, root: `${id}.R${String(chain.roots.length + 1)}`, text })]);
}

export interface FactorInput {
  readonly incident: string;
  readonly kind: FactorKind;
  readonly text: string;
  /** Records that show it. */
  readonly records: readonly number[];
  /** The corrective action that answers it, if there is one already. */
  readonly action: string | null;
}
export function addFactor(context: Context, input: FactorInput, recordOf: RecordLookUp, signer: Signer): Decision<{ factor: string }> {
  const { nowMs } = context;
  const found = saidIn(context, input.incident, signer, SAYING_ROLES, input.action === null ? 1 : 2);
  if ('problem' in found) return found.problem;
  const { analysis } = found;
  const { incident, kind, text, action } = input;
  if (text.trim() === '') return badInput('what contributed is missing');
  if (standingFactors(analysis).length >= FACTORS_MAX) return badInput(`${FACTORS_MAX} factors stand; withdraw what did not contribute`);
  const records = [...new Set(input.records)];
  if (records.length === 0 || records.length > EVIDENCE_MAX) return badInput(`a factor points to 1 to ${EVIDENCE_MAX} records that show it`);
  const evidence = records.map((n) => eventOf(analysis, n, recordOf, nowMs));
  const wrong = evidence.find((each) => typeof each === 'string');
  if (typeof wrong === 'string') return badInput(wrong);
  if (action !== null && !hasAction(context.state, action)) return notFound(`no corrective action '${action}'`);
  const stranger = action === null ? null : strangerProblem(signer, JUDGING_ROLES, 'answered');
  if (stranger !== null) return badInput(stranger);
  const factor = `F${String(analysis.factors.length + 1)}`;
  const facts: Fact[] = [fact('analysis.factor', nowMs, signer.user, { incident, factor, kind, text, evidence: evidence.filter((each) => typeof each !== 'string') })];
  return { outcome: 'done', facts: action === null ? facts : [...facts, fact('analysis.answered', nowMs, signer.user, { incident, cause: factor, action, reason: '' })], output: { factor } };
}

/** What is done about a cause: a corrective action that is on record, or a reason why none is. */
export function answerCause(context: Context, input: { readonly incident: string; readonly cause: string; readonly action: string | null; readonly reason: string }, signer: Signer): Decision {
  const found = saidIn(context, input.incident, signer, JUDGING_ROLES);
  if ('problem' in found) return found.problem;
  const { incident, cause, action, reason } = input;
  const standing = causesToAnswer(found.analysis).find(({ id }) => id === cause);
  if (standing === undefined) return notFound(`no root cause or factor '${cause}' stands in the analysis of ${incident}`);
  if (action === null && reason.trim() === '') return badInput('a cause is answered by a corrective action, or by the reason why none is taken; both are missing');
  if (action !== null && !hasAction(context.state, action)) return notFound(`no corrective action '${action}'`);
  if (action !== null && standing.answers.some((each) => each.action === action)) return badInput(`${action} answers ${cause} already`);
  return done([fact('analysis.answered', context.nowMs, signer.user, { incident, cause, action, reason })]);
}

/** One's own words, or anybody's by who judges. Lowest first: nothing is left hanging under what is gone. */
export function withdrawEntry(context: Context, incident: string, entry: string, reason: string, signer: Signer): Decision {
  const found = saidIn(context, incident, signer, SAYING_ROLES);
  if ('problem' in found) return found.problem;
  const target = entryOf(found.analysis, entry);
  if (target === null) return notFound(`nothing called '${entry}' stands in the analysis of ${incident}`);
  const stranger = target.by === signer.user ? null : strangerProblem(signer, JUDGING_ROLES, 'withdrawn by another than who said it');
  if (stranger !== null) return badInput(stranger);
  if (reason.trim() === '') return badInput('what was said is withdrawn with a reason; the reason is missing');
  if (target.hanging !== null) return badInput(`${target.hanging} stands on ${entry}; withdraw it first`);
  return done([fact('analysis.withdrawn', context.nowMs, signer.user, { incident, entry, reason })]);
}

function entryOf(analysis: Analysis, id: string): { readonly by: string; readonly hanging: string | null } | null {
  const whole = [...standingChains(analysis), ...standingFactors(analysis)].find((each) => each.id === id);
  if (whole !== undefined) return { by: whole.by, hanging: null };
  for (const chain of standingChains(analysis)) {
    const stack = [...standingWhys(chain), ...(standingRoot(chain) === null ? [] : [standingRoot(chain) as Chain['roots'][number]])];
    const at = stack.findIndex((each) => each.id === id);
    if (at >= 0) return { by: stack[at]?.by ?? '', hanging: stack[at + 1]?.id ?? null };
  }
  return null;
}

const LACK_WORDS: Readonly<Record<Lack['what'], (of: string) => string>> = {
  incident: () => 'the end of the incident', chain: () => 'a chain of why', root: (of) => `the root cause of ${of}`, answer: (of) => `a corrective action for ${of}, or the reason why none`,
};

/** By an engineer and a supervisor, two different people, over everything that 4.5.3 asks. */
export function concludeAnalysis(context: Context, input: { readonly incident: string; readonly text: string; readonly reviews: readonly ProcedureReview[] }, engineer: Signer, supervisor: Signer): Decision {
  const { state, nowMs } = context;
  const found = openOf(context, input.incident);
  if ('problem' in found) return found.problem;
  const { analysis } = found;
  const stranger = strangerProblem(engineer, ['engineer'], 'concluded') ?? strangerProblem(supervisor, ['supervisor'], 'concluded');
  if (stranger !== null) return badInput(stranger);
  if (engineer.user === supervisor.user) return badInput(`${engineer.user} signed for both; two different people conclude an analysis`);
  const missing = [...lacksOf(analysis).map(({ what, of }) => LACK_WORDS[what](of ?? '')), ...(input.text.trim() === '' ? ['the conclusion in words'] : []), ...unreviewed(state, analysis, input.reviews)];
  if (missing.length > 0) return badInput(`4.5.3: the analysis of ${analysis.incident} is not complete; missing: ${missing.join('; ')}`);
  const reviews = input.reviews.filter(({ procedure }) => analysis.procedures.includes(procedure));
  return done([fact('analysis.concluded', nowMs, engineer.user, { incident: analysis.incident, supervisor: supervisor.user, text: input.text, reviews })]);
}

/** 4.5.3, documents: each procedure that was used is to be updated by somebody, or was read through and stays. */
function unreviewed({ aftermath: { followUps } }: StationState, { incident, procedures }: Analysis, reviews: readonly ProcedureReview[]): string[] {
  return procedures.flatMap((procedure) => {
    const review = reviews.find((each) => each.procedure === procedure);
    if (review === undefined) return [`whether ${procedure} is to be updated or stays`];
    if (review.outcome === 'update' && revisionsOf(followUps, incident, procedure).length === 0) return [`a follow-up that revises ${procedure}`];
    return review.outcome === 'stays' && review.note.trim() === '' ? [`why ${procedure} stays as it is`] : [];
  });
}

export function reopenAnalysis(context: Context, incident: string, reason: string, signer: Signer): Decision {
  const stranger = strangerProblem(signer, JUDGING_ROLES, 'opened again');
  if (stranger !== null) return badInput(stranger);
  const { analyses } = context.state.aftermath;
  const analysis = analysisOf(analyses, incident);
  if (analysis === null) return notFound(`no analysis of an incident '${incident}'`);
  if (analysis.concluded === null) return badInput(`the analysis of ${incident} is open`);
  if (reason.trim() === '') return badInput('an analysis is opened again with a reason; the reason is missing');
  if (analyses.open.length >= OPEN_ANALYSES_MAX) return badInput(`${OPEN_ANALYSES_MAX} analyses are open; conclude those that are done`);
  return done([fact('analysis.reopened', context.nowMs, signer.user, { incident, reason, dueMs: context.nowMs + ANALYSIS_TERM_MS })]);
}

function strangerProblem({ user, roles }: Signer, may: readonly Role[], verb: string): string | null {
  return may.some((role) => roles.includes(role)) ? null : `an analysis is ${verb} by ${may.join(' or ')}; ${user} is ${roles.join(', ')}`;
}

type Found<T> = T | { readonly problem: Decision<never> };

function openOf({ state }: Context, incident: string): Found<{ readonly analysis: Analysis }> {
  const analysis = analysisOf(state.aftermath.analyses, incident);
  if (analysis === null) return { problem: notFound(`no analysis of an incident '${incident}'`) };
  const { concluded } = analysis;
  return concluded === null ? { analysis } : { problem: badInput(`the analysis of ${incident} is concluded, by ${concluded.engineer} and ${concluded.supervisor}; open it again with a reason`) };
}

/** An open analysis that still takes `entries` more from this person. */
function saidIn(context: Context, incident: string, signer: Signer, may: readonly Role[], entries = 1): Found<{ readonly analysis: Analysis }> {
  const stranger = strangerProblem(signer, may, 'written');
  if (stranger !== null) return { problem: badInput(stranger) };
  const found = openOf(context, incident);
  if ('problem' in found || found.analysis.entries + entries <= ENTRIES_MAX) return found;
  return { problem: badInput(`the analysis of ${incident} holds ${ENTRIES_MAX} entries; it takes no more`) };
}

function chainIn(context: Context, incident: string, id: string, signer: Signer, may: readonly Role[]): Found<{ readonly chain: Chain }> {
  const found = saidIn(context, incident, signer, may);
  if ('problem' in found) return found;
  const chain = found.analysis.chains.find((each) => each.id === id);
  if (chain === undefined) return { problem: notFound(`no chain '${id}' in the analysis of ${incident}`) };
  return stands(chain) ? { chain } : { problem: badInput(`${id} was withdrawn`) };
}

/** The record as a chain or a factor keeps it; words say why it is none of this incident's. */
function eventOf({ incident, fromMs, toMs }: Analysis, n: number, recordOf: RecordLookUp, nowMs: number): RecordRef | string {
  const record = recordOf(n);
  if (record === null) return `there is no record ${n} that tells of an event`;
  const isWithin = record.atMs >= fromMs - AROUND_MS && record.atMs <= (toMs ?? nowMs) + AROUND_MS;
  if (!isWithin || !isEvent(record.type)) return `record ${n} (${record.type}) is no event of ${incident}; expected one from half an hour before it to half an hour after it`;
  return { n, atMs: record.atMs, text: record.text };
}

const hasAction = ({ actions: { open, closed } }: StationState, id: string): boolean => [...open, ...closed].some((action) => action.id === id);
