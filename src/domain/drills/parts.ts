/**
 * Who did what in a team's exercise. The score is the crew's; here stands beside it what the journal shows of each: posts, first deed, alarms
 * answered, what was refused, and the clauses that name a record of theirs. Whose hand was on the simulated DCS is not known, and is nobody's here.
 */
import type { Debrief, Score } from '../../contract/drill.ts';
import { clip } from '../report/bounded.ts';
import type { NumberedFact } from '../report/incident.ts';
import { isHand } from '../report/present-course.ts';
import type { Fact } from '../station/facts.ts';
import type { Participant } from './competence.ts';
import type { PlantClock } from './plant-clock.ts';

type Part = NonNullable<Debrief['parts']>[number];

const PARTS_MAX = 50;
const POSTS_MAX = 10;
/** Being there is no deed, and neither is what the score says. */
const NO_DEED: ReadonlySet<Fact['type']> = new Set<Fact['type']>(['session.logged-on', 'session.resumed', 'session.logged-off', 'session.locked', 'training.started', 'training.ended', 'training.posted', 'training.scored', 'training.noted', 'competence.recorded']);

/** One row for each participant, in their order; `records` those of the exercise. */
export function partsOf(participants: readonly Participant[], records: readonly NumberedFact[], { breaches }: Pick<Score, 'breaches'>, clock: PlantClock): Part[] {
  return participants.slice(0, PARTS_MAX).map(({ user, name, post }) => {
    const own = records.filter(({ fact: { by } }) => by === user);
    // Speed, freeze and the like lead the exercise, also where one person does both.
    const deeds = own.filter(({ fact }) => !NO_DEED.has(fact.type) && (fact.type !== 'training.instructed' || isHand(fact)));
    const numbers = new Set(own.map(({ n }) => n));
    const posts = own.flatMap(({ fact }) => (fact.type === 'training.posted' && fact.data.post !== null ? [fact.data.post] : []));
    const [first] = deeds;
    return {
      user, name: clip(name, 80), posts: [...new Set(posts.length === 0 ? [post] : posts)].slice(0, POSTS_MAX), deeds: deeds.filter(({ fact: { type } }) => type !== 'refused').length, firstAtS: first === undefined ? null : Math.max(0, clock.secondAt(first.fact.atMs)),
      acknowledged: deeds.filter(({ fact: { type } }) => type === 'alarm.acknowledged').length, refused: deeds.filter(({ fact: { type } }) => type === 'refused').length, hints: deeds.filter(({ fact: { type } }) => type === 'training.hinted').length,
      breaches: [...new Set(breaches.filter((breach) => breach.records.some((n) => numbers.has(n))).map(({ clause }) => clause))],
    };
  });
}
