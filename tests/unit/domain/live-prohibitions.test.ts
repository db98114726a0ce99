/**
 * Every prohibition that a tag can show, of every procedure of every plant and design, broken while its procedure runs: an alarm at once, a
 * record, and what undoes it on the screen; unknown does not end it, undoing it does (4.3.1, REQ-GATE-10).
 */
import { describe, expect, it } from 'vitest';
import type { PlantPack, ProcedureDef, ProhibitionDef } from '../../../src/domain/packs/schema.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import { givesWayOf } from '../../../src/domain/station/commanding.ts';
import { reportSeen, enterLab } from '../../../src/domain/station/commands.ts';
import { raiseByHand, startProcedure } from '../../../src/domain/station/procedure-commands.ts';
import { procedureView } from '../../../src/main/station/procedure-view.ts';
import { ammoniaNormal } from '../../support/rules/ammonia-normal.ts';
import { BreakingValues, channelsBelow, longestWindowMs } from '../../support/rules/breaking-values.ts';
import { h2o2Normal } from '../../support/rules/h2o2-normal.ts';
import { ammoniumNitrateNormal, fineChemicalsNormal } from '../../support/rules/normal-values.ts';
import { Bench, PEOPLE, shippedPack, shippedPacks } from './bench.ts';

type Watched = ProhibitionDef & { readonly watchedBy: string };
type Values = Readonly<Record<string, SampleValue>>;

/** Everything runs normally, and people have looked and seen nothing. */
const NORMAL: Readonly<Record<string, (pack: PlantPack) => Values>> = { 'h2o2': h2o2Normal, 'ammonia-synthesis': ammoniaNormal, 'ammonium-nitrate': ammoniumNitrateNormal, 'fine-chemicals': fineChemicalsNormal };
const normalOf = (pack: PlantPack): Map<string, SampleValue> => new Map([...Object.entries((NORMAL[pack.id] as (pack: PlantPack) => Values)(pack)), ...pack.observations.map(({ id }) => [`seen:${id}`, false] as const)]);
const isWatched = (prohibition: ProhibitionDef): prohibition is Watched => prohibition.watchedBy !== undefined;
const prohibitionOf = (pack: PlantPack, procedure: string, id: string): Watched => pack.procedures.find((p) => p.id === procedure)?.prohibitions.filter(isWatched).find((p) => p.id === id) as Watched;

/** Tags stand from now on; results and observations are entered by people. */
function tell(bench: Bench, values: ReadonlyMap<string, SampleValue>): void {
  for (const [channel, value] of values) {
    if (channel.startsWith('seen:')) bench.do((c) => reportSeen(c, channel.slice(5), value === true, '', 'post'));
    else if (channel.startsWith('lab:')) bench.do((c) => enterLab(c, channel.slice(4), value as number, c.nowMs, PEOPLE.engineer));
    else bench.values.set(channel, value);
  }
  bench.pass(1_000);
}

/** The plant as it runs normally, seen for a second. */
function normal(pack: PlantPack): Bench {
  const bench = new Bench(pack, new Map());
  bench.link('connected');
  tell(bench, normalOf(pack));
  return bench;
}

function begin(bench: Bench, procedure: string): Bench {
  bench.do((c) => raiseByHand(c, procedure, 'a story', 'post'));
  bench.do((c) => startProcedure(c, bench.run(procedure).instance, 'post'));
  bench.pass(1_000);
  return bench;
}

/** The prohibition as the station keeps it, its alarm, and as the screen shows it. */
function standing(bench: Bench, procedure: string, { id, watchedBy }: Watched) {
  const run = bench.run(procedure);
  const shown = procedureView(bench.plant, bench.state, run, bench.nowMs, givesWayOf(bench.plant, bench.state)).prohibitions.find((p) => p.id === id);
  return { kept: run.prohibitions[id], alarm: bench.state.alarms.get(watchedBy)?.active ?? false, shown: shown?.state, undo: shown?.undo };
}

/** Broken now: recorded, its alarm raised in the same look, both on the screen with what undoes it. */
function expectBroken(bench: Bench, procedure: string, prohibition: Watched): void {
  const { instance } = bench.run(procedure);
  expect(standing(bench, procedure, prohibition)).toEqual({ kept: 'violated', alarm: true, shown: 'violated', undo: prohibition.undo });
  expect(prohibition.undo?.en).toBeTruthy();
  const broken = bench.factsOf('prohibition.changed').filter(({ data }) => data.instance === instance && data.id === prohibition.id).at(-1);
  const alarm = bench.factsOf('alarm.raised').filter(({ data }) => data.id === prohibition.watchedBy).at(-1);
  expect(broken?.data).toMatchObject({ state: 'violated', clause: prohibition.clause });
  expect(alarm?.atMs).toBe(broken?.atMs);
  expect(alarm?.data.priority).toBeLessThanOrEqual(2);
}

const expectKept = (bench: Bench, procedure: string, prohibition: Watched): void => expect(standing(bench, procedure, prohibition)).toEqual({ kept: 'kept', alarm: false, shown: 'kept', undo: prohibition.undo });

interface Case { readonly title: string; readonly pack: PlantPack; readonly procedure: ProcedureDef; readonly prohibition: Watched }
const cases = shippedPacks().flatMap((pack) => pack.procedures.flatMap((procedure) => procedure.prohibitions.filter(isWatched).map((prohibition): Case => ({
  title: `${prohibition.clause} ${pack.id}${pack.design === undefined ? '' : ` ${pack.design}`} ${procedure.id} ${prohibition.id}`, pack, procedure, prohibition,
}))));
/** Broken only by a course of values: told by hand below. */
const BY_HAND = new Set(['N-A2.3-RESTORED']);

describe('REQ-GATE-10 every prohibition that a tag can show, while its procedure runs', () => {
  it('there are some of every plant and design', () => {
    expect(Object.fromEntries(shippedPacks().map((pack) => [`${pack.id}/${pack.design ?? ''}`, cases.filter((one) => one.pack === pack).length > 5]))).toEqual({ 'ammonia-synthesis/': true, 'ammonium-nitrate/': true, 'fine-chemicals/': true, 'h2o2/co-current': true, 'h2o2/counter-current': true });
  });

  it.each(cases.filter(({ prohibition }) => !BY_HAND.has(prohibition.watchedBy)))('$title', ({ pack, procedure, prohibition }) => {
    const ways = new BreakingValues(pack);
    const calm = normalOf(pack);
    const apart = ways.wayTo(prohibition.watchedBy, false, calm);
    if (apart === null) throw new Error('no values keep it');
    const windowMs = longestWindowMs(pack, prohibition.watchedBy);
    const bench = normal(pack);
    tell(bench, apart.values);
    bench.pass(apart.waitMs + windowMs);
    begin(bench, procedure.id);
    expectKept(bench, procedure.id, prohibition);

    const told = new Map([...calm, ...apart.values]);
    const broken = ways.wayTo(prohibition.watchedBy, true, told);
    if (broken === null) throw new Error('no values break it');
    expect(broken.values.size).toBeGreaterThan(0);
    tell(bench, broken.values);
    bench.pass(broken.waitMs);
    expectBroken(bench, procedure.id, prohibition);

    // Every tag bad: nobody knows any more, and it stays broken.
    for (const channel of channelsBelow(pack, prohibition.watchedBy)) bench.bad.add(channel);
    bench.pass(30_000);
    expect(standing(bench, procedure.id, prohibition)).toMatchObject({ kept: 'violated', alarm: true, shown: 'violated' });
    bench.bad.clear();
    bench.pass(2_000 + broken.waitMs);
    expect(standing(bench, procedure.id, prohibition)).toMatchObject({ kept: 'violated', alarm: true, shown: 'violated' });

    const mended = ways.wayTo(prohibition.watchedBy, false, new Map([...told, ...broken.values]));
    if (mended === null) throw new Error('no values end it');
    tell(bench, mended.values);
    bench.pass(mended.waitMs + windowMs + 2_000);
    expect(standing(bench, procedure.id, prohibition)).toMatchObject({ kept: 'kept', alarm: false, shown: 'kept' });
    expect(bench.factsOf('alarm.returned').some(({ data }) => data.id === prohibition.watchedBy)).toBe(true);
  });
});

interface Story {
  readonly title: string;
  readonly plant: string;
  readonly procedure: string;
  readonly prohibition: string;
  /** How it comes to be: the last one breaks it. Each lasts so many seconds. */
  readonly breaks: readonly (readonly [Values, seconds: number])[];
  readonly ends: Values;
  /** The words that undo it. */
  readonly undo: RegExp;
}

const STORIES: readonly Story[] = [
  { title: 'A4.5 the vent of the preparation vessel is closed', plant: 'h2o2', procedure: 'P-A4.5', prohibition: 'KEEP-VENT-OPEN', breaks: [[{ 'TI-4502A': 72 }, 1], [{ 'ZS-4502': 'closed' }, 1]], ends: { 'ZS-4502': 'open' }, undo: /vent/iu },
  { title: 'A4.5 the water valve to the vessel is opened while it is over temperature', plant: 'h2o2', procedure: 'P-A4.5', prohibition: 'NO-WATER-IN', breaks: [[{ 'TI-4502A': 72, 'TI-4502B': 71 }, 1], [{ 'XV-4505': 'open' }, 1]], ends: { 'XV-4505': 'closed' }, undo: /XV-4505/u },
  { title: 'A2.6 steam stays on with a plugged down-leg', plant: 'ammonium-nitrate', procedure: 'P-A2.6', prohibition: 'NO-HEATING', breaks: [[{ 'XV-2402': 'closed', 'XV-2403': 'closed' }, 1], [{ 'LI-2403': 80, 'XV-2401': 'open' }, 62]], ends: { 'XV-2401': 'closed' }, undo: /XV-2401/u },
  { title: 'A3.5 the oxygen line is depressurised before the gasifier', plant: 'ammonia-synthesis', procedure: 'P-A3.1(8)', prohibition: 'NO-OXYGEN-VENT', breaks: [[{ 'XS-3110': false, 'XV-3102A': 'closed', 'XV-3102B': 'closed' }, 1], [{ 'XV-3103': 'open' }, 1]], ends: { 'XV-3103': 'closed' }, undo: /XV-3103|oxygen/iu },
  { title: 'A3.6 the furnace is lit again before the sample is good', plant: 'ammonia-synthesis', procedure: 'P-A3.6', prohibition: 'NO-RELIGHT', breaks: [[{ 'XS-3110': false, 'XV-3102A': 'closed', 'XV-3102B': 'closed', 'XS-3114': false, 'lab:PURGE-O2': 0.7 }, 1], [{ 'XS-3113': true }, 1]], ends: { 'XS-3113': false }, undo: /igni/iu },
  { title: 'A4.9 air instead of nitrogen through a hot clay bed', plant: 'h2o2', procedure: 'P-A4.9', prohibition: 'NO-AIR', breaks: [[{ 'TI-4402': 86 }, 1], [{ 'XV-4403': 'open' }, 1]], ends: { 'XV-4403': 'closed' }, undo: /XV-4403/u },
  { title: 'A4.4 a seventh person at the clay bed', plant: 'h2o2', procedure: 'P-A4.4', prohibition: 'AT-MOST-SIX', breaks: [[{ 'PC-4500': 6 }, 1], [{ 'PC-4500': 7 }, 1]], ends: { 'PC-4500': 6 }, undo: /six/iu },
  { title: 'A2.5 a third person at a leaking neutraliser', plant: 'ammonium-nitrate', procedure: 'P-A2.5', prohibition: 'NO-MORE-THAN-2', breaks: [[{ 'seen:NEUTRALISER-LEAK': true, 'PC-2200': 2 }, 1], [{ 'PC-2200': 3 }, 1]], ends: { 'PC-2200': 2 }, undo: /out|leave|2|two/iu },
  { title: 'A1.4 heating after the initiation has failed', plant: 'fine-chemicals', procedure: 'P-A1.4', prohibition: 'NO-HEATING', breaks: [[{ 'TDI-1302': 1, 'FQ-1303': 12 }, 35], [{ 'XV-1304': 'open' }, 1]], ends: { 'XV-1304': 'closed' }, undo: /XV-1304|heat/iu },
  { title: 'A1.4 more initiator after the initiation has failed', plant: 'fine-chemicals', procedure: 'P-A1.4', prohibition: 'NO-INITIATOR', breaks: [[{ 'TDI-1302': 1, 'FQ-1303': 12 }, 35], [{ 'seen:INITIATOR-BY-HAND': true }, 1]], ends: { 'seen:INITIATOR-BY-HAND': false }, undo: /initiator|XV-1305/iu },
  { title: 'A2.11 people leave the burning tower by the lift', plant: 'ammonium-nitrate', procedure: 'P-A2.11', prohibition: 'NO-LIFT', breaks: [[{ 'ZS-2530': 'locked', 'seen:TOWER-SMOKE': true }, 5], [{ 'seen:LIFT-USED': true }, 1]], ends: { 'seen:LIFT-USED': false }, undo: /lift/iu },
  { title: 'A2.11 somebody goes up the burning tower', plant: 'ammonium-nitrate', procedure: 'P-A2.11', prohibition: 'NO-UP', breaks: [[{ 'seen:TOWER-SMOKE': true, 'PC-2520': 1 }, 70], [{ 'PC-2520': 3 }, 20]], ends: { 'PC-2520': 0 }, undo: /down|back|out/iu },
  { title: 'A4.6 a repair is begun before the purge is shown', plant: 'h2o2', procedure: 'P-A4.6', prohibition: 'NO-WORK-BEFORE-PURGE', breaks: [[{ 'XV-4101': 'closed', 'lab:PURGE-H2': 0.8 }, 1], [{ 'seen:HYDROGENATION-WORK': true }, 1]], ends: { 'lab:PURGE-H2': 0.2 }, undo: /work|stop/iu },
  { title: 'A4.8 a hand valve of the vents is closed', plant: 'h2o2', procedure: 'P-A4.8', prohibition: 'KEEP-VENTS-OPEN', breaks: [[{ 'ZS-4212': 'travelling' }, 1]], ends: { 'ZS-4212': 'open' }, undo: /vent|open/iu },
  { title: 'A1.6 heating stays on with no distillate', plant: 'fine-chemicals', procedure: 'P-A1.6', prohibition: 'NO-HEATING', breaks: [[{ 'FI-1403': 5, 'TI-1401': 118 }, 62]], ends: { 'XV-1401': 'closed', 'FI-1405': 0 }, undo: /steam|XV-1401|heat/iu },
  { title: 'A2.3 feed is restored before the flows are steady', plant: 'ammonium-nitrate', procedure: 'P-A2.3', prohibition: 'NO-RESTORING', breaks: [[{ 'FSD-2203': 15 }, 30], [{ 'XV-2201': 'closed', 'XV-2202': 'closed', 'FI-2201': 0, 'FI-2202': 0 }, 60], [{ 'XV-2201': 'open' }, 1]], ends: { 'XV-2201': 'closed' }, undo: /XV-2201|valve|stop|clos/iu },
  { title: 'A4.7 peroxide is dosed by hand', plant: 'h2o2', procedure: 'P-A4.7', prohibition: 'NO-HAND-DOSING', breaks: [[{ 'AI-4207': 0.9 }, 1], [{ 'XV-4902': 'open' }, 1]], ends: { 'XV-4902': 'closed' }, undo: /XV-4902/u },
  { title: 'A4.3 draining before the peroxide is below the figure', plant: 'h2o2', procedure: 'P-A4.3', prohibition: 'NO-DRAIN', breaks: [[{ 'AI-4209': 6.9 }, 1], [{ 'XV-4105': 'open' }, 1]], ends: { 'XV-4105': 'closed' }, undo: /XV-4105|drain/iu },
];

const asMap = (told: Values): Map<string, SampleValue> => new Map(Object.entries(told));

describe('REQ-GATE-10 prohibitions of the clauses, as people live through them', () => {
  it.each(STORIES)('$title', ({ plant, procedure, prohibition: id, breaks, ends, undo }) => {
    const pack = shippedPack(plant);
    const prohibition = prohibitionOf(pack, procedure, id);
    const bench = normal(pack);
    bench.pass(longestWindowMs(pack, prohibition.watchedBy));
    begin(bench, procedure);
    for (const [told, seconds] of breaks) {
      expect(standing(bench, procedure, prohibition)).toMatchObject({ alarm: false });
      tell(bench, asMap(told));
      bench.pass((seconds - 1) * 1_000);
    }
    expectBroken(bench, procedure, prohibition);
    expect(prohibition.undo?.en).toMatch(undo);
    tell(bench, asMap(ends));
    bench.pass(Math.max(2_000, longestWindowMs(pack, prohibition.watchedBy) + 10_000));
    expectKept(bench, procedure, prohibition);
    expect(bench.factsOf('prohibition.changed').filter(({ data }) => data.id === id && data.instance === bench.run(procedure).instance).map(({ data }) => data.state)).toEqual(expect.arrayContaining(['violated', 'kept']));
  });

  it('A2.3 once the flows have been steady for ten minutes, feed is restored without an alarm', () => {
    const pack = shippedPack('ammonium-nitrate');
    const bench = normal(pack);
    bench.pass(longestWindowMs(pack, 'N-A2.3-RESTORED'));
    tell(bench, asMap({ 'FSD-2203': 15 }));
    bench.pass(30_000);
    tell(bench, asMap({ 'XV-2201': 'closed', 'XV-2202': 'closed', 'FI-2201': 0, 'FI-2202': 0, 'FSD-2203': 0.5 }));
    bench.pass(960_000);
    tell(bench, asMap({ 'XV-2201': 'open', 'XV-2202': 'open' }));
    expect(standing(bench, 'P-A2.3', prohibitionOf(pack, 'P-A2.3', 'NO-RESTORING'))).toMatchObject({ kept: 'kept', alarm: false });
  });
});
