/** Who appears in a fact: as who did it, who signed beside, who is named. A table over the kinds of facts that name people. */
import type { Fact, FactMap, FactType } from '../station/facts.ts';
import type { KnownPerson } from './incident.ts';

/** The post's own standing authority (3.4): no person, and no account is called that. */
export const POST_USER = 'post';

type Named<T extends FactType> = (data: FactMap[T], by: string | null) => readonly KnownPerson[];

const person = (user: string | null, name: string | null, role?: KnownPerson['role']): KnownPerson => ({ user, name, ...(role === undefined ? {} : { role }) });
const each = (...somebody: readonly ({ readonly user: string; readonly name: string } | undefined)[]): KnownPerson[] => somebody.flatMap((one) => (one === undefined ? [] : [person(one.user, one.name)]));

const NAMES: { readonly [T in FactType]?: Named<T> } = {
  'session.logged-on': (d) => [person(d.user, d.name), person(d.replaces, null)],
  'session.resumed': (d) => [person(d.user, null)],
  'session.logged-off': (d) => [person(d.user, null)],
  'session.locked': (d) => [person(d.user, null)],
  'secret.changed': (d) => [person(d.user, null)],
  'access.refused': (d) => [person(d.user ?? null, null)],
  'post.taken': (d) => [person(d.user, d.name), ...each(d.from, d.second)],
  'shift.handed-over': (d) => each(d.from, d.to, d.instead),
  'roll-call.signed': (d, by) => [person(by, d.name)],
  'people.entered': (d) => [person(null, d.name)],
  'training.posted': (d, by) => [person(by, d.name)],
  'training.scored': (d) => each(...d.participants),
  'competence.recorded': ({ record }, by) => [person(record.user, record.name), person(by, record.instructor)],
  'permit.issued': (d, by) => [person(by, d.approver), person(null, d.holder)],
  'interlock.reset-approved': (d, by) => [person(by, null, d.role)],
  'bypass.requested': (d) => d.measures.flatMap((measure) => (typeof measure === 'string' ? [] : [person(measure.owner, null)])),
  'action.opened': (d) => [person(null, d.responsible)],
  'procedure.moved': ({ event }, by) => [
    ...('role' in event ? [person(event.by, null, event.role)] : []),
    ...(event.type === 'SIGNED' && event.witness !== undefined ? [person(event.witness, null)] : []),
    ...(event.type === 'OWNED' ? [person(by ?? event.by, event.name)] : []),
  ],
};

const isSaid = (word: string | null): word is string => typeof word === 'string' && word.trim() !== '';

/** Never throws: a fact of another version may lack what this one names. */
export function peopleIn(fact: Fact): readonly KnownPerson[] {
  const named = NAMES[fact.type] as Named<FactType> | undefined;
  const did = person(fact.by, null, fact.role);
  if (named === undefined) return fact.by === null ? [] : [did];
  try {
    return [did, ...named(fact.data, fact.by)].flatMap(({ user, name, role }) => (isSaid(user) || isSaid(name) ? [person(isSaid(user) ? user : null, isSaid(name) ? name : null, role)] : []));
  } catch {
    return fact.by === null ? [] : [did];
  }
}
