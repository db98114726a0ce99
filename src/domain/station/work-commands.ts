/** What people ask of work permits and evidence, decided. Closing a permit and telling that a blind is out are never refused: both only shut gates. */
import type { PermitRequest } from '../../contract/work-permits.ts';
import { ISSUED_AHEAD_MAX_MS, OPEN_PERMITS_MAX, PERMIT_KINDS, permitState, sameWords } from '../permits/work-permits.ts';
import { isInPlace } from '../proof/register.ts';
import { badInput, done, notFound, refused } from './decision.ts';
import type { Context, Decision } from './decision.ts';
import { fact } from './facts.ts';
import type { Signer } from './gates/signer.ts';
import { issueVerdict } from './gates/work-facts.ts';
import { movedBy } from './look-at-courses.ts';

const MINUTE_MS = 60_000;

/** 3.7. Who signs is the approver. */
export function issuePermit(context: Context, request: PermitRequest, signer: Signer): Decision {
  const problem = requestProblem(context, request);
  if (problem !== null) return badInput(problem);
  const verdict = issueVerdict(context.plant, request, context.nowMs, signer);
  if (!verdict.allowed) return refused(verdict, context.nowMs, signer.user);
  const { pressure, ...rest } = request;
  return done([fact('permit.issued', context.nowMs, signer.user, { ...rest, approver: signer.name, ...(pressure === undefined ? {} : { pressure }) })]);
}

/** What keeps a request from being a permit at all; the first that is found. */
function requestProblem({ plant, state, nowMs }: Context, { number, kind, zone, fromMs, untilMs, isolation, pressure }: PermitRequest): string | null {
  const { longestMs, isolated } = PERMIT_KINDS[kind];
  if (!plant.pack.zones.some(({ id }) => id === zone)) return `no zone '${zone}'; expected one of ${plant.pack.zones.map(({ id }) => id).join(', ')}`;
  if (state.permits.some((permit) => sameWords(permit.number, number))) return `a permit with the number ${number} stands in the register already; expected a number of its own`;
  if (state.permits.filter((permit) => permit.phase === 'issued').length >= OPEN_PERMITS_MAX) return `${OPEN_PERMITS_MAX} permits are open; close those whose work is done`;
  if (untilMs <= fromMs) return 'the permit ends before it begins; expected an end after its beginning';
  if (untilMs <= nowMs) return 'the permit has run out already; expected an end in the future';
  if (fromMs > nowMs + ISSUED_AHEAD_MAX_MS) return `the permit begins later than ${ISSUED_AHEAD_MAX_MS / (60 * MINUTE_MS)} h from now; issue it nearer to the work`;
  if (untilMs - fromMs > longestMs) return `a permit of kind ${kind} lasts ${Math.round((untilMs - fromMs) / MINUTE_MS)} min; expected at most ${longestMs / MINUTE_MS} min`;
  if (isolated && isolation.length === 0) return `a permit of kind ${kind} says what parts the place from what runs (4.4.1); expected 'isolation' with at least one entry`;
  if ((kind === 'pressure-work') !== (pressure !== undefined)) return kind === 'pressure-work' ? "a permit of kind pressure-work answers the questions of 4.4.2 and 4.4.3; expected 'pressure'" : `a permit of kind ${kind} has no 'pressure'`;
  return null;
}

/** Done, or stopped: the work ends with it. By anybody who signs; again is what was asked for. */
export function closePermit({ state, nowMs }: Context, number: string, reason: string, signer: Signer): Decision {
  const permit = state.permits.find((each) => each.number === number);
  if (permit === undefined) return notFound(`no permit '${number}'`);
  return permitState(permit, nowMs) === 'closed' ? done([]) : done([fact('permit.closed', nowMs, signer.user, { permit: number, reason })]);
}

/** A blind or a lock has been taken away: whoever says so is told nothing but thanks. What it proved is proved no longer. */
export function removeEvidence({ plant, state, nowMs }: Context, input: { instance: string; proof: string; number: string }, signer: Signer): Decision {
  const run = state.runs.find(({ instance }) => instance === input.instance);
  if (run === undefined) return notFound(`procedure ${input.instance} is not running`);
  const mine = state.evidence.filter(({ instance, proof }) => instance === input.instance && proof === input.proof);
  if (mine.some((entry) => entry.number === input.number && !isInPlace(entry)) && !mine.some((entry) => entry.number === input.number && isInPlace(entry))) return done([]);
  if (!mine.some((entry) => entry.number === input.number)) return notFound(`nothing with the number ${input.number} is recorded for proof ${input.proof}; in place: ${mine.filter(isInPlace).map(({ number }) => number ?? '').join(', ') || 'nothing'}`);
  return done([movedBy(plant, state, run, { type: 'REMOVED', atMs: nowMs, proof: input.proof, number: input.number, by: signer.user }, signer.user, nowMs)]);
}
