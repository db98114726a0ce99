/**
 * Builds the sections of the view from state and plant. Everything a screen shows is decided here or below, never in
 * the console (architecture rule 5).
 */
import type { AlarmsSection, InterlocksSection, PeopleSection, PlantSection, ConditionView, View, BypassView } from '../../contract/view.ts';
import { FLOOD_ENDS_BELOW, FLOOD_WINDOW_MS } from '../../domain/alarms/alarms.ts';
import { allInputsOf } from '../../domain/conditions/compile.ts';
import { limitOf } from '../../domain/conditions/comparison.ts';
import { headCount } from '../../domain/people/people.ts';
import { openBypassOf } from '../../domain/interlocks/interlocks.ts';
import type { ConditionDef, PlantPack, TagDef } from '../../domain/packs/schema.ts';
import { enterVerdict, sustainVerdict } from '../../domain/station/gates-of.ts';
import { tagCount } from '../../domain/station/observe.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { EMPTY_ZONE } from '../../domain/station/state.ts';
import type { StationState } from '../../domain/station/state.ts';
import { procedureView } from './procedure-view.ts';
import { readingOf } from './reading.ts';

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
function figuresOf(def: ConditionDef | undefined): Pick<ConditionView, 'limit' | 'comparison'> {
  const limit = def !== undefined && (def.measure.kind === 'limit' || def.measure.kind === 'lab') ? limitOf(def.measure) : null;
  return { limit: limit?.limit ?? null, comparison: limit?.comparison ?? null };
}

/** Until the states of issue 3 are built, within this hour. */
const INTERIM = { list: 'active' as const, class: 'safety' as const, area: null, groupKey: 'station', latched: false, shelved: null, suppressed: null, outOfService: null, count: 1, answeredInTime: null, uncertaintyMs: 0, delayMs: 0, respondByMs: null, overdueMs: null, reAlarmMs: null, clearing: null, shelveMaxMs: null, may: { shelve: null, outOfService: null, reset: null, confirmOnSite: null } };
const INTERIM_HEAD = { version: 0, shelved: [], suppressed: [], outOfService: [], beyond: 0, groups: [], floodState: null, counts: { byPriority: { 1: { active: 0, unacknowledged: 0 }, 2: { active: 0, unacknowledged: 0 }, 3: { active: 0, unacknowledged: 0 }, 4: { active: 0, unacknowledged: 0 } }, active: 0, unacknowledged: 0, latched: 0, overdue: 0, shelved: 0, suppressed: 0, outOfService: 0 } };

export function alarmsSection(plant: Plant, state: StationState, nowMs: number): AlarmsSection {
  const raisedLast10Min = state.alarmHistory.filter((e) => e.change === 'raised' && e.atMs > nowMs - FLOOD_WINDOW_MS).length;
  const active = Object.values(state.alarms).map((alarm): AlarmsSection['active'][number] => {
    const def = plant.alarms.get(alarm.id);
    const condition = plant.conditions.get(alarm.id);
    const known = state.conditions[alarm.id];
    return {
      id: alarm.id,
      priority: alarm.priority,
      title: def?.title ?? { zh: alarm.id, en: alarm.id },
      clauses: [...(def?.clauses ?? [])],
      state: alarm.state,
      condition: known?.state ?? (alarm.state === 'returned' ? 'cleared' : 'raised'),
      raisedMs: alarm.raisedMs,
      acknowledgedMs: alarm.acknowledgedMs,
      acknowledgedBy: alarm.acknowledgedBy,
      firstOut: alarm.firstOut ? 'first' : null,
      ...INTERIM, sourceMs: alarm.sourceMs, answerByMs: alarm.raisedMs, active: alarm.state !== 'returned', acknowledged: alarm.state === 'acknowledged',
      reading: alarm.input === null ? null : readingOf(plant, alarm.input),
      ...(condition === undefined ? { limit: alarm.limit, comparison: alarm.limit === null ? null : 'above' as const } : figuresOf(condition)),
      procedures: [...(condition?.starts ?? [])],
      card: { cause: def?.card.cause ?? { zh: '', en: '' }, consequence: def?.card.consequence ?? { zh: '', en: '' }, action: def?.card.action ?? { zh: '', en: '' }, timeToActMs: def?.card.timeToActMs ?? null, timeNeededMs: null },
    };
  });
  return {
    active: active.sort(byUrgency).slice(0, 5_000), ...INTERIM_HEAD,
    history: state.alarmHistory.map((e) => ({ n: null, atMs: e.atMs, id: e.id, title: plant.alarms.get(e.id)?.title ?? { zh: e.id, en: e.id }, priority: e.priority, change: e.change, by: e.by })),
    raisedLast10Min,
    // A flood also ends by time: the fold of facts learns of it only with the next alarm.
    flood: state.flood && raisedLast10Min >= FLOOD_ENDS_BELOW,
  };
}

/** The most urgent first: priority, then what nobody has acknowledged, then what began it, then the newest. */
function byUrgency(a: AlarmsSection['active'][number], b: AlarmsSection['active'][number]): number {
  const rank = (alarm: AlarmsSection['active'][number]): number => (alarm.state === 'unacknowledged' ? 0 : alarm.state === 'returned' ? 1 : 2);
  const origin = (alarm: AlarmsSection['active'][number]): number => (alarm.firstOut !== null ? 0 : alarm.procedures.length > 0 ? 1 : 2);
  return a.priority - b.priority || rank(a) - rank(b) || origin(a) - origin(b) || b.raisedMs - a.raisedMs;
}

export function upsetSection(plant: Plant, state: StationState, nowMs: number): View['upset'] {
  const held = Object.values(state.conditions).filter((c) => c.held && plant.conditions.get(c.id)?.role !== 'input');
  const byOnset = held.sort((a, b) => a.onsetMs - b.onsetMs || a.sourceMs - b.sourceMs);
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
      firstOut: state.alarms[record.id]?.firstOut ?? false,
      readings: allInputsOf(record.id, plant.conditions).slice(0, READINGS_MAX).map((tag) => readingOf(plant, tag)),
      ...figuresOf(def),
      procedures: [...(def?.starts ?? [])],
    };
  });
  return {
    conditions,
    procedures: state.runs.map((run) => procedureView(plant, state, run, nowMs)).slice(0, 50),
    noProcedure: state.noProcedure === null ? null : {
      because: state.noProcedure.map((id) => ({ condition: id, title: plant.conditions.get(id)?.title ?? { zh: id, en: id } })),
      advice: { zh: '没有对应程序：立即停车，撤人，再查原因。', en: 'No procedure answers this: stop at once, take people out, then look for the cause.' },
    },
    retreats: state.retreats.map((r) => ({ ...r })),
  };
}

const bypassView = (bypass: StationState['bypasses'][number]): BypassView => ({ ...bypass, measures: [...bypass.measures] });

export function interlocksSection(plant: Plant, state: StationState, nowMs: number): InterlocksSection {
  return {
    interlocks: plant.pack.interlocks.map((def) => {
      const record = state.interlocks[def.id];
      const bypass = openBypassOf(state.bypasses, def.id);
      return {
        id: def.id,
        title: def.title,
        state: record?.state ?? 'unknown',
        approved: record?.approved ?? false,
        sinceMs: record?.sinceMs ?? null,
        causes: [...def.causes],
        effects: [...def.effects],
        procedures: plant.pack.procedures.filter((p) => p.interlocks.includes(def.id)).map((p) => p.id),
        readings: [def.tripTag, def.bypassTag, def.faultTag].map((tag) => readingOf(plant, tag)),
        bypass: bypass === null ? null : bypassView(bypass),
        sustain: sustainVerdict(state, def.id, nowMs),
      };
    }),
    register: [...state.bypasses].reverse().slice(0, 500).map(bypassView),
  };
}

export function peopleSection(plant: Plant, state: StationState, nowMs: number): PeopleSection {
  return {
    zones: plant.pack.zones.map((zone) => {
      const record = state.zones[zone.id] ?? EMPTY_ZONE;
      return {
        id: zone.id,
        title: zone.title,
        reading: readingOf(plant, zone.countTag),
        entries: record.entries.map(({ id, name, task, atMs }) => ({ id, name, task, atMs })),
        count: headCount(tagCount(plant, zone.countTag), record.entries),
        limit: record.limit,
        stage: record.stage,
        state: record.state,
        enter: enterVerdict(plant, state, zone.id, nowMs),
      };
    }),
    commander: state.commander,
    watch: state.watch,
  };
}

export function incidentSection(state: StationState): View['incident'] {
  return { current: state.incident, past: [...state.pastIncidents] };
}
