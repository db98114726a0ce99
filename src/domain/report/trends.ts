/**
 * Trends of the tags that decided: what made conditions, tripped functions, proved steps. With the samples that were recorded; where none
 * were, with the values that the records themselves hold, and it is said that there were no samples.
 */
import type { IncidentReport, ReportTrend } from '../../contract/report.ts';
import { TREND_POINTS_MAX, TREND_TAGS_MAX } from '../../contract/report.ts';
import { allInputsOf, inputsOf } from '../conditions/compile.ts';
import { COMPARISONS } from '../packs/schema.ts';
import type { ConditionDef, Measure, TagDef } from '../packs/schema.ts';
import { decimate } from '../samples/decimate.ts';
import type { SampleValue } from '../samples/sample.ts';
import type { CourseEventType } from '../procedures/course-events.ts';
import type { Fact, FactType } from '../station/facts.ts';
import type { RecordedSamples } from './incident.ts';
import { clipText, push } from './step.ts';
import type { Section, Setting, Step } from './step.ts';

type Because = ReportTrend['because'][number];
type Point = readonly [number, number | null];
interface TrendsPart { readonly trends: IncidentReport['trends']; readonly marks: IncidentReport['marks'] }

const MARKS_MAX = 500;
const LIMITS_MAX = 20;
/** Values out of records that are held for each tag. */
const TOLD_MAX = 20_000;
/** These speak of the measuring, not of the plant: their inputs would be every tag there is. */
const NO_TREND: readonly Measure['kind'][] = ['stale', 'badQuality'];
/** Deeds that turn a curve. */
const MARKED: readonly FactType[] = ['retreat.stop', 'retreat.evacuate', 'interlock.tripped', 'interlock.released', 'interlock.forced-reset', 'incident.opened', 'incident.closed', 'procedure.raised'];
const MARKED_MOVES: readonly CourseEventType[] = ['START', 'STOP', 'STEP_SKIPPED', 'CHOSEN', 'SAFE_PROVED', 'SAFE_LOST', 'RETURNED'];

const isMarked = (fact: Fact): boolean => MARKED.includes(fact.type) || (fact.type === 'procedure.moved' && MARKED_MOVES.includes(fact.data.event.type)) || (fact.type === 'interlock.changed' && fact.data.state === 'bypassed');

export class Trends implements Section<TrendsPart> {
  readonly #setting: Setting;
  readonly #samples: RecordedSamples;
  /** Of each tag why, and how soon it is to be drawn: the smaller the sooner. */
  readonly #wanted = new Map<string, { readonly because: Set<Because>; rank: number }>();
  readonly #marks: IncidentReport['marks'] = [];
  /** What the records say of a tag's value. */
  readonly #told = new Map<string, Point[]>();
  readonly #tags: ReadonlyMap<string, TagDef>;

  constructor(setting: Setting, samples: RecordedSamples) {
    this.#setting = setting;
    this.#samples = samples;
    this.#tags = new Map(setting.plant.pack.tags.map((tag) => [tag.id, tag]));
  }

  see({ n, fact, isIn }: Step): void {
    if (!isIn) return;
    if (isMarked(fact) && this.#marks.length < MARKS_MAX) this.#marks.push({ n, atMs: fact.atMs, text: clipText(this.#setting.tell(fact)) });
    const { plant } = this.#setting;
    switch (fact.type) {
      case 'condition.changed': {
        const { id, state, input, value, sourceMs } = fact.data;
        this.#hear(input, state === 'unknown' ? null : value, sourceMs);
        if (state === 'raised') this.#want(tagsOfCondition(id, plant.conditions), 'condition', rankOf(plant.conditions.get(id)));
        return;
      }
      // An alarm of the product's own has no value: that says nothing of the tag.
      case 'alarm.raised': if (fact.data.value !== null) this.#hear(fact.data.input, fact.data.value, fact.data.sourceMs); return;
      case 'interlock.tripped': {
        const def = plant.interlocks.get(fact.data.id);
        this.#want([...(def?.causes ?? []).flatMap(({ tags }) => tags ?? []), ...(def === undefined ? [] : [def.tripTag])], 'interlock', 5);
        return;
      }
      case 'procedure.raised': {
        const def = plant.procedures.get(fact.data.procedure);
        const proofs = [...(def?.steps ?? []).flatMap(({ proof }) => proof), ...(def?.safeState ?? [])];
        this.#want(proofs.flatMap((proof) => ('when' in proof ? tagsOfMeasure(proof.when, plant.conditions) : [])), 'proof', 6);
        return;
      }
      default: return;
    }
  }

  #want(tags: readonly string[], because: Because, rank: number): void {
    for (const tag of tags) {
      if (!this.#tags.has(tag)) continue;
      const wanted = this.#wanted.get(tag);
      if (wanted === undefined) this.#wanted.set(tag, { because: new Set([because]), rank });
      else {
        wanted.because.add(because);
        wanted.rank = Math.min(wanted.rank, rank);
      }
    }
  }

  #hear(tag: string | null, value: SampleValue, atMs: number): void {
    const def = tag === null ? undefined : this.#tags.get(tag);
    if (def === undefined || (this.#told.get(def.id)?.length ?? 0) >= TOLD_MAX) return;
    const number = numberOf(def, value);
    const last = this.#told.get(def.id)?.at(-1);
    // A condition and its alarm tell the same value twice.
    if (number !== undefined && (last?.[0] !== atMs || last[1] !== number)) push(this.#told, def.id, [atMs, number]);
  }

  end(): TrendsPart {
    // The first of equals is the one that was wanted first: the order of the map.
    const order = [...this.#wanted].sort(([, a], [, b]) => a.rank - b.rank);
    const trends: ReportTrend[] = [];
    for (const [tag, { because }] of order) {
      if (trends.length >= TREND_TAGS_MAX) break;
      const def = this.#tags.get(tag);
      const trend = def === undefined ? null : this.#trendOf(def, because);
      // Of a recorded incident an empty curve says that this tag was not recorded; of any other it says nothing.
      if (trend !== null && (trend.points.length > 0 || this.#samples.recording !== null)) trends.push(trend);
    }
    return { marks: this.#marks, trends };
  }

  #trendOf(def: TagDef, because: ReadonlySet<Because>): ReportTrend {
    const { fromMs, toMs, plant } = this.#setting;
    const recorded = within(this.#samples.series(def.id), fromMs, toMs);
    const told = inOrder(within(inOrder(this.#told.get(def.id) ?? []), fromMs, toMs));
    return {
      tag: def.id, title: { zh: def.zh, en: def.en }, ...rangeOf(def), because: [...because], limits: limitsOn(def.id, [...plant.conditions.values()]),
      points: decimate(recorded.length > 0 ? recorded : told, TREND_POINTS_MAX).map(([atMs, value]) => [Math.round(atMs), value]), samples: recorded.length,
    };
  }
}

/** Conditions that start something first, by their priority; what only warns after those. */
const rankOf = (def: ConditionDef | undefined): number => (def === undefined ? 9 : def.role === 'trigger' ? 0 : def.role === 'prohibition' ? 1 : def.priority);

function tagsOfCondition(id: string, conditions: ReadonlyMap<string, ConditionDef>): readonly string[] {
  const kind = conditions.get(id)?.measure.kind;
  return kind === undefined || NO_TREND.includes(kind) ? [] : allInputsOf(id, conditions);
}

/** Of a measure that stands in no condition of its own: its inputs, and those of the conditions that it is made of. */
function tagsOfMeasure(measure: Measure, conditions: ReadonlyMap<string, ConditionDef>): readonly string[] {
  const parts = measure.kind === 'all' || measure.kind === 'any' ? measure.of : measure.kind === 'not' || measure.kind === 'duration' ? [measure.of] : [];
  return [...inputsOf(measure), ...parts.flatMap((id) => tagsOfCondition(id, conditions))];
}

function rangeOf(def: TagDef): Pick<ReportTrend, 'unit' | 'low' | 'high'> {
  switch (def.kind) {
    case 'analog': case 'count': return { unit: def.unit, low: def.low, high: def.high };
    case 'discrete': return { unit: '', low: 0, high: def.states.length - 1 };
    case 'boolean': return { unit: '', low: 0, high: 1 };
  }
}

/** As the recorder writes it: states as their place in the list. Undefined: nothing that could be drawn. */
function numberOf(def: TagDef, value: SampleValue): number | null | undefined {
  if (value === null) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const place = def.kind === 'discrete' ? def.states.indexOf(value) : -1;
  return place === -1 ? undefined : place;
}

/** Those of the time, and before them what held when it began: a value that does not change sends nothing, yet it is there. */
function within(points: readonly Point[], fromMs: number, toMs: number): Point[] {
  const found: Point[] = [];
  let before: Point | null = null;
  for (const point of points) {
    if (point[0] < fromMs) before = point;
    else if (point[0] <= toMs) found.push(point);
  }
  return before === null ? found : [[fromMs, before[1]], ...found];
}

const inOrder = (points: readonly Point[]): Point[] => [...points].sort((a, b) => a[0] - b[0]);

function limitsOn(tag: string, conditions: readonly ConditionDef[]): ReportTrend['limits'] {
  return conditions.flatMap(({ id, measure, priority, role }): ReportTrend['limits'] => {
    if (role === 'input' || (measure.kind !== 'limit' && measure.kind !== 'voted' && measure.kind !== 'notFalling') || !inputsOf(measure).includes(tag)) return [];
    if (measure.kind === 'notFalling') return [{ condition: id, comparison: 'above', limit: measure.above, priority }];
    return COMPARISONS.flatMap((comparison) => { const limit = measure[comparison]; return limit === undefined ? [] : [{ condition: id, comparison, limit, priority }]; });
  }).sort((a, b) => a.priority - b.priority).slice(0, LIMITS_MAX);
}
