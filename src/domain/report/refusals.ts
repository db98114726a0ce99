/** What was refused, by which facts, and what the person did instead. */
import type { IncidentReport } from '../../contract/report.ts';
import type { Fact } from '../station/facts.ts';
import { POST_USER } from './people-in.ts';
import { clip, clipText } from './step.ts';
import type { Section, Setting, Step } from './step.ts';

type Refusal = IncidentReport['refusals'][number];

/** What comes later than this is another matter. */
export const INSTEAD_WITHIN_MS = 10 * 60_000;
const REFUSALS_MAX = 2_000;
const OBSTACLES_MAX = 50;
/** Coming and going at a console is no deed. */
const NO_DEED = /^(?:session\.|access\.|secret\.|refused$)/u;

export class Refusals implements Section<Refusal[]> {
  readonly #setting: Setting;
  readonly #rows: Refusal[] = [];
  /** Refusals whose person has done nothing since. */
  #waiting: { readonly row: Refusal; readonly user: string }[] = [];

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  see({ n, fact, isIn }: Step): void {
    if (!isIn) return;
    this.#answer(n, fact);
    if (fact.type !== 'refused' || this.#rows.length >= REFUSALS_MAX) return;
    const { operation, direction, obstacles } = fact.data;
    const row: Refusal = { n, atMs: fact.atMs, by: this.#setting.directory.ofUser(fact.by), operation: clip(operation, 80), direction, obstacles: obstacles.slice(0, OBSTACLES_MAX).map((each) => ({ ...each, whoCanChange: [...each.whoCanChange] })), instead: null };
    this.#rows.push(row);
    this.#waiting.push({ row, user: fact.by ?? POST_USER });
  }

  #answer(n: number, fact: Fact): void {
    this.#waiting = this.#waiting.filter(({ row }) => fact.atMs - row.atMs <= INSTEAD_WITHIN_MS);
    if (this.#waiting.length === 0 || NO_DEED.test(fact.type)) return;
    const doers = doersOf(fact);
    const answered = this.#waiting.filter(({ user }) => doers.includes(user));
    if (answered.length === 0) return;
    for (const { row } of answered) row.instead = { n, atMs: fact.atMs, text: clipText(this.#setting.tell(fact)) };
    this.#waiting = this.#waiting.filter((each) => !answered.includes(each));
  }

  end(): Refusal[] {
    return this.#rows;
  }
}

/** Who took part: a post that is handed over is a deed of both. */
function doersOf(fact: Fact): readonly string[] {
  const others = fact.type === 'post.taken' || fact.type === 'shift.handed-over' ? [fact.data.from?.user] : [];
  return [fact.by, ...others].flatMap((user) => user ?? []);
}
