/** What is asked of the simulator by the training commands, and how its answers become what the console understands. */
import { z } from 'zod';
import type { CommandInput, CommandOutput } from '../../contract/commands.ts';
import { idSchema, textSchema } from '../../contract/text.ts';
import type { PlantPack } from '../../domain/packs/schema.ts';
import type { Asked, Line } from './line.ts';
import type { Done } from './simulator-link.ts';

const figure = z.number().finite();
const mapped = <T, O>(asked: Asked<T>, to: (value: T) => O): Asked<O> => (asked.ok ? { ok: true, value: to(asked.value) } : asked);

/** JSON text of what the simulator reads as such. */
const json = (value: unknown): string => JSON.stringify(value);

export const order = (line: Line, { device, position }: CommandInput<'training.order'>): Promise<Done> => line.tell('Order', device, json(position));
export const observe = (line: Line, { observation, present }: CommandInput<'instructor.observe'>): Promise<Done> => line.tell('Observe', observation, json(present ?? 'model'));

const devicesAnswer = z.array(z.object({ id: idSchema, machine: z.boolean(), position: figure.nullable(), order: figure.nullable() })).max(300);
/** A device has the name of its tag. */
export async function devices(line: Line, pack: Pick<PlantPack, 'tags'>): Promise<Asked<CommandOutput<'training.devices'>>> {
  const titles = new Map(pack.tags.map(({ id, zh, en }) => [id, { zh, en }]));
  return mapped(await line.ask('ListDevices', devicesAnswer), (all) => ({ devices: all.map(({ id, machine, position, order: ordered }) => ({ device: id, title: titles.get(id) ?? { zh: id, en: id }, machine, position, ordered })) }));
}

const paceAnswer = z.object({ severity: figure.optional(), rampS: figure.optional(), delayS: figure.optional(), durationS: figure.nullish() });
const faultsAnswer = z.array(z.object({ id: idSchema, clause: z.string().max(40), title: textSchema, defaults: paceAnswer })).max(200);
const startsAnswer = z.array(z.object({ id: idSchema, title: textSchema })).max(50);
export async function catalogue(line: Line): Promise<Asked<CommandOutput<'instructor.catalogue'>>> {
  const faults = await line.ask('ListFaults', faultsAnswer);
  if (!faults.ok) return faults;
  const told = faults.value.map(({ defaults: { severity, rampS, delayS, durationS }, ...fault }) => ({ ...fault, defaults: { severity: severity ?? null, rampS: rampS ?? null, delayS: delayS ?? null, durationS: durationS ?? null } }));
  return mapped(await line.ask('Starts', startsAnswer), (starts) => ({ faults: told, starts }));
}

export const snapshot = async (line: Line, name: string): Promise<Asked<{ node: number }>> => mapped(await line.ask('Snapshot', z.object({ node: z.number().int() }), name), ({ node }) => ({ node }));
/** `simTimeS`: the plant time that it is now; `atMs`: when it was lived; `branchMs`: when the new course began; `sharedS`: up to where it is the one that was left. */
const backAnswer = z.object({ simTimeS: figure, atMs: figure.min(0), branchMs: figure.min(0), sharedS: figure });
export const goBack = (line: Line, where: CommandInput<'instructor.goBack'>): Promise<Asked<z.infer<typeof backAnswer>>> => line.ask('Backtrack', backAnswer, where);

const treeAnswer = z.object({
  branches: z.array(z.object({ id: z.number().int(), parent: z.number().int().nullable(), name: z.string().max(100), fromS: figure, toS: figure, automatic: z.object({ count: z.number().int(), fromS: figure, toS: figure }).nullable() })).max(1_001),
  moments: z.array(z.object({ id: z.number().int(), name: z.string().max(100), kind: z.enum(['start', 'named']), branch: z.number().int(), timeS: figure })).max(10_000),
  branch: z.number().int(),
});
const time = z.number().int().min(0);
const runsAnswer = z.object({ run: z.object({ problem: textSchema.nullable() }).nullable(), earlier: z.array(z.object({ run: z.string().min(1).max(200), begunMs: time, lastMs: time })).max(100) });
const EARLIER_MAX = 10;
export async function tree(line: Line): Promise<Asked<CommandOutput<'instructor.tree'>>> {
  const runs = await line.ask('Runs', runsAnswer);
  if (!runs.ok) return runs;
  const kept = { isKept: runs.value.run !== null, problem: runs.value.run?.problem ?? null, earlier: runs.value.earlier.slice(0, EARLIER_MAX) };
  return mapped(await line.ask('Tree', treeAnswer), ({ branches, moments, branch }) => ({
    kept,
    branches: branches.slice(-1_000).map(({ id, ...each }) => ({ branch: id, ...each })), moments: moments.slice(-2_000).map(({ id, ...moment }) => ({ node: id, ...moment })), branch,
  }));
}

const overlayAnswer = z.array(z.object({ branch: z.number().int(), timeS: z.array(figure).max(2_000), series: z.record(z.string().max(90), z.array(figure.nullable()).max(2_000)) })).max(20);
export async function overlay(line: Line, input: CommandInput<'instructor.overlay'>): Promise<Asked<CommandOutput<'instructor.overlay'>>> {
  return mapped(await line.ask('Overlay', overlayAnswer, input), (branches) => ({ lines: branches.flatMap(({ branch, timeS, series }) => input.tags.map((tag) => ({ branch, tag, points: timeS.map((at, i): [number, number | null] => [at, series[tag]?.[i] ?? null]) }))) }));
}

const LINES: Readonly<Record<CommandInput<'instructor.comms'>['failure'], object>> = {
  none: { radioLost: [], dcs: 'ok', heartbeat: 'beats' }, bad: { dcs: 'bad' }, still: { dcs: 'still', heartbeat: 'stands' }, heartbeat: { heartbeat: 'stands' }, radio: { radioLost: ['all'] },
};
export const comms = (line: Line, failure: CommandInput<'instructor.comms'>['failure']): Promise<Done> => line.tell('Comms', LINES[failure]);

export function field(line: Line, input: CommandInput<'instructor.field'>): Promise<Done> {
  if (input.kind !== 'crew') return line.tell('FieldAction', input);
  const { kind: _kind, subject, ...errand } = input;
  return line.tell('FieldAction', { kind: 'field', ...errand, ...(input.action === 'observe' ? { observation: subject } : { device: subject }) });
}

/** Analog limits of the plant's alarms: the run stands still when one of them is newly passed. */
export function runToAlarm(line: Line, pack: Pick<PlantPack, 'tags'>, limitsOf: (tag: string) => readonly { readonly comparison: string; readonly limit: number }[], withinS: number): Promise<Done> {
  const limits = pack.tags.filter(({ kind }) => kind === 'analog').flatMap(({ id }) => limitsOf(id).map(({ comparison, limit }) => (comparison === 'above' || comparison === 'atOrAbove' ? { tag: id, atOrAbove: limit } : { tag: id, atOrBelow: limit })));
  return line.tell('RunToAlarm', { limits: limits.slice(0, 500), withinS });
}

const laboratoryAnswer = z.object({ value: figure, takenS: figure, knownS: figure });
/** Samples on their way: the value is kept back until its turnaround is over. */
export class Laboratory {
  readonly #taken = new Map<string, { readonly value: number; readonly knownS: number }>();

  async ask(line: Line, lab: string, simTimeS: number): Promise<Asked<CommandOutput<'training.laboratory'>>> {
    const before = this.#taken.get(lab);
    if (before !== undefined && simTimeS >= before.knownS) {
      this.#taken.delete(lab);
      return { ok: true, value: { value: before.value, knownInS: 0 } };
    }
    if (before !== undefined) return { ok: true, value: { value: null, knownInS: before.knownS - simTimeS } };
    return mapped(await line.ask('Laboratory', laboratoryAnswer, lab), ({ value, takenS, knownS }) => {
      this.#taken.set(lab, { value, knownS });
      return { value: null, knownInS: Math.max(0, knownS - takenS) };
    });
  }

  /** Another exercise, or another course: what was on its way belongs to none of it. */
  forget(): void {
    this.#taken.clear();
  }
}
export const look = async (line: Line, observation: string): Promise<Asked<{ present: boolean }>> => mapped(await line.ask('Observe', z.object({ present: z.boolean() }), observation, ''), ({ present }) => ({ present }));
