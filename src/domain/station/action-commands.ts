/**
 * What people ask of corrective actions (H.1, 4.5.3), decided. They change nothing in the plant, so no gate and no state of the plant
 * refuses them; what is asked is that the five parts are there and that nobody says of their own work that it is done.
 *
 * They are not in the standing authority matrix: a matrix that has run out must not keep a loop open.
 */
import type { Role } from '../../contract/refusal.ts';
import { DUE_AHEAD_MAX_MS, isResponsible, OPEN_ACTIONS_MAX, RESCHEDULES_MAX } from '../incidents/corrective-actions.ts';
import type { CorrectiveAction, Outline } from '../incidents/corrective-actions.ts';
import { badInput, done, notFound } from './decision.ts';
import type { Context, Decision } from './decision.ts';
import { fact } from './facts.ts';
import type { Signer } from './gates/signer.ts';

/** Not the post: who runs the plant does not promise money and time. */
export const ACTION_ROLES: readonly Role[] = ['supervisor', 'engineer'];

/** H.1, as the answer names them. The fifth part is the deadline. */
const PARTS = [['responsible', 'responsible person'], ['measure', 'measure'], ['funding', 'funding'], ['contingency', 'contingency plan']] as const;

export function openAction({ plant, state, nowMs }: Context, input: Outline, signer: Signer): Decision<{ action: string }> {
  const stranger = strangerProblem(signer, 'opened');
  if (stranger !== null) return badInput(stranger);
  const missing: string[] = [...PARTS.flatMap(([part, words]) => (input[part].trim() === '' ? [words] : [])), ...(input.dueMs <= nowMs ? ['deadline (in the future)'] : [])];
  if (missing.length > 0) return badInput(`H.1: a corrective action has a responsible person, a measure, funding, a deadline and a contingency plan; missing: ${missing.join(', ')}`);
  if (input.dueMs > nowMs + DUE_AHEAD_MAX_MS) return badInput(TOO_FAR);
  if (input.incident !== null && input.incident !== state.incident?.id && !state.pastIncidents.some(({ id }) => id === input.incident)) return notFound(`no incident '${input.incident}'`);
  const unknown = input.procedures.find((id) => !plant.procedures.has(id));
  if (unknown !== undefined) return notFound(`no procedure '${unknown}'`);
  if (state.actions.open.length >= OPEN_ACTIONS_MAX) return badInput(`${OPEN_ACTIONS_MAX} corrective actions are open; close those that are done`);
  const action = `CA-${String(state.actions.opened + 1)}`;
  const { incident, measure, responsible, funding, dueMs, contingency } = input;
  return { outcome: 'done', facts: [fact('action.opened', nowMs, signer.user, { action, incident, measure, responsible, funding, dueMs, contingency, procedures: [...new Set(input.procedures)] })], output: { action } };
}

/** Once, with a reason, by somebody who gains nothing by it. */
export function rescheduleAction(context: Context, id: string, dueMs: number, reason: string, signer: Signer): Decision {
  const { nowMs } = context;
  const found = openOf(context, id);
  if ('problem' in found) return found.problem;
  const { action } = found;
  const stranger = strangerProblem(signer, 'rescheduled') ?? ownProblem(action, signer, 'moves the deadline');
  if (stranger !== null) return badInput(stranger);
  if (reason.trim() === '') return badInput('a deadline is moved with a reason; the reason is missing');
  const [last] = action.extended;
  if (action.extended.length >= RESCHEDULES_MAX) return badInput(`the deadline of ${id} has been moved already, by ${last?.by ?? '?'}; it is moved once. Close it with its evidence, or open another for what is left`);
  if (dueMs <= nowMs) return badInput('the new deadline has passed already; expected one in the future');
  if (dueMs > nowMs + DUE_AHEAD_MAX_MS) return badInput(TOO_FAR);
  if (dueMs === action.dueMs) return badInput('the new deadline is the old one');
  return done([fact('action.rescheduled', nowMs, signer.user, { action: id, dueMs, reason })]);
}

/** With evidence, verified by another person than who had to do it. A late one is closed like any other. */
export function closeAction(context: Context, id: string, evidence: string, signer: Signer): Decision {
  const found = openOf(context, id);
  if ('problem' in found) return found.problem;
  const stranger = strangerProblem(signer, 'closed') ?? ownProblem(found.action, signer, 'verifies the evidence');
  if (stranger !== null) return badInput(stranger);
  if (evidence.trim() === '') return badInput('H.1: a corrective action is closed only with evidence; the evidence is missing');
  return done([fact('action.closed', context.nowMs, signer.user, { action: id, evidence })]);
}

const TOO_FAR = `the deadline is more than ${Math.round(DUE_AHEAD_MAX_MS / 86_400_000)} days away; expected a nearer one: split what takes longer`;

function strangerProblem({ user, roles }: Signer, verb: string): string | null {
  return ACTION_ROLES.some((role) => roles.includes(role)) ? null : `a corrective action is ${verb} by a ${ACTION_ROLES.join(' or ')}; ${user} is ${roles.join(', ')}`;
}

function ownProblem(action: CorrectiveAction, signer: Signer, verb: string): string | null {
  return isResponsible(action, signer) ? `${signer.user} is responsible for ${action.id}; another person ${verb}` : null;
}

function openOf({ state: { actions } }: Context, id: string): { readonly action: CorrectiveAction } | { readonly problem: Decision<never> } {
  const action = actions.open.find((each) => each.id === id);
  if (action !== undefined) return { action };
  const past = actions.closed.find((each) => each.id === id)?.closed;
  return { problem: past == null ? notFound(`no corrective action '${id}'`) : badInput(`${id} is closed already, by ${past.by}`) };
}
