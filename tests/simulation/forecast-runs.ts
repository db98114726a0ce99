/**
 * Runs of the simulated hydrogen-peroxide plant for the forecasts of the time to a limit: faults of every kind, severity and pace,
 * with and without interlocks, healed or not, one or two at a time; what the tags show each second, and when somebody or an
 * interlock changed the course. A seed gives the same run for ever. In-process, without OPC UA.
 */
import { FAULTS } from '../../simulators/plants/h2o2/faults.ts';
import { H2o2Plant } from '../../simulators/plants/h2o2/plant.ts';
import { TAGS } from '../../simulators/plants/h2o2/tags.ts';
import { RandomSource } from '../../simulators/kernel/random.ts';

/** Normal running before the fault, s. */
const WARM_UP_S = 300;

export interface RunSettings {
  readonly seed: number;
  /** Length after the warm-up, s. */
  readonly lengthS: number;
  /** Only these faults; default all. */
  readonly faults?: readonly string[];
}

export interface RecordedRun {
  readonly seed: number;
  /** For people: `F4-02 x1.3, ramp 60 s`. */
  readonly about: string;
  /** Per tag what it shows at second 0, 1, 2 ...; NaN = not good. */
  readonly series: ReadonlyMap<string, Float64Array>;
  /** Seconds at which the course was changed from outside: an interlock acted, a fault was healed, the stop was pressed. */
  readonly interventionsS: readonly number[];
  readonly lengthS: number;
  /** How the tags are reported: every second, or when they changed by this share of their span (report by exception). */
  readonly exceptionShare: number;
}

const pick = <T>(random: RandomSource, list: readonly T[]): T => list[Math.min(list.length - 1, Math.floor(random.uniform() * list.length))] as T;

export function recordRun({ seed, lengthS, faults }: RunSettings): RecordedRun {
  const random = new RandomSource(seed * 7919 + 13);
  const plant = new H2o2Plant(seed);
  const words: string[] = [];
  const plans: { atS: number; act: () => void }[] = [];
  const interventionsS: number[] = [];
  if (random.uniform() < 0.6) {
    for (const { id } of TAGS) if (id.endsWith('-BYP')) plant.command(`HS-${id}`, true);
    words.push('interlocks bypassed');
  }
  const known = faults ?? FAULTS.map(({ id }) => id);
  const count = random.uniform() < 0.2 ? 2 : 1;
  for (let i = 0; i < count; i += 1) {
    const id = pick(random, known);
    const severity = 0.25 + random.uniform() * 1.75;
    const rampS = pick(random, [0, 30, 300, 1_200]);
    const delayS = i === 0 ? 0 : random.uniform() * lengthS * 0.4;
    const healedS = random.uniform() < 0.25 ? 60 + random.uniform() * lengthS * 0.5 : null;
    plans.push({ atS: WARM_UP_S + delayS, act: () => { plant.inject(id, { severity, rampS, delayS: 0, durationS: null }); } });
    if (healedS !== null) plans.push({ atS: WARM_UP_S + delayS + healedS, act: () => { plant.clear(id); interventionsS.push(Math.round(plant.timeS)); } });
    words.push(`${id} x${severity.toFixed(2)}, ramp ${String(rampS)} s${healedS === null ? '' : `, healed after ${healedS.toFixed(0)} s`}`);
  }
  if (random.uniform() < 0.1) plans.push({ atS: WARM_UP_S + random.uniform() * lengthS, act: () => { plant.command('HS-4001', true); interventionsS.push(Math.round(plant.timeS)); } });
  const exceptionShare = pick(random, [0, 0, 0.001, 0.003]);
  words.push(exceptionShare === 0 ? 'every second' : `by exception of ${String(exceptionShare * 100)} %`);
  const badTags = new Map<string, readonly [number, number]>();
  for (const { id, kind } of TAGS) {
    if (kind !== 'analog' || random.uniform() > 0.05) continue;
    const fromS = WARM_UP_S + random.uniform() * lengthS;
    badTags.set(id, [fromS, fromS + 20 + random.uniform() * 300]);
  }
  const totalS = WARM_UP_S + lengthS;
  const analog = TAGS.filter(({ kind }) => kind === 'analog').map(({ id }) => id);
  const series = new Map(analog.map((id) => [id, new Float64Array(totalS + 1).fill(Number.NaN)] as const));
  plans.sort((a, b) => a.atS - b.atS);
  let tripped = 0;
  for (let s = 0; s <= totalS; s += 1) {
    while ((plans[0]?.atS ?? Infinity) <= s) plans.shift()?.act();
    if (!plant.step(1).ok) return { seed, about: words.join('; '), series, interventionsS, lengthS: s - 1, exceptionShare };
    const now = plant.tripped().length;
    if (now > tripped) interventionsS.push(s);
    tripped = now;
    for (const id of analog) {
      const bad = badTags.get(id);
      const { value, good } = plant.tag(id);
      if (good && !(bad !== undefined && s >= bad[0] && s < bad[1])) (series.get(id) as Float64Array)[s] = Number(value);
    }
  }
  return { seed, about: words.join('; '), series, interventionsS: interventionsS.sort((a, b) => a - b), lengthS: totalS, exceptionShare };
}
