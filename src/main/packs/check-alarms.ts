/** Checks of alarms as alarms: may they be silenced, is there time to act, do they keep to the guideline's own figure? */
import { ALARM_CLASSES_ALWAYS_VISIBLE } from '../../domain/packs/schema.ts';
import type { AlarmClass, ConditionSource } from '../../domain/packs/schema.ts';
import type { PlantCheck } from './check-plant.ts';
import { detectionMs } from './detection-time.ts';
import { mainFigure } from './main-figure.ts';
import { ALARM_USE, beyond, usesOf } from './polarity.ts';

/** Time available must be at least so many times the time needed: people are not always at their best. */
export const TIME_RESERVE = 1.5;
/** Sounding again sooner than this is noise, not a reminder. */
const RE_ALARM_MIN_MS = 10_000;

export function alarmClassOf(condition: Pick<ConditionSource, 'role' | 'alarm'>): AlarmClass {
  return condition.alarm?.class ?? (condition.role === 'warning' ? 'process' : 'safety');
}

/** Alarms of class safety and fire-gas are never suppressed: what must always be seen is said here, not in a setting. */
export const settingsFitClass: PlantCheck = (plant, _names, report) => {
  for (const item of plant.conditions) {
    const { id, role, alarm } = item.value;
    if (alarm === undefined) continue;
    if (role === 'input') { report.error(item, ['alarm'], `condition ${id} has the role input, raises no alarm and has alarm settings; expected none`); continue; }
    const found = alarmClassOf(item.value);
    if (alarm.suppressedWhile.length > 0 && ALARM_CLASSES_ALWAYS_VISIBLE.includes(found)) report.error(item, ['alarm', 'suppressedWhile'], `alarm ${id} is of class ${found}, which is always visible; expected no suppressedWhile`);
    if (alarm.reAlarm !== undefined && alarm.reAlarm < RE_ALARM_MIN_MS) report.error(item, ['alarm', 'reAlarm'], `alarm ${id} would sound again every ${alarm.reAlarm / 1000} s; expected at least ${RE_ALARM_MIN_MS / 1000} s`);
  }
};

/** Delays and windows eat into the time to respond; what is left must be enough to act, with a reserve. */
export const timeSuffices: PlantCheck = (plant, _names, report) => {
  const conditions = new Map(plant.conditions.map((item) => [item.value.id, item.value]));
  for (const item of plant.conditions) {
    const { id, role, card } = item.value;
    if (role === 'input' || typeof card?.timeToAct !== 'number' || card.timeNeeded === undefined) continue;
    const eatenMs = detectionMs(item.value, conditions);
    const leftMs = card.timeToAct - eatenMs;
    if (leftMs >= TIME_RESERVE * card.timeNeeded) continue;
    const eaten = eatenMs > 0 ? ` less ${eatenMs / 1000} s of delays and windows` : '';
    report.error(item, ['card', 'timeToAct'], `alarm ${id} leaves too little time: ${card.timeToAct / 1000} s available${eaten}, ${card.timeNeeded / 1000} s needed; expected at least ${TIME_RESERVE} times the time needed, ${TIME_RESERVE * card.timeNeeded / 1000} s`);
  }
};

/** A figure of the guideline is a bound: stricter is allowed, looser is not, whoever writes it. */
export const guidelineFigureHolds: PlantCheck = (plant, _names, report) => {
  const uses = usesOf(plant);
  for (const item of plant.conditions) {
    const { id, clauses, guidelineFigure, measure, source } = item.value;
    if (guidelineFigure === undefined) continue;
    const found = mainFigure(measure);
    if (found === null) { report.error(item, ['guidelineFigure'], `condition ${id} is a ${measure.kind} and has no figure of its own; expected no guidelineFigure`); continue; }
    const allowed = beyond(found, guidelineFigure, uses.get(id) ?? ALARM_USE);
    if (allowed !== null) report.error(item, ['measure', found.name], `${found.name} ${found.figure} of ${id} goes beyond the guideline's own figure ${guidelineFigure} (${clauses.join(', ')}); expected ${allowed} ${guidelineFigure}`);
    else if (source === 'guideline' && found.figure !== guidelineFigure) report.error(item, ['source'], `condition ${id} has the source guideline with ${found.figure}, and the guideline's figure is ${guidelineFigure}; expected source: engineering-default`);
  }
};
