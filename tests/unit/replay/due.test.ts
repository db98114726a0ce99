/** REQ-REPL-07: a moment at which there is nothing to find is not looked at, and nothing that would have been found is missed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProcedureDef, StepDef, TagDef } from '../../../src/domain/packs/schema.ts';
import { presentStepOf } from '../../../src/domain/procedures/machine.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import type { Context, Decision } from '../../../src/domain/station/commands.ts';
import { closeAction, openAction, rescheduleAction } from '../../../src/domain/station/action-commands.ts';
import * as alarms from '../../../src/domain/station/alarm-commands.ts';
import * as bypassCommands from '../../../src/domain/station/bypass-commands.ts';
import * as interlockCommands from '../../../src/domain/station/interlock-commands.ts';
import * as stationCommands from '../../../src/domain/station/commands.ts';
import * as peopleCommands from '../../../src/domain/station/people-commands.ts';
import * as procedureCommands from '../../../src/domain/station/procedure-commands.ts';
import { cautionItems } from '../../../src/domain/station/gates/run-facts.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import { isDue, readsOf, restAfter } from '../../../src/domain/station/due.ts';
import type { Rest } from '../../../src/domain/station/due.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { observe } from '../../../src/domain/station/observe.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import type { Plant } from '../../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import type { StationState } from '../../../src/domain/station/state.ts';
import * as work from '../../../src/domain/station/work-commands.ts';
import { evidenceFor } from '../../support/procedures/evidence-for.ts';
import { ammoniaNormal } from '../../support/rules/ammonia-normal.ts';
import { BreakingValues } from '../../support/rules/breaking-values.ts';
import { h2o2Normal } from '../../support/rules/h2o2-normal.ts';
import { ammoniumNitrateNormal, fineChemicalsNormal } from '../../support/rules/normal-values.ts';
import { calmValues, equipped, PEOPLE, sample, shippedPack, STOPPED, T0 } from '../domain/bench.ts';

const commands = { ...stationCommands, ...procedureCommands, ...bypassCommands, ...interlockCommands, ...peopleCommands };

/** A station without disk and clock, which looks always or only when there is something due. */
class Station {
  readonly plant: Plant;
  readonly facts: Fact[] = [];
  readonly isSparse: boolean;
  state: StationState = EMPTY_STATE;
  nowMs = T0;
  looks = 0;
  /** Reads of the engine by `observe` that `readsOf` does not name. */
  readonly unnamed = new Set<string>();
  #rest: Rest | null = null;

  constructor(isSparse: boolean, pack = shippedPack(), values: ReadonlyMap<string, SampleValue> = calmValues(pack)) {
    this.isSparse = isSparse;
    this.plant = makePlant(pack);
    this.commit([fact('link.changed', T0, null, { phase: 'connected', reason: null })]);
    for (const [tag, value] of values) this.plant.engine.push(sample(tag, value, T0));
    this.settle();
  }

  commit(facts: readonly Fact[]): void {
    this.facts.push(...facts);
    this.state = evolveAll(this.state, facts, this.plant.machines);
  }

  settle(): void {
    const changes = this.plant.engine.drain();
    if (this.isSparse && !isDue(this.plant, this.#rest, this.state, changes.length, this.nowMs)) return;
    this.looks += 1;
    const observed = observe(this.plant, this.state, changes, this.nowMs);
    this.facts.push(...observed.facts);
    this.state = observed.state;
    this.#rest = restAfter(this.plant, this.state, this.nowMs);
  }

  /** A look at a station that has come to rest reads nothing but what `readsOf` names. */
  namesAllReads(): void {
    const named = readsOf(this.plant, this.state);
    const names = new Set([...named.tags, ...named.qualities, ...named.truths]);
    const read: string[] = [];
    observe(this.#recording(read), this.state, [], this.nowMs);
    for (const id of read) if (!names.has(id)) this.unnamed.add(id);
  }

  #recording(read: string[]): Plant {
    const { engine } = this.plant;
    const recorded = new Proxy(engine, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown => {
          read.push(String(args[0]));
          return (member as (...a: unknown[]) => unknown).apply(target, args);
        };
      },
    });
    return { ...this.plant, engine: recorded };
  }

  /** Ticks of 500 ms, each with a sign of life. */
  pass(ms: number): void {
    const untilMs = this.nowMs + ms;
    while (this.nowMs < untilMs) {
      this.nowMs = Math.min(this.nowMs + 500, untilMs);
      this.plant.engine.alive(this.nowMs);
      this.plant.engine.advance(this.nowMs);
      this.settle();
    }
  }

  do<Output>(decide: (context: Context) => Decision<Output>): void {
    const decision = decide({ plant: this.plant, state: this.state, nowMs: this.nowMs });
    if (decision.outcome === 'failed') return;
    this.commit(decision.facts);
    this.settle();
  }
}

type Deed = (station: Station) => void;
const person = fc.constantFrom(...Object.values(PEOPLE));
const run = (c: Context): string => c.state.runs[0]?.instance ?? 'P-A4.2:1';
/** One of the running procedures, its definition and its present step. */
function at(c: Context, k: number): { instance: string; def: ProcedureDef; step: StepDef | null } | null {
  const one = c.state.runs[k % Math.max(1, c.state.runs.length)];
  const def = one === undefined ? undefined : c.plant.procedures.get(one.procedure);
  return one === undefined || def === undefined ? null : { instance: one.instance, def, step: presentStepOf(def, one.course) };
}
const zoneAt = ({ plant }: Context, k: number): string => plant.pack.zones[k % plant.pack.zones.length]?.id ?? '';
const cameraAt = ({ plant }: Context, k: number): string => plant.pack.zones[k % plant.pack.zones.length]?.cameras[0]?.id ?? '';
const nothing: Decision = { outcome: 'done', facts: [], output: {} };
/** What people do with running procedures, where it can be done now. */
const procedureDeeds: readonly ((c: Context, k: number, by: Signer) => Decision<unknown>)[] = [
  (c, k) => commands.raiseByHand(c, [...c.plant.procedures.keys()][k % c.plant.procedures.size] ?? '', 'seen', 'post'),
  (c, k) => commands.startProcedure(c, at(c, k)?.instance ?? '', 'post'),
  (c, k) => commands.investigate(c, at(c, k)?.instance ?? '', 'post'),
  (c, k, by) => commands.recordCause(c, at(c, k)?.instance ?? '', 'found', by),
  (c, k) => {
    const { instance, step } = at(c, k) ?? {};
    return instance === undefined || step == null || step.options.length === 0 ? nothing : commands.chooseOption(c, { instance, step: step.id, option: step.options[k % step.options.length]?.id ?? '', reason: 'r' }, 'post', true);
  },
  (c, k) => {
    const { instance, step } = at(c, k) ?? {};
    return instance === undefined || step == null ? nothing : commands.acknowledgeItems(c, instance, step.kind === 'warn' ? [step.id] : cautionItems(step), 'post');
  },
  (c, k, by) => {
    const { instance, step, def } = at(c, k) ?? {};
    const proofs = [...(step?.proof ?? []), ...(def?.safeState ?? [])];
    return instance === undefined ? nothing : commands.assessProof(c, { instance, proof: proofs[k % proofs.length]?.id ?? '', assessment: (['contested', 'asserted', 'withdrawn'] as const)[k % 3] ?? 'contested', reason: 'r' }, by);
  },
  (c, k, by) => commands.permitStep(c, at(c, k)?.instance ?? '', at(c, k)?.step?.id ?? '', by),
  (c, k, by) => commands.skipStep(c, at(c, k)?.instance ?? '', at(c, k)?.step?.id ?? '', 'other', 'n', by),
  (c, k, by) => {
    const { instance, step } = at(c, k) ?? {};
    const proof = step?.proof.find((each) => 'signed' in each);
    return instance === undefined || step == null || proof === undefined ? nothing : commands.confirmProof(c, { instance, step: step.id, proof: proof.id, note: 'n', ...('figure' in proof && proof.figure !== undefined ? { figure: k % 2 === 0 ? proof.figure.low : proof.figure.high + 1 } : {}), ...(k % 5 === 0 ? {} : evidenceFor(at(c, k)?.def, proof.id, c.nowMs)) }, by, PEOPLE.operator);
  },
  (c, k, by) => work.closePermit(c, c.state.permits[k % Math.max(1, c.state.permits.length)]?.number ?? '', 'done', by),
  (c, k, by) => { const entry = c.state.evidence[k % Math.max(1, c.state.evidence.length)]; return entry === undefined ? nothing : work.removeEvidence(c, { instance: entry.instance, proof: entry.proof, number: entry.number ?? '' }, by); },
  (c, k) => commands.suspendProcedure(c, at(c, k)?.instance ?? '', 'r', 'post'),
  (c, k) => commands.resumeProcedure(c, at(c, k)?.instance ?? '', 'post'),
  (c, _k, by) => commands.takePost(c, 'commander', by),
  (c) => commands.takePost(c, 'watch', PEOPLE.operator),
  (c, k, by) => commands.enterZone(c, equipped(c, zoneAt(c, k), `p${k % 5}`), by),
  (c, k) => commands.leaveZone(c, zoneAt(c, k), c.state.zones[zoneAt(c, k)]?.entries[0]?.id ?? '', 'post'),
  (c) => commands.evacuate(c, 'post', 'people'),
  (c, k, by) => commands.signRollCall(c, { zone: zoneAt(c, k), empty: k % 7 > 0, note: '' }, by),
  (c, k, by) => commands.approveOutage(c, { camera: cameraAt(c, k), reason: 'r', fromMs: c.nowMs + (k % 3) * 5_000, untilMs: c.nowMs + 20_000 + (k % 3) * 5_000, report: '' }, by),
  (c, k) => commands.restoreCamera(c, cameraAt(c, k), 'post'),
  (c, k, by) => commands.assessZone(c, c.plant.pack.zones[k % c.plant.pack.zones.length]?.id ?? '', 'handling', 'clear', by),
];
/** People pass over every step of a procedure: how it comes to its safe state and its handling. */
const toTheEnd: Deed = (station) => {
  for (let i = 0; i < 30; i += 1) station.do((c) => commands.skipStep(c, run(c), at(c, 0)?.step?.id ?? '', 'other', 'n', PEOPLE.operator));
  station.do((c) => commands.investigate(c, run(c), 'post'));
};
const values: Readonly<Record<string, readonly (number | boolean | string)[]>> = {
  'TI-4202': [45, 61, 90], 'TI-4301': [45, 61, 90], 'AI-4207': [4, 0.5], 'TI-4502A': [45, 75], 'LI-4108A': [50, 3], 'PC-4200': [0, 1, 7], 'PC-4300': [0, 3], 'XV-4902': ['closed', 'open'],
  'I-4200-TRIP': [false, true], 'I-4200-BYP': [false, true], 'I-4200-FLT': [false, true], 'I-4100-BYP': [false, true], 'I-4200-BYPC': [false, true], 'I-4200-FRC': [false, true], 'LI-4108B': [50, 3], 'CAM-4200-PIC': [true, false], 'CAM-4300-PWR': [true, false],
};
const newest = (c: Context): string => c.state.bypasses.at(-1)?.id ?? '';
/** Watched on a tag, walked, and limited: everything that a bypass in force is looked at for. */
const requestOf = (interlock: string, untilMs: number) => ({ interlock, reason: 'r', hazard: 'h', measures: [{ text: 'm', owner: 'li.na', everyMs: 120_000 }, { text: 'v', owner: 'li.na', watch: { tag: 'XV-4902', is: 'closed' } }], limits: [{ tag: 'TI-4301', high: 80 }], untilMs, ...(interlock === 'I-4200' ? { element: 'TI-4201' } : {}) });
function inForce(station: Station, interlock: string): void {
  station.do((c) => commands.requestBypass(c, requestOf(interlock, c.nowMs + 3_600_000), PEOPLE.operator));
  station.do((c) => commands.assessBypass(c, newest(c), 't', true, PEOPLE.engineer));
  station.do((c) => commands.approveBypass(c, newest(c), PEOPLE.engineer2));
  station.do((c) => commands.acceptBypass(c, newest(c), PEOPLE.operator));
}
const bypassDeeds: readonly ((c: Context, id: string, by: Signer) => Decision<unknown>)[] = [
  (c, id, by) => commands.acceptBypass(c, id, by),
  (c, id) => commands.walkMeasure(c, id, 0, PEOPLE.operator),
  (c, id, by) => commands.restoreBypass(c, id, by),
  (c, id, by) => commands.testBypass(c, id, 't', true, by),
  (c, id, by) => commands.verifyBypass(c, id, by),
  (c, id, by) => commands.withdrawBypass(c, id, 'r', by),
  (c, id, by) => commands.extendBypass(c, id, c.nowMs + 4_000_000, 'r', by),
  (c, _id, by) => commands.recordTripCause(c, 'I-4200', 'found', by),
  (c, _id, by) => commands.resetInterlock(c, 'I-4200', by),
  (c, _id, by) => commands.accountForReset(c, 'I-4200', 'found', by),
];
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...Object.keys(values)), fc.nat(5), fc.constantFrom(0, 0, 0, STATUS.bad, STATUS.uncertain)).map(([tag, k, status]): Deed => (station) => {
    const list = values[tag] ?? [];
    station.nowMs += 1;
    station.plant.engine.push(sample(tag, list[k % list.length] ?? null, station.nowMs, status));
    station.plant.engine.advance(station.nowMs);
    station.settle();
  }) },
  { weight: 3, arbitrary: fc.constantFrom(1_000, 20_000, 130_000).map((ms): Deed => (station) => station.pass(ms)) },
  { weight: 1, arbitrary: fc.constantFrom(3_000, 30_000).map((ms): Deed => (station) => { station.nowMs += ms; station.plant.engine.advance(station.nowMs); station.settle(); }) },
  { weight: 1, arbitrary: fc.constant<Deed>((station) => { for (const [tag, value] of Object.entries(STOPPED)) station.plant.engine.push(sample(tag, value, station.nowMs)); station.settle(); }) },
  fc.constant<Deed>((station) => station.do((c) => commands.stop(c, 'post', 'people'))),
  fc.constant<Deed>((station) => station.do((c) => commands.startProcedure(c, run(c), 'post'))),
  fc.constant<Deed>((station) => station.do((c) => alarms.acknowledge(c, [...c.state.alarms.values()].map(({ id }) => id), 'post'))),
  { weight: 12, arbitrary: fc.tuple(fc.constantFrom(...procedureDeeds), fc.nat(60), person).map(([decide, k, by]): Deed => (station) => station.do((c) => decide(c, k, by))) },
  { weight: 2, arbitrary: fc.constant<Deed>(toTheEnd) },
  fc.constantFrom(60_000, 600_000).map((forMs): Deed => (station) => { for (const { id } of station.state.alarms.values()) station.do((c) => alarms.shelve(c, [id], 'r', forMs, 'post')); }),
  fc.tuple(person).map(([by]): Deed => (station) => { for (const { id } of station.state.alarms.values()) station.do((c) => alarms.takeOutOfService(c, id, 'WP-1', 'r', by)); }),
  fc.constant<Deed>((station) => station.do((c) => commands.investigate(c, run(c), 'post'))),
  fc.tuple(fc.constantFrom('I-4200', 'I-4100'), fc.constantFrom(60_000, 3_600_000), person).map(([interlock, forMs, by]): Deed => (station) => station.do((c) => commands.requestBypass(c, requestOf(interlock, c.nowMs + forMs), by))),
  fc.tuple(person).map(([by]): Deed => (station) => station.do((c) => commands.assessBypass(c, newest(c), 't', true, by))),
  fc.tuple(person).map(([by]): Deed => (station) => station.do((c) => commands.approveBypass(c, newest(c), by))),
  { weight: 3, arbitrary: fc.constantFrom('I-4200', 'I-4100').map((interlock): Deed => (station) => inForce(station, interlock)) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(1_000, 25_000, 90_000), person).map(([inMs, by]): Deed => (station) => station.do((c) => openAction(c, { incident: null, measure: 'm', responsible: 'r', funding: 'f', dueMs: c.nowMs + inMs, contingency: 'c', procedures: [] }, by))) },
  fc.tuple(fc.constantFrom(10_000, 90_000), person).map(([inMs, by]): Deed => (station) => station.do((c) => rescheduleAction(c, c.state.actions.open[0]?.id ?? '', c.nowMs + inMs, 'r', by))),
  fc.tuple(person).map(([by]): Deed => (station) => station.do((c) => closeAction(c, c.state.actions.open[0]?.id ?? '', 'e', by))),
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...bypassDeeds), person).map(([decide, by]): Deed => (station) => station.do((c) => decide(c, newest(c), by))) },
);

/** The plant comes to what the safe state of a running procedure wants, and what people sign there is signed. */
const toSafety = (k: number): Deed => (station) => {
  const ways = new BreakingValues(station.plant.pack);
  const { instance, def } = at({ plant: station.plant, state: station.state, nowMs: station.nowMs }, k) ?? {};
  if (instance === undefined || def === undefined) return;
  station.do((c) => commands.startProcedure(c, instance, 'post'));
  for (let i = 0; i < def.steps.length; i += 1) station.do((c) => commands.skipStep(c, instance, stepAt(c, instance)?.id ?? '', 'other', 'n', PEOPLE.operator));
  const told = new Map<string, SampleValue>(station.plant.pack.tags.map(({ id }) => [id, station.plant.engine.readingOf(id)?.value ?? null]));
  for (const proof of def.safeState) {
    if (!('when' in proof)) { station.do((c) => commands.confirmProof(c, { instance, step: 'safeState', proof: proof.id, note: 'n', figure: proof.figure?.low }, PEOPLE.both)); continue; }
    for (const [input, value] of ways.wayToMeasure(proof.when, true, told)?.values ?? []) { told.set(input, value); station.plant.engine.push(sample(input, value, station.nowMs)); }
  }
  station.settle();
  station.pass(301_000);
  station.do((c) => commands.investigate(c, instance, 'post'));
  station.do((c) => commands.takePost(c, 'commander', PEOPLE.supervisor));
  station.do((c) => commands.takePost(c, 'watch', PEOPLE.operator));
  for (const { id } of station.plant.pack.zones) station.do((c) => commands.assessZone(c, id, 'handling', 'clear', PEOPLE.supervisor));
};
const stepAt = (c: Context, instance: string): StepDef | null => at(c, c.state.runs.findIndex((each) => each.instance === instance))?.step ?? null;
/** The work permit that the present step waits for, for long or for a moment. */
function permitFor(c: Context, instance: string, k: number): Decision<unknown> {
  const [step, zone] = [stepAt(c, instance), at(c, c.state.runs.findIndex((each) => each.instance === instance))?.def?.people.zones[0]];
  if (step?.workPermit === undefined || zone === undefined) return nothing;
  const pressure = { necessity: 'n', survey: 's', plan: 'p', extremelyHazardous: false, thicknessMm: 8, requiredMm: 5, cracksCanGrow: false, strengthSuffices: true, safeguardsInPlace: true };
  return work.issuePermit(c, { number: `WP-${c.state.permits.length}`, kind: step.workPermit, scope: 's', zone, holder: 'h', fromMs: c.nowMs, untilMs: c.nowMs + (k % 2 === 0 ? 5_000 : 3_600_000), isolation: [{ by: 'blind', number: 'B-1' }], ...(step.workPermit === 'pressure-work' ? { pressure } : {}) }, PEOPLE.supervisor);
}
/** Whatever the present step of a running procedure wants of people: read, sign, choose, permit. */
const whatItWants = (k: number): Deed => (station) => {
  const instance = at({ plant: station.plant, state: station.state, nowMs: station.nowMs }, k)?.instance ?? '';
  for (let i = 0; i < 6; i += 1) {
    station.do((c) => commands.acknowledgeItems(c, instance, cautionItems(stepAt(c, instance) ?? ({ cautions: [] } as unknown as StepDef)), 'post'));
    station.do((c) => permitFor(c, instance, k));
    station.do((c) => commands.permitStep(c, instance, stepAt(c, instance)?.id ?? '', PEOPLE.supervisor));
    station.do((c) => commands.chooseOption(c, { instance, step: stepAt(c, instance)?.id ?? '', option: stepAt(c, instance)?.options[k % 2]?.id ?? '', reason: 'r' }, 'post', true));
    for (const proof of stepAt({ plant: station.plant, state: station.state, nowMs: station.nowMs }, instance)?.proof ?? []) if ('signed' in proof) station.do((c) => commands.confirmProof(c, { instance, step: stepAt(c, instance)?.id ?? '', proof: proof.id, note: 'n', figure: proof.figure?.low, ...evidenceFor(at(c, k)?.def, proof.id, c.nowMs) }, { ...PEOPLE.engineer2, user: `u${i}`, roles: [proof.signed] }, PEOPLE.operator));
  }
};

/** Any value of any tag, any observation, any length of time: what plants are made of whose own procedures have deadlines and continuous actions. */
const anyValue: fc.Arbitrary<Deed> = fc.tuple(fc.nat(10_000), fc.nat(4), fc.constantFrom(0, 0, 0, STATUS.bad)).map(([n, k, status]): Deed => (station) => {
  const { tags, observations } = station.plant.pack;
  const tag = tags[n % tags.length] as TagDef;
  const value = tag.kind === 'boolean' ? k % 2 === 0 : tag.kind === 'discrete' ? (tag.states[k % tag.states.length] ?? null) : tag.low + ((tag.high - tag.low) * k) / 4;
  station.nowMs += 1;
  if (n % 11 === 0 && observations.length > 0) station.plant.engine.push(sample(`seen:${observations[n % observations.length]?.id ?? ''}`, k % 2 === 0, station.nowMs));
  else station.plant.engine.push(sample(tag.id, value, station.nowMs, status));
  station.plant.engine.advance(station.nowMs);
  station.settle();
});
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: anyValue },
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...procedureDeeds), fc.nat(60), person).map(([decide, k, by]): Deed => (station) => station.do((c) => decide(c, k, by))) },
  { weight: 3, arbitrary: fc.oneof(fc.nat(60).map(toSafety), fc.nat(60).map(whatItWants)) },
  { weight: 2, arbitrary: fc.constantFrom(1_000, 61_000, 301_000).map((ms): Deed => (station) => station.pass(ms)) },
  fc.constant<Deed>(toTheEnd), fc.constant<Deed>((station) => station.do((c) => commands.stop(c, 'post', 'people'))),
);
const NORMAL = { 'h2o2': h2o2Normal, 'ammonia-synthesis': ammoniaNormal, 'ammonium-nitrate': ammoniumNitrateNormal, 'fine-chemicals': fineChemicalsNormal } as const;
const plants = fc.constantFrom(...Object.keys(NORMAL) as (keyof typeof NORMAL)[]);
const stationOf = (id: keyof typeof NORMAL, isSparse: boolean): Station => new Station(isSparse, shippedPack(id), new Map(Object.entries(NORMAL[id](shippedPack(id)))));

describe('REQ-REPL-07 looking only when something is due', () => {
  it('gives the same facts as looking always, whatever people and plant do', () => {
    let [always, sparse, facts] = [0, 0, 0];
    fc.assert(fc.property(fc.array(deed, { minLength: 3, maxLength: 20 }), (deeds) => {
      const [a, b] = [new Station(false), new Station(true)];
      for (const each of deeds) {
        each(a);
        each(b);
      }
      expect(b.facts).toEqual(a.facts);
      expect(b.state).toEqual(a.state);
      [always, sparse, facts] = [always + a.looks, sparse + b.looks, facts + a.facts.length];
    }), { numRuns: 15 });
    expect(sparse).toBeLessThan(always / 2);
    expect(facts).toBeGreaterThan(200);
  });

  it('and so it does with the procedures of every plant', () => {
    const moved = new Set<string>();
    fc.assert(fc.property(plants, fc.array(anyDeed, { minLength: 5, maxLength: 30 }), (id, deeds) => {
      const [a, b] = [stationOf(id, false), stationOf(id, true)];
      for (const each of deeds) {
        each(a);
        each(b);
      }
      expect(b.facts).toEqual(a.facts);
      expect(b.state).toEqual(a.state);
      for (const f of a.facts) if (f.type === 'procedure.moved') moved.add(f.data.event.type);
    }), { numRuns: 20 });
    expect([...moved]).toEqual(expect.arrayContaining(['SAFE_PROVED', 'INVESTIGATE', 'START', 'STOP', 'STEP_OVERDUE', 'STEP_PASSED', 'STEP_SKIPPED', 'CHOSEN']));
  });

  it('every read that a look at rest makes with the procedures of every plant is watched', () => {
    fc.assert(fc.property(plants, fc.array(anyDeed, { minLength: 5, maxLength: 25 }), (id, deeds) => {
      const station = stationOf(id, true);
      for (const each of deeds) {
        each(station);
        station.namesAllReads();
      }
      expect([...station.unnamed]).toEqual([]);
    }), { numRuns: 15 });
  });

  it('every read that a look at rest makes is one of those that are watched', () => {
    let checked = 0;
    fc.assert(fc.property(fc.array(deed, { minLength: 3, maxLength: 15 }), (deeds) => {
      const station = new Station(true);
      for (const each of deeds) {
        each(station);
        station.namesAllReads();
        checked += 1;
      }
      expect([...station.unnamed]).toEqual([]);
    }), { numRuns: 20 });
    expect(checked).toBeGreaterThan(100);
  });

  it('REQ-ACT-05 H.1 a corrective action is overdue on time with nobody looking in between', () => {
    const station = new Station(true);
    station.do((c) => openAction(c, { incident: null, measure: 'm', responsible: 'r', funding: 'f', dueMs: c.nowMs + 60_000, contingency: 'c', procedures: [] }, PEOPLE.supervisor));
    const before = station.looks;
    station.pass(59_500);
    expect([station.state.alarms.get('ACTION-OVERDUE')?.active === true, station.looks - before < 10]).toEqual([false, true]);
    station.pass(500);
    expect(station.state.alarms.get('ACTION-OVERDUE')?.active).toBe(true);
  });

  it('REQ-WRK-11 3.7 a work permit runs out on time with nobody looking in between', () => {
    const station = new Station(true);
    station.do((c) => work.issuePermit(c, { number: 'WP-1', kind: 'lifting', scope: 's', zone: 'Z-4200', holder: 'h', fromMs: c.nowMs + 20_000, untilMs: c.nowMs + 60_000, isolation: [] }, PEOPLE.supervisor));
    const before = station.looks;
    station.pass(59_500);
    expect([station.state.permits[0]?.phase, station.looks - before]).toEqual(['issued', expect.any(Number)]);
    expect(station.looks - before).toBeLessThan(10);
    station.pass(500);
    expect(station.state.permits[0]?.phase).toBe('expired');
  });

  it('3.3 an approved bypass runs out on time, and a step of a procedure that runs falls due on time, with nobody looking in between', () => {
    const station = new Station(true);
    station.do((c) => commands.requestBypass(c, { interlock: 'I-4200', reason: 'r', hazard: 'h', measures: [{ text: 'm', owner: 'o', everyMs: 120_000 }], untilMs: c.nowMs + 60_000 }, PEOPLE.operator));
    station.do((c) => commands.assessBypass(c, c.state.bypasses[0]?.id ?? '', 't', true, PEOPLE.engineer));
    station.do((c) => commands.approveBypass(c, c.state.bypasses[0]?.id ?? '', PEOPLE.engineer2));
    expect(station.state.bypasses.map(({ phase }) => phase)).toEqual(['approved']);
    const before = station.looks;
    station.pass(59_500);
    expect(station.state.bypasses[0]?.phase).toBe('approved');
    expect(station.looks - before).toBeLessThan(10);
    station.pass(500);
    expect(station.state.bypasses[0]?.phase).toBe('expired');
  });

  it('3.4 a grant of the standing authority matrix ends, and begins again, on time, with nobody looking in between', () => {
    const pack = { ...shippedPack(), authority: shippedPack().authority.flatMap((grant) => (grant.operation === 'post.watch' ? [{ ...grant, untilMs: T0 + 60_000 }, { ...grant, id: 'NEXT', fromMs: T0 + 90_000 }] : [grant])) };
    const station = new Station(true, pack);
    const lapsed = (): boolean => station.state.alarms.get('AUTHORITY')?.active === true;
    const before = station.looks;
    station.pass(59_500);
    expect([lapsed(), station.looks - before < 10]).toEqual([false, true]);
    station.pass(500);
    expect(lapsed()).toBe(true);
    station.pass(29_500);
    expect(lapsed()).toBe(true);
    station.pass(500);
    expect(lapsed()).toBe(false);
  });
});
