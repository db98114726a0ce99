/**
 * What people ask of documents to be revised, training and drills (3.1, 4.5.3), decided. As for corrective actions: nothing in the plant
 * refuses it, and nobody says of their own work that it is done.
 */
import { DUE_AHEAD_MAX_MS } from '../incidents/corrective-actions.ts';
import { EVIDENCE_PARTS, isFollowUpsOwn, OPEN_FOLLOW_UPS_MAX } from '../incidents/follow-ups.ts';
import type { FollowUp, FollowUpEvidence, FollowUpOutline } from '../incidents/follow-ups.ts';
import { ACTION_ROLES } from './action-commands.ts';
import { badInput, done, notFound } from './decision.ts';
import type { Context, Decision } from './decision.ts';
import { fact } from './facts.ts';
import type { Signer } from './gates/signer.ts';

export function openFollowUp({ plant, state, nowMs }: Context, input: FollowUpOutline, signer: Signer): Decision<{ followUp: string }> {
  const stranger = strangerProblem(signer, 'opened');
  if (stranger !== null) return badInput(stranger);
  const { kind, title, responsible, dueMs, incident } = input;
  const procedures = [...new Set(input.procedures)];
  const missing = [...(title.trim() === '' ? ['title'] : []), ...(responsible.trim() === '' ? ['responsible person'] : []), ...(dueMs <= nowMs ? ['deadline (in the future)'] : []), ...(procedures.length === 0 ? ['a procedure that it concerns'] : [])];
  if (missing.length > 0) return badInput(`3.1: a follow-up has a title, a responsible person, a deadline and the procedures that it concerns; missing: ${missing.join(', ')}`);
  if (dueMs > nowMs + DUE_AHEAD_MAX_MS) return badInput(`the deadline is more than ${Math.round(DUE_AHEAD_MAX_MS / 86_400_000)} days away; expected a nearer one`);
  if (incident !== null && incident !== state.incident?.id && !state.pastIncidents.some(({ id }) => id === incident)) return notFound(`no incident '${incident}'`);
  const unknown = procedures.find((id) => !plant.procedures.has(id));
  if (unknown !== undefined) return notFound(`no procedure '${unknown}'`);
  const { followUps } = state.aftermath;
  if (followUps.open.length >= OPEN_FOLLOW_UPS_MAX) return badInput(`${OPEN_FOLLOW_UPS_MAX} follow-ups are open; sign off those that are done`);
  const followUp = `FU-${String(followUps.opened + 1)}`;
  return { outcome: 'done', facts: [fact('follow-up.opened', nowMs, signer.user, { followUp, kind, title, responsible, dueMs, incident, procedures })], output: { followUp } };
}

/** With its evidence, by another person than who had to do it. A late one like any other. */
export function doneFollowUp(context: Context, id: string, evidence: FollowUpEvidence, signer: Signer): Decision {
  const found = mineToEnd(context, id, signer, 'signs that it is done');
  if ('problem' in found) return found.problem;
  const missing = EVIDENCE_PARTS[found.followUp.kind].flatMap(([part, words]) => (evidence[part].trim() === '' ? [words] : []));
  if (missing.length > 0) return badInput(`3.1: ${id} is done only with its evidence; missing: ${missing.join(', ')}`);
  if (evidence.heldMs > context.nowMs) return badInput('the day on which it was approved or held is in the future; expected one that has passed');
  const { document, revision, heldMs, participants } = evidence;
  return done([fact('follow-up.done', context.nowMs, signer.user, { followUp: id, document, revision, heldMs, participants })]);
}

/** It was opened by mistake, or is overtaken. It shows nothing then. */
export function withdrawFollowUp(context: Context, id: string, reason: string, signer: Signer): Decision {
  const found = mineToEnd(context, id, signer, 'withdraws it');
  if ('problem' in found) return found.problem;
  if (reason.trim() === '') return badInput('a follow-up is withdrawn with a reason; the reason is missing');
  return done([fact('follow-up.withdrawn', context.nowMs, signer.user, { followUp: id, reason })]);
}

function strangerProblem({ user, roles }: Signer, verb: string): string | null {
  return ACTION_ROLES.some((role) => roles.includes(role)) ? null : `a follow-up is ${verb} by a ${ACTION_ROLES.join(' or ')}; ${user} is ${roles.join(', ')}`;
}

function mineToEnd({ state }: Context, id: string, signer: Signer, verb: string): { readonly followUp: FollowUp } | { readonly problem: Decision<never> } {
  const { open, over } = state.aftermath.followUps;
  const stranger = strangerProblem(signer, 'signed off');
  if (stranger !== null) return { problem: badInput(stranger) };
  const followUp = open.find((each) => each.id === id);
  if (followUp === undefined) {
    const past = over.find((each) => each.id === id);
    return { problem: past === undefined ? notFound(`no follow-up '${id}'`) : badInput(`${id} is over already, signed by ${(past.done ?? past.withdrawn)?.by ?? '?'}`) };
  }
  return isFollowUpsOwn(followUp, signer) ? { problem: badInput(`${signer.user} is responsible for ${id}; another person ${verb}`) } : { followUp };
}
