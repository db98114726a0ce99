/**
 * The station's heart: samples and requests in, facts to the journal, then (and only then) the new state.
 *
 * Journal first: a fact that is not durable is not believed, with two exceptions that the one law demands. A retreat
 * takes effect even when the journal cannot be written; and what the plant shows is shown to people even then. Such
 * facts wait in a bounded backlog and are written, in order, as soon as the journal works again; the console says so.
 */
import type { Journal } from '../journal/journal.ts';
import { CARRIED_TYPE } from '../../domain/journal/record.ts';
import type { JournalEntry } from '../../domain/journal/record.ts';
import type { JsonValue } from '../../domain/journal/canonical-json.ts';
import { partsOf } from '../../domain/packs/recorded-pack.ts';
import type { Sample } from '../../domain/samples/sample.ts';
import { STATUS } from '../../domain/samples/sample.ts';
import type { Context, Decision } from '../../domain/station/commands.ts';
import { holdAll } from '../../domain/station/commands.ts';
import { carriedEntries } from '../../domain/station/carried-state.ts';
import { evolve, evolveAll } from '../../domain/station/evolve.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Fact } from '../../domain/station/facts.ts';
import { observe } from '../../domain/station/observe.ts';
import { beginEngineAgain, restoreEngine } from '../../domain/station/plant.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { EMPTY_STATE } from '../../domain/station/state.ts';
import type { StationState } from '../../domain/station/state.ts';
import type { StationClock } from './clock.ts';
import { Lived } from './lived.ts';
import { isFactType } from './record-text.ts';
import { SetAside } from './set-aside.ts';
import { startOfFold } from './start-of-fold.ts';

/** Facts that may wait for a journal that cannot be written. Beyond it the oldest observation goes; a retreat never. */
const BACKLOG_MAX = 20_000;
/** Records in one transaction; the journal takes at most 5,000. */
const APPEND_MAX = 1_000;
/** The state is carried again after so many records: what a restart folds takes seconds. */
const CARRY_EVERY = 50_000;
/** Records kept in memory for the screens. */
const TAIL_LENGTH = 200;

export interface CoreOptions {
  readonly plant: Plant;
  readonly journal: Journal;
  readonly clock: StationClock;
  readonly onFacts: (facts: readonly Fact[]) => void;
}

/** A fact as a journal entry. */
export function toEntry(f: Fact, wallMs: number): JournalEntry {
  const data: JsonValue = f.role === undefined ? { ...(f.data as Record<string, JsonValue>) } : { ...(f.data as Record<string, JsonValue>), signedAs: f.role };
  return { type: f.type, atMs: f.atMs, wallMs, by: f.by, data };
}

/** A journal entry as a fact; null when it is of a kind that is not (or no longer) ours, such as the genesis record. */
export function toFact(entry: JournalEntry): Fact | null {
  return isFactType(entry.type) ? ({ type: entry.type, atMs: entry.atMs, by: entry.by, data: entry.data } as unknown as Fact) : null;
}

/** The pack in parts, so that a report needs nothing but the journal. */
export function packFacts({ hash, text }: { readonly hash: string; readonly text: string }, atMs: number): Fact[] {
  const parts = partsOf(text);
  return parts.map((part, i) => fact('pack.recorded', atMs, null, { hash, part: i + 1, of: parts.length, text: part }));
}

export class StationCore {
  readonly plant: Plant;
  readonly #journal: Journal;
  readonly #clock: StationClock;
  readonly #onFacts: (facts: readonly Fact[]) => void;
  #state: StationState = EMPTY_STATE;
  #backlog: Fact[] = [];
  /** While a simulated plant is put back. */
  #aside: SetAside | null = null;
  readonly #lived = new Lived();
  #fault: string | null = null;
  #tail: { n: number; fact: Fact }[] = [];
  /** What the journal is to hold of rules and procedures. */
  #pack: { readonly hash: string; readonly text: string } | null = null;
  /** The state is the fold of just what the journal holds. */
  #isAllOnRecord = false;
  /** Something was believed that could not be put on record at all: this state is not carried on to a next life. */
  #isBesideRecord = false;
  /** Records since the state was carried last. */
  #sinceCarried = 0;

  constructor(options: CoreOptions) {
    this.plant = options.plant;
    this.#journal = options.journal;
    this.#clock = options.clock;
    this.#onFacts = options.onFacts;
  }

  get state(): StationState {
    return this.#state;
  }

  /** Facts that wait for the journal. */
  get waiting(): number {
    return this.#backlog.length;
  }

  /** One record as a fact; null when there is none of this number, or when it is none of ours. */
  recordAt(n: number): Fact | null {
    for (const record of this.#journal.records(n)) return record.n === n ? toFact(record) : null;
    return null;
  }

  /** The newest records, newest first, for screens. */
  get tail(): readonly { n: number; fact: Fact }[] {
    return this.#tail;
  }

  /**
   * Folds the journal, from the newest state that it carries, and puts everything back where it was. Running procedures are held for the way
   * back, never for retreat.
   * @returns how many records were folded
   */
  restore({ pack, ...start }: { version: string; mode: 'OPERATION' | 'TRAINING'; pack?: { readonly hash: string; readonly text: string } }): { records: number } {
    this.#pack = pack ?? null;
    const from = startOfFold(this.#journal, this.plant.machines);
    let [state, records, isRestarted] = [from.state, 0, from.isCarried];
    for (const record of this.#journal.records(from.fromN)) {
      records += 1;
      const found = toFact(record);
      if (found === null) continue;
      isRestarted = true;
      state = evolve(state, found, this.plant.machines);
    }
    this.#state = state;
    this.#sinceCarried = records;
    this.#remember(this.#newest());
    restoreEngine(this.plant, this.#state, this.#clock.nowMs());
    this.#isAllOnRecord = true;
    // A station that was killed in the moment of a rotation left a segment that carries nothing yet.
    if (from.isActiveBare) this.#journal.append(this.carried() ?? []);
    const nowMs = this.#clock.nowMs();
    this.#commit([fact('station.started', nowMs, null, { ...start, plant: this.plant.pack.id, restarted: isRestarted })], 'keep');
    if (pack !== undefined && pack.hash !== this.#state.packHash) this.#commit(packFacts(pack, nowMs), 'keep');
    this.#commit(holdAll(this.context()), 'keep');
    return { records };
  }

  /** For the screens. Where an older segment is in an archive, what is there is shown. */
  #newest(): { n: number; fact: Fact }[] {
    const { records, segmentStart } = this.#journal.status();
    const read = (fromN: number): { n: number; fact: Fact }[] => [...this.#journal.records(fromN)].flatMap((record) => {
      const found = toFact(record);
      return found === null ? [] : [{ n: record.n, fact: found }];
    });
    const fromN = Math.max(1, records - TAIL_LENGTH * 2);
    try {
      return read(fromN).slice(-TAIL_LENGTH);
    } catch {
      return read(Math.max(segmentStart, fromN)).slice(-TAIL_LENGTH);
    }
  }

  /** In the midst of a segment. A failure costs the next restart some time, nothing else. */
  #carry(): void {
    try {
      const carried = this.carried();
      if (carried === null || carried.length === 0) return;
      if (this.#journal.append(carried.filter(({ type }) => type === CARRIED_TYPE)).ok) this.#sinceCarried = 0;
    } catch {
      this.#sinceCarried = 0; // A state that cannot be told is asked for again later; nothing that runs waits for it.
    }
  }

  /** What a new segment of the journal begins with; null while something that has been decided is not on record yet. */
  carried(): readonly JournalEntry[] | null {
    if (!this.#isAllOnRecord || this.#backlog.length > 0) return null;
    // Then nothing is carried, and the next restart folds what is on record from an older segment on.
    if (this.#isBesideRecord || this.#fault !== null) return [];
    const [nowMs, wallMs] = [this.#clock.nowMs(), this.#clock.wallMs()];
    // So that one segment can be read alone: by which rules it was decided. Not before they are on record where they were put in force.
    const pack = this.#pack !== null && this.#pack.hash === this.#state.packHash ? packFacts(this.#pack, nowMs) : [];
    return [...carriedEntries(this.#state, nowMs, wallMs), ...pack.map((f) => toEntry(f, wallMs))];
  }

  context(): Context {
    return { plant: this.plant, state: this.#state, nowMs: this.#clock.nowMs() };
  }

  /** What broke, when an invariant did: from then on everything counts as unknown and only retreat works. */
  get fault(): string | null {
    return this.#fault;
  }

  /** A simulated plant is about to be put back (TRAINING); `standsAgain` ends it, and so does too long a wait. */
  putsBack(): void {
    this.#aside ??= new SetAside(this.#clock.nowMs());
  }

  standsAgain(): void {
    if (this.#release()) this.settle();
  }

  /** True when anything was set aside. */
  #release(): boolean {
    const aside = this.#aside;
    this.#aside = null;
    if (aside === null) return false;
    const { engine } = this.plant;
    const { jumped, samples } = aside.release(this.plant.pack, (tag) => engine.readingOf(tag)?.value);
    this.#guarded(() => {
      for (const tag of jumped) engine.beginAnew(tag);
      for (const sample of samples) engine.push(sample);
    });
    return true;
  }

  /** The plant stands, and from here on it is another course of it (TRAINING): `facts` end the one and begin the other, in one go, and conditions begin anew by what they leave. */
  beginsAgain(facts: readonly Fact[]): void {
    this.#release();
    this.#commit(facts, 'keep');
    this.#guarded(() => beginEngineAgain(this.plant, this.#state));
    this.settle();
  }

  /** On record, and nothing is looked at before what comes in the same breath. */
  put(facts: readonly Fact[]): void {
    this.#commit(facts, 'keep');
  }

  /** How things stood at a moment of the exercise that runs; null = that is not known any more. */
  stateAt(atMs: number): StationState | null {
    return this.#lived.at(atMs);
  }

  ingest(batch: readonly Sample[]): void {
    if (this.#aside !== null) {
      this.#aside.add(batch);
      if (this.#aside.isTooMuch(this.#clock.nowMs())) this.standsAgain();
      return;
    }
    this.#guarded(() => { for (const sample of batch) this.plant.engine.push(sample); });
    this.settle();
  }

  alive(atMs: number): void {
    if (this.#aside !== null) return;
    this.#guarded(() => this.plant.engine.alive(atMs));
    this.settle();
  }

  /** Fail closed, fail loud, keep retreating (architecture rule 7): nothing that was known stays known, and the screen says why. */
  fail(error: unknown): void {
    if (this.#fault !== null) return;
    this.#fault = error instanceof Error ? error.message : String(error);
    this.plant.engine.distrust();
    this.#state = { ...this.#state, link: 'failed' };
    try {
      this.#commit([fact('effect.failed', this.#clock.nowMs(), null, { effect: 'station', reason: this.#fault.slice(0, 500) })], 'keep');
    } catch {
      // The journal is not what broke last; what could be said has been said on the screen.
    }
    this.#onFacts([]);
  }

  #guarded(work: () => void): void {
    if (this.#fault !== null) return;
    try {
      work();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Time passes: delays, deadlines, expiries, a stepped wall clock, a backlog that may now be written. */
  tick(): void {
    const byMs = this.#clock.stepMs();
    if (byMs !== 0) this.record([fact('clock.stepped', this.#clock.nowMs(), null, { byMs })]);
    if (this.#aside?.isTooMuch(this.#clock.nowMs()) === true) this.standsAgain();
    this.#guarded(() => this.plant.engine.advance(this.#clock.nowMs()));
    this.settle();
    if (this.#backlog.length > 0) this.#flush();
    if (this.#sinceCarried >= CARRY_EVERY && this.#state.flood === null) this.#carry();
  }

  /** What follows from the plant as it now is. */
  settle(): void {
    this.#guarded(() => {
      const observed = observe(this.plant, this.#state, this.plant.engine.drain(), this.#clock.nowMs());
      this.#commit(observed.facts, 'keep');
    });
  }

  /** Facts about the station and its surroundings (link, training, effects). Kept even when the journal is not writable. */
  record(facts: readonly Fact[]): void {
    this.#commit(facts, 'keep');
    this.settle();
  }

  /**
   * Decides a request and makes it durable. `mayWait` is for retreat alone: it holds even when the journal does not.
   * @returns the decision, or 'journal-failed' when it could not be made durable; then nothing has changed
   */
  decide<Output>(decision: Decision<Output>, mayWait = false): Decision<Output> | 'journal-failed' {
    if (decision.outcome === 'failed') return decision;
    if (!this.#commit(decision.facts, mayWait ? 'keep' : 'refuse')) return 'journal-failed';
    for (const f of decision.facts) this.#tellEngine(f);
    this.settle();
    return decision;
  }

  /** Results and observations by people are samples like any other. */
  #tellEngine(f: Fact): void {
    if (f.type === 'lab.entered') this.plant.engine.push({ tag: `lab:${f.data.lab}`, value: f.data.value, status: STATUS.good, sourceMs: f.atMs, receivedMs: f.atMs });
    if (f.type === 'seen.reported') this.plant.engine.push({ tag: `seen:${f.data.observation}`, value: f.data.present, status: STATUS.good, sourceMs: f.atMs, receivedMs: f.atMs });
  }

  #commit(facts: readonly Fact[], onFailure: 'keep' | 'refuse'): boolean {
    if (facts.length === 0) return true;
    if (this.#backlog.length > 0) this.#flush();
    const wasOnRecord = this.#isAllOnRecord;
    if (this.#backlog.length > 0 || !this.#append(facts, onFailure)) {
      this.#isAllOnRecord = wasOnRecord;
      if (onFailure === 'refuse') return false;
      this.#wait(facts);
    }
    this.#state = evolveAll(this.#state, facts, this.plant.machines);
    this.#lived.keep(this.#clock.nowMs(), this.#state);
    this.#isAllOnRecord = wasOnRecord;
    this.#onFacts(facts);
    return true;
  }

  #append(facts: readonly Fact[], onFailure: 'keep' | 'refuse'): boolean {
    const wallMs = this.#clock.wallMs();
    for (let i = 0; i < facts.length; i += APPEND_MAX) {
      const part = facts.slice(i, i + APPEND_MAX);
      const appended = this.#journal.append(part.map((f) => toEntry(f, wallMs)));
      this.#isAllOnRecord = false; // From now on the journal is ahead of the state, until these facts are folded.
      if (!appended.ok) {
        if (appended.problem.code === 'bad-entry' && onFailure === 'keep') return this.#appendSingly(facts.slice(i), wallMs, i > 0);
        if (i > 0) this.#wait(facts.slice(i));
        return i > 0; // what has been written stands; the rest waits
      }
      this.#sinceCarried += part.length;
      this.#remember(part.map((f, k) => ({ n: appended.records[k]?.n ?? 0, fact: f })));
    }
    return true;
  }

  /** One of these can never be written. It is put on record as such, so that it does not keep all others from the journal for good. */
  #appendSingly(facts: readonly Fact[], wallMs: number, hasBegun: boolean): boolean {
    for (const [i, f] of facts.entries()) {
      let written: Fact = f;
      let appended = this.#journal.append([toEntry(f, wallMs)]);
      if (!appended.ok && appended.problem.code === 'bad-entry') {
        written = fact('effect.failed', this.#clock.nowMs(), null, { effect: `journal ${f.type}`, reason: appended.problem.message.en.slice(0, 500) });
        appended = this.#journal.append([toEntry(written, wallMs)]);
        this.#isBesideRecord = true;
      }
      if (!appended.ok) {
        if (hasBegun || i > 0) this.#wait(facts.slice(i));
        return hasBegun || i > 0;
      }
      this.#remember([{ n: appended.records[0]?.n ?? 0, fact: written }]);
    }
    return true;
  }

  #wait(facts: readonly Fact[]): void {
    this.#backlog.push(...facts);
    if (this.#backlog.length <= BACKLOG_MAX) return;
    const excess = this.#backlog.length - BACKLOG_MAX;
    let dropped = 0;
    this.#isBesideRecord = true;
    this.#backlog = this.#backlog.filter((f) => f.type.startsWith('retreat.') || f.type.startsWith('procedure.') || dropped >= excess || ((dropped += 1), false));
  }

  #flush(): void {
    const [waiting, wasOnRecord] = [this.#backlog, this.#isAllOnRecord];
    this.#backlog = [];
    this.#isAllOnRecord = false; // Meanwhile the state is ahead of the journal.
    if (!this.#append(waiting, 'keep')) this.#backlog = [...waiting, ...this.#backlog];
    this.#isAllOnRecord = wasOnRecord;
  }

  #remember(entries: readonly { n: number; fact: Fact }[]): void {
    this.#tail = [...[...entries].reverse(), ...this.#tail].slice(0, TAIL_LENGTH);
  }
}
