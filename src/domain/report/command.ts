/** Who stopped, who commanded, who watched, who handed over, and what people ordered (4.5.1, 4.5.2). */
import type { IncidentReport } from '../../contract/report.ts';
import type { CourseEventType } from '../procedures/course-events.ts';
import type { Fact, FactType } from '../station/facts.ts';
import { clipText } from './step.ts';
import type { FactOf, Section, Setting, Step } from './step.ts';

type Command = IncidentReport['command'];

const RETREATS_MAX = 500;
const POSTS_MAX = 200;
const HAND_OVERS_MAX = 50;
const ORDERS_MAX = 2_000;

/** What people decide: a deed that changes what happens. Answering an alarm, reporting and calling a roll are none. */
const DECIDED: readonly FactType[] = [
  'retreat.stop', 'retreat.evacuate', 'procedure.raised', 'people.staged', 'people.entered', 'post.taken', 'shift.handed-over', 'permit.issued', 'permit.closed',
  'bypass.requested', 'bypass.assessed', 'bypass.approved', 'bypass.rejected', 'bypass.accepted', 'bypass.extension-requested', 'bypass.restored', 'bypass.tested', 'bypass.verified', 'bypass.withdrawn',
  'interlock.cause', 'interlock.accounted', 'interlock.reset-approved', 'interlock.reset', 'alarm.shelved', 'alarm.unshelved', 'alarm.out-of-service', 'alarm.in-service', 'alarm.reset', 'alarm.cause', 'alarm.confirmed-on-site', 'camera.outage', 'camera.restored',
];
const DECIDED_MOVES: readonly CourseEventType[] = ['START', 'STOP', 'STEP_SKIPPED', 'CHOSEN', 'PERMITTED', 'SIGNED', 'REMOVED', 'INVESTIGATE', 'CAUSE', 'APPROVED', 'RETURNED', 'REAUTHORISED', 'SUSPENDED', 'RESUMED', 'ASSESSED', 'OWNED'];

const isDecided = (fact: Fact): boolean => fact.by !== null && (DECIDED.includes(fact.type) || (fact.type === 'procedure.moved' && DECIDED_MOVES.includes(fact.data.event.type)));

export class CommandSection implements Section<Command> {
  readonly #setting: Setting;
  readonly #command: Command = { retreats: [], posts: [], handOvers: [], orders: [] };

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  see({ n, fact, isIn }: Step): void {
    if (!isIn) return;
    const { directory, tell } = this.#setting;
    if (isDecided(fact) && this.#command.orders.length < ORDERS_MAX) this.#command.orders.push({ n, atMs: fact.atMs, by: directory.ofUser(fact.by), text: clipText(tell(fact)) });
    switch (fact.type) {
      case 'retreat.stop': case 'retreat.evacuate':
        if (this.#command.retreats.length < RETREATS_MAX) this.#command.retreats.push({ n, kind: fact.type === 'retreat.stop' ? 'stop' : 'evacuate', atMs: fact.atMs, by: directory.ofUser(fact.by), actedOn: fact.data.actedOn });
        return;
      case 'post.taken': return this.#taken(n, fact);
      case 'incident.closed': for (const post of this.#command.posts) post.toMs ??= fact.atMs; return;
      case 'shift.handed-over':
        if (this.#command.handOvers.length < HAND_OVERS_MAX) this.#command.handOvers.push({ n, atMs: fact.atMs, from: directory.ofUser(fact.data.from.user), to: directory.ofUser(fact.data.to.user), items: fact.data.items.length });
        return;
      default: return;
    }
  }

  #taken(n: number, { atMs, data }: FactOf<'post.taken'>): void {
    for (const post of this.#command.posts) if (post.post === data.post) post.toMs ??= atMs;
    if (this.#command.posts.length >= POSTS_MAX) return;
    this.#command.posts.push({ post: data.post, who: this.#setting.directory.ofUser(data.user), fromMs: atMs, toMs: null, how: data.relieved === true ? 'relieved' : data.from !== undefined ? 'handedOver' : 'taken', n });
  }

  end(): Command {
    return this.#command;
  }
}
