/**
 * The bypass register (3.3): asked for, assessed, approved, accepted, watched, restored, tested, verified. What would let the
 * plant run on is gated; what leads back to a protected plant is not: it can only be malformed.
 */
import { EXTENSIONS_MAX, OPEN_ENTRY_PHASES } from '../interlocks/bypass.ts';
import type { BypassEntry, BypassKind, EntryPhase, Measure, ProcessLimit } from '../interlocks/bypass.ts';
import { elementsOf } from '../interlocks/weakened.ts';
import type { InterlockDef } from '../packs/schema.ts';
import { badInput, done, notFound, refused } from './decision.ts';
import type { Context, Decision } from './decision.ts';
import { fact } from './facts.ts';
import { approvalsNeeded, bypassVerdict } from './gates/bypass-facts.ts';
import type { BypassStep } from './gates/bypass-facts.ts';
import type { Signer } from './gates/signer.ts';
import type { Plant } from './plant.ts';

export interface BypassRequest {
  readonly interlock: string;
  /** One initiator of it; absent: the whole function. */
  readonly element?: string | undefined;
  readonly workOrder?: string | undefined;
  readonly kind?: BypassKind | undefined;
  readonly reason: string;
  readonly hazard: string;
  readonly measures: readonly Measure[];
  readonly limits?: readonly ProcessLimit[] | undefined;
  readonly startMs?: number | undefined;
  readonly untilMs: number;
}

/** Asked for so far ahead at most, ms: a bypass is assessed for the plant as it is. Engineering default. */
const AHEAD_MAX_MS = 24 * 3_600_000;

export function requestBypass(context: Context, input: BypassRequest, signer: Signer): Decision<{ bypass: string }> {
  const { plant, state, nowMs } = context;
  const interlock = plant.interlocks.get(input.interlock);
  if (interlock === undefined) return notFound(`no interlock '${input.interlock}'`);
  const { startMs = nowMs, kind = 'maintenance', limits = [], element, workOrder, ...rest } = input;
  const wrong = elementProblem(interlock, element) ?? timeProblem(interlock, startMs, input.untilMs, nowMs) ?? watchProblem(plant, input.measures, limits);
  if (wrong !== null) return badInput(wrong);
  const open = state.bypasses.find((entry) => entry.interlock === interlock.id && OPEN_ENTRY_PHASES.includes(entry.phase) && entry.phase !== 'expired' && entry.phase !== 'lapsed');
  if (open !== undefined) return badInput(`the register already holds ${open.id} of ${interlock.id}, which is '${open.phase}'; restore and verify it, or withdraw it, first`);
  const verdict = bypassVerdict(plant, state, 'request', interlock, null, nowMs, signer);
  if (!verdict.allowed) return refused(verdict, nowMs, signer.user);
  const bypass = `B-${interlock.id}-${state.bypasses.length + 1}`;
  return { outcome: 'done', facts: [fact('bypass.requested', nowMs, signer.user, { ...rest, bypass, kind, limits, startMs: Math.max(startMs, nowMs), ...(element === undefined ? {} : { element }), ...(workOrder === undefined ? {} : { workOrder }) })], output: { bypass } };
}

/** Only what the pack names as an initiator has a voting that could be judged. */
function elementProblem(interlock: InterlockDef, element: string | undefined): string | null {
  const elements = elementsOf(interlock);
  if (element === undefined || elements.includes(element)) return null;
  return `${element} is no initiator of ${interlock.id}; expected ${elements.length === 0 ? 'none: its initiators are not tags of the plant, so it is bypassed as a whole' : `one of ${elements.join(', ')}, or none for the whole function`}`;
}

function timeProblem(interlock: InterlockDef, startMs: number, untilMs: number, nowMs: number): string | null {
  const fromMs = Math.max(startMs, nowMs);
  if (startMs > nowMs + AHEAD_MAX_MS) return 'the bypass begins more than a day ahead; expected a start within 24 h';
  if (untilMs <= fromMs) return 'the bypass ends before it begins; expected an end in the future';
  if (untilMs > fromMs + interlock.maxBypass) return `the bypass lasts longer than ${interlock.criticality} allows; expected at most ${Math.round(interlock.maxBypass / 60_000)} min`;
  return null;
}

/** A measure watched on a tag that cannot show it would never be lost. */
function watchProblem(plant: Plant, measures: readonly Measure[], limits: readonly ProcessLimit[]): string | null {
  const tagOf = (id: string) => plant.pack.tags.find((tag) => tag.id === id);
  for (const { watch } of measures) {
    if (watch === undefined) continue;
    const tag = tagOf(watch.tag);
    if (tag === undefined) return `no tag '${watch.tag}' to watch a measure on`;
    const fits = 'is' in watch ? (tag.kind === 'boolean' ? typeof watch.is === 'boolean' : tag.kind === 'discrete' && typeof watch.is === 'string' && tag.states.includes(watch.is)) : tag.kind === 'analog' || tag.kind === 'count';
    if (!fits) return `tag ${watch.tag} is of kind ${tag.kind} and cannot show that${tag.kind === 'discrete' ? `; expected one of ${tag.states.join(', ')}` : ''}`;
  }
  for (const { tag: id, low, high } of limits) {
    const tag = tagOf(id);
    if (tag?.kind !== 'analog') return `no analog tag '${id}' to limit`;
    if (low === undefined && high === undefined) return `the limit of ${id} has no figure; expected low, high or both`;
    if (low !== undefined && high !== undefined && low > high) return `the limit of ${id} ends below its beginning`;
  }
  return null;
}

type Found = { readonly entry: BypassEntry; readonly interlock: InterlockDef } | Decision<never>;

/** The entry in one of these phases, with its function; or why not. */
function entryIn({ plant, state }: Context, id: string, phases: readonly EntryPhase[]): Found {
  const entry = state.bypasses.find((each) => each.id === id);
  const interlock = entry === undefined ? undefined : plant.interlocks.get(entry.interlock);
  if (entry === undefined || interlock === undefined) return notFound(`no bypass '${id}'`);
  return phases.includes(entry.phase) ? { entry, interlock } : badInput(`bypass ${id} is '${entry.phase}'; expected ${phases.map((phase) => `'${phase}'`).join(' or ')}`);
}

const isFound = (found: Found): found is { readonly entry: BypassEntry; readonly interlock: InterlockDef } => 'entry' in found;

function gated({ plant, state, nowMs }: Context, step: BypassStep, { entry, interlock }: { readonly entry: BypassEntry; readonly interlock: InterlockDef }, signer: Signer, facts: () => Decision): Decision {
  const verdict = bypassVerdict(plant, state, step, interlock, entry, nowMs, signer);
  return verdict.allowed ? facts() : refused(verdict, nowMs, signer.user);
}

/** Phases in which more time may be asked for. */
const EXTENDABLE: readonly EntryPhase[] = ['active', 'lapsed', 'expired'];

/** More time, or a new assessment after the approval lapsed. The old end holds until it is approved. */
export function extendBypass(context: Context, id: string, untilMs: number, reason: string, signer: Signer): Decision {
  const found = entryIn(context, id, EXTENDABLE);
  if (!isFound(found)) return found;
  const { entry, interlock } = found;
  if (entry.extension !== null) return badInput(`more time for ${id} is asked for already`);
  if (entry.extensions >= EXTENSIONS_MAX) return badInput(`bypass ${id} has been extended; expected a new request, or the interlock restored`);
  if (untilMs <= Math.max(entry.phase === 'lapsed' ? 0 : entry.untilMs, context.nowMs)) return badInput('more time ends before it begins; expected an end after the present one and after now');
  if (untilMs > entry.untilMs + interlock.maxBypass) return badInput(`that is more than ${interlock.criticality} allows; expected at most ${Math.round(interlock.maxBypass / 60_000)} min more`);
  return gated(context, 'request', found, signer, () => done([fact('bypass.extension-requested', context.nowMs, signer.user, { bypass: id, untilMs, reason })]));
}

/** 3.3: assessed by an engineer who did not ask for it. */
export function assessBypass(context: Context, id: string, text: string, acceptable: boolean, signer: Signer): Decision {
  const found = pending(context, id, 'assess');
  if (!isFound(found)) return found;
  return gated(context, 'assess', found, signer, () => done([fact('bypass.assessed', context.nowMs, signer.user, { bypass: id, text, acceptable, ...(found.entry.extension === null ? {} : { extension: true as const }) })]));
}

/** What waits to be assessed or approved: the entry, or the more time that is asked for in it. */
function pending(context: Context, id: string, step: 'assess' | 'approve'): Found {
  const asked = context.state.bypasses.find((each) => each.id === id)?.extension ?? null;
  if (asked === null) return entryIn(context, id, [step === 'assess' ? 'requested' : 'assessed']);
  if (step === 'assess' && asked.assessment !== null) return badInput(`more time for ${id} is assessed already`);
  if (step === 'approve' && asked.assessment === null) return badInput(`more time for ${id} is not assessed yet`);
  return entryIn(context, id, EXTENDABLE);
}

/** 3.3: approved by other people, of the level that the criticality demands. */
export function approveBypass(context: Context, id: string, signer: Signer): Decision {
  const found = pending(context, id, 'approve');
  if (!isFound(found)) return found;
  const { entry, interlock } = found;
  const { nowMs } = context;
  if (nowMs >= (entry.extension ?? entry).untilMs) return badInput(`bypass ${id} has run out; it needs a new request and assessment`);
  const count = approvalsNeeded(context.plant, interlock, nowMs);
  return gated(context, 'approve', found, signer, () => done([fact('bypass.approved', nowMs, signer.user, { bypass: id, ...(count === 1 ? {} : { of: count }), ...(entry.extension === null ? {} : { extension: true as const }) })]));
}

/** Saying no needs no leave. */
export function rejectBypass(context: Context, id: string, reason: string, signer: Signer): Decision {
  const found = context.state.bypasses.find((each) => each.id === id)?.extension == null ? entryIn(context, id, ['requested', 'assessed', 'approved']) : entryIn(context, id, EXTENDABLE);
  if (!isFound(found)) return found;
  return done([fact('bypass.rejected', context.nowMs, signer.user, { bypass: id, reason, ...(found.entry.extension === null ? {} : { extension: true as const }) })]);
}

/** The operator who runs the plant with it takes it over; from here on it is watched. */
export function acceptBypass(context: Context, id: string, signer: Signer): Decision {
  const found = entryIn(context, id, ['approved']);
  if (!isFound(found)) return found;
  if (context.nowMs >= found.entry.untilMs) return badInput(`bypass ${id} has run out; it needs a new request and assessment`);
  return gated(context, 'accept', found, signer, () => done([fact('bypass.accepted', context.nowMs, signer.user, { bypass: id })]));
}

/** Its owner has been there and seen that the measure holds. */
export function walkMeasure(context: Context, id: string, measure: number, signer: Signer): Decision {
  const found = entryIn(context, id, ['active']);
  if (!isFound(found)) return found;
  const walked = found.entry.measures[measure];
  if (walked?.everyMs === undefined) return badInput(`measure ${measure} of ${id} is not one that is walked`);
  if (signer.user !== walked.owner && signer.name !== walked.owner) return badInput(`this measure is walked by its owner, ${walked.owner}; ${signer.user} is another person`);
  return done([fact('bypass.walked', context.nowMs, signer.user, { bypass: id, measure })]);
}

/** Taken back before it was ever used. What was used is restored and tested instead. */
export function withdrawBypass(context: Context, id: string, reason: string, signer: Signer): Decision {
  const found = entryIn(context, id, ['requested', 'assessed', 'approved', 'active', 'lapsed', 'expired']);
  if (!isFound(found)) return found;
  const wasUsed = found.entry.seen || (found.entry.acceptance !== null && !isPlainlyUnbypassed(context, found.interlock));
  if (wasUsed) return badInput(`bypass ${id} was in use; restore the interlock, test it and have it verified`);
  return done([fact('bypass.withdrawn', context.nowMs, signer.user, { bypass: id, reason })]);
}

const isPlainlyUnbypassed = ({ state }: Context, { id }: InterlockDef): boolean => !['bypassed', 'unknown'].includes(state.interlocks[id]?.state ?? 'unknown');

/** The bypass is being taken away, or has been: the key is turned within the register's grace. */
export function restoreBypass(context: Context, id: string, signer: Signer): Decision {
  const found = entryIn(context, id, ['active', 'lapsed', 'expired']);
  return isFound(found) ? done([fact('bypass.restored', context.nowMs, signer.user, { bypass: id })]) : found;
}

export function testBypass(context: Context, id: string, text: string, passed: boolean, signer: Signer): Decision {
  const found = entryIn(context, id, ['restored']);
  if (!isFound(found)) return found;
  if (!isPlainlyUnbypassed(context, found.interlock)) return badInput(`${found.interlock.id} is still bypassed by its tag, or that is not known; expected it restored`);
  return done([fact('bypass.tested', context.nowMs, signer.user, { bypass: id, text, passed })]);
}

/** By another person than who tested it: with this the function counts again. */
export function verifyBypass(context: Context, id: string, signer: Signer): Decision {
  const found = entryIn(context, id, ['tested']);
  if (!isFound(found)) return found;
  if (signer.user === found.entry.test?.by) return badInput(`${signer.user} has tested it; another person must verify it (3.3)`);
  if (!signer.roles.includes('supervisor') && !signer.roles.includes('engineer')) return badInput(`a restored function is verified by a supervisor or an engineer; ${signer.user} is ${signer.roles.join(', ')}`);
  if (!isPlainlyUnbypassed(context, found.interlock)) return badInput(`${found.interlock.id} is bypassed by its tag, or that is not known; expected it restored`);
  return done([fact('bypass.verified', context.nowMs, signer.user, { bypass: id })]);
}
