/**
 * The alarms the console knows, by id, kept up by the deltas of the pushes: a change costs what changed, not what is there.
 * The section as the contract has it is put together only when somebody asks for it.
 */
import { ALARM_EVENTS_MAX } from '../../contract/view.ts';
import type { AlarmEventView, AlarmHead, AlarmList, AlarmsDelta, AlarmsSection, AlarmView } from '../../contract/view.ts';
import { SortedRows } from './sorted-rows.ts';
import type { Work } from './sorted-rows.ts';

export type RowChange = { id: string; before: AlarmView | undefined; after: AlarmView | undefined };
/** `all`: everything may be different. Otherwise the rows that changed; the head may have changed in either case. */
export type AlarmNews = { kind: 'all' } | { kind: 'rows'; rows: readonly RowChange[] };
type Listener = (news: AlarmNews) => void;

const LISTS: readonly AlarmList[] = ['active', 'shelved', 'suppressed', 'outOfService'];
const STATE_ORDER = { unacknowledged: 0, returned: 1, acknowledged: 2 } as const;

const byId = (a: AlarmView, b: AlarmView): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
/**
 * What the banner shows first: by priority, then whether it is acknowledged, then first-out, then the newest. So an unacknowledged
 * priority 1 stands there whenever there is one. Only an order for showing.
 */
export const byUrgency = (a: AlarmView, b: AlarmView): number =>
  a.priority - b.priority || Number(a.acknowledged) - Number(b.acknowledged) || STATE_ORDER[a.state] - STATE_ORDER[b.state] || Number(b.firstOut !== null) - Number(a.firstOut !== null) || b.raisedMs - a.raisedMs || byId(a, b);

export class AlarmIndex {
  private rows = new Map<string, AlarmView>();
  private head: AlarmHead | undefined;
  private version = -1;
  private events: readonly AlarmEventView[] = [];
  private made: AlarmsSection | undefined;
  private readonly urgent: SortedRows<AlarmView>;
  private readonly listeners = new Set<Listener>();

  constructor(work?: Work) {
    this.urgent = new SortedRows(byUrgency, work);
  }

  /** Told after each change, before the screens are drawn again. */
  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  row(id: string): AlarmView | undefined { return this.rows.get(id); }
  all(): Iterable<AlarmView> { return this.rows.values(); }
  /** Counts, groups and flood as the station gave them; undefined before anything came. */
  currentHead(): AlarmHead | undefined { return this.head; }
  currentVersion(): number { return this.version; }
  history(): readonly AlarmEventView[] { return this.events; }
  mostUrgent(): AlarmView | undefined { return this.urgent.at(0); }

  load(section: AlarmsSection | undefined): void {
    this.made = section;
    this.rows = new Map(section === undefined ? [] : LISTS.flatMap((list) => section[list].map((row): [string, AlarmView] => [row.id, row])));
    this.version = section?.version ?? -1;
    this.events = section?.history ?? [];
    this.head = section === undefined ? undefined : headOf(section);
    this.urgent.load(section?.active ?? []);
    this.tell({ kind: 'all' });
  }

  /** False when the delta stands on another version: a snapshot must be asked for, and nothing has been changed. */
  apply(delta: AlarmsDelta): boolean {
    if (this.head === undefined || delta.from !== this.version) return false;
    const rows = [...delta.removed.map((id) => this.put(id, undefined)), ...delta.changed.map((row) => this.put(row.id, row))];
    this.version = delta.version;
    this.head = delta.head;
    if (delta.history.length > 0) this.events = [...delta.history, ...this.events].slice(0, ALARM_EVENTS_MAX);
    this.made = undefined;
    this.tell({ kind: 'rows', rows });
    return true;
  }

  /** The whole section; the same object until something changes. */
  section(): AlarmsSection | undefined {
    if (this.made === undefined && this.head !== undefined) {
      const lists: Record<AlarmList, AlarmView[]> = { active: [], shelved: [], suppressed: [], outOfService: [] };
      for (const row of this.rows.values()) lists[row.list].push(row);
      this.made = { ...this.head, ...lists, version: this.version, history: [...this.events] };
    }
    return this.made;
  }

  private put(id: string, after: AlarmView | undefined): RowChange {
    const before = this.rows.get(id);
    if (before?.list === 'active') this.urgent.remove(before);
    if (after === undefined) this.rows.delete(id);
    else this.rows.set(id, after);
    if (after?.list === 'active') this.urgent.insert(after);
    return { id, before, after };
  }

  private tell(news: AlarmNews): void {
    for (const listener of this.listeners) listener(news);
  }
}

function headOf(section: AlarmsSection): AlarmHead {
  const { version: _version, active: _active, shelved: _shelved, suppressed: _suppressed, outOfService: _outOfService, history: _history, ...head } = section;
  return head;
}
