/** Who is out there, by zone and name, and who holds the posts. */
import { EMPTY_ZONE } from '../station/state.ts';
import { tagCount } from '../station/people-of.ts';
import { headCount } from '../people/people.ts';
import { POST_TITLES, POSTS } from '../authority/posts.ts';
import type { OpenThing, OpenThings } from './open-thing.ts';

/** By name where people signed in; and by the count where the tags see more, or nobody knows how many. */
export const people: OpenThings = (plant, state) => plant.pack.zones.flatMap((zone): OpenThing[] => {
  const record = state.zones[zone.id] ?? EMPTY_ZONE;
  const worst = record.state !== 'within';
  const named = record.entries.map(({ id, name, task, atMs }) => ({ id: `${zone.id}/${id}`, sinceMs: atMs, worst, text: { zh: `${zone.title.zh}：${name}，${task}`, en: `${zone.title.en}: ${name}, ${task}` } }));
  const counted = headCount(tagCount(plant, zone.countTag), record.entries);
  if (counted === null) return [...named, { id: `${zone.id}/unknown`, sinceMs: null, worst: record.stage !== 'normal', text: { zh: `${zone.title.zh}：人数未知`, en: `${zone.title.en}: number of people not known` } }];
  const unnamed = counted - record.entries.length;
  if (unnamed <= 0) return named;
  return [...named, { id: `${zone.id}/unnamed-${String(unnamed)}`, sinceMs: null, worst, text: { zh: `${zone.title.zh}：定位多出 ${unnamed} 人未签入`, en: `${zone.title.en}: ${unnamed} more by positioning than signed in` } }];
});

export const posts: OpenThings = (_plant, state) => POSTS.flatMap((post) => {
  const holder = state[post];
  const title = POST_TITLES[post];
  return holder === null ? [] : [{ id: `${post}/${holder.user}`, sinceMs: holder.sinceMs, text: { zh: `${title.zh}：${holder.name}`, en: `${title.en}: ${holder.name}` } }];
});
