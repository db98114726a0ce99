/** Alarms that the next shift would not see, or that nobody has answered (ISA-18.2: shelved and out of service are handed over). */
import type { Alarm } from '../alarms/alarms.ts';
import type { Text } from '../../contract/text.ts';
import type { Plant } from '../station/plant.ts';
import type { OpenThings } from './open-thing.ts';

const titleOf = (plant: Plant, { id }: Alarm): Text => plant.alarms.get(id)?.title ?? { zh: id, en: id };

export const shelved: OpenThings = (plant, state) => [...state.alarms.values()].flatMap((alarm) => {
  if (alarm.shelved === null) return [];
  const { untilMs, sinceMs, by, reason } = alarm.shelved;
  const title = titleOf(plant, alarm);
  return [{ id: `${alarm.id}/${String(untilMs)}`, sinceMs, untilMs, text: { zh: `搁置：${title.zh}（${by}：${reason}）`, en: `Shelved: ${title.en} (${by}: ${reason})` } }];
});

export const outOfService: OpenThings = (plant, state) => [...state.alarms.values()].flatMap((alarm) => {
  if (alarm.outOfService === null) return [];
  const { sinceMs, by, permit, reason } = alarm.outOfService;
  const title = titleOf(plant, alarm);
  return [{ id: `${alarm.id}/${permit}`, sinceMs, text: { zh: `停用：${title.zh}，作业票 ${permit}（${by}：${reason}）`, en: `Out of service: ${title.en}, work permit ${permit} (${by}: ${reason})` } }];
});

/** Of the highest priority alone: the alarm list has the others, and they are in sight. */
export const unanswered: OpenThings = (plant, state) => [...state.alarms.values()].filter((alarm) => alarm.priority === 1 && !alarm.acknowledged && alarm.shelved === null && alarm.outOfService === null && alarm.suppressed === null).map((alarm) => {
  const title = titleOf(plant, alarm);
  return { id: alarm.id, sinceMs: alarm.raisedMs, worst: true, text: { zh: `1 级报警未确认：${title.zh}`, en: `Priority 1, not acknowledged: ${title.en}` } };
});
