/** Facts that people made, as deeds of a script: one table from kind of fact to deed. */
import type { JsonValue } from '../../domain/journal/canonical-json.ts';
import type { CourseEvent } from '../../domain/procedures/course-events.ts';
import type { NumberedFact } from '../../domain/report/incident.ts';
import type { PlantTime } from '../../domain/report/what-if.ts';
import type { Fact } from '../../domain/station/facts.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { USER_OF } from './crew-accounts.ts';
import type { Act, CrewRole } from './script.ts';
import { CREW_ROLES } from './script.ts';

export interface RecordedDeed { readonly atS: number; readonly do: Act }

/** By whom an event comes that no person brought. */
const NOBODY: ReadonlySet<string> = new Set(['', 'tags', 'deadline', 'interlock', 'clock']);

export function deedsOf(records: readonly NumberedFact[], plant: Plant, time: PlantTime): RecordedDeed[] {
  const procedures = new Map<string, string>();
  const deeds: RecordedDeed[] = [];
  for (const { fact } of records) {
    if (fact.type === 'procedure.raised') procedures.set(fact.data.instance, fact.data.procedure);
    const act = actOf(fact, plant, procedures);
    if (act === null) continue;
    const atS = Math.round(time.secondAt(fact.atMs) * 1_000) / 1_000;
    const last = deeds.at(-1);
    const merged = last === undefined || last.atS !== atS ? null : together(last.do, act);
    if (merged === null) deeds.push({ atS, do: act });
    else deeds[deeds.length - 1] = { atS, do: merged };
  }
  return deeds;
}

/** Alarms that were answered by one press are answered by one. */
function together(a: Act, b: Act): Act | null {
  if (!('command' in a) || !('command' in b) || a.command.name !== 'alarm.acknowledge' || b.command.name !== 'alarm.acknowledge' || a.as !== b.as) return null;
  const alarms = [a, b].flatMap(({ command: { input } }) => (Array.isArray(input['alarms']) ? (input['alarms'] as string[]) : []));
  return { ...a, command: { name: 'alarm.acknowledge', input: { alarms } } };
}

function roleOf(user: string | null): CrewRole {
  return CREW_ROLES.find((role) => USER_OF[role] === user) ?? 'operator';
}

const said = (name: string, input: Readonly<Record<string, unknown>>, by: string | null): Act => ({ command: { name, input: { ...input } }, as: roleOf(by) });
const signed = (name: string, input: Readonly<Record<string, unknown>>, by: string | null): Act => said(name, { ...input, signature: { as: by ?? USER_OF.operator } }, by);

function actOf(fact: Fact, plant: Plant, procedures: ReadonlyMap<string, string>): Act | null {
  const { by } = fact;
  switch (fact.type) {
    case 'training.instructed': return handOf(fact.data.command);
    case 'retreat.stop': return { stop: true };
    case 'retreat.evacuate': return { evacuate: true };
    case 'alarm.acknowledged': return said('alarm.acknowledge', { alarms: [fact.data.id] }, by);
    case 'alarm.shelved': return signed('alarm.shelve', { alarms: [fact.data.id], reason: fact.data.reason, forMs: fact.data.untilMs - fact.atMs }, by);
    case 'alarm.unshelved': return fact.data.because === 'person' ? said('alarm.unshelve', { alarms: [fact.data.id] }, by) : null;
    case 'post.taken': return fact.data.from === undefined ? signed(`post.${fact.data.post}`, {}, by) : null;
    case 'seen.reported': return said('seen.report', { observation: fact.data.observation, present: fact.data.present, note: fact.data.note }, by);
    case 'lab.entered': return signed('lab.enter', { lab: fact.data.lab, value: fact.data.value, sampledMs: { nowMs: fact.data.sampledMs - fact.atMs } }, by);
    case 'roll-call.signed': return signed('people.rollCall', { zone: fact.data.zone, empty: fact.data.empty, note: fact.data.note }, by);
    case 'people.staged': return by === null || fact.data.stage === 'normal' ? null : signed('people.assess', { zone: fact.data.zone, stage: fact.data.stage, assessment: fact.data.assessment }, by);
    case 'people.entered': return signed('people.enter', { zone: fact.data.zone, name: fact.data.name, task: fact.data.task, part: fact.data.part ?? '', gasDetector: fact.data.gasDetector ?? '', confirmed: fact.data.confirmed ?? [] }, by);
    case 'interlock.cause': return signed('interlock.cause', { interlock: fact.data.interlock, text: fact.data.text }, by);
    case 'interlock.reset-approved': return signed('interlock.reset', { interlock: fact.data.interlock }, by);
    case 'procedure.raised': return fact.data.reason === undefined || by === null ? null : said('procedure.raise', { procedure: fact.data.procedure, reason: fact.data.reason }, by);
    case 'refused': return fact.data.asked === undefined ? null : said(fact.data.asked.command, inputOf(fact.data.asked.input, fact.atMs, procedures), by);
    case 'procedure.moved': return moveOf(fact.data.event, procedures.get(fact.data.instance), by, plant);
    default: return null;
  }
}

/** A request as a script says it: which run, how long from now, who signs (acts.ts `filledIn`). */
function inputOf(input: JsonValue, atMs: number, procedures: ReadonlyMap<string, string>): Readonly<Record<string, unknown>> {
  const scripted = (value: JsonValue, key: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => scripted(each, key));
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, scripted(each, name)]));
    if (typeof value === 'string' && procedures.has(value)) return { run: procedures.get(value) };
    // Durations end in Ms as well; only a moment is of the day on which it was asked.
    return typeof value === 'number' && key.endsWith('Ms') && value > MOMENTS_FROM_MS ? { nowMs: value - atMs } : value;
  };
  const told = scripted(input, '');
  return typeof told === 'object' && told !== null && !Array.isArray(told) ? (told as Readonly<Record<string, unknown>>) : {};
}
const MOMENTS_FROM_MS = 1e11;

/** What hands did on the plant, as the run wrote it down (world.ts). */
function handOf(command: string): Act | null {
  const [word, subject = '', value = ''] = command.split(' ');
  switch (word) {
    case 'order': return { order: { device: subject, position: value === 'auto' ? null : Number(value) } };
    case 'press': return { press: subject };
    case 'key': return { key: { interlock: subject, on: value === 'on' } };
    case 'people': return { people: { zone: subject, count: Number(value) } };
    default: return null;
  }
}

function moveOf(event: CourseEvent, procedure: string | undefined, by: string | null, plant: Plant): Act | null {
  if (procedure === undefined || by === null || NOBODY.has('by' in event ? (event.by ?? '') : '')) return null;
  const instance = { run: procedure };
  switch (event.type) {
    case 'START': return said('procedure.start', { instance }, by);
    case 'OWNED': return signed('procedure.own', { instance }, by);
    case 'ACKNOWLEDGED': return said('procedure.acknowledge', { instance, items: [event.item] }, by);
    case 'CHOSEN': return signed('procedure.choose', { instance, step: event.step, option: event.option, reason: event.reason }, by);
    case 'SIGNED': {
      const { kind: _kind, ...evidence } = event.evidence ?? { kind: undefined };
      return signed('procedure.confirm', { instance, step: listOf(plant, procedure, event.proof), proof: event.proof, note: event.note, ...(event.figure === undefined ? {} : { figure: event.figure }), ...(event.evidence === undefined ? {} : { evidence }), ...(event.witness === undefined ? {} : { witness: { as: event.witness } }) }, by);
    }
    case 'STEP_SKIPPED': {
      const [reason, ...note] = event.reason.split(': ');
      return signed('procedure.skip', { instance, step: event.step, reason: reason ?? 'done-otherwise', note: note.join(': ') || 'recorded' }, by);
    }
    case 'ASSESSED': return signed('procedure.assess', { instance, proof: event.proof, assessment: event.assessment, reason: event.reason }, by);
    case 'SUSPENDED': return said('procedure.suspend', { instance, reason: event.reason }, by);
    case 'RESUMED': return said('procedure.resume', { instance }, by);
    case 'INVESTIGATE': return said('procedure.investigate', { instance }, by);
    case 'CAUSE': return signed('procedure.cause', { instance, text: event.text }, by);
    case 'PERMITTED': return signed('procedure.permit', { instance, step: event.step }, by);
    case 'APPROVED': return signed('procedure.return', { instance }, by);
    default: return null;
  }
}

/** The step, or the list, that a proof stands in. */
function listOf(plant: Plant, id: string, proof: string): string {
  const procedure = plant.procedures.get(id);
  const has = (list: readonly { readonly id: string }[] | undefined): boolean => list?.some((each) => each.id === proof) === true;
  if (has(procedure?.safeState)) return 'safeState';
  if (has(procedure?.returnConditions)) return 'returnConditions';
  return [...(procedure?.steps ?? []), ...(procedure?.handling ?? []), ...(procedure?.continuous ?? [])].find((each) => has(each.proof))?.id ?? '';
}
