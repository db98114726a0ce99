/**
 * The debrief: what really was beside what was shown, what happened and what people did, what would have come of an earlier or later stop.
 * Pure: out of what the journal says of an exercise that was scored, and the truth that was kept beside it.
 */
import type { Counterfactual, Debrief, DebriefTrend, TruthTrack } from '../../contract/drill.ts';
import type { WhatIf } from '../../contract/report.ts';
import type { Text } from '../../contract/text.ts';
import { allInputsOf } from '../conditions/compile.ts';
import { limitsByTag } from '../forecast/limits.ts';
import { clip, clipText } from '../report/bounded.ts';
import type { NumberedFact } from '../report/incident.ts';
import { decimate } from '../samples/decimate.ts';
import { fact } from '../station/facts.ts';
import type { Fact } from '../station/facts.ts';
import type { Plant } from '../station/plant.ts';
import type { ScoredExercise } from './competence.ts';
import { partsOf } from './parts.ts';
import { presentOf } from '../report/present-course.ts';
import { truthOn } from './exercise.ts';
import { PlantClock } from './plant-clock.ts';

const TRENDS_MAX = 12;
const POINTS_MAX = 600;
const EVENTS_MAX = 2_000;
const DEEDS_MAX = 2_000;
const NOTES_MAX = 200;
const SPANS_MAX = 50;
const FIDELITY_MAX = 20;

/**
 * From this difference on what is shown is not the truth, part of the instrument's range. Engineering default: a transmitter in order with its
 * lag and noise stays within 2 %.
 */
const TRUE_WITHIN = 0.02;
/** A difference of fewer looks is the lag of an instrument in a fast change. */
const LOOKS_LEAST = 3;

export interface DebriefParts {
  readonly scored: ScoredExercise;
  readonly plant: Plant;
  /** All records from the start of the exercise to its end, and the notes pinned to it afterwards. */
  readonly records: readonly NumberedFact[];
  readonly truth: TruthTrack | null;
  readonly counterfactuals: readonly Counterfactual[];
  readonly noCounterfactuals?: Text | null;
  /** By how much the run that should be as it was differs from what was shown. */
  readonly fidelity?: WhatIf['fidelity'];
  readonly tell: (fact: Fact) => Text;
}

export function debriefOf({ scored, plant, records, truth: whole, counterfactuals, noCounterfactuals = null, fidelity, tell }: DebriefParts): Debrief {
  const { score, title, clauses, participants, startedMs, endedMs } = scored;
  const all = records.filter(({ fact: { atMs } }) => atMs >= startedMs && atMs <= endedMs);
  const { course, records: within } = presentOf(all);
  const truth = truthOn(course, whole);
  const clock = new PlantClock(startedMs, truth, within);
  // Its own seconds, as it was lived: the truth keeps the course that counts alone.
  const clockOfAll = new PlantClock(startedMs, null, all);
  const isLeft = (fact: Fact): boolean => !course.hasFact(fact);
  const deeds = deedsOf(all, (fact) => (isLeft(fact) ? clockOfAll : clock).secondAt(fact.atMs), isLeft, tell);
  const notes = records.flatMap(({ fact }) => (fact.type === 'training.noted' && fact.data.exercise === score.exercise ? [{ atS: Math.max(0, fact.data.atS), by: clip(fact.by ?? '', 80), text: clip(fact.data.text, 500) }] : []));
  const spoken = (truth?.events ?? []).filter(({ kind }) => kind === 'note').map(({ atS, text }) => ({ atS, by: '', text: clip(text.zh === text.en ? text.zh : `${text.zh} / ${text.en}`, 500) }));
  return {
    mode: 'TRAINING', score, startedMs, endedMs, scenario: { id: score.scenario, title, clauses: [...clauses].slice(0, 20) }, participants: participants.slice(0, 50).map((each) => ({ ...each })),
    events: (whole?.events ?? []).slice(0, EVENTS_MAX).map((event) => (course.has(event.atMs) ? event : { ...event, left: true as const })), trends: truth === null ? [] : trendsOf(plant, within, truth), counterfactuals: counterfactuals.slice(0, 10), noCounterfactuals,
    // Said at the console it is in both: once is enough.
    notes: [...notes, ...spoken.filter(({ text }) => !notes.some((each) => each.text === text))].sort((a, b) => a.atS - b.atS).slice(0, NOTES_MAX),
    ...(fidelity === undefined ? {} : { fidelity: fidelity.slice(0, FIDELITY_MAX).map((each) => ({ ...each })) }), deeds, parts: partsOf(participants, within, score, clock),
  };
}

/** Kinds without a person that a debrief is about. */
const TOLD: ReadonlySet<Fact['type']> = new Set<Fact['type']>(['alarm.raised', 'condition.changed', 'procedure.raised', 'procedure.moved', 'prohibition.changed', 'interlock.tripped', 'interlock.forced-reset', 'no-procedure.raised', 'people.changed', 'roll-call.ended', 'refused', 'flood.began']);
/** Never a deed: who logs on, and what the score itself says. */
const UNTOLD: ReadonlySet<Fact['type']> = new Set<Fact['type']>(['training.scored', 'competence.recorded', 'training.noted', 'session.logged-on', 'session.resumed', 'session.logged-off', 'session.locked']);

function deedsOf(records: readonly NumberedFact[], secondOf: (fact: Fact) => number, isLeft: (fact: Fact) => boolean, tell: (fact: Fact) => Text): NonNullable<Debrief['deeds']> {
  const chosen = records.filter(({ fact: { type, by } }) => !UNTOLD.has(type) && (by !== null || TOLD.has(type)));
  return chosen.slice(0, DEEDS_MAX).map(({ n, fact }) => ({ n, atS: Math.max(0, secondOf(fact)), ...(isLeft(fact) ? { left: true as const } : {}), by: fact.by === null ? null : clip(fact.by, 80), text: clipText(tell(fact)) }));
}

/** Margins first, then the tags that lied, then those whose conditions were raised, in their order. */
function trendsOf(plant: Plant, records: readonly NumberedFact[], truth: TruthTrack): DebriefTrend[] {
  const { samples, margins } = truth;
  const ofMargins = margins.slice(0, TRENDS_MAX / 2).map((margin): DebriefTrend => ({
    tag: margin.id, title: margin.title, unit: margin.unit, limit: margin.lostAt, shown: [],
    truth: thinned(samples.flatMap(({ atS, margins: values }) => (values[margin.id] === undefined ? [] : [[atS, values[margin.id] ?? 0] as const]))),
  }));
  const spans = new Map([...new Set(samples.flatMap(({ truth: values }) => Object.keys(values)))].map((tag) => [tag, deceivedIn(tag, plant, samples)]));
  const lying = [...spans].filter(([, found]) => found.length > 0).map(([tag]) => tag);
  const tags = [...new Set([...lying, ...raisedTags(plant, records)])].filter((tag) => spans.has(tag)).slice(0, TRENDS_MAX - ofMargins.length);
  const limits = limitsByTag(plant.pack.conditions.filter(({ role }) => role === 'trigger'));
  return [...ofMargins, ...tags.map((tag): DebriefTrend => {
    const def = plant.pack.tags.find(({ id }) => id === tag);
    return {
      tag, title: def === undefined ? { zh: tag, en: tag } : { zh: def.zh, en: def.en }, unit: def !== undefined && 'unit' in def ? def.unit : '', limit: limits.get(tag)?.[0]?.limit ?? null, deceived: spans.get(tag) ?? [],
      truth: thinned(samples.flatMap(({ atS, truth: values }) => (values[tag] === undefined ? [] : [[atS, values[tag] ?? 0] as const]))),
      shown: decimate(samples.flatMap(({ atS, shown }) => (shown[tag] === undefined ? [] : [[atS, shown[tag] ?? null] as const])), POINTS_MAX),
    };
  })];
}

const thinned = (points: readonly (readonly [number, number])[]): [number, number][] => decimate(points, POINTS_MAX).flatMap(([atS, value]): [number, number][] => (value === null ? [] : [[atS, value]]));

/** Inputs of the conditions that were raised, in the order in which they were. */
function raisedTags(plant: Plant, records: readonly NumberedFact[]): string[] {
  return records.flatMap(({ fact }) => {
    if (fact.type !== 'condition.changed' || fact.data.state !== 'raised') return [];
    return fact.data.input === null ? allInputsOf(fact.data.id, plant.conditions) : [fact.data.input];
  });
}

/** Stretches in which what was shown was another value than the true one. No value at all is no lie. */
function deceivedIn(tag: string, { pack }: Plant, samples: TruthTrack['samples']): [number, number][] {
  const def = pack.tags.find(({ id }) => id === tag);
  const range = def?.kind === 'analog' || def?.kind === 'count' ? def.high - def.low : null;
  if (range === null || !(range > 0)) return [];
  const spans: [number, number][] = [];
  let [fromS, looks] = [null as number | null, 0];
  for (const [i, { atS, truth, shown }] of samples.entries()) {
    const [real, seen] = [truth[tag], shown[tag]];
    const differs = real !== undefined && seen !== undefined && seen !== null && Math.abs(real - seen) > TRUE_WITHIN * range;
    if (differs) { fromS ??= atS; looks += 1; }
    if (fromS === null || (differs && i < samples.length - 1)) continue;
    if (looks >= LOOKS_LEAST && spans.length < SPANS_MAX) spans.push([fromS, atS]);
    [fromS, looks] = [null, 0];
  }
  return spans;
}

/** What the simulator answered to "had the stop come so much earlier or later". */
export function counterfactualsOf({ runs }: Pick<WhatIf, 'runs'>, isSupposed = false): Counterfactual[] {
  return runs.slice(0, 10).map(({ shiftMs, stopS, safeAfterS, outcome, worst }) => ({ shiftMs, stopS, safeAfterS, outcome, worst, ...(isSupposed ? { supposed: true } : {}) }));
}

/**
 * The records with a stop in them. Where nobody pressed it (the valves were closed by hand, or nothing was done) there is one to be moved all
 * the same: when the procedure was begun, or else when the first alarm of the exercise came. null: neither did.
 */
export function withStop(records: readonly NumberedFact[]): { readonly records: readonly NumberedFact[]; readonly isSupposed: boolean } | null {
  if (records.some(({ fact: each }) => each.type === 'retreat.stop' && each.data.actedOn === 'simulator')) return { records, isSupposed: false };
  const begun = records.find(({ fact: each }) => each.type === 'procedure.moved' && (each.data.event.type === 'START' || each.data.event.type === 'STOP'));
  const from = records.findIndex(({ fact: each }) => each.type === 'training.started');
  const at = begun ?? records.find(({ fact: each }, i) => i > from && each.type === 'alarm.raised');
  if (at === undefined) return null;
  const place = records.indexOf(at) + 1;
  return { records: records.toSpliced(place, 0, { n: at.n, wallMs: at.wallMs, fact: fact('retreat.stop', at.fact.atMs, at.fact.by ?? '', { actedOn: 'simulator' }) }), isSupposed: true };
}
