/** REQ-GATE-12 REQ-GATE-09: any course of requests and samples folds to the same state, and the stop always stops. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/domain/station/facts.ts';
import { placeOf } from '../../src/domain/procedures/machine.ts';
import { STATUS } from '../../src/domain/samples/sample.ts';
import { acknowledge } from '../../src/domain/station/alarm-commands.ts';
import * as bypassCommands from '../../src/domain/station/bypass-commands.ts';
import * as interlockCommands from '../../src/domain/station/interlock-commands.ts';
import * as stationCommands from '../../src/domain/station/commands.ts';
import * as peopleCommands from '../../src/domain/station/people-commands.ts';
import * as procedureCommands from '../../src/domain/station/procedure-commands.ts';
import type { Context, Decision } from '../../src/domain/station/commands.ts';
import { handOverItems } from '../../src/domain/handover/items.ts';
import { handOverShift } from '../../src/domain/station/shift-commands.ts';
import { carriedEntries, CarriedReader, isUsable } from '../../src/domain/station/carried-state.ts';
import { checkEntry } from '../../src/domain/journal/record.ts';
import { evolveAll } from '../../src/domain/station/evolve.ts';
import { fact } from '../../src/domain/station/facts.ts';
import { makePlant, restoreEngine } from '../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../src/domain/station/state.ts';
import { Bench, calmValues, equipped, PEOPLE, sample, shippedPack, STOPPED } from '../unit/domain/bench.ts';

const commands = { ...stationCommands, ...procedureCommands, ...peopleCommands, ...bypassCommands, ...interlockCommands };

const person = fc.constantFrom(...Object.values(PEOPLE));
const ids = fc.constantFrom('I-4200', 'I-4100', 'constructor', 'B-I-4200-1', 'Z-4200', 'A', 'R11', 'UNFORESEEN', 'EXTRACTION-TURBID', 'RAFFINATE-H2O2', 'C-A4.2(2)-TI-4202', 'BYPASS/I-4200', 'P-A4.2:1', 'P-4.1.2:1');
type Deed = (bench: Bench) => void;
const ask = (decide: (c: Context) => Decision<unknown>): Deed => (bench) => void bench.do(decide);
/** An instance that runs, if any does; else a name that none has. */
const some = (c: Context, k: number): string => c.state.runs[k % Math.max(1, c.state.runs.length)]?.instance ?? 'P-A4.2:1';

const BYPASS_DEEDS: Readonly<Record<'accept' | 'extend' | 'walk' | 'restore' | 'test' | 'verify' | 'withdraw' | 'reject', (c: Context, id: string, by: (typeof PEOPLE)[keyof typeof PEOPLE]) => Decision<unknown>>> = {
  accept: (c, id, by) => commands.acceptBypass(c, id, by), extend: (c, id, by) => commands.extendBypass(c, id, c.nowMs + 120_000, 'r', by), walk: (c, id, by) => commands.walkMeasure(c, id, 0, by), restore: (c, id, by) => commands.restoreBypass(c, id, by),
  test: (c, id, by) => commands.testBypass(c, id, 't', true, by), verify: (c, id, by) => commands.verifyBypass(c, id, by), withdraw: (c, id, by) => commands.withdrawBypass(c, id, 'r', by), reject: (c, id, by) => commands.rejectBypass(c, id, 'r', by),
};

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom('TI-4202', 'TI-4301', 'AI-4207', 'AI-4106A', 'TI-4502A', 'LI-4108A', 'LI-4108B', 'PC-4200', 'I-4200-TRIP', 'I-4200-BYP', 'I-4100-FLT', 'XV-4902', 'XV-4101', 'CAM-4200-SIG', 'FEN-4200'), fc.nat(5), fc.constantFrom(0, 0, 0, STATUS.bad, STATUS.uncertain)).map(([tag, k, status]): Deed => (bench) => {
    const kinds: Record<string, readonly (number | boolean | string)[]> = { '-': [true, false], 'X': ['open', 'closed', 'fault'], 'n': [0, 1, 2.5, 45, 61, 90] };
    const list = (/^(?:I|CAM|FEN)-/u.test(tag) ? kinds['-'] : tag.startsWith('XV') ? kinds['X'] : kinds['n']) ?? [];
    bench.push(sample(tag, list[k % list.length] ?? null, bench.nowMs + 1 + k * 500, status));
  }) },
  { weight: 2, arbitrary: fc.constantFrom(1_000, 7_000, 70_000).map((ms): Deed => (bench) => { bench.nowMs += ms; bench.plant.engine.alive(bench.nowMs); bench.settle(); }) },
  { weight: 1, arbitrary: fc.constant<Deed>((bench) => { for (const [tag, value] of Object.entries(STOPPED)) bench.values.set(tag, value); bench.pass(2_000); }) },
  fc.constantFrom('connected', 'lost', 'connecting').map((phase): Deed => (bench) => bench.link(phase)),
  fc.constant(ask((c) => commands.stop(c, 'post', 'people'))),
  fc.constant(ask((c) => commands.evacuate(c, 'post', 'people'))),
  fc.constant<Deed>((bench) => bench.commit(commands.holdAll({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }))),
  fc.nat(3).map((k) => ask((c) => commands.startProcedure(c, some(c, k), 'post'))),
  fc.array(ids, { minLength: 1, maxLength: 4 }).map((list) => ask((c) => acknowledge(c, [...list, ...c.state.alarms.ids().slice(0, 2)], 'post'))),
  fc.tuple(fc.nat(3), person, ids).map(([k, by, id]) => ask((c) => commands.confirmProof(c, { instance: some(c, k), step: 'returnConditions', proof: id, note: 'note' }, by))),
  fc.tuple(fc.nat(3), person, ids).map(([k, by, id]) => ask((c) => commands.skipStep(c, some(c, k), id, 'not-applicable', 'n', by))),
  fc.nat(3).map((k) => ask((c) => commands.investigate(c, some(c, k), 'post'))),
  fc.tuple(fc.nat(3), person).map(([k, by]) => ask((c) => commands.recordCause(c, some(c, k), 'cause', by))),
  fc.tuple(fc.nat(3), person).map(([k, by]) => ask((c) => commands.reauthorise(c, some(c, k), by))),
  fc.tuple(fc.nat(3), person).map(([k, by]) => ask((c) => commands.approveReturn(c, some(c, k), by))),
  fc.tuple(ids, fc.constantFrom(0.2, 0.31, 99), person).map(([id, value, by]) => ask((c) => commands.enterLab(c, id, value, c.nowMs, by))),
  fc.tuple(ids, fc.boolean()).map(([id, present]) => ask((c) => commands.reportSeen(c, id, present, '', 'post'))),
  fc.tuple(fc.constantFrom('commander' as const, 'watch' as const), person).map(([post, by]) => ask((c) => commands.takePost(c, post, by))),
  fc.tuple(fc.constantFrom('commander' as const, 'watch' as const), person, person).map(([post, from, to]) => ask((c) => commands.handOverPost(c, post, from, to))),
  fc.tuple(fc.constantFrom('commander' as const, 'watch' as const), person, person).map(([post, to, second]) => ask((c) => commands.relievePost(c, post, 'r', to, second))),
  fc.tuple(person, person).map(([from, to]) => ask((c) => handOverShift(c, handOverItems(c.plant, c.state, c.nowMs).map(({ id }) => id), 'notes', from, to))),
  fc.tuple(ids, person).map(([interlock, by]) => ask((c) => commands.requestBypass(c, { interlock, reason: 'r', hazard: 'h', measures: [{ text: 'm', owner: 'li.na', everyMs: 60_000 }], limits: [{ tag: 'TI-4301', high: 80 }], untilMs: c.nowMs + 60_000 }, by))),
  fc.tuple(ids, person, fc.boolean()).map(([id, by, ok]) => ask((c) => commands.assessBypass(c, id, 't', ok, by))),
  fc.tuple(ids, person).map(([id, by]) => ask((c) => commands.approveBypass(c, id, by))),
  fc.tuple(fc.constantFrom('accept' as const, 'extend' as const, 'walk' as const, 'restore' as const, 'test' as const, 'verify' as const, 'withdraw' as const, 'reject' as const), ids, person).map(([step, id, by]) => ask((c) => BYPASS_DEEDS[step](c, id, by))),
  fc.tuple(ids, person).map(([id, by]) => ask((c) => commands.recordTripCause(c, id, 'cause', by))),
  fc.tuple(ids, person).map(([id, by]) => ask((c) => commands.accountForReset(c, id, 'account', by))),
  fc.constant<Deed>((bench) => bench.commit([fact('training.instructed', bench.nowMs, 'post', { command: 'end' }), fact('training.ended', bench.nowMs, 'post', {})])),
  fc.tuple(ids, fc.constantFrom('unclear' as const, 'reconnaissance' as const, 'handling' as const), person).map(([zone, stage, by]) => ask((c) => commands.assessZone(c, zone, stage, 'a', by))),
  fc.tuple(ids, person, fc.constantFrom('n', 'm')).map(([zone, by, name]): Deed => (bench) => ask((c) => commands.enterZone(c, equipped(bench, zone, name), by))(bench)),
  fc.tuple(ids, fc.nat(2)).map(([zone, k]) => ask((c) => commands.leaveZone(c, zone, c.state.zones[zone]?.entries[k]?.id ?? '', 'post'))),
  fc.tuple(ids, fc.boolean(), person).map(([zone, empty, by]) => ask((c) => commands.signRollCall(c, { zone, empty, note: 'n' }, by))),
  fc.tuple(fc.constantFrom('CAM-4200', 'CAM-4300', 'x'), fc.constantFrom(60_000, 7_200_001), fc.constantFrom('', 'R-1'), person).map(([camera, forMs, report, by]) => ask((c) => commands.approveOutage(c, { camera, reason: 'r', fromMs: c.nowMs, untilMs: c.nowMs + forMs, report }, by))),
  fc.constantFrom('CAM-4200', 'x').map((camera) => ask((c) => commands.restoreCamera(c, camera, 'post'))),
  fc.tuple(ids, person).map(([interlock, by]) => ask((c) => commands.resetInterlock(c, interlock, by))),
);

function live(deeds: readonly Deed[]): Bench {
  const bench = new Bench(shippedPack(), new Map([...calmValues(shippedPack())]));
  bench.link('connected');
  bench.pass(1_000);
  for (const each of deeds) each(bench);
  return bench;
}
const story = fc.array(deed, { minLength: 5, maxLength: 40 });

describe('REQ-GATE-12 the journal replays to the same state', () => {
  it('the fold of the facts through JSON equals the live state, and the facts are such as a journal takes', () => {
    fc.assert(fc.property(story, (deeds) => {
      const bench = live(deeds);
      const stored = JSON.parse(JSON.stringify(bench.facts)) as Fact[];
      expect(stored).toEqual(bench.facts);
      expect(bench.facts.every((f) => Number.isInteger(f.atMs) && f.atMs >= 0)).toBe(true);
      expect(evolveAll(EMPTY_STATE, stored, bench.plant.machines)).toEqual(bench.state);
    }), { numRuns: 60 });
  });

  it('REQ-GATE-14 what was folded goes on after a restart: raised conditions stay held, runs stand where they stood', () => {
    fc.assert(fc.property(story, (deeds) => {
      const bench = live(deeds);
      const plant = makePlant(shippedPack());
      const state = evolveAll(EMPTY_STATE, bench.facts, plant.machines);
      restoreEngine(plant, state, bench.nowMs + 1_000);
      for (const condition of state.conditions.values()) if (condition.held && condition.input?.startsWith('seen:') !== true) expect(plant.engine.heldRaised(condition.id)).not.toBe(null);
      expect(state.runs.map((run) => placeOf(run.course))).toEqual(bench.state.runs.map((run) => placeOf(run.course)));
    }), { numRuns: 30 });
  });
});

describe('REQ-JRN-22 a state that is carried over', () => {
  it('with the fold of what follows equals the fold of everything, wherever it is cut; a part that is missing or of another shape carries nothing', () => {
    fc.assert(fc.property(story, fc.nat(), (deeds, at) => {
      const bench = live(deeds);
      const { machines } = bench.plant;
      const cut = at % (bench.facts.length + 1);
      const entries = carriedEntries(evolveAll(EMPTY_STATE, bench.facts.slice(0, cut), machines), bench.nowMs, bench.nowMs);
      expect(entries.every((entry) => checkEntry(entry).ok)).toBe(true);
      const read = (list: readonly { readonly data: unknown }[]) => {
        const reader = new CarriedReader();
        return list.map(({ data }) => reader.add(JSON.parse(JSON.stringify(data)))).at(-1) ?? null;
      };
      const carried = read(entries) ?? expect.fail('nothing was carried');
      expect(isUsable(carried, machines)).toBe(true);
      expect(evolveAll(carried, bench.facts.slice(cut), machines)).toEqual(bench.state);
      expect(read(entries.map((entry) => ({ data: { ...(entry.data as object), shape: '0:older' } })))).toBe(null);
      expect(read([...entries.slice(0, -1), { data: { ...(entries.at(-1)?.data as object), text: '{' } }])).toBe(null);
    }), { numRuns: 60 });
  });
});

describe('REQ-GATE-09 the stop', () => {
  it('after anything at all is done and leaves every run stopping', () => {
    fc.assert(fc.property(story, (deeds) => {
      const bench = live(deeds);
      const decision = commands.stop({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }, 'post', 'people');
      expect(decision.outcome).toBe('done');
      const after = evolveAll(bench.state, decision.outcome === 'done' ? decision.facts : [fact('training.ended', 0, null, {})], bench.plant.machines);
      expect(after.runs.length).toBeGreaterThan(0);
      expect(new Set(after.runs.map((run) => placeOf(run.course)))).toEqual(new Set(['stopping']));
    }), { numRuns: 60 });
  });
});
