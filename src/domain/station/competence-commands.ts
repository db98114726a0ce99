/**
 * What an instructor signs of an exercise that is over (H.2), decided. The score says how it was; a person answers for what it means, and
 * nobody for themselves. The instructor may find less than the score does, never more.
 */
import type { CompetenceRecord } from '../../contract/drill.ts';
import { validityOf } from '../drills/competence.ts';
import { badInput, notFound } from './decision.ts';
import type { Context, Decision } from './decision.ts';
import { fact } from './facts.ts';
import type { Signer } from './gates/signer.ts';

export interface Assessment {
  readonly exercise: string;
  /** The participant. */
  readonly user: string;
  readonly passed: boolean;
  readonly comment: string;
}

/** The record of one participant of an exercise that has ended and was scored. Said again, the later one stands; the journal keeps both. */
export function recordCompetence({ plant, state, nowMs }: Context, { exercise, user, passed, comment }: Assessment, signer: Signer): Decision<{ record: CompetenceRecord }> {
  const { exercises, made } = state.competence;
  const past = exercises.find((each) => each.exercise === exercise);
  if (past === undefined) return notFound(`no exercise '${exercise}' that has ended and was scored`);
  if (!signer.roles.includes('instructor')) return badInput(`H.2: what somebody has shown is signed by an instructor; ${signer.user} is ${signer.roles.join(', ')}`);
  const participant = past.participants.find((each) => each.user === user);
  if (participant === undefined) return notFound(`${user} took no part in ${exercise}; participants: ${past.participants.map((each) => each.user).join(', ') || 'none'}`);
  if (past.participants.some((each) => each.user === signer.user)) return badInput(`${signer.user} took part in ${exercise}; another instructor signs it`);
  if (passed && !past.passed) return badInput(`${exercise} was not passed (${String(past.total)} points${past.breaches.length === 0 ? '' : `, breaches of ${past.breaches.slice(0, 5).join(', ')}`}); it can be recorded as not passed`);
  if (!passed && past.passed && comment.trim() === '') return badInput('the score says passed; who finds otherwise says why');
  const { validUntilMs, retrainByMs } = validityOf(past.kinds, passed, past.endedMs);
  const record: CompetenceRecord = {
    id: `CR-${String(made + 1)}`, user, name: participant.name, post: participant.post, plant: plant.pack.id, scenario: past.scenario, title: past.title, clauses: [...past.clauses], exercise, atMs: past.endedMs,
    total: past.total, passed, validUntilMs, retrainByMs, instructor: signer.name, comment, breaches: [...past.breaches],
    ...(past.startedMs === undefined ? {} : { lastedS: Math.max(0, past.endedMs - past.startedMs) / 1_000 }), ...(past.isAborted === undefined ? {} : { completed: !past.isAborted }),
  };
  return { outcome: 'done', facts: [fact('competence.recorded', nowMs, signer.user, { record }, 'instructor')], output: { record } };
}
