/**
 * The alarms as consoles see them, kept row by row: a change of one alarm rebuilds one row, whatever else is active. Every
 * change has a version, so that each console can be told just what it has not seen.
 */
import { ALARM_EVENTS_MAX, ALARMS_MAX } from '../../contract/view.ts';
import type { AlarmEventView, AlarmHead, AlarmList, AlarmsDelta, AlarmsSection, AlarmView } from '../../contract/view.ts';
import { raisedWithin } from '../../domain/alarms/flood.ts';
import { namedByRuns } from '../../domain/station/look-at-alarms.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { EMPTY_STATE } from '../../domain/station/state.ts';
import type { StationState } from '../../domain/station/state.ts';
import { alarmRow, byUrgency, rowParts, STATION_GROUP } from './alarm-row.ts';
import type { RowParts } from './alarm-row.ts';

/** Changes remembered; a console that is further behind gets the whole section. */
const LOG_MAX = 20_000;
const PINNED_MAX = 100;

interface GroupCount { active: number; unacknowledged: number; readonly worst: [number, number, number, number] }
const emptyLists = (): Record<AlarmList, number> => ({ active: 0, shelved: 0, suppressed: 0, outOfService: 0 });
const NO_ALARMS: ReadonlySet<string> = new Set();

export class AlarmBoard {
  /** Rows built since the beginning: what the work is counted by. */
  rowsBuilt = 0;
  readonly #parts: RowParts;
  readonly #rows = new Map<string, AlarmView>();
  #state: StationState = EMPTY_STATE;
  #named: ReadonlySet<string> = NO_ALARMS;
  #version = 0;
  /** Ids in the order of their changes, and the versions at which they changed. */
  #log: { readonly version: number; readonly id: string }[] = [];
  /** Events that came with a version. */
  #events: { readonly version: number; readonly count: number }[] = [];
  #forgottenVersion = 0;
  readonly #lists = emptyLists();
  readonly #byPriority = [1, 2, 3, 4].map(() => ({ active: 0, unacknowledged: 0 }));
  readonly #groups = new Map<string, GroupCount>();
  readonly #firstOuts = new Map<string, number>();
  #latched = 0;
  #overdue = 0;
  #raised = 0;
  #deltas = new Map<number, AlarmsDelta>();

  constructor(plant: Plant) {
    this.#parts = rowParts(plant);
  }

  /** Goes up with every change. */
  get version(): number {
    return this.#version;
  }

  /** Takes the newest state. Costs what changed since the last one. */
  update(state: StationState, nowMs: number): void {
    const before = this.#state;
    const raised = raisedWithin(state.raises, nowMs);
    const dirty = this.#dirtyIds(before, state);
    const news = newsOf(before, state);
    if (dirty.length === 0 && news === 0 && raised === this.#raised && state.flood === before.flood) {
      this.#state = state;
      return;
    }
    this.#state = state;
    this.#raised = raised;
    this.#version += 1;
    this.#deltas = new Map();
    for (const id of dirty) this.#rebuild(id);
    if (news > 0) this.#events.push({ version: this.#version, count: news });
    this.#forget();
  }

  #dirtyIds(before: StationState, state: StationState): string[] {
    const changed = new Set(state.alarms.changedSince(before.alarms));
    for (const id of state.conditions.changedSince(before.conditions)) if (state.alarms.has(id)) changed.add(id);
    if (state.runs !== before.runs) {
      const named = namedByRuns(this.#parts.plant, state);
      for (const id of [...named, ...this.#named]) if (named.has(id) !== this.#named.has(id) && state.alarms.has(id)) changed.add(id);
      this.#named = named;
    }
    // Whether gas or fire may be cleared depends on the link.
    if (state.link !== before.link) for (const row of this.#rows.values()) if (row.clearing !== null) changed.add(row.id);
    return [...changed];
  }

  #rebuild(id: string): void {
    const was = this.#rows.get(id);
    if (was !== undefined) this.#count(was, -1);
    const alarm = this.#state.alarms.get(id);
    this.#log.push({ version: this.#version, id });
    if (alarm === undefined) {
      this.#rows.delete(id);
      return;
    }
    this.rowsBuilt += 1;
    const row = alarmRow(this.#parts, this.#state, alarm, this.#named);
    this.#rows.set(id, row);
    this.#count(row, 1);
  }

  #count(row: AlarmView, by: 1 | -1): void {
    this.#lists[row.list] += by;
    if (row.list !== 'active') return;
    const waits = row.acknowledged ? 0 : by;
    const priority = this.#byPriority[row.priority - 1] as { active: number; unacknowledged: number };
    priority.active += by;
    priority.unacknowledged += waits;
    if (row.latched) this.#latched += by;
    if (row.overdueMs !== null && !row.acknowledged) this.#overdue += by;
    const group = this.#groups.get(row.groupKey) ?? { active: 0, unacknowledged: 0, worst: [0, 0, 0, 0] as [number, number, number, number] };
    group.active += by;
    group.unacknowledged += waits;
    group.worst[row.priority - 1] = (group.worst[row.priority - 1] ?? 0) + by;
    if (group.active > 0) this.#groups.set(row.groupKey, group);
    else this.#groups.delete(row.groupKey);
    if (row.firstOut !== null && by === 1) this.#firstOuts.set(row.id, row.sourceMs);
    else this.#firstOuts.delete(row.id);
  }

  #forget(): void {
    if (this.#log.length > LOG_MAX) {
      const dropped = this.#log.splice(0, this.#log.length - LOG_MAX / 2);
      this.#forgottenVersion = dropped.at(-1)?.version ?? this.#forgottenVersion;
    }
    if (this.#events.length > ALARM_EVENTS_MAX) this.#events.splice(0, this.#events.length - ALARM_EVENTS_MAX);
  }

  /** Everything, for a console that begins: the most urgent first. */
  section(): AlarmsSection {
    const lists: Record<AlarmList, AlarmView[]> = { active: [], shelved: [], suppressed: [], outOfService: [] };
    for (const row of this.#rows.values()) lists[row.list].push(row);
    const sorted = Object.fromEntries(Object.entries(lists).map(([list, rows]) => [list, rows.sort(byUrgency).slice(0, ALARMS_MAX)])) as Record<AlarmList, AlarmView[]>;
    return { version: this.#version, ...sorted, history: this.#history(ALARM_EVENTS_MAX), ...this.#head() };
  }

  /** What has changed since a version; null when that is further back than is remembered. The same answer for all consoles that stand there. */
  since(from: number): AlarmsDelta | null {
    if (from < this.#forgottenVersion || from > this.#version) return null;
    const known = this.#deltas.get(from);
    if (known !== undefined) return known;
    const ids = new Set(this.#log.slice(firstAfter(this.#log, from)).map(({ id }) => id));
    const changed = [...ids].flatMap((id) => this.#rows.get(id) ?? []);
    const events = this.#events.filter(({ version }) => version > from).reduce((sum, { count }) => sum + count, 0);
    const delta = { from, version: this.#version, changed, removed: [...ids].filter((id) => !this.#rows.has(id)), history: this.#history(Math.min(events, ALARM_EVENTS_MAX)), head: this.#head() };
    this.#deltas.set(from, delta);
    return delta;
  }

  #history(count: number): AlarmEventView[] {
    const { alarms } = this.#parts.plant;
    return this.#state.alarmHistory.slice(0, count).map((e) => ({ n: null, atMs: e.atMs, id: e.id, title: alarms.get(e.id)?.title ?? { zh: e.id, en: e.id }, priority: e.priority, change: e.change, by: e.by }));
  }

  #head(): AlarmHead {
    const [p1, p2, p3, p4] = this.#byPriority.map((count) => ({ ...count })) as [GroupTotals, GroupTotals, GroupTotals, GroupTotals];
    const { active, shelved, suppressed, outOfService } = this.#lists;
    const { flood } = this.#state;
    return {
      beyond: Math.max(0, active - ALARMS_MAX),
      counts: { byPriority: { 1: p1, 2: p2, 3: p3, 4: p4 }, active, unacknowledged: p1.unacknowledged + p2.unacknowledged + p3.unacknowledged + p4.unacknowledged, latched: this.#latched, overdue: this.#overdue, shelved, suppressed, outOfService },
      groups: this.#groupHeads(), raisedLast10Min: this.#raised, flood: flood !== null,
      floodState: flood === null ? null : { sinceMs: flood.sinceMs, raised: Math.max(flood.raised, this.#raised), pinned: this.#pinned() },
    };
  }

  #groupHeads(): AlarmHead['groups'] {
    const heads = [...this.#groups].map(([key, { active, unacknowledged, worst }]): AlarmHead['groups'][number] => ({ key, ...this.#groupName(key), active, unacknowledged, worst: (worst.findIndex((count) => count > 0) + 1) as 1 | 2 | 3 | 4 }));
    return heads.sort((a, b) => a.worst - b.worst || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.active - a.active || (a.key < b.key ? -1 : 1)).slice(0, 2_000);
  }

  #groupName(key: string): Pick<AlarmHead['groups'][number], 'kind' | 'id' | 'title'> {
    if (key === STATION_GROUP) return { kind: 'station', id: STATION_GROUP, title: { zh: '联锁、人员和退守程序自身', en: 'Interlocks, people and Haven itself' } };
    const id = key.slice(key.indexOf(':') + 1);
    return key.startsWith('procedure:')
      ? { kind: 'procedure', id, title: this.#parts.plant.procedures.get(id)?.title ?? { zh: id, en: id } }
      : { kind: 'unit', id, title: this.#parts.areas.get(id) ?? { zh: id, en: id } };
  }

  /** First-outs, the earliest first. */
  #pinned(): string[] {
    return [...this.#firstOuts].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1)).slice(0, PINNED_MAX).map(([id]) => id);
  }
}

interface GroupTotals { active: number; unacknowledged: number }
const KINDS = ['procedure', 'unit', 'station'] as const;

/** Events at the head of the newer list that the older one does not have. Both are newest first, and entries are the same objects. */
function newsOf(before: StationState, state: StationState): number {
  const [last] = before.alarmHistory;
  if (before.alarmHistory === state.alarmHistory) return 0;
  const index = last === undefined ? -1 : state.alarmHistory.indexOf(last);
  return index === -1 ? state.alarmHistory.length : index;
}

/** Place of the first entry after a version, by halving. */
function firstAfter(log: readonly { readonly version: number }[], version: number): number {
  let [low, high] = [0, log.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((log[middle]?.version ?? Number.POSITIVE_INFINITY) <= version) low = middle + 1;
    else high = middle;
  }
  return low;
}
