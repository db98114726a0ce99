/** One alarm as the console shows it: everything decided here, nothing there (architecture rule 5). */
import type { AlarmList, AlarmView } from '../../contract/view.ts';
import type { Text } from '../../contract/text.ts';
import { isAlwaysVisible, SHELVE_MAX_MS } from '../../domain/alarms/alarms.ts';
import type { Alarm, AlarmDef } from '../../domain/alarms/alarms.ts';
import { confirmVerdict, outOfServiceVerdict, resetAlarmVerdict, shelveVerdict } from '../../domain/station/gates/alarm-facts.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { StationState } from '../../domain/station/state.ts';
import { figuresOf } from './view.ts';

const NO_TEXT: Text = { zh: '', en: '' };
export const STATION_GROUP = 'station';

/** What of a plant is asked for with every row, by id. */
export interface RowParts {
  readonly plant: Plant;
  readonly units: ReadonlyMap<string, string>;
  readonly areas: ReadonlyMap<string, Text>;
  /** Group that an alarm is shown under: its procedure, else its unit, else the station. */
  readonly groupKeys: ReadonlyMap<string, string>;
}

export function rowParts(plant: Plant): RowParts {
  const { pack } = plant;
  const procedures = new Map([...plant.namedBy].reverse().flatMap(([procedure, ids]) => ids.map((id) => [id, procedure] as const)));
  const keyOf = ({ id, area }: AlarmDef): string => {
    const procedure = procedures.get(id);
    return procedure !== undefined ? `procedure:${procedure}` : area !== null ? `unit:${area}` : STATION_GROUP;
  };
  return {
    plant,
    units: new Map([...pack.tags.flatMap((tag) => ('unit' in tag ? [[tag.id, tag.unit] as const] : [])), ...pack.labs.map((lab) => [`lab:${lab.id}`, lab.unit] as const)]),
    areas: new Map(pack.areas.map(({ id, title }) => [id, title])),
    groupKeys: new Map([...plant.alarms.values()].map((def) => [def.id, keyOf(def)])),
  };
}

/** An alarm of a class that is always visible stands in the active list, whatever its record says. */
export function listOf(alarm: Alarm, def: AlarmDef | undefined): AlarmList {
  if (isAlwaysVisible(def?.class ?? alarm.class)) return 'active';
  return alarm.outOfService !== null ? 'outOfService' : alarm.suppressed !== null ? 'suppressed' : alarm.shelved !== null ? 'shelved' : 'active';
}

/** @param named alarms that running procedures name */
export function alarmRow(parts: RowParts, state: StationState, alarm: Alarm, named: ReadonlySet<string>): AlarmView {
  const { plant } = parts;
  const def = plant.alarms.get(alarm.id);
  const condition = plant.conditions.get(alarm.id);
  const { cause = NO_TEXT, consequence = NO_TEXT, action = NO_TEXT, timeToActMs = null, timeNeededMs = null } = def?.card ?? {};
  const areaTitle = def?.area == null ? undefined : parts.areas.get(def.area);
  const alarmClass = def?.class ?? alarm.class;
  return {
    id: alarm.id, list: listOf(alarm, def), class: alarmClass, priority: alarm.priority, title: def?.title ?? { zh: alarm.id, en: alarm.id }, clauses: [...(def?.clauses ?? [])],
    area: def?.area == null || areaTitle === undefined ? null : { id: def.area, title: areaTitle }, groupKey: parts.groupKeys.get(alarm.id) ?? STATION_GROUP,
    state: alarm.state, active: alarm.active, acknowledged: alarm.acknowledged, latched: alarm.latched, shelved: alarm.shelved, outOfService: alarm.outOfService,
    suppressed: alarm.suppressed === null ? null : { sinceMs: alarm.suppressed.sinceMs, by: alarm.suppressed.by.map((id) => ({ condition: id, title: plant.conditions.get(id)?.title ?? { zh: id, en: id } })) },
    condition: state.conditions.get(alarm.id)?.state ?? (alarm.active ? 'raised' : 'cleared'),
    raisedMs: alarm.raisedMs, sourceMs: whole(alarm.sourceMs), count: alarm.count, acknowledgedMs: alarm.acknowledgedMs, acknowledgedBy: alarm.acknowledgedBy, answeredInTime: alarm.answeredInTime,
    firstOut: alarm.firstOut, uncertaintyMs: alarm.uncertaintyMs, reading: readingThen(parts, alarm),
    ...(condition === undefined ? { limit: alarm.limit, comparison: alarm.limit === null ? null : 'above' as const } : figuresOf(condition)),
    procedures: [...(condition?.starts ?? [])],
    card: { cause, consequence, action, timeToActMs, timeNeededMs },
    delayMs: alarm.count === 1 ? Math.max(0, alarm.raisedMs - alarm.onsetMs) : (def?.onDelayMs ?? 0), respondByMs: alarm.respondByMs, answerByMs: alarm.answerByMs, overdueMs: alarm.overdueMs,
    reAlarmMs: alarm.active && alarm.reAlarmMs !== null ? alarm.raisedMs + alarm.reAlarmMs : null,
    clearing: alarmClass === 'fire-gas' ? { cause: alarm.cause, confirmation: alarm.confirmation } : null,
    shelveMaxMs: isAlwaysVisible(alarmClass) ? null : SHELVE_MAX_MS[alarm.priority],
    may: { shelve: def === undefined ? null : shelveVerdict(state, def, named), outOfService: def === undefined ? null : outOfServiceVerdict(state, def), reset: resetAlarmVerdict(plant, state, alarm), confirmOnSite: confirmVerdict(plant, state, alarm) },
  };
}

const whole = (ms: number): number => Math.max(0, Math.round(ms));

/** The value that raised it, as it was then. */
function readingThen({ units }: RowParts, { input, value, sourceMs }: Alarm): AlarmView['reading'] {
  if (input === null) return null;
  const unit = units.get(input);
  return { tag: input, value: typeof value === 'number' && !Number.isFinite(value) ? null : value, quality: 'good', sourceMs: whole(sourceMs), ...(unit === undefined ? {} : { unit }) };
}

/** The most urgent first: priority, then what nobody has acknowledged, then what began it, then the newest. */
export function byUrgency(a: AlarmView, b: AlarmView): number {
  return a.priority - b.priority || rankOf(a) - rankOf(b) || originOf(a) - originOf(b) || b.raisedMs - a.raisedMs || (a.id < b.id ? -1 : 1);
}
const rankOf = ({ state }: AlarmView): number => (state === 'unacknowledged' ? 0 : state === 'returned' ? 1 : 2);
const originOf = ({ firstOut, procedures }: AlarmView): number => (firstOut !== null ? 0 : procedures.length > 0 ? 1 : 2);
