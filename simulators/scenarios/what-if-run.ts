/**
 * One scenario run headless, as fast as it can, with what people did moved in time: the stop so much earlier or later, and all that followed
 * it with it. Deterministic: the same question gives the same bytes. Knows nothing of files and processes.
 */
import type { Checked } from '../kernel/fault-envelope.ts';
import type { PlantDefinition } from '../machine/definition.ts';
import { bypassKeyOf, buttonId } from '../machine/commands.ts';
import { PlantMachine } from '../machine/machine.ts';
import type { TagDefinition } from '../machine/tags.ts';
import { applyScenario, Later } from './apply.ts';
import type { Scenario } from './load.ts';
import type { Criterion, WhatIfEvent, WhatIfQuestion } from './what-if-question.ts';

interface Words { readonly zh: string; readonly en: string }

export interface WhatIfRun {
  readonly shiftMs: number;
  readonly stopS: number | null;
  /** Seconds from the start of the exercise to the safe state, not before the stop; null = not reached, or nothing says what safe is. */
  readonly safeAfterS: number | null;
  readonly outcome: Words;
  readonly worst: readonly { readonly tag: string; readonly title: Words; readonly unit: string; readonly value: number; readonly atS: number; readonly limit: number | null }[];
  readonly series: readonly { readonly tag: string; readonly points: readonly (readonly [number, number])[] }[];
}

/** As the server does before anybody looks: lags and analysers settle. */
const SETTLE_S = 120;
const STEP_S = 0.25;
const POINTS_MAX = 1_000;
type TagsById = ReadonlyMap<string, TagDefinition>;
export const tagsById = (definition: PlantDefinition): TagsById => new Map(definition.tags.map((tag) => [tag.id, tag]));

export const stopOf = (events: readonly WhatIfEvent[]): number | null => events.filter((event) => event.do === 'stop').reduce<number | null>((first, { atS }) => (first === null ? atS : Math.min(first, atS)), null);

/** What came before the stop stays; the stop and what came after it move together, and none before the beginning. */
export function movedEvents(events: readonly WhatIfEvent[], shiftMs: number): WhatIfEvent[] {
  const stopS = stopOf(events);
  if (stopS === null) return [...events];
  const byS = Math.max(shiftMs / 1_000, -stopS);
  // Whole ms, so that a sum of fractions does not show.
  return events.map((event) => (event.atS < stopS ? event : { ...event, atS: Math.round((event.atS + byS) * 1_000) / 1_000 })).sort((a, b) => a.atS - b.atS);
}

/** One shift, on the plant of the scenario. */
export function runWhatIf(definition: PlantDefinition, question: WhatIfQuestion, scenario: Scenario, shiftMs: number): Checked<WhatIfRun> {
  const plant = new PlantMachine(definition, question.seed ?? 1);
  const tags = tagsById(definition);
  const begun = plant.begin(question.start ?? scenario.start);
  if (!begun.ok) return begun;
  const settled = plant.step(question.ranS === null ? SETTLE_S : Math.max(0, question.ranS - plant.timeS));
  if (!settled.ok) return settled;
  const applied = applyScenario(plant, scenario);
  if (!applied.ok) return applied;
  const events = movedEvents(peoplesOwn(question.events, scenario, plant), shiftMs);
  const stopS = stopOf(events);
  // As long after the stop as it was looked at then.
  const steps = Math.round((question.endS + Math.max(0, shiftMs / 1_000)) / STEP_S);
  const every = Math.max(1, Math.ceil(steps / (POINTS_MAX - 1)));
  const watched = question.tags.map(({ tag, side, limit }) => ({ tag, side, limit, value: Number.NaN, atS: 0, points: [] as (readonly [number, number])[] }));
  const trips = new Map<string, number>();
  const later = Later.of(plant, scenario.then);
  if (!later.ok) return later;
  const safe = new SafeWatch(question.safe, tags);
  let next = 0;
  let failure: string | null = null;
  for (let step = 0; step <= steps; step += 1) {
    const atS = step * STEP_S;
    for (; next < events.length && (events[next]?.atS ?? 0) <= atS + STEP_S / 2; next += 1) act(plant, events[next]);
    for (const each of watched) {
      const value = Number(plant.tag(each.tag).value);
      if (Number.isNaN(each.value) || (each.side === 'high' ? value > each.value : value < each.value)) Object.assign(each, { value, atS });
      if (step % every === 0) each.points.push([atS, value]);
    }
    for (const id of plant.tripped()) if (!trips.has(id)) trips.set(id, atS);
    if (stopS !== null && atS >= stopS) safe.look(plant, atS);
    const done = later.value.look();
    if (!done.ok) return done;
    const moved = plant.step(STEP_S);
    if (!moved.ok) {
      failure = moved.message;
      break;
    }
  }
  const worst = watched.map(({ tag, limit, value, atS }) => ({ tag, ...titleOf(tags, tag), value, atS, limit }));
  return { ok: true, value: { shiftMs, stopS, safeAfterS: safe.reachedS, outcome: outcomeOf(stopS, safe, trips, failure, steps * STEP_S), worst, series: watched.map(({ tag, points }) => ({ tag, points })) } };
}

function act(plant: PlantMachine, event: WhatIfEvent | undefined): void {
  switch (event?.do) {
    case undefined: return;
    case 'stop': case 'evacuate': case 'reset': press(plant, buttonId(plant.definition.digit, event.do)); return;
    case 'key': plant.command(bypassKeyOf(event.interlock ?? ''), event.on === true); return;
    case 'press': press(plant, event.button ?? ''); return;
    case 'hand': if (event.hand !== undefined) repeat(plant, event.hand);
  }
}

/** What the plant does not take now is not done; the record had it from a plant that did. */
function repeat(plant: PlantMachine, hand: NonNullable<WhatIfEvent['hand']>): void {
  if ('order' in hand) plant.order(hand.order.device, hand.order.position);
  else if ('command' in hand) plant.command(hand.command.name, hand.command.value);
  else if ('field' in hand) plant.fieldAction(hand.field);
  else if ('inject' in hand) plant.inject(hand.inject.id, hand.inject.options);
  else plant.clear(hand.clear);
}

/** Without what the scenario does by itself, and without a button that the record tells twice: as the station's deed and as the plant's. */
function peoplesOwn(events: readonly WhatIfEvent[], { faults, then }: Scenario, { definition: { digit } }: PlantMachine): readonly WhatIfEvent[] {
  const twice = new Set((['stop', 'evacuate', 'reset'] as const).filter((each) => events.some((event) => event.do === each)).map((each) => buttonId(digit, each)));
  const injected = new Set([...faults.map(({ id }) => id), ...then.flatMap(({ do: action }) => (action.kind === 'inject' ? [action.id] : []))]);
  const scripted = new Set(then.flatMap(({ do: action }) => (action.kind === 'order' ? [`${action.device} ${String(action.position)}`] : action.kind === 'command' ? [`${action.name} ${String(action.value)}`] : action.kind === 'clear' ? [action.id] : 'tag' in action ? [action.tag] : 'device' in action ? [action.device] : 'zone' in action ? [action.zone] : [])));
  const isOwn = (hand: NonNullable<WhatIfEvent['hand']>): boolean => {
    if ('order' in hand) return !scripted.has(`${hand.order.device} ${String(hand.order.position)}`);
    if ('command' in hand) return !twice.has(hand.command.name) && !scripted.has(`${hand.command.name} ${String(hand.command.value)}`);
    if ('field' in hand) return !scripted.has(String(hand.field['tag'] ?? hand.field['device'] ?? hand.field['zone'] ?? ''));
    return 'inject' in hand ? !injected.has(hand.inject.id) : !scripted.has(hand.clear);
  };
  return events.filter(({ hand }) => hand === undefined || isOwn(hand));
}

function press(plant: PlantMachine, button: string): void {
  plant.command(button, true);
  plant.command(button, false);
}

/** Safe when every proof has held as long as it must, all at the same time. */
class SafeWatch {
  readonly #proofs: readonly { readonly all: readonly Criterion[]; readonly holdS: number; sinceS: number | null }[];
  readonly #tags: TagsById;
  reachedS: number | null = null;

  constructor(proofs: WhatIfQuestion['safe'], tags: TagsById) {
    this.#tags = tags;
    this.#proofs = proofs.map((proof) => ({ ...proof, sinceS: null }));
  }

  get isKnown(): boolean {
    return this.#proofs.length > 0;
  }

  look(plant: PlantMachine, atS: number): void {
    if (!this.isKnown || this.reachedS !== null) return;
    let all = true;
    for (const proof of this.#proofs) {
      const holds = proof.all.every((criterion) => meets(plant, this.#tags, criterion));
      proof.sinceS = holds ? (proof.sinceS ?? atS) : null;
      if (proof.sinceS === null || atS - proof.sinceS < proof.holdS) all = false;
    }
    if (all) this.reachedS = atS;
  }
}

function meets(plant: PlantMachine, tags: TagsById, { tag, is, above, atOrAbove, below, atOrBelow }: Criterion): boolean {
  const definition = tags.get(tag);
  if (definition === undefined) return false;
  const { value, good } = plant.tag(tag);
  if (!good) return false;
  if (is !== undefined) return is.includes(definition.kind === 'discrete' ? (definition.states[Number(value)] ?? '') : String(value));
  const number = Number(value);
  return (above === undefined || number > above) && (atOrAbove === undefined || number >= atOrAbove) && (below === undefined || number < below) && (atOrBelow === undefined || number <= atOrBelow);
}

function titleOf(tags: TagsById, id: string): { title: Words; unit: string } {
  const tag = tags.get(id);
  return { title: { zh: tag?.zh ?? id, en: tag?.en ?? id }, unit: tag !== undefined && 'unit' in tag ? tag.unit : '' };
}

function outcomeOf(stopS: number | null, safe: SafeWatch, trips: ReadonlyMap<string, number>, failure: string | null, endS: number): Words {
  const whole = (s: number): string => String(Math.round(s));
  const parts: Words[] = [
    stopS === null ? { zh: '没有停车', en: 'No stop' } : { zh: `${whole(stopS)} s 停车`, en: `Stop at ${whole(stopS)} s` },
    ...[...trips].map(([id, atS]) => ({ zh: `${whole(atS)} s ${id} 联锁动作`, en: `${id} tripped at ${whole(atS)} s` })),
    ...(failure !== null ? [{ zh: `模型到此为止：${failure}`, en: `The model ends here: ${failure}` }]
      : safe.reachedS !== null ? [{ zh: `${whole(safe.reachedS)} s 达到安全状态`, en: `Safe at ${whole(safe.reachedS)} s` }]
      : safe.isKnown ? [{ zh: `${whole(endS)} s 内未达到安全状态`, en: `Not safe within ${whole(endS)} s` }]
      : [{ zh: '安全状态无从判断', en: 'Nothing says when it is safe' }]),
  ];
  return { zh: parts.map(({ zh }) => zh).join('；').slice(0, 1_500), en: parts.map(({ en }) => en).join('; ').slice(0, 1_500) };
}
