/** Variants of an exercise are other exercises, not the same one with other noise (docs/scenario-language.md, Variants). */
import { describe, expect, test } from 'vitest';
import { HeadlessSession } from '../../simulators/headless/session.ts';
import { requestSchema } from '../../simulators/headless/protocol.ts';
import type { Answer } from '../../simulators/headless/protocol.ts';
import { PLANTS } from '../../simulators/plants/index.ts';
import { exercisesOf } from '../../src/main/drill/exercise-files.ts';
import type { Exercise } from '../../src/main/drill/script.ts';
import { drawnOf, rangesOf, variantOf } from '../../src/main/drill/variant.ts';

const exercises = Object.keys(PLANTS).flatMap((plant) => exercisesOf(plant).exercises);
const faultless = exercises.filter(({ script }) => script.faults.length === 0);
/** Quicker or slower people are a variation of the people, not of what they meet. */
const isOfCrew = (path: string): boolean => path.startsWith('crew.');
const PLAN = { seed: 5, of: 2 };
/** So much of a range must lie between two variants for them to be told apart, %. */
const APART = 1;

describe('REQ-SCN-01 every exercise has variants that differ in what happens', () => {
  test.each(exercises.map((each) => [each.script.id, each] as const))('%s', (_id, exercise) => {
    const ranges = rangesOf(exercise);
    const [one, other] = [0, 1].map((k) => drawnOf(exercise, 40 + k, { ...PLAN, k }));
    const differing = Object.entries(ranges).filter(([path, [low, high]]) => !isOfCrew(path) && high > low && Math.abs((one?.[path] ?? 0) - (other?.[path] ?? 0)) > ((high - low) * APART) / 100);
    expect(differing.map(([path]) => path)).not.toEqual([]);
  });

  test('who reports what a fault shows reports it so long after the fault as it is written', () => {
    const [exercise] = exercises.filter(({ script }) => script.id === 'S-4.1.1(3)-COMPRESSOR');
    if (exercise === undefined) throw new Error('no S-4.1.1(3)-COMPRESSOR');
    const gapOf = ({ script: { faults: [fault], people } }: Exercise): number => {
      const report = people.find(({ id }) => id === 'good')?.does.find((each) => 'atS' in each);
      return (report !== undefined && 'atS' in report ? (report.atS ?? 0) : 0) - Number(fault?.['delayS'] ?? 0);
    };
    const written = gapOf(exercise);
    expect(written).toBeGreaterThan(0);
    for (const seed of [1, 2, 3]) {
      const variant = variantOf(exercise, seed);
      expect(variant.script.faults[0]?.['delayS']).not.toBe(exercise.script.faults[0]?.['delayS']);
      expect(gapOf(variant)).toBeCloseTo(written, 2);
    }
  });

  test('drawn by plan, the variants of one exercise come from every part of each range, each part once', () => {
    const [exercise] = exercises.filter(({ script }) => script.id === 'S-A4.3-DRAIN');
    if (exercise === undefined) throw new Error('no S-A4.3-DRAIN');
    const of = 5;
    const drawn = Array.from({ length: of }, (_, k) => drawnOf(exercise, 70 + k, { seed: 9, k, of }));
    for (const [path, [low, high]] of Object.entries(rangesOf(exercise)).filter(([name]) => !name.startsWith('zone.'))) {
      expect(drawn.map((each) => Math.floor((((each[path] ?? 0) - low) / (high - low)) * of)).sort(), path).toEqual([0, 1, 2, 3, 4]);
    }
    expect(new Set(drawn.map((each) => each['zone.PC-4100']))).toEqual(new Set([0, 1, 2]));
  });
});

interface Shown { readonly figures: Readonly<Record<string, number>>; readonly people: Readonly<Record<string, number>> }

/** The plant with nobody acting, `forS` into the exercise: what lies behind the transmitters, and what a sample would say. */
function shownBy({ script, raw, begin }: Exercise, seed: number, forS: number): Shown {
  const session = new HeadlessSession();
  const ask = (request: Readonly<Record<string, unknown>>): Answer => {
    const reply = session.handle(requestSchema.parse(request));
    if (!reply.ok) throw new Error(`${script.id}: ${reply.message}`);
    return reply;
  };
  const { described } = ask({ do: 'begin', plant: script.plant, seed, start: script.start, ...(script.design === undefined ? {} : { design: script.design }), ...begin });
  ask({ do: 'exercise', scenario: raw });
  const { truth } = ask({ do: 'step', seconds: forS, truth: true });
  const samples = (described?.laboratory ?? []).map(({ id }) => [`lab:${id}`, ask({ do: 'lab', id }).lab?.value ?? Number.NaN] as const);
  return { figures: { ...truth?.truth, ...Object.fromEntries(samples) }, people: truth?.people ?? {} };
}

const LOOK_S = 30;
/** Of what two seeds of one variant differ by; and a floor, of a tag's own figure, below which nobody would see it. */
const BEYOND_NOISE = 5;
const FLOOR = 1e-4;

describe('REQ-SCN-02 where an exercise has no fault its variants differ on the plant by more than noise', () => {
  test('there are such exercises', () => {
    expect(faultless.length).toBeGreaterThan(10);
  });

  test.each(faultless.map((each) => [each.script.id, each] as const))('%s', (_id, exercise) => {
    const [one, other] = [0, 1].map((k) => variantOf(exercise, 40 + k, { ...PLAN, k }));
    if (one === undefined || other === undefined) throw new Error('not drawn');
    const [first, second, noisy] = [shownBy(one, 1, LOOK_S), shownBy(other, 1, LOOK_S), shownBy(one, 2, LOOK_S)];
    const apart = Object.entries(first.figures).filter(([tag, value]) => {
      const [byVariant, byNoise] = [second, noisy].map((answer) => Math.abs((answer.figures[tag] ?? value) - value));
      return (byVariant ?? 0) > Math.max(BEYOND_NOISE * (byNoise ?? 0), FLOOR * Math.abs(value));
    }).map(([tag]) => tag);
    const people = Object.entries(first.people).filter(([zone, count]) => second.people[zone] !== count).map(([zone]) => zone);
    expect([...apart, ...people]).not.toEqual([]);
  });
});
