/**
 * The tree of what was run: branches, and on them the moments one can go back to. Going back and on makes a branch. A moment with a name stays until it is
 * forgotten or the memory is full; a moment of the automatic back-track goes after 24 h of plant time or when room is needed. In memory only.
 */
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { PlantSnapshot } from '../machine/snapshot.ts';
import type { Packed } from './archive.ts';
import { SnapshotArchive } from './archive.ts';

export const TREE_LIMITS = { nameCharacters: 64, branches: 1_000, backtrackEveryS: 30, backtrackForS: 86_400, automaticBytes: 128_000_000, bytes: 256_000_000 } as const;

export interface Branch { readonly id: number; readonly parent: number | null; readonly forkedFrom: number | null; readonly fromS: number; toS: number; name: string; readonly begunMs: number }
interface Moment { readonly id: number; readonly name: string; readonly kind: 'start' | 'named' | 'automatic'; readonly branch: number; readonly parent: number | null; readonly timeS: number; readonly atMs: number; readonly packed: Packed }
export type MomentFacts = Omit<Moment, 'packed'>;

export class RunTree {
  readonly #archive = new SnapshotArchive();
  readonly #limits: { readonly automaticBytes: number; readonly bytes: number };
  #branches = new Map<number, Branch>();
  #moments = new Map<number, Moment>();
  #named = new Map<string, number>();
  #nextBranch = 1;
  #nextMoment = 1;
  #branch: Branch;
  #last: number | null = null;

  constructor(snapshot: PlantSnapshot, atMs: number, limits: { readonly automaticBytes: number; readonly bytes: number } = TREE_LIMITS) {
    this.#limits = limits;
    this.#branch = this.#addBranch(null, null, snapshot.machine.timeS, atMs, 'start');
    this.#add('start', 'start', snapshot, atMs);
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
  beginAnew(name: string, snapshot: PlantSnapshot, atMs: number): void {
    this.#last = null;
    this.#branch = this.#addBranch(null, null, snapshot.machine.timeS, atMs, name);
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

  /** the latest moment on the way that the present branch has come, at or before this time */
  before(timeS: number): MomentFacts | null {
    for (const { branch, untilS } of this.lineage()) {
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
    this.#branch = this.#addBranch(from.branch, from.id, from.timeS, atMs, '');
    this.#last = from.id;
    // a branch on which nothing ever happened is not worth a place in the tree
    if (left.toS === left.fromS && left.parent !== null && ![...this.#moments.values()].some(({ branch }) => branch === left.id) && from.branch !== left.id) this.#branches.delete(left.id);
    return this.#branch;
  }

  rename(branchId: number, name: string): Checked<null> {
    const branch = this.#branches.get(branchId);
    if (!branch) return no(`没有分支 ${branchId}。`, `There is no branch ${branchId}.`);
    if (name.length > TREE_LIMITS.nameCharacters) return no(`分支的名称最多 ${TREE_LIMITS.nameCharacters} 个字符。`, `The name of a branch has at most ${TREE_LIMITS.nameCharacters} characters.`);
    branch.name = name;
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
  facts(): { branches: (Branch & { automatic: { count: number; fromS: number; toS: number } | null })[]; moments: MomentFacts[]; branch: number; bytes: number } {
    const moments = [...this.#moments.values()];
    const branches = [...this.#branches.values()].map((branch) => {
      const times = moments.filter((m) => m.kind === 'automatic' && m.branch === branch.id).map((m) => m.timeS);
      return { ...branch, automatic: times.length === 0 ? null : { count: times.length, fromS: Math.min(...times), toS: Math.max(...times) } };
    });
    return { branches, moments: moments.filter(({ kind }) => kind !== 'automatic').map(factsOf), branch: this.#branch.id, bytes: this.bytes };
  }

  #add(kind: Moment['kind'], name: string, snapshot: PlantSnapshot, atMs: number): Moment {
    const moment: Moment = { id: this.#nextMoment, name, kind, branch: this.#branch.id, parent: this.#last, timeS: snapshot.machine.timeS, atMs, packed: this.#archive.pack(snapshot) };
    this.#nextMoment += 1;
    this.#last = moment.id;
    this.#moments.set(moment.id, moment);
    if (kind === 'named') this.#named.set(name, moment.id);
    return moment;
  }

  #addBranch(parent: number | null, forkedFrom: number | null, fromS: number, begunMs: number, name: string): Branch {
    const branch: Branch = { id: this.#nextBranch, parent, forkedFrom, fromS, toS: fromS, name, begunMs };
    // numbers of branches stand in 16 bits of every row of the track
    do this.#nextBranch = this.#nextBranch >= 65_535 ? 1 : this.#nextBranch + 1;
    while (this.#branches.has(this.#nextBranch));
    this.#branches.set(branch.id, branch);
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
  }
}

function factsOf({ packed: _packed, ...facts }: Moment): MomentFacts {
  return facts;
}
