/**
 * What if, ahead: the question to the simulator is made of what the plant's own procedures would have done (their steps' devices, in their order) beside doing
 * nothing and the emergency stop; the answer is read back with titles, units and limits.
 */
import { z } from 'zod';
import type { CommandInput, CommandOutput } from '../../contract/commands.ts';
import { marginSchema } from '../../contract/drill.ts';
import type { AheadRun } from '../../contract/training.ts';
import { idSchema, textSchema } from '../../contract/text.ts';
import type { Text } from '../../contract/text.ts';
import type { PlantPack, ProcedureDef } from '../../domain/packs/schema.ts';
import { devicePosition } from './device-position.ts';
import type { Asked, Line } from './line.ts';

const MODES_MAX = 8;
/** Of an id and a title, as the simulator takes them. */
const WORDS_MAX_LENGTH = 80;
const TAGS_MAX = 12;
const ACTS_MAX = 100;
/** A trained crew: the first deed after so long, then one step after the other. Engineering default, s. */
const FIRST_S = 5;
const STEP_EVERY_S = 20;
type StepDef = ProcedureDef['steps'][number];

export interface AheadTag { readonly tag: string; readonly title: Text; readonly unit: string; readonly limit: number | null; readonly side: 'above' | 'below' }

interface Mode { readonly id: string; readonly title: Text; readonly acts: readonly object[] }

/** Doing nothing, the stop, and each way through each of these procedures as far as its steps name devices. */
export function modesOf(stopButton: string, pack: Pick<PlantPack, 'tags'>, procedures: readonly Pick<ProcedureDef, 'id' | 'title' | 'steps'>[]): Mode[] {
  const stop = { atS: FIRST_S, command: { name: stopButton } };
  const led = procedures.flatMap(({ id, title, steps }) => waysThrough(steps).map(({ taken, chosen }): Mode => ({
    id: [id, ...chosen.map((option) => option.id)].join('/').slice(0, WORDS_MAX_LENGTH), title: { zh: [title.zh, ...chosen.map(({ text }) => text.zh)].join(' · ').slice(0, WORDS_MAX_LENGTH), en: [title.en, ...chosen.map(({ text }) => text.en)].join(' · ').slice(0, WORDS_MAX_LENGTH) },
    acts: taken.flatMap(({ sets }, index) => Object.entries(sets).flatMap(([device, value]) => { const position = devicePosition(pack, device, value); return position === null ? [] : [{ atS: FIRST_S + index * STEP_EVERY_S, order: { device, position } }]; })).slice(0, ACTS_MAX),
  }))).filter(({ acts }) => acts.length > 0);
  return [{ id: 'nothing', title: { zh: '什么都不做', en: 'Nobody does anything' }, acts: [] }, { id: 'stop', title: { zh: '紧急停车', en: 'Emergency stop' }, acts: [stop] }, ...led].slice(0, MODES_MAX);
}

interface Way { readonly taken: readonly StepDef[]; readonly chosen: readonly StepDef['options'][number][] }

/** Where the steps part (decide), each option is a way of its own, the careful one first: two branches are never carried out in one run. */
function waysThrough(steps: readonly StepDef[]): Way[] {
  const [first] = steps;
  const open: (Way & { readonly at: StepDef | undefined })[] = [{ taken: [], chosen: [], at: first }];
  const ways: Way[] = [];
  for (let way = open.shift(); way !== undefined && ways.length < MODES_MAX; way = open.shift()) {
    const { taken, chosen, at } = way;
    // A way that leads back has been gone: the second time round nothing else is done.
    if (at === undefined || taken.includes(at)) { ways.push({ taken, chosen }); continue; }
    const on = { taken: [...taken, at], chosen };
    const named = (id: string | undefined): StepDef | undefined => steps.find((step) => step.id === id);
    if (at.options.length === 0) open.unshift({ ...on, at: at.next === undefined ? steps[steps.indexOf(at) + 1] : named(at.next) });
    else open.unshift(...at.options.toSorted((a, b) => Number(b.id === at.default) - Number(a.id === at.default)).map((option) => ({ taken: on.taken, chosen: [...chosen, option], at: named(option.goto) })));
  }
  return ways;
}

/** What a run supposes, by its mode: it stands beside its outcome. */
function supposedBy(mode: string): Text {
  switch (mode) {
    case 'nothing': return { zh: '假设：没有人动手，联锁照常动作', en: 'Supposed: nobody touches anything; interlocks act as ever' };
    case 'stop': return { zh: `假设：${String(FIRST_S)} s 后按下紧急停车，此外没有人动手`, en: `Supposed: the emergency stop is pressed after ${String(FIRST_S)} s, and nothing else is done` };
    default: return { zh: `假设：${String(FIRST_S)} s 后开始，每 ${String(STEP_EVERY_S)} s 一步，只操作步骤所列设备；现场的人和证实不在其中`, en: `Supposed: begun after ${String(FIRST_S)} s, a step every ${String(STEP_EVERY_S)} s, only the devices that the steps name; people on the spot and proofs are not in it` };
  }
}

export async function begin(line: Line, { horizonS, node, backS }: CommandInput<'training.ahead'>, modes: readonly Mode[], tags: readonly AheadTag[]): Promise<Asked<{ ahead: number }>> {
  const asked = await line.ask('Ahead', z.object({ job: z.number().int() }), { modes, tags: tags.slice(0, TAGS_MAX).map(({ tag }) => tag), endS: horizonS, ...(node === undefined ? {} : { node }), ...(backS === undefined ? {} : { backS }) });
  return asked.ok ? { ok: true, value: { ahead: asked.value.job } } : asked;
}

const figure = z.number().finite();
const extreme = z.object({ value: figure, atS: figure.min(0) });
const resultAnswer = z.object({
  state: z.enum(['running', 'done', 'cancelled', 'failed']), progress: figure, message: textSchema.nullable(), fromTimeS: figure.min(0),
  results: z.array(z.object({
    id: idSchema, title: textSchema, tags: z.array(z.object({ tag: idSchema, highest: extreme, lowest: extreme })).max(50),
    margins: z.array(z.object({ id: idSchema, worst: figure, lostAt: figure, lostAtS: figure.min(0).nullable() })).max(50),
    trips: z.array(z.object({ id: idSchema })).max(100), end: z.object({ refused: z.array(textSchema).max(200) }),
  })).max(MODES_MAX),
});
const marginsAnswer = z.object({ margins: z.array(marginSchema).max(50) });
/** Later than any exercise: asks for the margins' names and for no sample. */
const NO_SAMPLES_S = 1e7;

export async function result(line: Line, job: number, tags: readonly AheadTag[]): Promise<Asked<CommandOutput<'training.aheadResult'>>> {
  const asked = await line.ask('AheadResult', resultAnswer, job);
  if (!asked.ok) return asked;
  const named = await line.ask('Truth', marginsAnswer, NO_SAMPLES_S);
  if (!named.ok) return named;
  const margins = new Map(named.value.margins.map((each) => [each.id, each]));
  const about = new Map(tags.map((each) => [each.tag, each]));
  const { state, progress, message, fromTimeS, results } = asked.value;
  const runs = results.map((run): AheadRun => ({
    mode: run.id, title: run.title, supposed: supposedBy(run.id),
    worst: run.tags.flatMap(({ tag, highest, lowest }) => {
      const known = about.get(tag);
      if (known === undefined) return [];
      const worst = known.side === 'above' ? highest : lowest;
      return [{ tag, title: known.title, unit: known.unit, value: worst.value, atS: worst.atS, limit: known.limit }];
    }).slice(0, 20),
    margins: run.margins.flatMap(({ id, worst, lostAt, lostAtS }) => {
      const known = margins.get(id);
      return known === undefined ? [] : [{ id, title: known.title, unit: known.unit, worst, lostAt, side: known.side, lostS: lostAtS }];
    }),
    tripped: run.trips.map(({ id }) => id).slice(0, 50), refused: run.end.refused.slice(0, 20),
  }));
  return { ok: true, value: { state, part: Math.min(1, Math.max(0, progress)), reason: message, fromS: fromTimeS, runs } };
}
