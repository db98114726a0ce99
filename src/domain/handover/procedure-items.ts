/** What is being handled: the incident, the retreats of this shift, running procedures and where they stand. */
import { placeOf, presentStepOf, regionsOf } from '../procedures/machine.ts';
import type { Place } from '../procedures/places.ts';
import type { Text } from '../../contract/text.ts';
import { procedureOf } from '../station/plant.ts';
import type { Plant } from '../station/plant.ts';
import type { ProcedureRun } from '../station/state.ts';
import type { OpenThings } from './open-thing.ts';

const PLACE_WORDS: Readonly<Record<Place, Text>> = {
  standby: { zh: '待命', en: 'standby' }, raised: { zh: '已提出，未开始', en: 'raised, not begun' }, retreating: { zh: '退守中', en: 'retreating' }, stopping: { zh: '紧急停车中', en: 'stopping' },
  safe: { zh: '安全状态', en: 'safe' }, investigating: { zh: '查明原因', en: 'looking for the cause' }, readyToReturn: { zh: '待批准返回', en: 'ready to return' }, closed: { zh: '关闭', en: 'closed' },
};
const titleOf = (plant: Plant, run: ProcedureRun): Text => plant.procedures.get(run.procedure)?.title ?? { zh: run.procedure, en: run.procedure };

export const incidents: OpenThings = (plant, { incident }) => {
  if (incident === null) return [];
  const title = incident.firstCondition === null ? null : plant.conditions.get(incident.firstCondition)?.title ?? null;
  return [{ id: incident.id, sinceMs: incident.openedMs, text: { zh: `事件 ${incident.id} 未结束${title === null ? '' : `：${title.zh}`}`, en: `Incident ${incident.id} is open${title === null ? '' : `: ${title.en}`}` } }];
};

export const retreats: OpenThings = (_plant, { retreats: all, shift }) => all.filter(({ atMs }) => atMs >= (shift?.sinceMs ?? 0)).map(({ kind, atMs, by }) => ({
  id: `${kind}/${String(atMs)}`, sinceMs: atMs, text: kind === 'stop' ? { zh: `本班紧急停车（${by}）`, en: `Emergency stop in this shift (${by})` } : { zh: `本班全员撤离（${by}）`, en: `Evacuation in this shift (${by})` },
}));

/** By its place, not by its step: steps go on every few seconds, and a form that is new each time would never be signed. */
export const procedures: OpenThings = (plant, { runs }) => runs.map((run) => {
  const title = titleOf(plant, run);
  const place = placeOf(run.course);
  const procedure = procedureOf(plant, run);
  const step = procedure === null ? null : presentStepOf(procedure, run.course);
  const aside = run.course.context.suspended !== null;
  return {
    id: `${run.instance}/${place}${aside ? '/aside' : ''}`, sinceMs: run.course.context.raisedMs,
    text: {
      zh: `${title.zh}：${PLACE_WORDS[place].zh}${aside ? '，已暂挂' : ''}${step === null ? '' : `；当前步骤 ${step.id}：${step.text.zh}`}`,
      en: `${title.en}: ${PLACE_WORDS[place].en}${aside ? ', put aside' : ''}${step === null ? '' : `; present step ${step.id}: ${step.text.en}`}`,
    },
  };
});

export const heldProcedures: OpenThings = (plant, { runs }) => runs.filter((run) => regionsOf(run.course).authority === 'held').map((run) => {
  const title = titleOf(plant, run);
  return { id: run.instance, sinceMs: run.course.context.raisedMs, worst: true, text: { zh: `${title.zh}：站点重启后未重新授权`, en: `${title.en}: not re-authorised since the station was restarted` } };
});

export const prohibitions: OpenThings = (plant, { runs }) => runs.flatMap((run) => (plant.procedures.get(run.procedure)?.prohibitions ?? []).filter(({ id }) => run.prohibitions[id] === 'violated').map(({ id, clause, text }) => ({
  id: `${run.instance}/${id}`, sinceMs: run.course.context.raisedMs, worst: true, text: { zh: `禁令正被违反（${clause}）：${text.zh}`, en: `Prohibition being broken (${clause}): ${text.en}` },
})));
