/** A story of a shipped plant: values as its instruments tell them, through the real pack, the real engine and the station's own eyes. */
import path from 'node:path';
import { channelsOf } from '../../../src/domain/conditions/compile.ts';
import { TRUE } from '../../../src/domain/conditions/truth.ts';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import type { Sample, SampleValue } from '../../../src/domain/samples/sample.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { observe } from '../../../src/domain/station/observe.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import type { Plant } from '../../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import type { StationState } from '../../../src/domain/station/state.ts';
import { loadPacks } from '../../../src/main/packs/load.ts';
import type { LoadedPacks } from '../../../src/main/packs/load.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** A day to stand on, ms since the epoch. */
const T0 = 1_780_000_000_000;
const STATUS_BAD = 0x8000_0000;
const MINUTE_MS = 60_000;

export type Values = Readonly<Record<string, SampleValue>>;
/** What the plant does at which minute; numbers go straight from one point to the next, words and switches change at the point. */
export type Course = readonly (readonly [minute: number, values: Values])[];

let loaded: LoadedPacks | undefined;
export function shippedPlant(id: string): PlantPack {
  loaded ??= loadPacks({ rulesDir: path.join(ROOT, 'rules'), proceduresDir: path.join(ROOT, 'procedures') });
  const pack = loaded.plants.find((plant) => plant.id === id);
  if (pack === undefined) throw new Error(`the shipped pack ${id} does not load: ${loaded.findings.map((f) => `${f.file}:${f.line} ${f.message}`).join('; ')}`);
  return pack;
}

export class PlantStory {
  readonly plant: Plant;
  state: StationState;
  /** When each condition was first raised, in minutes from the beginning; parts of others too. */
  readonly firstRaisedMin = new Map<string, number>();
  readonly facts: Fact[] = [];
  readonly #values: Map<string, SampleValue>;
  readonly #bad = new Set<string>();
  #nowMs = T0;

  /** The plant as it runs normally, seen for a second. Every tag has to be in `normal`. */
  constructor(pack: PlantPack, normal: Values) {
    this.plant = makePlant(pack);
    this.#values = new Map(Object.entries(normal));
    const untold = pack.tags.filter((tag) => !this.#values.has(tag.id)).map((tag) => tag.id);
    const unknown = [...this.#values.keys()].filter((id) => !pack.tags.some((tag) => tag.id === id));
    if (untold.length > 0 || unknown.length > 0) throw new Error(`normal values lack ${untold.join(', ')} and name unknown ${unknown.join(', ')}`);
    this.state = evolveAll(EMPTY_STATE, [fact('link.changed', T0, null, { phase: 'connected', reason: null })], this.plant.machines);
    this.#tell(this.#values);
    this.run(1_000);
  }

  get minute(): number { return (this.#nowMs - T0) / MINUTE_MS; }

  /** New values, told at once. */
  set(values: Values): this {
    for (const [tag, value] of Object.entries(values)) this.#values.set(tag, value);
    this.#tell(new Map(Object.entries(values)));
    return this;
  }

  /** From now on these tags come with bad quality, whatever they say. */
  bad(...tags: readonly string[]): this {
    for (const tag of tags) this.#bad.add(tag);
    this.#tell(new Map(tags.map((tag) => [tag, this.#values.get(tag) ?? null])));
    return this;
  }

  /** Reported by a person or a camera, and signed. */
  see(observation: string, present = true): this {
    this.plant.engine.push(this.#sample(`seen:${observation}`, present));
    this.#settle();
    return this;
  }

  /** Lets time pass; the link is alive, so that unchanged values stay fresh. */
  run(durationMs: number, stepMs = 1_000): this {
    const endMs = this.#nowMs + durationMs;
    while (this.#nowMs < endMs) {
      this.#pass(Math.min(endMs, this.#nowMs + stepMs));
      this.#settle();
    }
    return this;
  }

  /** Lets the plant take this course. `noise`: standard deviation in percent of each instrument's range, always the same for the same seed. */
  play(course: Course, { stepMs = 5_000, noisePercent = 0, seed = 1 }: { stepMs?: number; noisePercent?: number; seed?: number } = {}): this {
    const beginMs = this.#nowMs;
    const endMs = beginMs + (course.at(-1)?.[0] ?? 0) * MINUTE_MS;
    const random = gaussian(seed);
    const spans = new Map(this.plant.pack.tags.flatMap((tag) => (tag.kind === 'analog' ? [[tag.id, { low: tag.low, high: tag.high }] as const] : [])));
    while (this.#nowMs < endMs) {
      this.#pass(Math.min(endMs, this.#nowMs + stepMs));
      const values = valuesAt(course, (this.#nowMs - beginMs) / MINUTE_MS, this.#values);
      for (const [tag, value] of values) this.#values.set(tag, value);
      const told = noisePercent === 0 ? values : new Map([...this.#values].map(([tag, value]) => [tag, withNoise(value, spans.get(tag), noisePercent, random)]));
      this.#tell(told);
    }
    return this;
  }

  isRaised(id: string): boolean {
    const truth = this.plant.engine.truthOf(id);
    if (truth === null) throw new Error(`the plant ${this.plant.pack.id} has no condition ${id}`);
    return truth === TRUE;
  }

  /** Conditions of these roles that were raised at any time, in order. */
  everRaised(...roles: readonly string[]): string[] {
    return [...this.firstRaisedMin.keys()].filter((id) => roles.includes(this.plant.conditions.get(id)?.role ?? ''));
  }

  /** The link gives a sign of life every second, so that the quickest tags stay fresh however coarse the story's steps are. */
  #pass(untilMs: number): void {
    while (this.#nowMs < untilMs) {
      this.#nowMs = Math.min(untilMs, this.#nowMs + 1_000);
      this.plant.engine.alive(this.#nowMs);
      this.plant.engine.advance(this.#nowMs);
    }
  }

  #sample(tag: string, value: SampleValue): Sample {
    return { tag, value, status: this.#bad.has(tag) ? STATUS_BAD : 0, sourceMs: this.#nowMs, receivedMs: this.#nowMs };
  }

  #tell(values: ReadonlyMap<string, SampleValue>): void {
    for (const [tag, value] of values) this.plant.engine.push(this.#sample(tag, value));
    this.#settle();
  }

  #settle(): void {
    const changes = this.plant.engine.drain();
    for (const change of changes) if (change.state === 'raised' && !this.firstRaisedMin.has(change.id)) this.firstRaisedMin.set(change.id, (change.atMs - T0) / MINUTE_MS);
    if (changes.length === 0) return;
    const observed = observe(this.plant, this.state, changes, this.#nowMs);
    this.state = observed.state;
    this.facts.push(...observed.facts);
  }
}

/** Every channel of a plant that a story may set: tags, results, observations. */
export function channelIds(pack: PlantPack): string[] {
  return channelsOf(pack).map((channel) => channel.id);
}

function valuesAt(course: Course, minute: number, present: ReadonlyMap<string, SampleValue>): Map<string, SampleValue> {
  const values = new Map<string, SampleValue>();
  for (const tag of new Set(course.flatMap(([, at]) => Object.keys(at)))) {
    const points = course.flatMap(([at, told]) => (tag in told ? [{ at, value: told[tag] as SampleValue }] : []));
    const before = points.filter((point) => point.at <= minute).at(-1);
    const after = points.find((point) => point.at > minute);
    if (before === undefined) { values.set(tag, present.get(tag) ?? null); continue; }
    const isLine = typeof before.value === 'number' && typeof after?.value === 'number';
    values.set(tag, isLine ? before.value as number + ((after.value as number) - (before.value as number)) * ((minute - before.at) / (after.at - before.at)) : before.value);
  }
  return values;
}

function withNoise(value: SampleValue, span: { low: number; high: number } | undefined, percent: number, random: () => number): SampleValue {
  if (typeof value !== 'number' || span === undefined) return value;
  return Math.min(span.high, Math.max(span.low, value + (random() * percent * (span.high - span.low)) / 100));
}

/** Normally distributed numbers, the same for the same seed. */
function gaussian(seed: number): () => number {
  let state = seed >>> 0;
  // mulberry32: a plain congruential generator repeats itself from one round of tags to the next, which a slope sees.
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
