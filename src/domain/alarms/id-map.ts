/**
 * Things by id, unchangeable, where putting one does not cost a copy of all (a flood has thousands of alarms and hundreds of
 * changes a second). A trie of fixed depth over a hash of the id: its shape depends on what is in it and not on the way it got
 * there, so two equal folds of the journal are equal value by value.
 */
const BITS = 5;
const WIDTH = 1 << BITS;

type Leaf<T> = Readonly<Record<string, T>>;
type Branch<T> = readonly (Leaf<T> | null)[];
type Root<T> = readonly (Branch<T> | null)[];

const NO_LEAVES: readonly null[] = Object.freeze(Array.from({ length: WIDTH }, () => null));

/** FNV-1a, 32 bits, folded so that the ten bits in use depend on all. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i += 1) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

export class IdMap<T> {
  /** Public, because tests compare folds value by value. */
  readonly root: Root<T>;
  readonly size: number;

  private constructor(root: Root<T>, size: number) {
    this.root = root;
    this.size = size;
  }

  static empty<T>(): IdMap<T> {
    return new IdMap<T>(NO_LEAVES, 0);
  }

  /** Names come from outside: `constructor` is the name of nothing. */
  static of<T>(entries: Iterable<readonly [string, T]>): IdMap<T> {
    let map = IdMap.empty<T>();
    for (const [id, value] of entries) map = map.with(id, value);
    return map;
  }

  get(id: string): T | undefined {
    const hash = hashOf(id);
    const leaf = this.root[hash % WIDTH]?.[(hash >>> BITS) % WIDTH];
    return leaf != null && Object.hasOwn(leaf, id) ? leaf[id] : undefined;
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  with(id: string, value: T): IdMap<T> {
    const hash = hashOf(id);
    const leaf = this.root[hash % WIDTH]?.[(hash >>> BITS) % WIDTH] ?? null;
    const isNew = leaf === null || !Object.hasOwn(leaf, id);
    return new IdMap(this.#replaced(hash, { ...leaf, [id]: value }), this.size + (isNew ? 1 : 0));
  }

  without(id: string): IdMap<T> {
    if (!this.has(id)) return this;
    const hash = hashOf(id);
    const { [id]: _gone, ...others } = this.root[hash % WIDTH]?.[(hash >>> BITS) % WIDTH] as Leaf<T>;
    return new IdMap(this.#replaced(hash, Object.keys(others).length === 0 ? null : others), this.size - 1);
  }

  #replaced(hash: number, leaf: Leaf<T> | null): Root<T> {
    const branch: Branch<T> = (this.root[hash % WIDTH] ?? NO_LEAVES).with((hash >>> BITS) % WIDTH, leaf);
    return this.root.with(hash % WIDTH, branch.every((each) => each === null) ? null : branch);
  }

  /** In an order that depends on the ids alone. */
  *entries(): Generator<[string, T]> {
    for (const branch of this.root) {
      if (branch === null) continue;
      for (const leaf of branch) if (leaf !== null) for (const id of Object.keys(leaf).sort()) yield [id, leaf[id] as T];
    }
  }

  *values(): Generator<T> {
    for (const branch of this.root) {
      if (branch === null) continue;
      for (const leaf of branch) if (leaf !== null) yield* Object.values(leaf);
    }
  }

  /** Ids, sorted. */
  ids(): string[] {
    return [...this.entries()].map(([id]) => id).sort();
  }

  /** Ids whose value is another than in `before`, is new or is gone. Costs what changed, not what is there. */
  changedSince(before: IdMap<T>): string[] {
    if (this.root === before.root) return [];
    const changed: string[] = [];
    for (let i = 0; i < WIDTH; i += 1) {
      const [now, was] = [this.root[i] ?? NO_LEAVES, before.root[i] ?? NO_LEAVES];
      if (now === was) continue;
      for (let j = 0; j < WIDTH; j += 1) if (now[j] !== was[j]) changed.push(...changedIn(now[j] ?? {}, was[j] ?? {}));
    }
    return changed;
  }
}

function changedIn<T>(now: Leaf<T>, was: Leaf<T>): string[] {
  const ids = new Set([...Object.keys(now), ...Object.keys(was)]);
  return [...ids].filter((id) => (Object.hasOwn(now, id) ? now[id] : undefined) !== (Object.hasOwn(was, id) ? was[id] : undefined));
}

/**
 * Something worked out of all values of a map - a sum, a least - that is remembered part by part: after a change only the parts
 * that changed are worked out anew. The answer depends on the map alone.
 */
export class IdMapSummary<T, S> {
  readonly #ofValues: (values: readonly T[]) => S;
  readonly #combine: (parts: readonly S[]) => S;
  readonly #known = new WeakMap<object, S>();

  constructor(ofValues: (values: readonly T[]) => S, combine: (parts: readonly S[]) => S) {
    this.#ofValues = ofValues;
    this.#combine = combine;
  }

  of(map: IdMap<T>): S {
    return this.#once(map.root, () => this.#combine(parts(map.root).map((branch) => this.#once(branch, () => this.#combine(parts(branch).map((leaf) => this.#once(leaf, () => this.#ofValues(Object.values(leaf)))))))));
  }

  #once(part: object, work: () => S): S {
    const known = this.#known.get(part);
    if (known !== undefined) return known;
    const found = work();
    this.#known.set(part, found);
    return found;
  }
}

const parts = <P>(of: readonly (P | null)[]): P[] => of.filter((part): part is P => part !== null);
