/**
 * Everybody who appears in a report, each under a key that says nothing: in the rest of the report people are keys, so that a redacted
 * report differs in the directory and in free words alone.
 *
 * Keys are given in the order in which people appear, so that the same records give the same keys.
 */
import type { IncidentReport } from '../../contract/report.ts';
import type { Role } from '../../contract/refusal.ts';
import type { Text } from '../../contract/text.ts';
import type { KnownPerson } from './incident.ts';
import { POST_USER } from './people-in.ts';
import { clip, text } from './step.ts';

const PEOPLE_MAX = 500;
const NAME_MAX = 80;
/** The post's key: it is nobody, and so it has no name to be taken away. */
export const POST_KEY = 'post';
/** A key is none that a person might be called by: the first of these that no account and no name begins with. */
const PREFIXES = ['person-', 'somebody-', 'human-', 'who-'] as const;

const ROLE_WORDS: Readonly<Record<Role, Text>> = { operator: text('操作员', 'operator'), supervisor: text('班长', 'supervisor'), engineer: text('工程师', 'engineer'), instructor: text('教员', 'instructor'), investigator: text('调查员', 'investigator') };
const NO_ROLE = text('人员', 'person');

interface Person { readonly key: string; user: string | null; name: string | null; readonly roles: Set<Role> }

const folded = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

export class Directory {
  readonly #byUser = new Map<string, Person>();
  readonly #byName = new Map<string, Person>();
  readonly #people: Person[] = [];
  /** What the whole journal knows: names of accounts, accounts of names. */
  readonly #known: readonly KnownPerson[];
  readonly #prefix: string;
  #isPostHere = false;

  constructor(known: readonly KnownPerson[]) {
    this.#known = known;
    this.#prefix = PREFIXES.find((prefix) => !known.some(({ user, name }) => [user, name].some((each) => each !== null && folded(each).startsWith(prefix)))) ?? PREFIXES[0];
  }

  /** The key of an account; null for the product itself. */
  ofUser(user: string | null | undefined): string | null {
    if (user == null || user === '') return null;
    if (user === POST_USER) { this.#isPostHere = true; return POST_KEY; }
    return this.#personOfUser(user).key;
  }

  /** The key of somebody who is known by name alone. A name that one account has, and only one, is that person. */
  ofName(name: string): string {
    const known = this.#byName.get(folded(name));
    if (known !== undefined) return known.key;
    const users = new Set(this.#known.flatMap((each) => (each.user !== null && each.name !== null && folded(each.name) === folded(name) ? [each.user] : [])));
    const [user] = users;
    if (user !== undefined && users.size === 1) return this.#personOfUser(user).key;
    const made = this.#make(null, name);
    this.#byName.set(folded(name), made);
    return made.key;
  }

  /** What a fact says of somebody. */
  learn({ user, name, role }: KnownPerson): void {
    if (user === POST_USER || (user === null && name === null)) { this.#isPostHere ||= user === POST_USER; return; }
    const person = user === null ? this.#personOfName(name ?? '') : this.#personOfUser(user);
    if (person === undefined) return;
    if (name !== null) person.name ??= clip(name, NAME_MAX);
    if (role !== undefined) person.roles.add(role);
  }

  #personOfName(name: string): Person | undefined {
    const key = this.ofName(name);
    return this.#people.find((person) => person.key === key);
  }

  #personOfUser(user: string): Person {
    const known = this.#byUser.get(user);
    if (known !== undefined) return known;
    const name = this.#known.find((each) => each.user === user && each.name !== null)?.name ?? null;
    const made = this.#make(user, name);
    for (const each of this.#known) if (each.user === user && each.role !== undefined) made.roles.add(each.role);
    this.#byUser.set(user, made);
    return made;
  }

  /** Beyond the most that a report holds people share one key: it says that there were more, and no names. */
  #make(user: string | null, name: string | null): Person {
    if (this.#people.length >= PEOPLE_MAX - 1) return { key: `${this.#prefix}others`, user: null, name: null, roles: new Set() };
    const made: Person = { key: `${this.#prefix}${String(this.#people.length + 1)}`, user: user === null ? null : clip(user, NAME_MAX), name: name === null ? null : clip(name, NAME_MAX), roles: new Set() };
    this.#people.push(made);
    return made;
  }

  /** Whoever the journal knows and somebody wrote about in free words: without an entry nobody could take their names out again. */
  mention(words: readonly string[]): void {
    const all = folded(words.join('\n'));
    for (const each of this.#known) if ([each.user, each.name].some((name) => name !== null && name !== POST_USER && name.trim() !== '' && all.includes(folded(name)))) this.learn(each);
  }

  rows(): IncidentReport['people']['directory'] {
    const counts = new Map<string, number>();
    const rows = this.#people.map(({ key, user, name, roles }) => {
      const role = [...roles][0];
      const word = role === undefined ? NO_ROLE : ROLE_WORDS[role];
      const number = (counts.get(word.en) ?? 0) + 1;
      counts.set(word.en, number);
      return { key, label: text(`${word.zh} ${String(number)}`, `${word.en} ${String(number)}`), user, name, roles: [...roles].sort().slice(0, 5) };
    });
    return this.#isPostHere ? [...rows, { key: POST_KEY, label: text('岗位（未署名）', 'the post (nobody named)'), user: null, name: null, roles: [] }] : rows;
  }
}
