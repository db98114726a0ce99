/** What is asked of the simulator by the training commands, and how its answers become what the console understands. */
import { z } from 'zod';
import type { CommandInput, CommandOutput } from '../../contract/commands.ts';
import { idSchema, textSchema } from '../../contract/text.ts';
import { CREW_PHASES, DECEPTIONS, DEVICE_FAILURES, FIELD_DEEDS, PROTECTIONS } from '../../contract/training.ts';
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

/** Whole again: neither stuck nor failed. */
export async function device(line: Line, { device: id, failure, size }: CommandInput<'instructor.device'>): Promise<Done> {
  if (failure === 'stuck') return line.tell('FieldAction', { kind: 'stick', device: id });
  const told = await line.tell('FieldAction', { kind: 'actuator', device: id, failure, ...(size === undefined ? {} : { size }) });
  return failure === null && told.ok ? line.tell('FieldAction', { kind: 'unstick', device: id }) : told;
}

const crewsAnswer = z.object({ simTimeS: figure, crews: z.array(z.object({
  id: z.number().int(), action: z.enum(FIELD_DEEDS), subject: z.string().max(80), zone: idSchema, crew: z.number().int(), protection: z.enum(PROTECTIONS), phase: z.enum(CREW_PHASES), dueS: figure, report: textSchema.nullable(), isReported: z.boolean(),
})).max(200) });
/** Crews at home that are still shown, so that their report can be read. */
const HOME_SHOWN = 5;
export async function crews(line: Line, pack: Zones): Promise<Asked<CommandOutput<'training.crews'>>> {
  return mapped(await line.ask('Status', crewsAnswer), ({ simTimeS, crews: all }) => {
    const home = all.filter(({ phase }) => phase === 'home').slice(-HOME_SHOWN);
    return { crews: all.filter((each) => each.phase !== 'home' || home.includes(each)).slice(-100).map(({ id, dueS, report, isReported, ...crew }) => ({ ...crew, zone: zoneOf(pack, crew.zone), mission: id, leftS: crew.phase === 'home' ? 0 : Math.max(0, dueS - simTimeS), report: isReported ? report : null })) };
  });
}

const upsetsAnswer = z.object({
  faults: z.array(z.object({ id: idSchema, phase: z.enum(['waiting', 'begun', 'missed']), options: z.object({ severity: figure, when: z.string().max(1_000).optional(), group: z.string().max(40).optional(), probability: figure.optional(), repeatS: figure.optional() }) })).max(100),
  transmitters: z.array(z.object({ tag: idSchema, kind: z.enum(DECEPTIONS), size: figure })).max(300), devices: z.array(z.object({ device: idSchema, kind: z.enum(DEVICE_FAILURES), size: figure })).max(300),
  observations: z.array(z.object({ observation: idSchema, present: z.boolean() })).max(100),
  comms: z.object({ radioLost: z.array(z.string().max(80)).max(100), dcs: z.enum(['ok', 'bad', 'still']), heartbeat: z.enum(['beats', 'stands']) }),
});
export async function upsets(line: Line): Promise<Asked<CommandOutput<'instructor.upsets'>>> {
  return mapped(await line.ask('Upsets', upsetsAnswer), ({ faults, transmitters, devices: failed, observations, comms: lines }) => ({
    faults: faults.map(({ id, phase, options: { severity, when, group, probability, repeatS } }) => ({ fault: id, phase, severity, when: when ?? null, group: group ?? null, probability: probability ?? null, repeatS: repeatS ?? null })),
    transmitters: transmitters.map(({ tag, kind, size }) => ({ tag, malfunction: kind, size })), devices: failed.map(({ device: id, kind, size }) => ({ device: id, failure: kind, size })), observations, lines,
  }));
}

/** The simulator knows a zone by the tag that counts its people, the product by its own id. */
type Zones = Pick<PlantPack, 'zones'>;
export const countTagOf = ({ zones }: Zones, zone: string): string => zones.find(({ id }) => id === zone)?.countTag ?? zone;
const zoneOf = ({ zones }: Zones, countTag: string): string => zones.find((zone) => zone.countTag === countTag)?.id ?? countTag;

export const people = (line: Line, pack: Zones, { zone, count }: CommandInput<'instructor.people'>): Promise<Done> => line.tell('FieldAction', { kind: 'people', zone: countTagOf(pack, zone), count });

export function field(line: Line, pack: Zones, input: CommandInput<'instructor.field'>): Promise<Done> {
  if (input.kind === 'recall') return line.tell('FieldAction', input);
  const { kind: _kind, subject, ...errand } = input;
  return line.tell('FieldAction', { kind: 'field', ...errand, zone: countTagOf(pack, input.zone), ...(input.action === 'observe' ? { observation: subject } : { device: subject }) });
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
const listAnswer = z.object({ observations: z.array(z.string().max(80)).max(500) });
/** What the model has no word for (an earthquake, an order of the authority) is there when the instructor has staged it, and else nobody sees it. */
export async function look(line: Line, observation: string): Promise<Asked<{ present: boolean }>> {
  const seen = mapped(await line.ask('Observe', z.object({ present: z.boolean() }), observation, ''), ({ present }) => ({ present }));
  if (seen.ok) return seen;
  const known = await line.ask('ListObservations', listAnswer);
  return known.ok && !known.value.observations.includes(observation) ? { ok: true, value: { present: false } } : seen;
}
