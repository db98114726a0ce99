/** People in the field over time: how many, against which limit, for how long too many or nobody knew; who went in; who was called by name. */
import type { IncidentReport } from '../../contract/report.ts';
import type { ZoneState } from '../people/people.ts';
import { EMPTY_ZONE } from '../station/state.ts';
import { clip, evidenceOf, own, titleOfZone } from './step.ts';
import type { FactOf, Section, Setting, Step } from './step.ts';

type Zone = IncidentReport['people']['zones'][number];
type RollCall = IncidentReport['people']['rollCalls'][number];
type PeoplePart = Pick<IncidentReport['people'], 'zones' | 'rollCalls'>;

const ZONES_MAX = 100;
const COURSE_MAX = 2_000;
const ENTRIES_MAX = 500;
const ROLL_CALLS_MAX = 50;

class OneZone {
  readonly #setting: Setting;
  readonly #zone: string;
  readonly #course: Zone['course'] = [];
  readonly #entries: Zone['entries'] = [];
  #now: { readonly count: number | null; readonly limit: number | null; readonly state: ZoneState };
  #sinceMs: number;
  #overMs = 0;
  #unknownMs = 0;
  #headMs = 0;
  #most: number | null;

  constructor(setting: Setting, zone: string) {
    [this.#setting, this.#zone] = [setting, zone];
    const before = own(setting.incident.before.zones, zone) ?? EMPTY_ZONE;
    this.#now = before;
    this.#sinceMs = setting.fromMs;
    this.#most = before.count;
    for (const { id, name, task, atMs } of before.entries) this.#enter(id, name, task, atMs, []);
  }

  get isConcerned(): boolean {
    return this.#course.length > 0 || this.#entries.length > 0;
  }

  changed({ n, fact: { atMs, data } }: Step<FactOf<'people.changed'>>): void {
    this.#pass(atMs);
    this.#now = data;
    if (data.count !== null) this.#most = Math.max(this.#most ?? 0, Math.round(data.count));
    if (this.#course.length < COURSE_MAX) this.#course.push({ n, atMs, count: data.count === null ? null : Math.round(data.count), limit: data.limit === null ? null : Math.round(data.limit), state: data.state });
  }

  entered({ n, fact: { atMs, data } }: Step<FactOf<'people.entered'>>): void {
    this.#enter(data.entry, data.name, data.task, atMs, [n]);
  }

  left({ n, fact: { atMs, data } }: Step<FactOf<'people.left'>>): void {
    const entry = this.#entries.find((each) => each.entry === data.entry && each.leftMs === null);
    if (entry === undefined) return;
    entry.leftMs = atMs;
    entry.evidence = evidenceOf([...entry.evidence, n]);
  }

  #enter(entry: string, name: string, task: string, enteredMs: number, evidence: number[]): void {
    if (this.#entries.length < ENTRIES_MAX) this.#entries.push({ entry: clip(entry, 80), who: this.#setting.directory.ofName(name), task: clip(task, 200), enteredMs, leftMs: null, evidence });
  }

  /** What held until now, for as long as it did. A count that is not known adds no head minutes: they are at least so many. */
  #pass(toMs: number): void {
    const ms = Math.max(0, toMs - this.#sinceMs);
    const { count, limit, state } = this.#now;
    if (state === 'exceeded') this.#overMs += ms;
    if (state === 'unknown' || (count === null && limit !== null)) this.#unknownMs += ms;
    this.#headMs += (count ?? 0) * ms;
    this.#sinceMs = Math.max(this.#sinceMs, toMs);
  }

  end(): Zone {
    this.#pass(this.#setting.toMs);
    return {
      zone: this.#zone, title: titleOfZone(this.#setting.plant, this.#zone), course: this.#course, overMs: Math.round(this.#overMs), unknownMs: Math.round(this.#unknownMs),
      headMinutes: Math.round(this.#headMs / 600) / 100, most: this.#most === null ? null : Math.round(this.#most), entries: this.#entries,
    };
  }
}

export class People implements Section<PeoplePart> {
  readonly #setting: Setting;
  readonly #zones: Map<string, OneZone>;
  readonly #rollCalls: RollCall[] = [];
  #running: RollCall | null = null;

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#zones = new Map(setting.plant.pack.zones.slice(0, ZONES_MAX).map(({ id }) => [id, new OneZone(setting, id)]));
  }

  see(step: Step): void {
    const { fact } = step;
    if (!step.isIn) return;
    switch (fact.type) {
      case 'people.changed': this.#zoneOf(fact.data.zone)?.changed(step as Step<FactOf<'people.changed'>>); return;
      case 'people.entered': this.#zoneOf(fact.data.zone)?.entered(step as Step<FactOf<'people.entered'>>); return;
      case 'people.left': this.#zoneOf(fact.data.zone)?.left(step as Step<FactOf<'people.left'>>); return;
      case 'roll-call.opened': case 'roll-call.signed': case 'roll-call.zone': case 'roll-call.ended': this.#rollCall(step as Step<FactOf<'roll-call.opened' | 'roll-call.signed' | 'roll-call.zone' | 'roll-call.ended'>>); return;
      default: return;
    }
  }

  #zoneOf(id: string): OneZone | undefined {
    const known = this.#zones.get(id);
    if (known !== undefined || this.#zones.size >= ZONES_MAX) return known;
    const made = new OneZone(this.#setting, id);
    this.#zones.set(id, made);
    return made;
  }

  #rollCall({ n, fact }: Step<FactOf<'roll-call.opened' | 'roll-call.signed' | 'roll-call.zone' | 'roll-call.ended'>>): void {
    if (fact.type === 'roll-call.opened') this.#opened(fact);
    // What comes after its end is another matter: people who go in again later are no evacuation that failed.
    const call = this.#running;
    if (call === null) return;
    call.evidence = evidenceOf([...call.evidence, n]);
    if (fact.type === 'roll-call.ended') {
      call.endedMs = fact.atMs;
      this.#running = null;
    }
    const zone = fact.type === 'roll-call.zone' ? call.zones.find((each) => each.zone === fact.data.zone) : undefined;
    if (zone !== undefined && fact.type === 'roll-call.zone') zone.clearedMs = fact.data.cleared ? fact.atMs : null;
  }

  #opened({ atMs, data }: FactOf<'roll-call.opened'>): void {
    const call = this.#running ?? { openedMs: atMs, endedMs: null, zones: [], evidence: [] };
    if (this.#running === null) {
      if (this.#rollCalls.length >= ROLL_CALLS_MAX) return;
      this.#rollCalls.push(call);
      this.#running = call;
    }
    for (const zone of data.zones) if (call.zones.length < ZONES_MAX && !call.zones.some((each) => each.zone === zone)) call.zones.push({ zone, title: titleOfZone(this.#setting.plant, zone), clearedMs: null });
  }

  end(): PeoplePart {
    return { zones: [...this.#zones.values()].filter((zone) => zone.isConcerned).map((zone) => zone.end()), rollCalls: this.#rollCalls };
  }
}
