/** Interlocks (3.3, 3.5): what tripped and how it ended, what should have tripped, what was bypassed and under what approval. */
import type { ReportInterlock } from '../../contract/report.ts';
import type { Text } from '../../contract/text.ts';
import { OPEN_ENTRY_PHASES, openEntryOf } from '../interlocks/bypass.ts';
import type { BypassEntry, EntryPhase } from '../interlocks/bypass.ts';
import type { InterlockDef } from '../packs/schema.ts';
import type { Fact } from '../station/facts.ts';
import type { StationState } from '../station/state.ts';
import { MissedTrips } from './missed-trips.ts';
import { clip, evidenceOf, own, push, text } from './step.ts';
import type { Section, Setting, Step } from './step.ts';

type Trip = ReportInterlock['trips'][number];
type Stretch = ReportInterlock['bypassed'][number];

const TRIPS_MAX = 200;
const STRETCHES_MAX = 200;
const ENTRIES_MAX = 100;

const OUTCOMES: Readonly<Record<EntryPhase, Text>> = {
  requested: text('只是申请，未评估', 'asked for, never assessed'), assessed: text('已评估，未批准', 'assessed, not approved'), approved: text('已批准，未投入', 'approved, not taken into use'), active: text('已批准并投入', 'approved and in use'),
  lapsed: text('审批失效', 'its approval lapsed'), expired: text('审批到期', 'its approval ran out'), restored: text('已恢复，未测试', 'restored, not tested'), tested: text('已恢复、测试，未经另一人验证', 'restored and tested, not verified by another person'),
  closed: text('已关闭', 'closed'), rejected: text('不批准', 'rejected'), withdrawn: text('撤回', 'withdrawn'),
};

/** The interlock that a fact is about; null = none. */
function subjectOf(fact: Fact, state: StationState): string | null {
  switch (fact.type) {
    case 'interlock.changed': case 'interlock.inputs': case 'interlock.tripped': case 'interlock.first-out': case 'interlock.released': case 'interlock.forced-reset': return fact.data.id;
    case 'interlock.cause': case 'interlock.accounted': case 'interlock.reset-approved': case 'interlock.reset': return fact.data.interlock;
    case 'bypass.requested': return fact.data.interlock;
    default: return fact.type.startsWith('bypass.') ? (state.bypasses.find(({ id }) => id === (fact.data as { readonly bypass: string }).bypass)?.interlock ?? null) : null;
  }
}

class OneInterlock {
  readonly #setting: Setting;
  readonly #def: InterlockDef;
  readonly #trips: Trip[] = [];
  readonly #bypassed: Stretch[] = [];
  readonly #missed: MissedTrips;
  /** Records about each bypass entry. */
  readonly #told = new Map<string, number[]>();
  /** Entries as they stood last: one that leaves the register is still to be told. */
  readonly #entries = new Map<string, BypassEntry>();

  constructor(setting: Setting, def: InterlockDef) {
    [this.#setting, this.#def] = [setting, def];
    const { before } = setting.incident;
    this.#missed = new MissedTrips(setting.plant, def, before);
    for (const entry of before.bypasses) if (entry.interlock === def.id && OPEN_ENTRY_PHASES.includes(entry.phase)) this.#entries.set(entry.id, entry);
    this.#look(before, [], Math.max(setting.fromMs, own(before.interlocks, def.id)?.sinceMs ?? 0), own(before.interlocks, def.id)?.sinceMs);
  }

  /** @param subject the interlock that the record is about */
  see(step: Step, subject: string | null): void {
    this.#missed.see(step);
    if (subject !== this.#def.id) return;
    this.#trip(step);
    if (step.fact.type.startsWith('bypass.')) push(this.#told, (step.fact.data as { readonly bypass: string }).bypass, step.n);
    for (const entry of step.after.bypasses) if (entry.interlock === this.#def.id && (this.#entries.has(entry.id) || this.#told.has(entry.id))) this.#entries.set(entry.id, entry);
    this.#look(step.after, [step.n], step.fact.atMs);
  }

  judge(nowMs: number, state: StationState): void {
    this.#missed.judge(nowMs, state);
  }

  #trip({ n, fact }: Step): void {
    const trip = this.#trips.at(-1);
    switch (fact.type) {
      case 'interlock.tripped':
        if (this.#trips.length < TRIPS_MAX) this.#trips.push({ n, atMs: fact.atMs, first: fact.data.first.map(({ condition }) => clip(condition, 160)).slice(0, 20), releasedMs: null, forced: false, evidence: [n] });
        return;
      case 'interlock.first-out': if (trip !== undefined) trip.first = fact.data.first.map(({ condition }) => clip(condition, 160)).slice(0, 20); break;
      case 'interlock.released': if (trip !== undefined) trip.releasedMs = fact.atMs; break;
      // Let go of without leave: its end and its offence in one.
      case 'interlock.forced-reset': if (trip !== undefined) { trip.forced = true; trip.releasedMs = fact.atMs; } break;
      case 'interlock.cause': case 'interlock.accounted': case 'interlock.reset-approved': case 'interlock.reset': break;
      default: return;
    }
    if (trip !== undefined) trip.evidence = evidenceOf([...trip.evidence, n]);
  }

  /**
   * Is it bypassed now, and does an approval carry that? A stretch ends where either changes, so that `approved` holds for the whole of
   * it. Not known in between means that it goes on: only its own tags end it.
   */
  #look(state: StationState, numbers: readonly number[], atMs: number, sinceMs = atMs): void {
    const now = own(state.interlocks, this.#def.id);
    const isForced = own(state.interlockInputs, this.#def.id)?.forced === true;
    const open = this.#bypassed.at(-1)?.toMs === null ? this.#bypassed.at(-1) : undefined;
    const isOn = isForced || now?.state === 'bypassed' || (open !== undefined && now?.state === 'unknown');
    const approved = !isForced && now?.state === 'bypassed' && now.approved;
    const entry = openEntryOf(state.bypasses, this.#def.id)?.id ?? null;
    if (open !== undefined && isOn && open.approved === approved) {
      open.evidence = evidenceOf([...open.evidence, ...numbers]);
      open.entry ??= entry;
      return;
    }
    if (open !== undefined) {
      open.toMs = atMs;
      open.evidence = evidenceOf([...open.evidence, ...numbers]);
    }
    if (isOn && this.#bypassed.length < STRETCHES_MAX) this.#bypassed.push({ fromMs: sinceMs, toMs: null, approved, entry, evidence: evidenceOf(numbers) });
  }

  end(): ReportInterlock | null {
    const { directory } = this.#setting;
    const missed = this.#missed.end();
    const entries = [...this.#entries.values()].slice(0, ENTRIES_MAX).map((entry) => ({
      id: entry.id, element: entry.element, reason: clip(entry.reason, 2_000), requestedBy: directory.ofUser(entry.requestedBy), assessedBy: directory.ofUser(entry.assessment?.by),
      approvedBy: entry.approvals.flatMap(({ by }) => directory.ofUser(by) ?? []).slice(0, 10), untilMs: entry.untilMs, outcome: OUTCOMES[entry.phase], evidence: evidenceOf(this.#told.get(entry.id) ?? []),
    }));
    if (this.#trips.length + missed.length + this.#bypassed.length + entries.length === 0) return null;
    return { id: this.#def.id, title: this.#def.title, trips: this.#trips, missed, bypassed: this.#bypassed, entries };
  }
}

export class Interlocks implements Section<readonly ReportInterlock[]> {
  readonly #setting: Setting;
  readonly #all: readonly OneInterlock[];

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#all = setting.plant.pack.interlocks.map((def) => new OneInterlock(setting, def));
  }

  see(step: Step): void {
    if (!step.isIn) return;
    const subject = subjectOf(step.fact, step.after);
    for (const each of this.#all) each.see(step, subject);
  }

  end(last: StationState): readonly ReportInterlock[] {
    for (const each of this.#all) each.judge(this.#setting.toMs, last);
    return this.#all.flatMap((each) => each.end() ?? []);
  }
}
