/** Procedures as they went: places, steps with their proof, deviations, times, prohibitions. Walked through the very machines that ran. */
import type { ReportProcedure } from '../../contract/report.ts';
import type { Text } from '../../contract/text.ts';
import type { ProcedureDef, ProhibitionDef } from '../packs/schema.ts';
import type { CourseEvent } from '../procedures/course-events.ts';
import { placeOf } from '../procedures/machine.ts';
import type { Fact } from '../station/facts.ts';
import type { ProcedureRun, StationState } from '../station/state.ts';
import { ProcedureSteps } from './procedure-steps.ts';
import { clip, clipText, evidenceOf, text } from './step.ts';
import type { FactOf, Section, Setting, Step } from './step.ts';

type Limit = ReportProcedure['limits'][number];
type Prohibition = ReportProcedure['prohibitions'][number];

const PROCEDURES_MAX = 200;
const PLACES_MAX = 500;
const LIMITS_MAX = 50;
/** The time within which the safe state is to be proved, among the times of the procedure. */
const SAFE_LIMIT = 'safe';

const idOf = (instance: string): string => instance.replace(/:\d+$/u, '');
const runOf = (state: StationState, instance: string): ProcedureRun | undefined => state.runs.find((run) => run.instance === instance);

class Forbidden {
  readonly #def: ProhibitionDef;
  #state: 'kept' | 'violated' | 'unknown' | null = null;
  #wasUnknown = false;
  #brokenSinceMs: number | null = null;
  #brokenMs = 0;
  #wasBroken = false;
  readonly #numbers: number[] = [];

  constructor(def: ProhibitionDef) {
    this.#def = def;
  }

  change(state: 'kept' | 'violated' | 'unknown', atMs: number, n: number): void {
    this.#numbers.push(n);
    this.#state = state;
    if (state === 'violated') { this.#wasBroken = true; this.#brokenSinceMs ??= atMs; }
    // Not known any more does not undo it: it lasts until it is seen to be kept.
    if (state === 'kept') this.stop(atMs);
    if (state === 'unknown') this.#wasUnknown = true;
  }

  /** Kept again, or nothing watches it any more. */
  stop(atMs: number): void {
    if (this.#brokenSinceMs !== null) this.#brokenMs += atMs - this.#brokenSinceMs;
    this.#brokenSinceMs = null;
  }

  end(): Prohibition {
    const { id, clause, text: words, watchedBy } = this.#def;
    const state = watchedBy === undefined ? 'unwatched' : this.#wasBroken ? 'violated' : this.#wasUnknown || this.#state === null ? 'unknown' : 'kept';
    return { id, clause, text: words, state, brokenMs: Math.max(0, Math.round(this.#brokenMs)), evidence: evidenceOf(this.#numbers) };
  }
}

class OneProcedure {
  readonly instance: string;
  readonly #setting: Setting;
  readonly #def: ProcedureDef | undefined;
  readonly #steps: ProcedureSteps;
  readonly #places: ReportProcedure['places'] = [];
  readonly #limits = new Map<string, Limit>();
  readonly #prohibitions: ReadonlyMap<string, Forbidden>;
  readonly #because = new Set<string>();
  readonly #numbers: number[] = [];
  #version: number;
  #raisedMs: number;
  #raisedBy: string | null = null;
  #safeMs: number | null = null;
  #place: string | null;

  constructor(setting: Setting, instance: string, run: ProcedureRun | undefined) {
    [this.#setting, this.instance] = [setting, instance];
    this.#def = setting.plant.procedures.get(idOf(instance));
    this.#steps = new ProcedureSteps(setting, this.#def, run);
    this.#prohibitions = new Map((this.#def?.prohibitions ?? []).map((each) => [each.id, new Forbidden(each)]));
    this.#version = run?.version ?? this.#def?.version ?? 0;
    this.#raisedMs = run?.course.context.raisedMs ?? setting.fromMs;
    this.#place = run === undefined ? null : placeOf(run.course);
    for (const { condition } of run?.because ?? []) this.#because.add(condition);
    for (const [id, state] of Object.entries(run?.prohibitions ?? {})) if (state === 'violated') this.#prohibitions.get(id)?.change('violated', setting.fromMs, 0);
  }

  see(step: Step): void {
    const { n, fact } = step;
    this.#numbers.push(n);
    switch (fact.type) {
      case 'procedure.raised': {
        this.#version = fact.data.version;
        this.#raisedMs = fact.atMs;
        this.#raisedBy = this.#setting.directory.ofUser(fact.by);
        for (const id of fact.data.because) this.#because.add(id);
        return this.#moveTo('raised', n, fact.atMs);
      }
      case 'procedure.because': for (const id of fact.data.because) this.#because.add(id); return;
      case 'prohibition.changed': this.#prohibitions.get(fact.data.id)?.change(fact.data.state, fact.atMs, n); return;
      case 'procedure.moved': return this.#moved(step as Step<FactOf<'procedure.moved'>>);
      default: return;
    }
  }

  #moved(step: Step<FactOf<'procedure.moved'>>): void {
    const { n, fact: { atMs, data }, after } = step;
    this.#steps.see(step, runOf(after, this.instance));
    this.#time(data.event, n);
    if (data.place === 'safe') this.#safeMs ??= atMs;
    if (data.place !== this.#place) this.#moveTo(data.place, n, atMs);
    if (data.place === 'closed') for (const each of this.#prohibitions.values()) each.stop(atMs);
  }

  #moveTo(place: string, n: number, atMs: number): void {
    this.#place = place;
    if (this.#places.length < PLACES_MAX) this.#places.push({ place, n, atMs });
  }

  /** Times over several steps, continuous actions, and the time for the safe state. What was exceeded stays so, whatever comes then. */
  #time(event: CourseEvent, n: number): void {
    const def = this.#def;
    switch (event.type) {
      case 'DEADLINE': {
        const found = def?.deadlines.find(({ id }) => id === event.id);
        return this.#limit(event.id, found?.clause ?? '', found?.text ?? text(event.id, event.id), event.state, event.dueMs, n);
      }
      case 'CONTINUOUS': {
        const found = def?.continuous.find(({ id }) => id === event.id);
        const state = ({ quiet: null, inEffect: 'running', answered: 'met', overdue: 'exceeded' } as const)[event.state];
        if (state !== null) this.#limit(`continuous/${event.id}`, def?.clauses[0] ?? '', found?.text ?? text(event.id, event.id), state, event.dueMs, n);
        return;
      }
      case 'SAFE_PROVED': case 'SAFE_OVERDUE': {
        const running = this.#limits.get(SAFE_LIMIT);
        return this.#limit(SAFE_LIMIT, def?.clauses[0] ?? '', text('安全状态', 'Safe state'), event.type === 'SAFE_PROVED' ? 'met' : 'exceeded', running?.dueMs ?? event.atMs, n);
      }
      default: return;
    }
  }

  /** The safe state is awaited from here on: known from the course, which no event says by itself. */
  awaitSafe(dueMs: number, n: number): void {
    if (!this.#limits.has(SAFE_LIMIT)) this.#limit(SAFE_LIMIT, this.#def?.clauses[0] ?? '', text('安全状态', 'Safe state'), 'running', dueMs, n);
  }

  #limit(id: string, clause: string, words: Text, state: Limit['state'], dueMs: number, n: number): void {
    const known = this.#limits.get(id);
    if (known === undefined && this.#limits.size >= LIMITS_MAX) return;
    const worst = known?.state === 'exceeded' ? 'exceeded' : state;
    this.#limits.set(id, { id: clip(id, 80), clause: clip(clause, 20), text: clipText(words), state: worst, dueMs: worst === 'exceeded' && known?.state === 'exceeded' ? known.dueMs : dueMs, evidence: evidenceOf([...(known?.evidence ?? []), n]) });
  }

  end(): ReportProcedure {
    const { toMs, plant } = this.#setting;
    for (const each of this.#prohibitions.values()) each.stop(toMs);
    const def = this.#def;
    const id = idOf(this.instance);
    return {
      instance: this.instance, id, version: this.#version, title: def?.title ?? plant.procedures.get(id)?.title ?? text(id, id), clauses: [...(def?.clauses ?? [])].slice(0, 30),
      raisedMs: this.#raisedMs, because: [...this.#because].slice(0, 200), raisedBy: this.#raisedBy, places: this.#places, safeAfterMs: this.#safeMs === null ? null : this.#safeMs - this.#raisedMs,
      steps: this.#steps.end(), limits: [...this.#limits.values()], prohibitions: [...this.#prohibitions.values()].map((each) => each.end()), evidence: evidenceOf(this.#numbers),
    };
  }
}

const instanceOf = (fact: Fact): string | null => (fact.type.startsWith('procedure.') || fact.type === 'prohibition.changed' ? (fact.data as { readonly instance: string }).instance : null);

export class Procedures implements Section<ReportProcedure[]> {
  readonly #setting: Setting;
  readonly #all = new Map<string, OneProcedure>();

  constructor(setting: Setting) {
    this.#setting = setting;
    for (const run of setting.incident.before.runs.slice(0, PROCEDURES_MAX)) this.#all.set(run.instance, new OneProcedure(setting, run.instance, run));
  }

  see(step: Step): void {
    const instance = step.isIn ? instanceOf(step.fact) : null;
    if (instance === null) return;
    const known = this.#all.get(instance) ?? this.#begin(instance, runOf(step.before, instance));
    if (known === null) return;
    known.see(step);
    const dueMs = runOf(step.after, instance)?.course.context.safeDueMs;
    if (dueMs != null) known.awaitSafe(dueMs, step.n);
  }

  #begin(instance: string, run: ProcedureRun | undefined): OneProcedure | null {
    if (this.#all.size >= PROCEDURES_MAX) return null;
    const begun = new OneProcedure(this.#setting, instance, run);
    this.#all.set(instance, begun);
    return begun;
  }

  end(): ReportProcedure[] {
    return [...this.#all.values()].map((each) => each.end());
  }
}
