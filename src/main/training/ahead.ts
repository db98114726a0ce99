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
import type { ProcedureDef } from '../../domain/packs/schema.ts';
import type { Asked, Line } from './line.ts';

const MODES_MAX = 8;
const TAGS_MAX = 12;
const ACTS_MAX = 100;
/** A trained crew: the first deed after so long, then one step after the other. Engineering default, s. */
const FIRST_S = 5;
const STEP_EVERY_S = 20;
const OPEN: ReadonlySet<unknown> = new Set<unknown>(['open', 'running', 'on', 'auto', true]);
const SHUT: ReadonlySet<unknown> = new Set<unknown>(['closed', 'stopped', 'off', false]);

export interface AheadTag { readonly tag: string; readonly title: Text; readonly unit: string; readonly limit: number | null; readonly side: 'above' | 'below' }

interface Mode { readonly id: string; readonly title: Text; readonly acts: readonly object[] }

/** Doing nothing, the stop, and each of these procedures as far as its steps name devices. */
export function modesOf(stopButton: string, procedures: readonly Pick<ProcedureDef, 'id' | 'title' | 'steps'>[]): Mode[] {
  const stop = { atS: FIRST_S, command: { name: stopButton } };
  const led = procedures.map(({ id, title, steps }): Mode => ({
    id, title,
    acts: steps.flatMap((step, index) => Object.entries(step.sets).flatMap(([device, value]) => {
      const position = OPEN.has(value) ? 1 : SHUT.has(value) ? 0 : typeof value === 'number' && value >= 0 && value <= 1 ? value : null;
      return position === null ? [] : [{ atS: FIRST_S + index * STEP_EVERY_S, order: { device, position } }];
    })).slice(0, ACTS_MAX),
  })).filter(({ acts }) => acts.length > 0);
  return [{ id: 'nothing', title: { zh: '什么都不做', en: 'Nobody does anything' }, acts: [] }, { id: 'stop', title: { zh: '紧急停车', en: 'Emergency stop' }, acts: [stop] }, ...led].slice(0, MODES_MAX);
}

export async function begin(line: Line, { horizonS, node }: CommandInput<'training.ahead'>, modes: readonly Mode[], tags: readonly AheadTag[]): Promise<Asked<{ ahead: number }>> {
  const asked = await line.ask('Ahead', z.object({ job: z.number().int() }), { modes, tags: tags.slice(0, TAGS_MAX).map(({ tag }) => tag), endS: horizonS, ...(node === undefined ? {} : { node }) });
  return asked.ok ? { ok: true, value: { ahead: asked.value.job } } : asked;
}

const figure = z.number().finite();
const extreme = z.object({ value: figure, atS: figure.min(0) });
const resultAnswer = z.object({
  state: z.enum(['running', 'done', 'cancelled', 'failed']), progress: figure, message: textSchema.nullable(),
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
  const { state, progress, message, results } = asked.value;
  const runs = results.map((run): AheadRun => ({
    mode: run.id, title: run.title,
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
  return { ok: true, value: { state, part: Math.min(1, Math.max(0, progress)), reason: message, runs } };
}
