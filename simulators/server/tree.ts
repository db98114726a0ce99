/**
 * The tree of what was run: branches, and on them the moments one can go back to. Going back and on makes a branch. A moment with a name stays until it is
 * forgotten or the memory is full; a moment of the automatic back-track goes after 24 h of plant time or when room is needed. Each change is told to whoever
 * keeps it on the disk (run-file.ts), and the changes in their order make the tree again.
 */
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { PlantSnapshot } from '../machine/snapshot.ts';
import type { Packed } from './archive.ts';
import { SnapshotArchive } from './archive.ts';

export const TREE_LIMITS = { nameCharacters: 64, branches: 1_000, backtrackEveryS: 30, backtrackForS: 86_400, automaticBytes: 128_000_000, bytes: 256_000_000, notes: 500 } as const;

export interface Branch { readonly id: number; readonly parent: number | null; readonly forkedFrom: number | null; readonly fromS: number; toS: number; name: string; readonly begunMs: number; /** of the run that it comes from */ readonly seed: number; readonly start: string }
interface Moment { readonly id: number; readonly name: string; readonly kind: 'start' | 'named' | 'automatic'; readonly branch: number; readonly parent: number | null; readonly timeS: number; readonly atMs: number; readonly packed: Packed }
export type MomentFacts = Omit<Moment, 'packed'>;
/** What somebody pinned to the time line. */
export interface Note { readonly branch: number; readonly timeS: number; readonly atMs: number; readonly text: string }
export type TreeChange =
  | { readonly kind: 'branch'; readonly branch: Branch }
  | { readonly kind: 'moment'; readonly moment: Moment }
  | { readonly kind: 'gone'; readonly moment: number }
  | { readonly kind: 'cut'; readonly branch: number }
  | { readonly kind: 'renamed'; readonly branch: number; readonly name: string }
  | { readonly kind: 'note'; readonly note: Note };
type Limits = { readonly automaticBytes: number; readonly bytes: number };
/** The origin of a run: a start of the plant, and its seed. */
export interface Origin { readonly start: string; readonly seed: number }

export class RunTree {
  readonly #archive = new SnapshotArchive();
  readonly #limits: Limits;
  #branches = new Map<number, Branch>();
  #moments = new Map<number, Moment>();
  #named = new Map<string, number>();
  #nextBranch = 1;
  #nextMoment = 1;
  #branch: Branch;
  #last: number | null = null;
  #notes: Note[] = [];
  #tell: (change: TreeChange) => void;

  /** `begun`: the first moment, or the changes of an earlier run, which must hold a branch (`RunTree.of`). */
  constructor(snapshot: PlantSnapshot | null, atMs: number, limits: Limits = TREE_LIMITS, { tell = () => undefined, start = 'normal', seed = 1, changes = [] }: Partial<Origin> & { readonly tell?: (change: TreeChange) => void; readonly changes?: readonly TreeChange[] } = {}) {
    this.#limits = limits;
    this.#tell = tell;
    for (const change of changes) this.#apply(change);
    const present = [...this.#branches.values()].at(-1);
    this.#branch = present ?? this.#addBranch(null, null, snapshot?.machine.timeS ?? 0, atMs, 'start', { start, seed });
    if (snapshot !== null) this.#add('start', 'start', snapshot, atMs);
  }

  /** The tree that these changes made. Null: they make none (no branch, or no moment on the last of them or on its way). */
  static of(changes: readonly TreeChange[], limits: Limits = TREE_LIMITS): RunTree | null {
    if (!changes.some(({ kind }) => kind === 'branch')) return null;
    const tree = new RunTree(null, 0, limits, { changes });
    return tree.before(Number.MAX_VALUE) === null ? null : tree;
  }

  /** who is told of each change from now on */
  set tell(tell: (change: TreeChange) => void) {
    this.#tell = tell;
  }
  get notes(): readonly Note[] {
    return this.#notes;
  }

  /** all that is left, as changes that make this tree again */
  *changes(): Generator<TreeChange> {
    for (const branch of this.#branches.values()) if (branch !== this.#branch) yield { kind: 'branch', branch };
    yield { kind: 'branch', branch: this.#branch };
    for (const moment of this.#moments.values()) yield { kind: 'moment', moment };
    for (const note of this.#notes) yield { kind: 'note', note };
  }

  /** every moment that can be gone back to, the oldest first */
  *all(): Generator<MomentFacts> {
    for (const moment of this.#moments.values()) yield factsOf(moment);
  }

  note(text: string, timeS: number, atMs: number): void {
    const note: Note = { branch: this.#branch.id, timeS, atMs, text };
    this.#notes = [...this.#notes, note].slice(-TREE_LIMITS.notes);
    this.#tell({ kind: 'note', note });
  }

  get branch(): Branch {
    return this.#branch;
  }
  get bytes(): number {
    return this.#archive.bytes;
  }
  get names(): string[] {
    return [...this.#named.keys()];
  }

  /** a run that comes from no other: another start or seed */
  beginAnew(name: string, snapshot: PlantSnapshot, atMs: number, origin: Origin): void {
    this.#last = null;
    this.#branch = this.#addBranch(null, null, snapshot.machine.timeS, atMs, name, origin);
    this.#add('start', name, snapshot, atMs);
  }

  /** the run has come this far */
  reach(timeS: number): void {
    this.#branch.toS = timeS;
  }

  keep(name: string, snapshot: PlantSnapshot, atMs: number): Checked<MomentFacts> {
    if (name === '' || name.length > TREE_LIMITS.nameCharacters) return no(`快照的名称须有 1 至 ${TREE_LIMITS.nameCharacters} 个字符。`, `The name of a snapshot must have 1 to ${TREE_LIMITS.nameCharacters} characters.`);
    if (this.bytes >= this.#limits.bytes) this.#makeRoom(this.#limits.bytes);
    if (this.bytes >= this.#limits.bytes) return no(`快照的内存（${Math.round(this.#limits.bytes / 1e6)} MB）已满：请删去不再需要的。`, `The memory for snapshots (${Math.round(this.#limits.bytes / 1e6)} MB) is full: forget one that is no longer needed.`);
    return { ok: true, value: factsOf(this.#add('named', name, snapshot, atMs)) };
  }

  /** the automatic back-track; never refused, the oldest go instead */
  keepAutomatically(snapshot: PlantSnapshot, atMs: number): void {
    this.#add('automatic', `auto ${Math.round(snapshot.machine.timeS)}`, snapshot, atMs);
    const oldest = this.#branch.toS - TREE_LIMITS.backtrackForS;
    for (const moment of this.#moments.values()) {
      if (moment.kind !== 'automatic' || moment.branch !== this.#branch.id) continue;
      if (moment.timeS >= oldest) break;
      this.#remove(moment);
    }
    if (this.bytes > this.#limits.automaticBytes) this.#makeRoom(this.#limits.automaticBytes);
  }

  /** a moment by its name (the latest of that name) or its number */
  find(nameOrNumber: string | number): MomentFacts | null {
    const id = typeof nameOrNumber === 'number' ? nameOrNumber : this.#named.get(nameOrNumber);
    const moment = id === undefined ? undefined : this.#moments.get(id);
    return moment ? factsOf(moment) : null;
  }

  has(branch: number): boolean {
    return this.#branches.has(branch);
  }

  /** the latest moment on the way that the present branch, or another, has come, at or before this time */
  before(timeS: number, branchId = this.#branch.id): MomentFacts | null {
    for (const { branch, untilS } of this.lineage(branchId)) {
      let best: Moment | null = null;
      for (const moment of this.#moments.values()) {
        if (moment.branch === branch && moment.timeS <= Math.min(timeS, untilS) && (best === null || moment.timeS >= best.timeS)) best = moment;
      }
      if (best) return factsOf(best);
    }
    return null;
  }

  /** the present branch and those it came from, each with the time up to which it is part of the way */
  lineage(branchId = this.#branch.id): { branch: number; untilS: number }[] {
    const way: { branch: number; untilS: number }[] = [];
    let untilS = Number.MAX_VALUE;
    for (let branch = this.#branches.get(branchId); branch; branch = branch.parent === null ? undefined : this.#branches.get(branch.parent)) {
      way.push({ branch: branch.id, untilS });
      untilS = Math.min(untilS, branch.fromS);
      if (way.length > TREE_LIMITS.branches) break;
    }
    return way;
  }

  open(id: number): unknown {
    const moment = this.#moments.get(id);
    return moment ? this.#archive.unpack(moment.packed) : null;
  }

  /** the run goes on from this moment: a branch of its own */
  fork(from: MomentFacts, atMs: number): Branch {
    const left = this.#branch;
    this.#branch = this.#addBranch(from.branch, from.id, from.timeS, atMs, '', this.#branches.get(from.branch) ?? left);
    this.#last = from.id;
    // a branch on which nothing ever happened is not worth a place in the tree
    if (left.toS === left.fromS && left.parent !== null && ![...this.#moments.values()].some(({ branch }) => branch === left.id) && from.branch !== left.id) {
      this.#branches.delete(left.id);
      this.#tell({ kind: 'cut', branch: left.id });
    }
    return this.#branch;
  }

  rename(branchId: number, name: string): Checked<null> {
    const branch = this.#branches.get(branchId);
    if (!branch) return no(`没有支线 ${branchId}。`, `There is no branch ${branchId}.`);
    if (name.length > TREE_LIMITS.nameCharacters) return no(`支线的名称最多 ${TREE_LIMITS.nameCharacters} 个字符。`, `The name of a branch has at most ${TREE_LIMITS.nameCharacters} characters.`);
    branch.name = name;
    this.#tell({ kind: 'renamed', branch: branchId, name });
    return { ok: true, value: null };
  }

  forget(nameOrNumber: string | number): Checked<null> {
    const id = typeof nameOrNumber === 'number' ? nameOrNumber : this.#named.get(nameOrNumber);
    const moment = id === undefined ? undefined : this.#moments.get(id);
    if (!moment) return no(`没有快照“${nameOrNumber}”。`, `There is no snapshot "${nameOrNumber}".`);
    this.#remove(moment);
    return { ok: true, value: null };
  }

  /** everything but the contents; of the automatic moments of a branch only how many and from when to when */
  facts(): { branches: (Branch & { automatic: { count: number; fromS: number; toS: number } | null })[]; moments: MomentFacts[]; branch: number; bytes: number; notes: readonly Note[] } {
    const moments = [...this.#moments.values()];
    const branches = [...this.#branches.values()].map((branch) => {
      const times = moments.filter((m) => m.kind === 'automatic' && m.branch === branch.id).map((m) => m.timeS);
      return { ...branch, automatic: times.length === 0 ? null : { count: times.length, fromS: Math.min(...times), toS: Math.max(...times) } };
    });
    return { branches, moments: moments.filter(({ kind }) => kind !== 'automatic').map(factsOf), branch: this.#branch.id, bytes: this.bytes, notes: this.#notes };
  }

  #add(kind: Moment['kind'], name: string, snapshot: PlantSnapshot, atMs: number): Moment {
    const moment: Moment = { id: this.#nextMoment, name, kind, branch: this.#branch.id, parent: this.#last, timeS: snapshot.machine.timeS, atMs, packed: this.#archive.pack(snapshot) };
    this.#nextMoment += 1;
    this.#last = moment.id;
    this.#moments.set(moment.id, moment);
    if (kind === 'named') this.#named.set(name, moment.id);
    this.#tell({ kind: 'moment', moment });
    return moment;
  }

  #addBranch(parent: number | null, forkedFrom: number | null, fromS: number, begunMs: number, name: string, { seed, start }: Origin): Branch {
    const branch: Branch = { id: this.#nextBranch, parent, forkedFrom, fromS, toS: fromS, name, begunMs, seed, start };
    // numbers of branches stand in 16 bits of every row of the track
    do this.#nextBranch = this.#nextBranch >= 65_535 ? 1 : this.#nextBranch + 1;
    while (this.#branches.has(this.#nextBranch));
    this.#branches.set(branch.id, branch);
    this.#tell({ kind: 'branch', branch });
    if (this.#branches.size > TREE_LIMITS.branches) this.#cutOldest(branch.id);
    return branch;
  }

  /** the oldest branch that has no named moment and is not on the present way */
  #cutOldest(newest: number): void {
    const needed = new Set([...this.lineage().map(({ branch }) => branch), newest]);
    for (const moment of this.#moments.values()) if (moment.kind === 'named') needed.add(moment.branch);
    const oldest = [...this.#branches.keys()].find((id) => !needed.has(id));
    if (oldest === undefined) return;
    for (const moment of this.#moments.values()) if (moment.branch === oldest) this.#remove(moment);
    this.#branches.delete(oldest);
    this.#tell({ kind: 'cut', branch: oldest });
  }

  #makeRoom(bytes: number): void {
    for (const moment of this.#moments.values()) {
      if (this.bytes < bytes * 0.9) return;
      if (moment.kind === 'automatic') this.#remove(moment);
    }
  }

  #remove(moment: Moment): void {
    this.#moments.delete(moment.id);
    if (this.#named.get(moment.name) === moment.id) this.#named.delete(moment.name);
    this.#archive.forget(moment.packed);
    this.#tell({ kind: 'gone', moment: moment.id });
  }

  /** one change of an earlier run; what it names and is not there is none */
  #apply(change: TreeChange): void {
    switch (change.kind) {
      case 'branch': {
        const branch = { ...change.branch };
        this.#branches.set(branch.id, branch);
        this.#nextBranch = Math.max(this.#nextBranch, branch.id + 1);
        return;
      }
      case 'moment': {
        const { moment } = change;
        const branch = this.#branches.get(moment.branch);
        if (branch === undefined) return;
        this.#moments.set(moment.id, moment);
        this.#archive.adopt(moment.packed);
        if (moment.kind === 'named') this.#named.set(moment.name, moment.id);
        branch.toS = Math.max(branch.toS, moment.timeS);
        this.#nextMoment = Math.max(this.#nextMoment, moment.id + 1);
        this.#last = moment.id;
        return;
      }
      case 'gone': {
        const moment = this.#moments.get(change.moment);
        if (moment !== undefined) this.#remove(moment);
        return;
      }
      case 'cut': this.#branches.delete(change.branch); return;
      case 'renamed': {
        const branch = this.#branches.get(change.branch);
        if (branch !== undefined) branch.name = change.name;
        return;
      }
      case 'note': this.#notes = [...this.#notes, change.note].slice(-TREE_LIMITS.notes);
    }
  }
}

function factsOf({ packed: _packed, ...facts }: Moment): MomentFacts {
  return facts;
}
