/**
 * Incidents out of the journal: their list, newest first, and the time line of one, oldest first.
 *
 * A call looks at a bounded number of records, however long the journal and the incident, and lets the station breathe after every slice:
 * a retreat never waits behind a reader. What was counted of an incident is kept, so that the next call goes on where this one ended, and
 * a closed incident is counted once. Records stand in the order of their times, because the station's clock never steps back.
 */
import type { CommandInput, CommandOutput } from '../../contract/commands.ts';
import type { IncidentEvent, IncidentRow } from '../../contract/incidents.ts';
import type { Text } from '../../contract/text.ts';
import type { JournalRecord } from '../../domain/journal/record.ts';
import { AROUND_MS } from '../../domain/report/incident.ts';
import { laneOf } from '../../domain/report/lane.ts';
import type { Fact } from '../../domain/station/facts.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { StationState } from '../../domain/station/state.ts';
import { HISTORY_MAX } from '../../domain/station/state.ts';
import type { Journal } from '../journal/journal.ts';
import { toFact } from './core.ts';
import type { Answer } from './dispatcher.ts';
import { recordText } from './record-text.ts';

export interface IncidentHistoryParts {
  readonly journal: Pick<Journal, 'records' | 'status'>;
  readonly plant: Plant;
  readonly state: () => Pick<StationState, 'incident' | 'pastIncidents'>;
}

/** Records read without a breath, and most records that one call looks at. */
const SLICE = 1_000;
export const LOOKED_AT_MAX = 20_000;
/** A search for a time reads so many records at its end, and before it one of each so many; what one of these counts for. */
const STRETCH = 512;
const PROBE_COST = 20;
/** Times that are remembered: those of 25 million records. */
const TIMES_MAX = 50_000;
/** What opens an incident (a condition, a retreat, the procedure that was raised for it) is written just before it: it is counted too. */
const LEAD_MS = 2_000;
/** Incidents of which the counts are kept; the stalest goes. */
const COUNTS_MAX = 1_000;
const PROCEDURES_MAX = 200;

interface Seed { readonly id: string; readonly openedMs: number }
interface Budget { left: number }

/** What is counted of one incident so far: from what opened it until it closed. */
interface Count {
  readonly seed: Seed;
  readonly fromRecord: number;
  /** Next record to be looked at. */
  next: number;
  closedMs: number | null;
  firstCondition: string | null;
  readonly procedures: Set<string>;
  worst: number | null;
  retreats: number;
  refusals: number;
  readonly broken: Set<string>;
  /** Set once the half hour after the close has passed too. */
  toRecord: number | null;
}

/** Records of the journal about itself: they are no facts, and belong in the story all the same. */
const JOURNAL_OWN: Readonly<Record<string, Text>> = {
  'journal.genesis': { zh: '日志开始', en: 'The journal begins' }, 'journal.continued': { zh: '日志新段开始', en: 'The next segment of the journal begins' },
  'journal.key-rotated': { zh: '日志签名密钥已更换', en: 'The signing key of the journal was changed' }, 'state.carried': { zh: '站点状态已记入日志，供重启用', en: "The station's state was recorded, for a restart" },
};
const breath = (): Promise<void> => new Promise((resume) => { setImmediate(resume); });
const titleOf = (title: Text | undefined, id: string): Text => title ?? { zh: id, en: id };

export class IncidentHistory {
  readonly #parts: IncidentHistoryParts;
  /** By id, in the order of their last use. */
  readonly #counts = new Map<string, Count>();
  /** Of records by their number, for the search for a time. */
  readonly #times = new Map<number, number>();

  constructor(parts: IncidentHistoryParts) {
    this.#parts = parts;
  }

  list(query: CommandInput<'incident.list'>): Promise<Answer<CommandOutput<'incident.list'>>> {
    return answered(() => this.#list(query));
  }

  events(query: CommandInput<'incident.events'>): Promise<Answer<CommandOutput<'incident.events'>>> {
    return answered(() => this.#events(query));
  }

  async #list({ beforeMs = Infinity, limit }: CommandInput<'incident.list'>): Promise<Answer<CommandOutput<'incident.list'>>> {
    const budget: Budget = { left: LOOKED_AT_MAX };
    const incidents: IncidentRow[] = [];
    const known = this.#known();
    const oldestMs = known.at(-1)?.openedMs ?? Infinity;
    const isAllKnown = this.#parts.state().pastIncidents.length < HISTORY_MAX;
    for (const seed of known.filter(({ openedMs }) => openedMs < beforeMs)) {
      if (incidents.length === limit) return done({ incidents, next: seed.openedMs + 1 });
      const count = await this.#counted(seed, budget);
      // The budget is spent: the next call begins with this one, and finds what was counted of it.
      if (count === null) return done({ incidents, next: seed.openedMs + 1 });
      incidents.push(this.#row(count));
    }
    if (isAllKnown) return done({ incidents, next: null });
    return done(await this.#older(Math.min(beforeMs, oldestMs), limit, incidents, budget));
  }

  /** Incidents that the state no longer holds, found by walking back. Slices begin where a time begins, so that a time says where to go on. */
  async #older(beforeMs: number, limit: number, incidents: IncidentRow[], budget: Budget): Promise<CommandOutput<'incident.list'>> {
    let before = this.#firstAt(beforeMs, budget);
    let reachedMs = beforeMs;
    while (before > 1) {
      if (budget.left <= 0 || incidents.length === limit) return { incidents, next: reachedMs };
      const lowest = take(this.#parts.journal, Math.max(1, before - SLICE), Math.max(1, before - SLICE) + 1)[0];
      const from = lowest === undefined || before - SLICE <= 1 ? 1 : this.#firstAt(lowest.atMs, budget);
      const records = take(this.#parts.journal, from, before);
      budget.left -= records.length;
      for (const opened of records.filter(({ type }) => type === 'incident.opened').reverse()) {
        const seed = seedOf(opened);
        if (seed === null) continue;
        const count = incidents.length === limit ? null : await this.#counted(seed, budget);
        if (count === null) return { incidents, next: seed.openedMs + 1 };
        incidents.push(this.#row(count));
      }
      before = from;
      reachedMs = records[0]?.atMs ?? reachedMs;
      await breath();
    }
    return { incidents, next: null };
  }

  async #events({ incident, cursor, limit, lanes }: CommandInput<'incident.events'>): Promise<Answer<CommandOutput<'incident.events'>>> {
    const seed = this.#find(incident);
    if (seed === null) return { outcome: 'failed', problem: { code: 'not-found', message: `no incident '${incident.slice(0, 80)}' in the journal` } };
    const budget: Budget = { left: LOOKED_AT_MAX };
    const count = await this.#counted(seed, budget);
    const { records: head } = this.#parts.journal.status();
    // How far it goes is not known yet: nothing is shown of it before that.
    if (count === null) return done({ events: [], next: cursor ?? this.#begun(seed, budget).fromRecord, head });
    const endMs = count.closedMs === null ? Infinity : count.closedMs + AROUND_MS;
    const wanted = lanes === undefined ? null : new Set(lanes);
    const events: IncidentEvent[] = [];
    let next = Math.max(cursor ?? 1, count.fromRecord);
    const last = (): number => count.toRecord ?? this.#parts.journal.status().records;
    budget.left = Math.max(budget.left, SLICE);
    while (next <= last()) {
      if (budget.left <= 0) return done({ events, next, head: last() });
      const records = take(this.#parts.journal, next, Math.min(next + SLICE, last() + 1));
      if (records.length === 0) break;
      budget.left -= records.length;
      for (const record of records) {
        if (record.atMs > endMs) return done({ events, next: null, head: last() });
        if (events.length === limit) return done({ events, next: record.n, head: last() });
        next = record.n + 1;
        const event = this.#event(record);
        if (wanted === null || wanted.has(event.lane)) events.push(event);
      }
      await breath();
    }
    return done({ events, next: null, head: last() });
  }

  /** The open one and those that the state still holds, newest first. */
  #known(): readonly Seed[] {
    const { incident, pastIncidents } = this.#parts.state();
    return incident === null ? pastIncidents : [incident, ...pastIncidents];
  }

  /** Known by the state, counted before, or found at the moment that its id names. */
  #find(id: string): Seed | null {
    const known = this.#known().find((each) => each.id === id) ?? this.#counts.get(id)?.seed;
    if (known !== undefined) return known;
    const named = /^I-(\d{1,15})$/u.exec(id)?.[1];
    if (named === undefined) return null;
    const atMs = Number(named);
    for (const record of this.#parts.journal.records(this.#firstAt(atMs))) {
      if (record.atMs > atMs) return null;
      const seed = record.type === 'incident.opened' ? seedOf(record) : null;
      if (seed?.id === id) return seed;
    }
    return null;
  }

  #begun(seed: Seed, budget: Budget): Count {
    const known = this.#counts.get(seed.id);
    this.#counts.delete(seed.id);
    const next = known === undefined ? this.#firstAt(seed.openedMs - LEAD_MS, budget) : 0;
    const count: Count = known ?? { seed, fromRecord: this.#firstAt(seed.openedMs - AROUND_MS, budget, next), next, closedMs: null, firstCondition: null, procedures: new Set(), worst: null, retreats: 0, refusals: 0, broken: new Set(), toRecord: null };
    this.#counts.set(seed.id, count);
    if (this.#counts.size > COUNTS_MAX) this.#counts.delete(this.#counts.keys().next().value as string);
    return count;
  }

  /** Counted up to its close or to the end of the journal; null when the budget was spent before that. */
  async #counted(seed: Seed, budget: Budget): Promise<Count | null> {
    const count = this.#begun(seed, budget);
    // Read anew after each breath: another console may have counted on meanwhile.
    while (count.closedMs === null && count.next <= this.#parts.journal.status().records) {
      if (budget.left <= 0) return null;
      const records = take(this.#parts.journal, count.next, count.next + SLICE);
      if (records.length === 0) break;
      budget.left -= records.length;
      for (const record of records) {
        if (count.closedMs !== null) break;
        count.next = record.n + 1;
        tally(count, record);
      }
      await breath();
    }
    if (count.closedMs !== null && count.toRecord === null) this.#finish(count, count.closedMs + AROUND_MS, budget);
    return count;
  }

  #finish(count: Count, endMs: number, budget: Budget): void {
    const { records } = this.#parts.journal.status();
    const newest = take(this.#parts.journal, records, records + 1)[0];
    if (newest !== undefined && newest.atMs > endMs) count.toRecord = this.#firstAt(endMs + 1, budget) - 1;
  }

  #row({ seed: { id, openedMs }, fromRecord, closedMs, firstCondition, procedures, worst, retreats, refusals, broken, toRecord }: Count): IncidentRow {
    const { plant, journal } = this.#parts;
    return {
      id, openedMs, closedMs, fromRecord, toRecord: closedMs === null ? null : toRecord ?? journal.status().records,
      firstCondition: firstCondition === null ? null : { id: firstCondition, title: titleOf(plant.conditions.get(firstCondition)?.title ?? plant.alarms.get(firstCondition)?.title, firstCondition) },
      procedures: [...procedures].map((procedure) => ({ id: procedure, title: titleOf(plant.procedures.get(procedure)?.title, procedure) })),
      worst, retreats, refusals, broken: broken.size,
    };
  }

  #event(record: JournalRecord): IncidentEvent {
    const { n, atMs, wallMs, type, by } = record;
    const found = toFact(record);
    const text = found === null ? null : sentenceOf(found, this.#parts.plant);
    const own = Object.hasOwn(JOURNAL_OWN, type) ? JOURNAL_OWN[type] : undefined;
    if (own !== undefined) return { n, atMs, wallMs, lane: 'station', type, by, text: own };
    // What this version does not know is told as such: a hole in the story would look as if nothing had happened.
    if (found === null || text === null) return { n, atMs, wallMs, lane: 'station', type, by, text: { zh: `本版本不认识的记录：${type}`, en: `A record of a kind that this version does not know: ${type}` } };
    return { n, atMs, wallMs, lane: laneOf(found), type, by, text, ...setOff(found) };
  }

  /**
   * Number of the first record at `atMs` or later. By leaps of halving length over the same few records each time, whose times are
   * remembered because a record never changes; the last stretch is read at once. `high`: it is known to be no later than this one.
   */
  #firstAt(atMs: number, budget: Budget = { left: 0 }, high = this.#parts.journal.status().records + 1): number {
    let before = 0;
    for (let leap = 2 ** Math.ceil(Math.log2(Math.max(STRETCH, high))); leap >= STRETCH; leap /= 2) if (before + leap < high && this.#timeOf(before + leap, budget) < atMs) before += leap;
    const records = take(this.#parts.journal, before + 1, Math.min(high, before + STRETCH + 1));
    budget.left -= records.length;
    return records.find((record) => record.atMs >= atMs)?.n ?? Math.min(high, before + STRETCH + 1);
  }

  #timeOf(n: number, budget: Budget): number {
    const known = this.#times.get(n);
    if (known !== undefined) return known;
    const atMs = take(this.#parts.journal, n, n + 1)[0]?.atMs ?? Infinity;
    budget.left -= PROBE_COST;
    if (atMs !== Infinity && this.#times.size < TIMES_MAX) this.#times.set(n, atMs);
    return atMs;
  }
}

function tally(count: Count, record: JournalRecord): void {
  const found = toFact(record);
  switch (found?.type) {
    case 'incident.opened': if (found.data.incident === count.seed.id) count.firstCondition = found.data.firstCondition; return;
    case 'incident.closed':
      if (found.data.incident === count.seed.id) count.closedMs = found.atMs;
      // Another one ended in the moments before: what was counted until here is that one's.
      else if (found.atMs <= count.seed.openedMs) beginAnew(count);
      return;
    case 'procedure.raised': if (count.procedures.size < PROCEDURES_MAX) count.procedures.add(found.data.procedure); return;
    case 'alarm.raised': count.worst = Math.min(count.worst ?? found.data.priority, found.data.priority); return;
    case 'retreat.stop': case 'retreat.evacuate': count.retreats += 1; return;
    case 'refused': count.refusals += 1; return;
    case 'prohibition.changed': if (found.data.state === 'violated') count.broken.add(`${found.data.instance}/${found.data.id}`); return;
    default:
  }
}

function beginAnew(count: Count): void {
  count.procedures.clear();
  count.broken.clear();
  Object.assign(count, { worst: null, retreats: 0, refusals: 0 });
}

/** What the picture of the time line shows beyond a dot. */
function setOff(f: Fact): Pick<IncidentEvent, 'mark' | 'priority'> {
  switch (f.type) {
    case 'alarm.raised': return { priority: f.data.priority, ...(f.data.firstOut ? { mark: 'firstOut' as const } : f.data.possiblyFirst === true ? { mark: 'possiblyFirst' as const } : {}) };
    case 'alarm.first-out': return { mark: f.data.first === null ? 'possiblyFirst' : 'firstOut' };
    case 'interlock.tripped': case 'interlock.first-out': return f.data.first.length === 0 ? {} : { mark: f.data.first.length === 1 ? 'firstOut' : 'possiblyFirst' };
    case 'retreat.stop': case 'retreat.evacuate': return { mark: 'retreat' };
    case 'prohibition.changed': return f.data.state === 'violated' ? { mark: 'broken' } : {};
    default: return {};
  }
}

/** Null for a record of a known kind with parts that this version does not know. */
function sentenceOf(f: Fact, plant: Plant): Text | null {
  try {
    return recordText(f, plant);
  } catch {
    return null;
  }
}

function seedOf(record: JournalRecord): Seed | null {
  const found = toFact(record);
  return found?.type === 'incident.opened' ? { id: found.data.incident, openedMs: found.atMs } : null;
}

function take(journal: Pick<Journal, 'records'>, from: number, before: number): JournalRecord[] {
  const records: JournalRecord[] = [];
  if (from >= before) return records;
  for (const record of journal.records(from)) {
    if (record.n >= before) break;
    records.push(record);
    if (record.n === before - 1) break;
  }
  return records;
}

const done = <Output>(output: Output): Answer<Output> => ({ outcome: 'done', output });

/** A journal that cannot be read is said to be so; half a history must not look whole. */
async function answered<Output>(ask: () => Promise<Answer<Output>>): Promise<Answer<Output>> {
  try {
    return await ask();
  } catch (error) {
    return { outcome: 'failed', problem: { code: 'journal-failed', message: `the journal cannot be read: ${error instanceof Error ? error.message : String(error)}`.slice(0, 2_000) } };
  }
}
