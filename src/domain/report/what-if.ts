/**
 * What is asked of a simulator about an exercise: what people did when, on the time of the plant; which values decide; what safe means. And
 * how far its unmoved run is from what was recorded. Pure: out of an incident's records and samples.
 */
import type { Hand } from '../../contract/drill.ts';
import type { WhatIf } from '../../contract/report.ts';
import type { Text } from '../../contract/text.ts';
import { limitsByTag, isUpper } from '../forecast/limits.ts';
import type { ConditionDef, Measure, ProcedureDef } from '../packs/schema.ts';
import type { Fact } from '../station/facts.ts';
import type { IncidentRecords, RecordedSamples } from './incident.ts';
import { presentOf } from './present-course.ts';
import type { PresentCourse } from './present-course.ts';

export interface WhatIfCriterion { readonly tag: string; readonly is?: readonly string[]; readonly above?: number; readonly atOrAbove?: number; readonly below?: number; readonly atOrBelow?: number }
export interface WhatIfDeed { readonly atS: number; readonly do: 'stop' | 'evacuate' | 'reset' | 'key' | 'press' | 'hand'; readonly interlock?: string; readonly on?: boolean; readonly button?: string; readonly hand?: Hand }
export interface WhatIfQuestion {
  readonly plant: string;
  readonly scenario: string;
  readonly seed: number | null;
  /** The start that the plant was begun in, and how long it had run; null: the scenario's own, and settled. */
  readonly start: string | null;
  readonly ranS: number | null;
  readonly events: readonly WhatIfDeed[];
  readonly endS: number;
  readonly shifts: readonly number[];
  readonly tags: readonly { readonly tag: string; readonly side: 'high' | 'low'; readonly limit: number | null }[];
  readonly safe: readonly { readonly all: readonly WhatIfCriterion[]; readonly holdS: number }[];
}

/** A simulated exercise is not followed longer than this, s of plant time. */
export const WHAT_IF_LONGEST_S = 4 * 3_600;
const EVENTS_MAX = 500;
const TAGS_MAX = 8;
const SAFE_PROOFS_MAX = 50;

type Refused = { readonly ok: false; readonly reason: Text };
const no = (zh: string, en: string): Refused => ({ ok: false, reason: { zh, en } });

/** Stretches in which the plant's time runs at one rate against the station's: speed, or nothing while frozen. */
export class PlantTime {
  readonly #stretches: { readonly fromMs: number; readonly fromS: number; readonly rate: number }[];

  /** Second 0 of the plant, at normal speed. */
  constructor(startMs: number) {
    this.#stretches = [{ fromMs: startMs, fromS: 0, rate: 1 }];
  }

  /** Times only go on: one before the last counts as the last. */
  changeTo(atMs: number, rate: number): void {
    const fromMs = Math.max(atMs, this.#stretches.at(-1)?.fromMs ?? atMs);
    this.#stretches.push({ fromMs, fromS: this.secondAt(fromMs), rate });
  }

  /** The plant stands at an earlier (or another) second and goes on at the rate that it had. */
  leadTo(atMs: number, toS: number): void {
    this.#stretches.push({ fromMs: Math.max(atMs, this.#stretches.at(-1)?.fromMs ?? atMs), fromS: toS, rate: this.#stretches.at(-1)?.rate ?? 1 });
  }

  secondAt(atMs: number): number {
    const found = this.#stretches.findLast(({ fromMs }) => fromMs <= atMs);
    return found === undefined ? 0 : found.fromS + ((atMs - found.fromMs) / 1_000) * found.rate;
  }
}

/** The plant's time through an exercise, by what its instructor did to speed and freeze, and where it was led back to. */
export function plantTimeOf(startMs: number, facts: readonly Fact[]): PlantTime {
  const time = new PlantTime(startMs);
  let [speed, isFrozen] = [1, false];
  for (const { type, atMs, data } of facts) {
    if (type === 'training.led-back') time.leadTo(atMs, data.toS);
    if (type !== 'training.instructed') continue;
    const wanted = /^speed (\d+(?:\.\d+)?)$/u.exec(data.command)?.[1];
    if (wanted !== undefined) speed = Number(wanted);
    else if (data.command === 'freeze' || data.command === 'resume') isFrozen = data.command === 'freeze';
    else continue;
    time.changeTo(atMs, isFrozen ? 0 : speed);
  }
  return time;
}

export interface PlantCourse {
  readonly ok: true;
  readonly scenario: string;
  /** How the simulated plant was begun; null: a record of before that was told. */
  readonly plant: { readonly start: string; readonly seed: number; readonly ranS: number } | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly time: PlantTime;
  /** Whether a moment is of the course that is run again: the plant may have been led back. */
  readonly isOn: (atMs: number) => boolean;
  readonly events: readonly WhatIfDeed[];
  readonly endS: number;
}

/** The exercise that the incident belongs to: from the moment its scenario was put on until it was ended, or the report ends. */
/** @param hands by the simulator's own truth, where it was kept; otherwise those that the journal has */
export function plantCourse({ incident, records, before }: Pick<IncidentRecords, 'incident' | 'records' | 'before'>, hands?: readonly PlacedHand[]): PlantCourse | Refused {
  const started = records.findLast(({ fact }) => fact.type === 'training.started' && fact.atMs <= incident.openedMs);
  if (started?.fact.type !== 'training.started') {
    return before.training === null ? no('事件中没有正在进行的演练', 'No exercise was running in this incident') : no('演练开始于报告范围之前，当时的速度和冻结无从得知', 'The exercise began before the report does; its speed and freezes until then are not known');
  }
  const startMs = started.fact.atMs;
  const after = records.filter(({ n, fact }) => n > started.n && fact.atMs <= incident.toMs);
  const last = after.findIndex(({ fact }) => endsExercise(fact));
  const during = last < 0 ? after : after.slice(0, last);
  const endMs = last < 0 ? incident.toMs : Math.min(incident.toMs, after[last]?.fact.atMs ?? incident.toMs);
  const time = plantTimeOf(startMs, during.map(({ fact }) => fact));
  const { course, records: present } = presentOf(during);
  const events = [...present.flatMap(({ fact }) => { const deed = deedOf(fact, secondOf(time, fact.atMs), hands !== undefined); return deed === null ? [] : [deed]; }), ...handsIn(hands ?? [], course, startMs, endMs, (atMs) => secondOf(time, atMs))].sort((a, b) => a.atS - b.atS);
  if (endMs < incident.openedMs) return no('事件开始前演练已经结束', 'The exercise was over before the incident began');
  if (!events.some((event) => event.do === 'stop')) return no('演练中没有按下紧急停车，无从移动', 'Nobody stopped the simulated plant, so there is no stop to be moved');
  if (events.length > EVENTS_MAX) return no('演练中的操作过多', 'Too much was done in the exercise');
  const endS = Math.ceil(time.secondAt(endMs));
  return endS > WHAT_IF_LONGEST_S ? no('演练超过 4 小时', 'The exercise was longer than 4 hours of plant time') : { ok: true, scenario: started.fact.data.scenario, plant: started.fact.data.plant ?? null, startMs, endMs, time, isOn: (atMs) => course.has(atMs), events, endS };
}

const endsExercise = (fact: Fact): boolean => fact.type === 'training.ended' || fact.type === 'training.started' || (fact.type === 'training.instructed' && /^(?:start |end$)/u.test(fact.data.command));

const secondOf = (time: PlantTime, atMs: number): number => Math.round(time.secondAt(atMs) * 1_000) / 1_000;

/** What acted on the simulated plant. A stop that people were told to carry out did not. `isTold`: hands come from the simulator's truth, which has them all. */
function deedOf(fact: Fact, atS: number, isTold: boolean): WhatIfDeed | null {
  switch (fact.type) {
    case 'retreat.stop': return fact.data.actedOn === 'simulator' ? { atS, do: 'stop' } : null;
    case 'retreat.evacuate': return fact.data.actedOn === 'simulator' ? { atS, do: 'evacuate' } : null;
    case 'interlock.reset': return { atS, do: 'reset' };
    case 'training.instructed': return isTold ? null : instructedDeed(fact.data.command, atS);
    default: return null;
  }
}

/** Hands as a run wrote them down: `key I-1 on`, `order XV-1 0.5`, `press HS-1`, `people Z-1 2`. */
function instructedDeed(command: string, atS: number): WhatIfDeed | null {
  const [word, subject = '', value = ''] = command.split(' ');
  switch (word) {
    case 'key': return { atS, do: 'key', interlock: subject, on: value === 'on' };
    case 'order': return { atS, do: 'hand', hand: { order: { device: subject, position: value === 'auto' ? null : Number(value) } } };
    case 'press': return { atS, do: 'press', button: subject };
    case 'people': return { atS, do: 'hand', hand: { field: { kind: 'people', zone: subject, count: Number(value) } } };
    default: return null;
  }
}

/** A hand that the simulator told of, and when. */
export interface PlacedHand { readonly atMs: number; readonly did: Hand }

const handsIn = (hands: readonly PlacedHand[], course: PresentCourse, startMs: number, endMs: number, secondAt: (atMs: number) => number): WhatIfDeed[] =>
  hands.filter(({ atMs }) => atMs >= startMs && atMs <= endMs && course.has(atMs)).map(({ atMs, did }) => ({ atS: secondAt(atMs), do: 'hand' as const, hand: did }));

/** @param shifts of the stop, ms of plant time */
export function questionOf(records: IncidentRecords, course: PlantCourse, shifts: readonly number[]): WhatIfQuestion {
  const { pack } = records.plant;
  return { plant: pack.id, scenario: course.scenario, seed: course.plant?.seed ?? null, start: course.plant?.start ?? null, ranS: course.plant?.ranS ?? null, events: course.events, endS: course.endS, shifts, tags: decidingTags(records), safe: safeProofs(records) };
}

/** Tags whose limits made conditions of this incident, in the order in which they did; triggers before warnings. */
function decidingTags({ plant, records }: IncidentRecords): WhatIfQuestion['tags'] {
  const raised = records.flatMap(({ fact }) => (fact.type === 'condition.changed' && fact.data.state === 'raised' ? [fact.data] : []));
  const isTrigger = (id: string): boolean => plant.conditions.get(id)?.role === 'trigger';
  const found = new Map<string, WhatIfQuestion['tags'][number]>();
  for (const { id, input } of [...raised.filter((each) => isTrigger(each.id)), ...raised.filter((each) => !isTrigger(each.id))]) {
    const condition = plant.conditions.get(id);
    if (condition === undefined) continue;
    for (const [tag, [limit]] of limitsByTag([condition])) {
      if (limit === undefined || (input !== null && input !== tag)) continue;
      const side = isUpper(limit.comparison) ? 'high' as const : 'low' as const;
      const key = `${tag} ${side}`;
      if (!found.has(key) && found.size < TAGS_MAX) found.set(key, { tag, side, limit: limit.limit });
    }
  }
  return [...found.values()];
}

/** The safe state of the first procedure that was raised and whose proofs a simulator can be asked for; none: nothing says when it is safe. */
function safeProofs({ plant, records }: IncidentRecords): WhatIfQuestion['safe'] {
  for (const { fact } of records) {
    if (fact.type !== 'procedure.raised') continue;
    const procedure = plant.procedures.get(fact.data.procedure);
    const proofs = procedure === undefined ? null : proofsOf(procedure, plant.conditions);
    if (proofs !== null && proofs.length > 0 && proofs.length <= SAFE_PROOFS_MAX) return proofs;
  }
  return [];
}

function proofsOf({ safeState }: ProcedureDef, conditions: ReadonlyMap<string, ConditionDef>): WhatIfQuestion['safe'] | null {
  const found: WhatIfQuestion['safe'][number][] = [];
  for (const proof of safeState) {
    if (!('when' in proof)) continue; // A signed word: no simulator gives it.
    const all = criteriaOf(proof.when, conditions, 0);
    if (all === null || all.length === 0 || all.length > 50) return null;
    found.push({ all, holdS: proof.for / 1_000 });
  }
  return found;
}

/** As a list of which all must hold; null = it cannot be said so. */
export function criteriaOf(measure: Measure, conditions: ReadonlyMap<string, Pick<ConditionDef, 'measure'>>, depth: number): WhatIfCriterion[] | null {
  if (depth > 5) return null;
  switch (measure.kind) {
    case 'state': return [{ tag: measure.input, is: (Array.isArray(measure.is) ? measure.is : [measure.is]).map(String) }];
    case 'limit': {
      const { input: tag, above, atOrAbove, below, atOrBelow } = measure;
      return [{ tag, ...(above === undefined ? {} : { above }), ...(atOrAbove === undefined ? {} : { atOrAbove }), ...(below === undefined ? {} : { below }), ...(atOrBelow === undefined ? {} : { atOrBelow }) }];
    }
    case 'all': {
      const parts = measure.of.map((id) => { const part = conditions.get(id); return part === undefined ? null : criteriaOf(part.measure, conditions, depth + 1); });
      return parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
    }
    default: return null;
  }
}

/** By how much the unmoved run differs from what was recorded, at most, by tag; tags of which nothing was recorded say nothing. */
export function fidelityOf(course: Pick<PlantCourse, 'startMs' | 'endMs' | 'time' | 'isOn'>, unmoved: WhatIf['runs'][number], samples: Pick<RecordedSamples, 'series'>, units: (tag: string) => string): WhatIf['fidelity'] {
  return unmoved.series.flatMap(({ tag, points }) => {
    let atMost: number | null = null;
    for (const [atMs, value] of samples.series(tag)) {
      if (value === null || atMs < course.startMs || atMs > course.endMs || !course.isOn(atMs)) continue;
      const simulated = valueAt(points, course.time.secondAt(atMs));
      if (simulated !== null) atMost = Math.max(atMost ?? 0, Math.abs(value - simulated));
    }
    return atMost === null ? [] : [{ tag, unit: units(tag), atMost }];
  });
}

/** Between two points on the straight line; outside of them nothing is known. */
export function valueAt(points: readonly (readonly [number, number])[], atS: number): number | null {
  let [low, high] = [0, points.length - 1];
  const [first, last] = [points[low], points[high]];
  if (first === undefined || last === undefined || atS < first[0] || atS > last[0]) return null;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? 0) <= atS) low = middle;
    else high = middle;
  }
  const [[fromS, from], [toS, to]] = [points[low] ?? first, points[high] ?? last];
  return toS === fromS ? from : from + ((to - from) * (atS - fromS)) / (toS - fromS);
}
