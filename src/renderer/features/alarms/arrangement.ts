/**
 * The rows of one list as they stand on screen: filtered, in order, in a flood under their groups with first-outs on top.
 * A change moves one row (O(log n) comparisons); only a new filter, order or grouping arranges all anew.
 *
 * Under the reader's hand nothing moves: while the list is held, rows change in place, what has gone stays as a gone row, and
 * what is new comes at the end and is announced. Nothing is hidden either way: each alarm that matches has its row, or stands
 * under a closed group whose header counts it.
 */
import type { AlarmList, AlarmView } from '../../../contract/view.ts';
import type { AlarmIndex, AlarmNews } from '../../store/alarm-index.ts';
import { SortedRows } from '../../store/sorted-rows.ts';
import type { Work } from '../../store/sorted-rows.ts';
import { matches, NO_FILTER } from './filter.ts';
import type { AlarmFilter } from './filter.ts';
import { compareBy } from './order.ts';
import type { AlarmOrder } from './order.ts';

export type ListSettings = { list: AlarmList; order: AlarmOrder; filter: AlarmFilter; isGrouped: boolean };
export type ListItem =
  | { kind: 'group'; key: string; rows: number; unacknowledged: number; isOpen: boolean }
  /** `isGone`: no longer in this list; kept in place while held. `isNew`: came while held. */
  | { kind: 'row'; alarm: AlarmView; isGone: boolean; isNew: boolean };

/** Key of the section of first-outs, and of the one section there is without groups. */
export const PINNED = 'pinned';
const ALL = 'all';
type Place = { kind: 'group'; key: string } | { kind: 'row'; id: string };
type Section = { rows: SortedRows<AlarmView>; unacknowledged: number };
type Held = { places: Place[]; positions: Map<string, number>; fresh: Set<string> };

export const DEFAULT_SETTINGS: ListSettings = { list: 'active', order: { sort: 'priority', reversed: false }, filter: NO_FILTER, isGrouped: false };

export class Arrangement {
  readonly work: Work & { looked: number } = { comparisons: 0, looked: 0 };
  private readonly index: AlarmIndex;
  private settings: ListSettings = DEFAULT_SETTINGS;
  /** Where each matching row stands now. */
  private readonly standing = new Map<string, { row: AlarmView; key: string }>();
  private sections = new Map<string, Section>();
  private listed = 0;
  private readonly closed = new Set<string>();
  private pinned: ReadonlySet<string> = new Set();
  /** Last word on rows that a held list still shows after they have gone. */
  private readonly lastKnown = new Map<string, AlarmView>();
  private held: Held | null = null;
  /** Grouping that waits until the hand is off the list. */
  private waitingGrouping: boolean | null = null;
  private version = 0;
  private readonly listeners = new Set<() => void>();

  /** Stands still until `follow` is called. */
  constructor(index: AlarmIndex, settings: ListSettings = DEFAULT_SETTINGS) {
    this.index = index;
    this.settings = settings;
    this.arrangeAll();
  }

  /** Follows the index from now on; the answer ends it. */
  follow(): () => void {
    this.arrangeAll();
    this.say();
    return this.index.subscribe((news) => this.heard(news));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly currentVersion = (): number => this.version;

  /** Rows of this list that match the filter. */
  get matching(): number { return this.standing.size; }
  /** Rows of this list, whether they match or not. */
  get total(): number { return this.listed; }
  get isHeld(): boolean { return this.held !== null; }
  /** Came while held and stand at the end. */
  get fresh(): readonly AlarmView[] { return [...(this.held?.fresh ?? [])].flatMap((id) => this.standing.get(id)?.row ?? []); }
  get length(): number { return this.held?.places.length ?? this.sectionKeys().reduce((sum, key) => sum + this.sectionLength(key), 0); }

  /** By the person: arranges at once. */
  set(settings: ListSettings): void {
    this.settings = settings;
    this.waitingGrouping = null;
    this.arrangeAll();
    this.say();
  }

  /** By the plant (a flood begins or ends): waits while the list is held. */
  regroup(isGrouped: boolean): void {
    this.waitingGrouping = isGrouped === this.settings.isGrouped ? null : isGrouped;
    if (this.held === null) this.letWaitingIn();
    this.say();
  }
  get isGroupingWaiting(): boolean { return this.waitingGrouping !== null; }
  get current(): ListSettings { return this.settings; }

  toggle(key: string): void {
    if (!this.closed.delete(key)) this.closed.add(key);
    this.rehold();
    this.say();
  }

  setAllOpen(areOpen: boolean): void {
    this.closed.clear();
    if (!areOpen) for (const key of this.sections.keys()) if (key !== PINNED) this.closed.add(key);
    this.rehold();
    this.say();
  }

  /** From now on nothing moves until `release`. */
  hold(): void {
    if (this.held !== null) return;
    this.held = this.freeze();
    this.say();
  }

  release(): void {
    if (this.held === null) return;
    this.held = null;
    this.lastKnown.clear();
    this.letWaitingIn();
    this.say();
  }

  /** New rows go to their places now; the list stays held if it was. */
  sortIn(): void {
    if (this.held === null) return;
    this.lastKnown.clear();
    this.letWaitingIn();
    this.held = this.freeze();
    this.say();
  }

  slice(from: number, to: number): ListItem[] {
    const places = this.held === null ? this.livePlaces(from, to) : this.held.places.slice(Math.max(0, from), to);
    return places.map((place) => this.itemOf(place));
  }

  at(position: number): ListItem | undefined { return this.slice(position, position + 1)[0]; }

  /** -1 when the row is not on screen: filtered out, gone, or under a closed group. */
  positionOf(id: string): number {
    if (this.held !== null) return this.held.positions.get(id) ?? -1;
    const standing = this.standing.get(id);
    if (standing === undefined || this.closed.has(standing.key)) return -1;
    let before = 0;
    for (const key of this.sectionKeys()) {
      if (key === standing.key) return before + this.headerLength(key) + (this.sections.get(key)?.rows.positionOf(standing.row) ?? -1);
      before += this.sectionLength(key);
    }
    return -1;
  }

  /** -1 when there is no such group on screen. */
  positionOfGroup(key: string): number {
    if (this.held !== null) return this.held.places.findIndex((place) => place.kind === 'group' && place.key === key);
    let before = 0;
    for (const each of this.sectionKeys()) {
      if (each === key) return this.headerLength(key) === 1 ? before : -1;
      before += this.sectionLength(each);
    }
    return -1;
  }

  // --- following the index ---
  private heard(news: AlarmNews): void {
    if (news.kind === 'all') {
      this.takeAll();
    } else {
      for (const { id, before, after } of news.rows) this.moveRow(id, before, after);
      this.repin();
    }
    this.say();
  }

  /** Everything came anew (a snapshot): also then nothing moves under the hand. */
  private takeAll(): void {
    const before = new Map([...this.standing].map(([id, { row }]) => [id, row]));
    const known = new Map(this.lastKnown);
    this.arrangeSections();
    for (const id of this.held?.positions.keys() ?? []) {
      const last = before.get(id) ?? known.get(id);
      if (this.index.row(id)?.list !== this.settings.list && last !== undefined) this.lastKnown.set(id, this.index.row(id) ?? last);
    }
    for (const id of this.standing.keys()) if (!before.has(id)) this.append(id);
  }

  private moveRow(id: string, before: AlarmView | undefined, after: AlarmView | undefined): void {
    const wasHere = this.takeOut(id);
    const isIn = after?.list === this.settings.list;
    this.listed += Number(isIn) - Number(before?.list === this.settings.list);
    if (isIn && this.isMatching(after)) this.putIn(after);
    if (this.held === null) return;
    if (isIn) { this.lastKnown.delete(id); if (!wasHere && this.standing.has(id)) this.append(id); } else if (before !== undefined) this.lastKnown.set(id, after ?? before);
  }

  private isMatching(alarm: AlarmView): boolean {
    this.work.looked += 1;
    return matches(alarm, this.settings.filter);
  }

  private putIn(row: AlarmView): void {
    const key = this.keyOf(row);
    let section = this.sections.get(key);
    if (section === undefined) this.sections.set(key, section = { rows: new SortedRows(compareBy(this.settings.order), this.work), unacknowledged: 0 });
    section.rows.insert(row);
    if (!row.acknowledged) section.unacknowledged += 1;
    this.standing.set(row.id, { row, key });
  }

  private takeOut(id: string): boolean {
    const standing = this.standing.get(id);
    if (standing === undefined) return false;
    const section = this.sections.get(standing.key);
    section?.rows.remove(standing.row);
    if (section !== undefined && !standing.row.acknowledged) section.unacknowledged -= 1;
    if (section?.rows.size === 0) this.sections.delete(standing.key);
    this.standing.delete(id);
    return true;
  }

  private keyOf(row: AlarmView): string {
    if (this.pinned.has(row.id)) return PINNED;
    return this.settings.isGrouped ? row.groupKey : ALL;
  }

  /** First-outs of a flood stand on top; only those whose pin changed are moved. */
  private repin(): void {
    const pinned = this.pinsNow();
    const changed = [...new Set([...pinned, ...this.pinned])].filter((id) => pinned.has(id) !== this.pinned.has(id));
    this.pinned = pinned;
    for (const id of changed) {
      const row = this.standing.get(id)?.row;
      if (row !== undefined) { this.takeOut(id); this.putIn(row); }
    }
  }

  private pinsNow(): ReadonlySet<string> {
    return new Set(this.settings.isGrouped && this.settings.list === 'active' ? this.index.currentHead()?.floodState?.pinned : []);
  }

  private arrangeAll(): void {
    this.arrangeSections();
    this.rehold();
  }

  private arrangeSections(): void {
    this.standing.clear();
    this.lastKnown.clear();
    this.pinned = this.pinsNow();
    this.listed = 0;
    const rows = new Map<string, AlarmView[]>();
    for (const row of this.index.all()) {
      if (row.list !== this.settings.list) continue;
      this.listed += 1;
      if (!this.isMatching(row)) continue;
      const key = this.keyOf(row);
      const of = rows.get(key);
      if (of === undefined) rows.set(key, [row]);
      else of.push(row);
      this.standing.set(row.id, { row, key });
    }
    this.sections = new Map([...rows].map(([key, list]) => {
      const section: Section = { rows: new SortedRows(compareBy(this.settings.order), this.work), unacknowledged: list.filter(({ acknowledged }) => !acknowledged).length };
      section.rows.load(list);
      return [key, section];
    }));
  }

  // --- places ---
  /** First-outs, then the groups in the station's order, then any the station did not name. */
  private sectionKeys(): string[] {
    if (this.sections.size <= 1) return [...this.sections.keys()];
    const named = [PINNED, ...(this.index.currentHead()?.groups ?? []).map(({ key }) => key)].filter((key) => this.sections.has(key));
    if (named.length === this.sections.size) return named;
    const known = new Set(named);
    return [...named, ...[...this.sections.keys()].filter((key) => !known.has(key)).sort()];
  }

  private headerLength(key: string): number { return key === ALL ? 0 : 1; }
  private sectionLength(key: string): number { return this.headerLength(key) + (this.closed.has(key) ? 0 : (this.sections.get(key)?.rows.size ?? 0)); }

  private livePlaces(from: number, to: number): Place[] {
    const places: Place[] = [];
    let start = 0;
    for (const key of this.sectionKeys()) {
      const header = this.headerLength(key), length = this.sectionLength(key);
      if (start + length > from && start < to) {
        if (header === 1 && start >= from) places.push({ kind: 'group', key });
        if (!this.closed.has(key)) for (const { id } of this.sections.get(key)?.rows.slice(Math.max(0, from - start - header), Math.max(0, to - start - header)) ?? []) places.push({ kind: 'row', id });
      }
      start += length;
    }
    return places;
  }

  private itemOf(place: Place): ListItem {
    if (place.kind === 'group') {
      const section = this.sections.get(place.key);
      return { kind: 'group', key: place.key, rows: section?.rows.size ?? 0, unacknowledged: section?.unacknowledged ?? 0, isOpen: !this.closed.has(place.key) };
    }
    const here = this.index.row(place.id);
    const isGone = here?.list !== this.settings.list;
    const alarm = isGone ? (this.lastKnown.get(place.id) ?? here) : here;
    // A place is made from a row, and a row that goes is kept in `lastKnown` as long as the list is held.
    if (alarm === undefined) throw new Error(`No alarm for the place of ${place.id}`);
    return { kind: 'row', alarm, isGone, isNew: this.held?.fresh.has(place.id) ?? false };
  }

  // --- holding ---
  private freeze(): Held {
    const places = this.livePlaces(0, Infinity);
    return { places, positions: new Map(places.flatMap((place, position) => (place.kind === 'row' ? [[place.id, position] as const] : []))), fresh: new Set() };
  }

  private letWaitingIn(): void {
    if (this.waitingGrouping === null) return;
    this.settings = { ...this.settings, isGrouped: this.waitingGrouping };
    this.waitingGrouping = null;
    this.arrangeSections();
  }

  private rehold(): void {
    if (this.held !== null) this.held = this.freeze();
  }

  private append(id: string): void {
    if (this.held === null || this.held.positions.has(id)) return;
    this.held.positions.set(id, this.held.places.length);
    this.held.places.push({ kind: 'row', id });
    this.held.fresh.add(id);
  }

  private say(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}
