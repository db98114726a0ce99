/**
 * Builds the sections of the view from state and plant. Everything a screen shows is decided here or below, never in
 * the console (architecture rule 5).
 */
import type { PlantSection, ConditionView, View } from '../../contract/view.ts';
import { allInputsOf } from '../../domain/conditions/compile.ts';
import { limitOf } from '../../domain/conditions/comparison.ts';
import type { ConditionDef, PlantPack, TagDef } from '../../domain/packs/schema.ts';
import { compareRuns, givesWayOf } from '../../domain/station/commanding.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { ConditionRecord, StationState } from '../../domain/station/state.ts';
import { procedureView } from './procedure-view.ts';
import { readingOf } from './reading.ts';

/** Conditions on the Upset screen, with all their readings. */
const CONDITIONS_MAX = 300;
const UNANSWERED_MAX = 200;
/** Readings shown with one condition; the contract's limit. */
const READINGS_MAX = 20;

export function plantSection(pack: PlantPack): PlantSection {
  return {
    id: pack.id,
    title: pack.title,
    areas: pack.areas.map(({ id, title }) => ({ id, title })),
    tags: pack.tags.map((tag) => ({ ...tagFigures(tag), id: tag.id, kind: tag.kind, area: tag.area, title: { zh: tag.zh, en: tag.en }, limits: limitsOf(pack, tag.id) })),
    labs: pack.labs.map(({ id, title, unit }) => ({ id, title, unit })),
    observations: pack.observations.map(({ id, title, clauses }) => ({ id, title, clauses })),
  };
}

function tagFigures(tag: TagDef): { unit?: string; low?: number; high?: number; states?: string[] } {
  switch (tag.kind) {
    case 'analog': case 'count': return { unit: tag.unit, low: tag.low, high: tag.high };
    case 'discrete': return { states: tag.states };
    case 'boolean': return {};
  }
}

function limitsOf(pack: PlantPack, tag: string): PlantSection['tags'][number]['limits'] {
  return pack.conditions.flatMap(({ id, measure, priority }) => {
    const limit = measure.kind === 'limit' && measure.input === tag ? limitOf(measure) : null;
    return limit === null ? [] : [{ condition: id, comparison: limit.comparison, limit: limit.limit, priority }];
  }).slice(0, 20);
}

/** Limit and comparison of a condition, where it has one of its own. */
export function figuresOf(def: ConditionDef | undefined): Pick<ConditionView, 'limit' | 'comparison'> {
  const limit = def !== undefined && (def.measure.kind === 'limit' || def.measure.kind === 'lab') ? limitOf(def.measure) : null;
  return { limit: limit?.limit ?? null, comparison: limit?.comparison ?? null };
}

export function upsetSection(plant: Plant, state: StationState, nowMs: number): View['upset'] {
  const held = [...state.conditions.values()].filter((c) => c.held && plant.conditions.get(c.id)?.role !== 'input');
  const byOnsetFirst = (a: ConditionRecord, b: ConditionRecord): number => a.onsetMs - b.onsetMs || a.sourceMs - b.sourceMs || (a.id < b.id ? -1 : 1);
  const isWarning = (c: ConditionRecord): boolean => plant.conditions.get(c.id)?.role === 'warning';
  // In a flood the abnormal conditions come before the warnings, which the alarm list has all; a view beyond the contract's limit would be none at all.
  const shown = [...held.filter((c) => !isWarning(c)).sort(byOnsetFirst), ...held.filter(isWarning).sort(byOnsetFirst)].slice(0, CONDITIONS_MAX);
  const byOnset = shown.sort(byOnsetFirst);
  const conditions = byOnset.map((record): ConditionView => {
    const def = plant.conditions.get(record.id);
    const isSuspicion = def?.measure.kind === 'lab' && def.measure.phase === 'suspected';
    return {
      id: record.id,
      title: def?.title ?? { zh: record.id, en: record.id },
      clauses: [...(def?.clauses ?? [])],
      priority: def?.priority ?? 1,
      state: isSuspicion && record.state === 'raised' ? 'awaiting' : record.state,
      onsetMs: record.onsetMs,
      firstOut: state.alarms.get(record.id)?.firstOut === 'first',
      readings: allInputsOf(record.id, plant.conditions).slice(0, READINGS_MAX).map((tag) => readingOf(plant, tag)),
      ...figuresOf(def),
      procedures: [...(def?.starts ?? [])],
    };
  });
  const givesWay = givesWayOf(plant, state);
  return {
    conditions,
    omitted: held.length - shown.length,
    procedures: [...state.runs].sort((a, b) => compareRuns(plant, a, b)).slice(0, 50).map((run) => procedureView(plant, state, run, nowMs, givesWay)),
    noProcedure: state.noProcedure === null ? null : {
      because: state.noProcedure.slice(0, UNANSWERED_MAX).map((id) => ({ condition: id, title: plant.conditions.get(id)?.title ?? { zh: id, en: id } })),
      advice: { zh: '没有对应程序：立即停车，撤人，再查原因。', en: 'No procedure answers this: stop at once, take people out, then look for the cause.' },
    },
    retreats: state.retreats.map((r) => ({ ...r })),
  };
}

export function incidentSection(state: StationState): View['incident'] {
  return { current: state.incident, past: [...state.pastIncidents] };
}
