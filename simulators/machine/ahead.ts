/**
 * What if, ahead: from a snapshot the model is run on under a mode of retreat, as fast as it can, and tells how that ends. Pure and deterministic;
 * threads, progress and cancelling are the server's business.
 */
import type { Checked } from '../kernel/fault-envelope.ts';
import { no, wordsOf } from '../kernel/fault-envelope.ts';
import type { PlantDefinition, Words } from './definition.ts';
import { MACRO_STEP_S, PlantMachine } from './machine.ts';
import { failureWords } from './words.ts';

export const AHEAD_LIMITS = { modes: 8, acts: 100, tags: 20, endS: 14_400, points: 240, textCharacters: 80 } as const;

export type AheadDeed = { readonly order: { readonly device: string; readonly position: number | null } } | { readonly command: { readonly name: string; readonly value: boolean } };
export interface AheadMode { readonly id: string; readonly title: Words; readonly acts: readonly (AheadDeed & { readonly atS: number })[] }
export interface AheadQuestion { readonly modes: readonly AheadMode[]; readonly tags: readonly string[]; readonly endS: number }

export interface Extreme { readonly value: number; readonly atS: number }
/** `atS` counts from the snapshot. */
export interface AheadResult {
  readonly id: string;
  readonly title: Words;
  readonly tags: readonly { readonly tag: string; readonly highest: Extreme; readonly lowest: Extreme; readonly last: number }[];
  /** ground truth: the worst of each margin, and when it was lost */
  readonly margins: readonly { readonly id: string; readonly worst: number; readonly worstAtS: number; readonly lostAt: number; readonly lostAtS: number | null }[];
  readonly lost: boolean;
  readonly trips: readonly { readonly id: string; readonly atS: number }[];
  readonly end: { readonly atS: number; readonly running: boolean; readonly emergencyStop: boolean; readonly tripped: readonly string[]; readonly failure: Words | null; readonly refused: readonly Words[] };
  readonly series: readonly { readonly tag: string; readonly points: readonly (readonly [atS: number, value: number])[] }[];
}

const isFields = (raw: unknown): raw is Readonly<Record<string, unknown>> => typeof raw === 'object' && raw !== null && !Array.isArray(raw);
const isName = (raw: unknown): raw is string => typeof raw === 'string' && raw !== '' && raw.length <= AHEAD_LIMITS.textCharacters;
const isTime = (raw: unknown): raw is number => typeof raw === 'number' && raw >= 0 && raw <= AHEAD_LIMITS.endS;

/** Reads the question as it comes from outside. Whether its devices and commands exist, the run says by `refused`; its tags are checked here. */
export function readAheadQuestion(raw: unknown, definition: PlantDefinition): Checked<AheadQuestion> {
  if (!isFields(raw)) return no('推演须是对象：{"modes": [...], "tags": [...], "endS": n}。', 'The question must be an object: {"modes": [...], "tags": [...], "endS": n}.');
  const { modes, tags, endS } = raw;
  if (!isTime(endS) || endS < 1) return no(`endS 须为 1 至 ${AHEAD_LIMITS.endS}。`, `endS must be from 1 to ${AHEAD_LIMITS.endS}.`);
  const analog = new Set(definition.tags.filter(({ kind }) => kind === 'analog').map(({ id }) => id));
  if (!Array.isArray(tags) || tags.length > AHEAD_LIMITS.tags || !tags.every((tag): tag is string => typeof tag === 'string')) return no(`tags 是最多 ${AHEAD_LIMITS.tags} 个模拟量位号的列表。`, `tags is a list of at most ${AHEAD_LIMITS.tags} analog tags.`);
  const strange = tags.find((tag) => !analog.has(tag));
  if (strange !== undefined) return no(`“${strange}”不是本装置的模拟量位号。`, `"${strange}" is not an analog tag of this plant.`);
  if (!Array.isArray(modes) || modes.length === 0 || modes.length > AHEAD_LIMITS.modes) return no(`modes 是 1 至 ${AHEAD_LIMITS.modes} 种退守方式的列表。`, `modes is a list of 1 to ${AHEAD_LIMITS.modes} modes of retreat.`);
  const read: AheadMode[] = [];
  for (const each of modes) {
    const mode = readMode(each);
    if (!mode.ok) return mode;
    read.push(mode.value);
  }
  if (new Set(read.map(({ id }) => id)).size < read.length) return no('两种方式的编号相同。', 'Two modes have the same id.');
  return { ok: true, value: { modes: read, tags, endS } };
}

function readMode(raw: unknown): Checked<AheadMode> {
  if (!isFields(raw) || !isName(raw['id'])) return no('退守方式须有编号。', 'A mode of retreat has an id.');
  const { id, acts = [] } = raw;
  const title = readTitle(raw['title'] ?? id);
  if (title === null) return no(`方式“${id}”的名称须是文字，或 {"zh", "en"}。`, `The title of mode "${id}" must be a text, or {"zh", "en"}.`);
  if (!Array.isArray(acts) || acts.length > AHEAD_LIMITS.acts) return no(`方式“${id}”的动作是最多 ${AHEAD_LIMITS.acts} 个的列表。`, `The acts of mode "${id}" are a list of at most ${AHEAD_LIMITS.acts}.`);
  const read: AheadMode['acts'][number][] = [];
  for (const act of acts) {
    const deed = readAct(act);
    if (deed === null) return no(`方式“${id}”的动作是 {"atS": 秒, "order": {"device", "position"}} 或 {"atS": 秒, "command": {"name", "value"}}。`, `An act of mode "${id}" is {"atS": s, "order": {"device", "position"}} or {"atS": s, "command": {"name", "value"}}.`);
    read.push(deed);
  }
  return { ok: true, value: { id, title, acts: read.sort((a, b) => a.atS - b.atS) } };
}

function readTitle(raw: unknown): Words | null {
  if (isName(raw)) return { zh: raw, en: raw };
  return isFields(raw) && isName(raw['zh']) && isName(raw['en']) ? { zh: raw['zh'], en: raw['en'] } : null;
}

function readAct(raw: unknown): AheadMode['acts'][number] | null {
  if (!isFields(raw) || !isTime(raw['atS'])) return null;
  const { atS, order, command } = raw;
  if (isFields(order) && isName(order['device'])) {
    const { device, position } = order;
    return position === null || (typeof position === 'number' && position >= 0 && position <= 1) ? { atS, order: { device, position } } : null;
  }
  if (isFields(command) && isName(command['name'])) {
    const value = command['value'] ?? true;
    return typeof value === 'boolean' ? { atS, command: { name: command['name'], value } } : null;
  }
  return null;
}

/** One mode of retreat from the snapshot to the end. `progress` is told the share that is done. */
export function runAhead(definition: PlantDefinition, snapshot: unknown, mode: AheadMode, question: Pick<AheadQuestion, 'tags' | 'endS'>, progress: (share: number) => void = () => undefined): Checked<AheadResult> {
  const plant = new PlantMachine(definition);
  const restored = plant.restore(snapshot);
  if (!restored.ok) return restored;
  plant.releaseButtons();
  const steps = Math.round(question.endS / MACRO_STEP_S);
  const every = Math.max(1, Math.ceil(steps / (AHEAD_LIMITS.points - 1)));
  const tags = question.tags.map((tag) => ({ tag, highest: { value: -Infinity, atS: 0 }, lowest: { value: Infinity, atS: 0 }, last: Number.NaN, points: [] as (readonly [number, number])[] }));
  const margins = definition.margins.map(({ id, lostAt, side }) => ({ id, side, worst: Number.NaN, worstAtS: 0, lostAt, lostAtS: null as number | null }));
  const before = new Set(plant.tripped());
  const trips = new Map<string, number>();
  const refused: Words[] = [];
  let next = 0;
  let atS = 0;
  for (let step = 0; step <= steps; step += 1) {
    atS = step * MACRO_STEP_S;
    for (let act = mode.acts[next]; act !== undefined && act.atS <= atS; act = mode.acts[next]) {
      const done = perform(plant, act);
      if (!done.ok) refused.push(wordsOf(done));
      next += 1;
    }
    for (const each of tags) look(each, plant.analog(each.tag), atS, step % every === 0 || step === steps);
    const now = plant.margins();
    for (const [i, margin] of margins.entries()) {
      const { value = Number.NaN, isLost = false } = now[i] ?? {};
      if (Number.isNaN(margin.worst) || (margin.side === 'above' ? value > margin.worst : value < margin.worst)) Object.assign(margin, { worst: value, worstAtS: atS });
      if (isLost) margin.lostAtS ??= atS;
    }
    for (const id of plant.tripped()) if (!before.has(id) && !trips.has(id)) trips.set(id, atS);
    if (step % 400 === 0) progress(step / Math.max(1, steps));
    if (step === steps || !plant.step(MACRO_STEP_S).ok) break;
  }
  return {
    ok: true,
    value: {
      id: mode.id, title: mode.title,
      tags: tags.map(({ points: _points, ...facts }) => facts), margins: margins.map(({ side: _side, ...facts }) => facts), lost: margins.some(({ lostAtS }) => lostAtS !== null),
      trips: [...trips].map(([id, tripAtS]) => ({ id, atS: tripAtS })),
      end: { atS, running: plant.machine.running, emergencyStop: plant.machine.emergencyStop, tripped: plant.tripped(), failure: plant.failure === null ? null : failureWords(plant.failure), refused },
      series: tags.map(({ tag, points }) => ({ tag, points })),
    },
  };
}

function look(each: { highest: Extreme; lowest: Extreme; last: number; points: (readonly [number, number])[] }, value: number, atS: number, isPoint: boolean): void {
  if (value > each.highest.value) each.highest = { value, atS };
  if (value < each.lowest.value) each.lowest = { value, atS };
  each.last = value;
  if (isPoint) each.points.push([atS, value]);
}

/** A momentary button is pressed and let go. */
function perform(plant: PlantMachine, deed: AheadDeed): Checked<unknown> {
  if ('order' in deed) return plant.order(deed.order.device, deed.order.position);
  const { name, value } = deed.command;
  const done = plant.command(name, value);
  if (value && plant.commands.some(({ id, kind }) => id === name && kind === 'momentary')) plant.command(name, false);
  return done;
}
