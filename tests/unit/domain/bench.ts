/** What the tests of the domain stand on: an engine of a few conditions, the shipped plant, and a station without disk and clock. */
import path from 'node:path';
import { ConditionEngine } from '../../../src/domain/conditions/engine.ts';
import type { ConditionChange } from '../../../src/domain/conditions/engine.ts';
import type { NodeSpec } from '../../../src/domain/conditions/compile.ts';
import type { Measure, PlantPack } from '../../../src/domain/packs/schema.ts';
import { placeOf } from '../../../src/domain/procedures/machine.ts';
import type { Place } from '../../../src/domain/procedures/places.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import type { Sample, SampleValue } from '../../../src/domain/samples/sample.ts';
import type { Context, Decision } from '../../../src/domain/station/commands.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact, FactType } from '../../../src/domain/station/facts.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import { observe } from '../../../src/domain/station/observe.ts';
import { signRollCall } from '../../../src/domain/station/people-commands.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import type { Plant } from '../../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import type { ProcedureRun, StationState } from '../../../src/domain/station/state.ts';
import { loadPacks } from '../../../src/main/packs/load.ts';

export const ROOT = path.resolve(import.meta.dirname, '../../..');
/** A day to stand on, ms since the epoch. */
export const T0 = 1_780_000_000_000;

let loaded: readonly PlantPack[] | undefined;
/** Every plant as it is shipped, in each of its designs. */
export function shippedPacks(): readonly PlantPack[] {
  if (loaded === undefined) {
    const packs = loadPacks({ rulesDir: path.join(ROOT, 'rules'), proceduresDir: path.join(ROOT, 'procedures') });
    loaded = [...packs.plants, ...packs.otherDesigns()];
  }
  return loaded;
}
/** The first design of a plant as it is shipped. */
export function shippedPack(id = 'h2o2'): PlantPack {
  const pack = shippedPacks().find((p) => p.id === id);
  if (pack === undefined) throw new Error(`the shipped pack ${id} does not load`);
  return pack;
}

export function sample(tag: string, value: SampleValue, atMs: number, status = 0, sourceMs = atMs): Sample {
  return { tag, value, status, sourceMs, receivedMs: atMs };
}

export const node = (id: string, measure: Measure, onDelayMs = 0, offDelayMs = 0): NodeSpec => ({ id, measure, onDelayMs, offDelayMs });

/** An engine of a few conditions over tags of one scan time; `lab:` and `seen:` channels hold until replaced. */
export function engineOf(nodes: readonly NodeSpec[], inputs: readonly string[], scanMs = 5_000): ConditionEngine {
  return new ConditionEngine(inputs.map((id) => ({ id, scanMs: id.includes(':') ? 0 : scanMs })), nodes);
}

/** One change in one line: `+1500 C raised`. */
export const line = (change: ConditionChange): string => `+${change.atMs - T0} ${change.id} ${change.state}`;

export const PEOPLE = {
  operator: { user: 'li.na', name: '李娜', roles: ['operator'] },
  supervisor: { user: 'wang.wei', name: '王伟', roles: ['supervisor'] },
  engineer: { user: 'zhao.min', name: '赵敏', roles: ['engineer'] },
  engineer2: { user: 'sun.lei', name: '孙磊', roles: ['engineer'] },
  both: { user: 'qian.duo', name: '钱多', roles: ['supervisor', 'engineer'] },
} satisfies Record<string, Signer>;

/** Values at which no condition of the shipped plant is raised and no prohibition broken. */
export function calmValues(pack: PlantPack): Map<string, SampleValue> {
  const values = new Map<string, SampleValue>();
  for (const tag of pack.tags) {
    if (tag.kind === 'boolean') values.set(tag.id, tag.id.startsWith('CAM-'));
    else if (tag.kind === 'discrete') values.set(tag.id, tag.states.includes('closed') ? 'closed' : 'running');
    else if (tag.kind === 'count') values.set(tag.id, 0);
    else values.set(tag.id, /^TI-4[78]/u.test(tag.id) ? 25 : tag.unit === 'degC' ? 45 : tag.unit === 'MPa' ? 0.01 : tag.unit === 'kPa' ? 1 : tag.unit === '%' ? 50 : 0);
  }
  const special: Record<string, SampleValue> = {
    'AI-4207': 4, 'AI-4307': 97, 'FI-4109': 600, 'FI-4902': 20, 'FI-4901': 3, 'FI-4213': 500, 'FI-4210': 8_000, 'FI-4105': 2_000,
    'AI-4305A': 0.1, 'AI-4305B': 0.1, 'AI-4106A': 0.2, 'AI-4106B': 0.2, 'AI-4106C': 0.2, 'XV-4101': 'open', 'XV-4203': 'open', 'XV-4301': 'open', 'XV-4302': 'open', 'ZS-4502': 'open', 'ZS-4211': 'open', 'ZS-4212': 'open',
  };
  for (const [tag, value] of Object.entries(special)) values.set(tag, value);
  return values;
}

/** What the whole-plant stop (A4.2) brings the plant to. */
export const STOPPED: Readonly<Record<string, SampleValue>> = {
  'XV-4101': 'closed', 'XV-4102': 'open', 'K-4201': 'stopped', 'XV-4203': 'closed', 'P-4109': 'stopped', 'FI-4109': 0, 'FI-4902': 20,
  'XV-4205': 'open', 'XV-4104': 'closed', 'XV-4401': 'closed', 'XV-4502': 'closed', 'XV-4301': 'closed', 'XV-4302': 'closed',
};

/** A person who goes in as it is asked: a task, a part, everything the zone demands, a detector. */
export const equipped = ({ plant }: { readonly plant: Plant }, zone: string, name: string, more: { task?: string; part?: string; gasDetector?: string; confirmed?: string[] } = {}) => ({
  zone, name, task: 't', part: `at ${name}`, gasDetector: 'GD-07', confirmed: [...(plant.pack.zones.find(({ id }) => id === zone)?.protection ?? [])], ...more,
});

/** Two different people sign that nobody is left in each zone of the roll-call that is still open. */
export function callTheRoll(bench: Bench, ...signers: readonly Signer[]): void {
  for (const zone of Object.keys(bench.state.rollCall?.zones ?? {})) for (const signer of signers) bench.do((c) => signRollCall(c, { zone, empty: true, note: '' }, signer));
}

type Decide<Output> = (context: Context) => Decision<Output>;

/** The station's domain as the core drives it, with a clock that the test turns and every fact kept. */
export class Bench {
  readonly plant: Plant;
  state: StationState = EMPTY_STATE;
  nowMs = T0;
  readonly facts: Fact[] = [];
  readonly values: Map<string, SampleValue>;
  /** Tags that come with bad quality from now on, whatever they say. */
  readonly bad = new Set<string>();

  constructor(pack: PlantPack = shippedPack(), values: ReadonlyMap<string, SampleValue> = calmValues(pack)) {
    this.plant = makePlant(pack);
    this.values = new Map(values);
  }

  /** The link is up and every tag has its calm value. */
  static calm(pack?: PlantPack, values?: ReadonlyMap<string, SampleValue>): Bench {
    const bench = pack === undefined ? new Bench() : new Bench(pack, values);
    bench.link('connected');
    bench.pass(1_000);
    return bench;
  }

  link(phase: string): void {
    this.commit([fact('link.changed', this.nowMs, null, { phase, reason: null })]);
  }

  /** Sets values that from now on stand, and lets the plant tell them. */
  set(values: Readonly<Record<string, SampleValue>>): void {
    for (const [tag, value] of Object.entries(values)) this.values.set(tag, value);
    this.pass(1_000);
  }

  /** Lets time pass in steps in which every tag tells its value. */
  pass(durationMs: number, stepMs = 1_000): void {
    for (let doneMs = 0; doneMs < durationMs; doneMs += stepMs) {
      this.nowMs += Math.min(stepMs, durationMs - doneMs);
      for (const [tag, value] of this.values) this.plant.engine.push(sample(tag, value, this.nowMs, this.bad.has(tag) ? STATUS.bad : STATUS.good));
      this.settle();
    }
  }

  /** Lets time pass in which nothing is heard. */
  silence(durationMs: number): void {
    for (let doneMs = 0; doneMs < durationMs; doneMs += 1_000) {
      this.nowMs += Math.min(1_000, durationMs - doneMs);
      this.settle();
    }
  }

  push(...samples: readonly Sample[]): void {
    for (const each of samples) {
      this.nowMs = Math.max(this.nowMs, each.receivedMs);
      this.plant.engine.push(each);
    }
    this.settle();
  }

  settle(): void {
    this.plant.engine.advance(this.nowMs);
    const observed = observe(this.plant, this.state, this.plant.engine.drain(), this.nowMs);
    this.state = observed.state;
    this.facts.push(...observed.facts);
  }

  commit(facts: readonly Fact[]): void {
    this.facts.push(...facts);
    this.state = evolveAll(this.state, facts, this.plant.machines);
    for (const f of facts) {
      if (f.type === 'lab.entered') this.plant.engine.push(sample(`lab:${f.data.lab}`, f.data.value, f.atMs));
      if (f.type === 'seen.reported') this.plant.engine.push(sample(`seen:${f.data.observation}`, f.data.present, f.atMs));
    }
    this.settle();
  }

  do<Output>(decide: Decide<Output>): Decision<Output> {
    const decision = decide({ plant: this.plant, state: this.state, nowMs: this.nowMs });
    if (decision.outcome !== 'failed') this.commit(decision.facts);
    return decision;
  }

  run(procedure: string): ProcedureRun {
    const found = this.state.runs.find((run) => run.procedure === procedure);
    if (found === undefined) throw new Error(`${procedure} is not running; running: ${this.state.runs.map((r) => r.procedure).join(', ') || 'none'}`);
    return found;
  }

  place(procedure: string): Place | null {
    const found = this.state.runs.find((run) => run.procedure === procedure);
    return found === undefined ? null : placeOf(found.course);
  }

  factsOf<T extends FactType>(type: T): Extract<Fact, { type: T }>[] {
    return this.facts.filter((f): f is Extract<Fact, { type: T }> => f.type === type);
  }
}

/** The rules that a refusal names, in order and each once. */
export function rulesOf(decision: Decision<unknown>): string[] {
  return decision.outcome === 'refused' ? [...new Set(decision.refusal.obstacles.map((o) => o.rule))] : [`not refused: ${decision.outcome}`];
}
