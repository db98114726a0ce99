/** REQ-REPL-07: a moment at which there is nothing to find is not looked at, and nothing that would have been found is missed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import type { Context, Decision } from '../../../src/domain/station/commands.ts';
import * as alarms from '../../../src/domain/station/alarm-commands.ts';
import * as stationCommands from '../../../src/domain/station/commands.ts';
import * as procedureCommands from '../../../src/domain/station/procedure-commands.ts';
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
import { calmValues, PEOPLE, sample, shippedPack, STOPPED, T0 } from '../domain/bench.ts';

const commands = { ...stationCommands, ...procedureCommands };

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

  constructor(isSparse: boolean) {
    this.isSparse = isSparse;
    this.plant = makePlant(shippedPack());
    this.commit([fact('link.changed', T0, null, { phase: 'connected', reason: null })]);
    for (const [tag, value] of calmValues(shippedPack())) this.plant.engine.push(sample(tag, value, T0));
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
    const names = new Set([...named.tags, ...named.truths]);
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
const values: Readonly<Record<string, readonly (number | boolean | string)[]>> = {
  'TI-4202': [45, 61, 90], 'TI-4301': [45, 61, 90], 'AI-4207': [4, 0.5], 'TI-4502A': [45, 75], 'LI-4108A': [50, 3], 'PC-4200': [0, 1, 7], 'PC-4300': [0, 3], 'XV-4902': ['closed', 'open'],
  'I-4200-TRIP': [false, true], 'I-4200-BYP': [false, true], 'I-4200-FLT': [false, true], 'I-4100-BYP': [false, true],
};
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
  fc.constantFrom(60_000, 600_000).map((forMs): Deed => (station) => { for (const { id } of station.state.alarms.values()) station.do((c) => alarms.shelve(c, [id], 'r', forMs, 'post')); }),
  fc.tuple(person).map(([by]): Deed => (station) => { for (const { id } of station.state.alarms.values()) station.do((c) => alarms.takeOutOfService(c, id, 'WP-1', 'r', by)); }),
  fc.constant<Deed>((station) => station.do((c) => commands.investigate(c, run(c), 'post'))),
  fc.tuple(fc.constantFrom('I-4200', 'I-4100'), person).map(([interlock, by]): Deed => (station) => station.do((c) => commands.requestBypass(c, { interlock, reason: 'r', hazard: 'h', measures: ['m'], untilMs: c.nowMs + 60_000 }, by))),
  fc.tuple(person).map(([by]): Deed => (station) => station.do((c) => commands.assessBypass(c, c.state.bypasses.at(-1)?.id ?? '', 't', true, by))),
  fc.tuple(person).map(([by]): Deed => (station) => station.do((c) => commands.approveBypass(c, c.state.bypasses.at(-1)?.id ?? '', by))),
);

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

  it('3.3 an approved bypass runs out on time, and a step of a procedure that runs falls due on time, with nobody looking in between', () => {
    const station = new Station(true);
    station.do((c) => commands.requestBypass(c, { interlock: 'I-4200', reason: 'r', hazard: 'h', measures: ['m'], untilMs: c.nowMs + 60_000 }, PEOPLE.operator));
    station.do((c) => commands.assessBypass(c, c.state.bypasses[0]?.id ?? '', 't', true, PEOPLE.engineer));
    station.do((c) => commands.approveBypass(c, c.state.bypasses[0]?.id ?? '', PEOPLE.supervisor));
    expect(station.state.bypasses.map(({ phase }) => phase)).toEqual(['approved']);
    const before = station.looks;
    station.pass(59_500);
    expect(station.state.bypasses[0]?.phase).toBe('approved');
    expect(station.looks - before).toBeLessThan(10);
    station.pass(500);
    expect(station.state.bypasses[0]?.phase).toBe('expired');
  });
});
