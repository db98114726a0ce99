/**
 * Finds one incident in a journal: the records of its time and those that belong to it later, the rules that it was lived through by, and
 * how things stood before it. One pass, record by record, so that whoever reads can show how far it is, stop, and let others have their
 * turn; what is kept is the last half hour and, once the incident has begun, the incident.
 *
 * The state before is folded by the same `evolve` as the station's own, with the rules that the journal held at that time.
 */
import type { JournalEntry } from '../journal/record.ts';
import { GENESIS_TYPE } from '../journal/record.ts';
import { PackReader } from '../packs/recorded-pack.ts';
import type { RecordedPack } from '../packs/recorded-pack.ts';
import { evolve } from '../station/evolve.ts';
import type { Machines } from '../station/evolve.ts';
import type { Fact } from '../station/facts.ts';
import { makePlant } from '../station/plant.ts';
import type { Plant } from '../station/plant.ts';
import { EMPTY_STATE } from '../station/state.ts';
import type { StationState } from '../station/state.ts';
import { AROUND_MS } from './incident.ts';
import type { IncidentRecords, KnownPerson, NumberedFact } from './incident.ts';
import { peopleIn } from './people-in.ts';

export type ReadRecord = JournalEntry & { readonly n: number };

/** Records of one incident that are held at once. More than ten times a day of the worst flood; what has more is no incident. */
export const RECORDS_MAX = 1_000_000;
/** Incidents that are named when the one asked for is not there: the newest. */
const KNOWN_INCIDENTS_MAX = 200;
/** Of one incident; more would be a journal that carries nothing but itself. */
const JOURNAL_OWN_MAX = 100_000;
/** Told of the record and not of the plant: the journal's own, and that a report was made, which must not change the next one. */
const NOT_OF_IT = /^(?:journal\.|state\.carried$|report\.made$)/u;
/** People that are remembered by name over the whole journal. */
const KNOWN_PEOPLE_MAX = 2_000;

export type ReadProblem =
  /** `incidents`: the newest that there are, oldest first. */
  | { readonly code: 'no-incident'; readonly incidents: readonly { readonly id: string; readonly openedMs: number }[]; readonly left: number }
  | { readonly code: 'no-pack' }
  | { readonly code: 'too-long'; readonly records: number };
export type ReadIncident = { readonly ok: true; readonly value: IncidentRecords } | { readonly ok: false; readonly problem: ReadProblem };

export interface ReaderOptions {
  readonly incident: string;
  /** A record as a fact; null for what this version does not know (it is passed over). */
  readonly toFact: (entry: JournalEntry) => Fact | null;
}

interface Rules { readonly hash: string; readonly recorded: RecordedPack; readonly plant: Plant }
interface Found { readonly openedMs: number; readonly firstCondition: string | null; readonly fromMs: number; closedMs: number | null }

const NO_MACHINES: Machines = new Map();

export class IncidentReader {
  readonly #options: ReaderOptions;
  readonly #packs = new PackReader();
  #rules: Rules | null = null;
  #state: StationState = EMPTY_STATE;
  /** The last half hour, until the incident opens; then its records. */
  #kept: NumberedFact[] = [];
  /** Where the half hour begins in `#kept`: what lies before is folded already. */
  #from = 0;
  #found: Found | null = null;
  #isTooLong = false;
  /** Numbers of records that are no news: the judges must not take them for missing. */
  #journalOwn: number[] = [];
  #started: { version: string; mode: 'OPERATION' | 'TRAINING' } | null = null;
  #asOfMs = 0;
  readonly #incidents: { readonly id: string; readonly openedMs: number }[] = [];
  #incidentsLeft = 0;
  readonly #people = new Map<string, KnownPerson>();
  /** What records of the incident named: `action CA-1`. Later records about these belong to it. */
  readonly #belongs = new Set<string>();

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** The next record, in the journal's order. */
  add(record: ReadRecord): void {
    if (record.type === GENESIS_TYPE) this.#begin(record);
    if (NOT_OF_IT.test(record.type)) return this.#passOver(record.n);
    this.#asOfMs = Math.max(this.#asOfMs, record.atMs);
    const fact = this.#options.toFact(record);
    if (fact === null) return;
    this.#remember(fact);
    if (fact.type === 'pack.recorded') this.#readPack(fact.data);
    const numbered: NumberedFact = { n: record.n, wallMs: record.wallMs, fact };
    if (fact.type === 'incident.opened') this.#open(fact);
    if (this.#found === null) this.#wait(numbered);
    else this.#keep(numbered, this.#found);
  }

  #passOver(n: number): void {
    this.#journalOwn.push(n);
    if (this.#journalOwn.length <= JOURNAL_OWN_MAX) return;
    const first = this.#kept[this.#from]?.n ?? n;
    this.#journalOwn = this.#journalOwn.filter((each) => each >= first).slice(-JOURNAL_OWN_MAX);
  }

  /** Records that are held now. */
  get held(): number {
    return this.#kept.length - this.#from;
  }

  /** After the last record. */
  finish(): ReadIncident {
    const [found, rules] = [this.#found, this.#rules];
    if (found === null) return { ok: false, problem: { code: 'no-incident', incidents: this.#incidents, left: this.#incidentsLeft } };
    if (this.#isTooLong) return { ok: false, problem: { code: 'too-long', records: this.#kept.length } };
    if (rules === null) return { ok: false, problem: { code: 'no-pack' } };
    const { openedMs, firstCondition, closedMs, fromMs } = found;
    const toMs = closedMs === null ? this.#asOfMs : Math.min(closedMs + AROUND_MS, this.#asOfMs);
    return {
      ok: true,
      value: {
        plant: rules.plant, packHash: rules.hash, clauses: rules.recorded.clauses, incident: { id: this.#options.incident, openedMs, closedMs, firstCondition, fromMs, toMs }, records: this.#kept, before: this.#state, asOfMs: this.#asOfMs,
        journalOwn: this.#journalOwn.filter((n) => n >= (this.#kept[0]?.n ?? 1) && n <= (this.#kept.at(-1)?.n ?? 0)),
        ...(this.#started === null ? {} : { station: this.#started }), known: [...this.#people.values()],
      },
    };
  }

  #begin({ data }: ReadRecord): void {
    const mode = typeof data === 'object' && data !== null && 'mode' in data ? data['mode'] : null;
    if (mode === 'OPERATION' || mode === 'TRAINING') this.#started = { version: '', mode };
  }

  #remember(fact: Fact): void {
    for (const each of peopleIn(fact)) {
      const key = JSON.stringify([each.user, each.name]);
      const known = this.#people.get(key);
      if (known === undefined ? this.#people.size < KNOWN_PEOPLE_MAX : known.role === undefined && each.role !== undefined) this.#people.set(key, each);
    }
    if (fact.type === 'trace.reconstructed') this.#started = { version: fact.data.version, mode: 'OPERATION' };
    if (fact.type === 'station.started' && this.#found === null) this.#started = { version: fact.data.version, mode: fact.data.mode };
  }

  /** In force is what the journal held last when the incident opened; of a journal that held none by then, the first that came. */
  #readPack(part: Parameters<PackReader['add']>[0]): void {
    const read = this.#packs.add(part);
    if (read === null || read.hash === this.#rules?.hash || (this.#found !== null && this.#rules !== null)) return;
    try {
      this.#rules = { ...read, plant: makePlant(read.recorded.pack) };
    } catch {
      // Rules of a version that this one cannot read are none: the report says so, or stands on those before.
    }
  }

  #open({ atMs, data }: Extract<Fact, { type: 'incident.opened' }>): void {
    if (this.#found === null && data.incident === this.#options.incident) {
      const fromMs = Math.max(0, atMs - AROUND_MS);
      this.#foldUntil(fromMs);
      this.#kept = this.#kept.slice(this.#from);
      this.#found = { openedMs: atMs, firstCondition: data.firstCondition, fromMs, closedMs: null };
      return;
    }
    this.#incidents.push({ id: data.incident, openedMs: atMs });
    if (this.#incidents.length > KNOWN_INCIDENTS_MAX) {
      this.#incidents.shift();
      this.#incidentsLeft += 1;
    }
  }

  /** Not opened yet: what is older than half an hour is folded and let go. */
  #wait(numbered: NumberedFact): void {
    this.#kept.push(numbered);
    this.#foldUntil(numbered.fact.atMs - AROUND_MS);
    if (this.#kept.length - this.#from > RECORDS_MAX) this.#foldNext();
    if (this.#from > 10_000 && this.#from * 2 > this.#kept.length) [this.#kept, this.#from] = [this.#kept.slice(this.#from), 0];
  }

  #foldUntil(ms: number): void {
    while (this.#from < this.#kept.length && (this.#kept[this.#from] as NumberedFact).fact.atMs < ms) this.#foldNext();
  }

  #foldNext(): void {
    const next = this.#kept[this.#from];
    this.#from += 1;
    if (next !== undefined) this.#state = folded(this.#state, next.fact, this.#rules?.plant.machines ?? NO_MACHINES);
  }

  #keep(numbered: NumberedFact, found: Found): void {
    const { fact } = numbered;
    if (fact.type === 'incident.closed' && fact.data.incident === this.#options.incident) found.closedMs ??= fact.atMs;
    const isIn = found.closedMs === null || fact.atMs <= found.closedMs + AROUND_MS;
    const belongs = this.#isAbout(fact);
    if (!isIn && !belongs) return;
    if (this.#kept.length >= RECORDS_MAX) this.#isTooLong = true;
    else this.#kept.push(numbered);
  }

  /** It names the incident, or something that was opened because of it. */
  #isAbout({ type, data }: Fact): boolean {
    const subject = (type.split('.')[0] ?? '').replaceAll(/-(\w)/gu, (_all, letter: string) => letter.toUpperCase());
    const fields = data as unknown as Readonly<Record<string, unknown>>;
    const named = Object.hasOwn(fields, subject) && typeof fields[subject] === 'string' ? `${subject} ${fields[subject]}` : null;
    if (named !== null && this.#belongs.has(named)) return true;
    if (!Object.hasOwn(fields, 'incident') || fields['incident'] !== this.#options.incident) return false;
    if (named !== null && subject !== 'incident') this.#belongs.add(named);
    return true;
  }
}

/** One fact further; what these rules cannot fold (a course of another version) changes nothing, as everywhere in the fold. */
export function folded(state: StationState, fact: Fact, machines: Machines): StationState {
  try {
    return evolve(state, fact, machines);
  } catch {
    return state;
  }
}

/** The whole of a journal at once. For whoever need not show how far it is. */
export function readIncident(records: Iterable<ReadRecord>, options: ReaderOptions): ReadIncident {
  const reader = new IncidentReader(options);
  for (const record of records) reader.add(record);
  return reader.finish();
}
