/** A recorded trace of the simulated hydrogen-peroxide plant: wide CSV, every tag, a fault after a while. A seed gives the same for ever. */
import { H2o2Plant } from '../../../simulators/plants/h2o2/plant.ts';
import { TAGS } from '../../../simulators/plants/h2o2/tags.ts';

export interface TraceSettings {
  readonly seconds: number;
  readonly faultAtS: number;
  readonly fault: string;
  readonly everyS?: number;
  /** ISO time of the first row; default: seconds from 0. */
  readonly from?: string;
  /** No rows between these seconds. */
  readonly hole?: readonly [number, number];
}

export function simulatedTrace({ seconds, faultAtS, fault, everyS = 1, from, hole }: TraceSettings): string {
  const plant = new H2o2Plant(1);
  plant.step(300);
  const startMs = from === undefined ? null : Date.parse(from);
  const lines = [['time', ...TAGS.map(({ id }) => id)].join(',')];
  for (let s = 0; s <= seconds; s += everyS) {
    if (s === faultAtS) plant.inject(fault, { severity: 1.5, rampS: 60, delayS: 0, durationS: null });
    plant.step(everyS);
    if (hole !== undefined && s > hole[0] && s < hole[1]) continue;
    lines.push([startMs === null ? String(s) : new Date(startMs + s * 1_000).toISOString(), ...TAGS.map(({ id }) => { const { value, good } = plant.tag(id); return good ? String(value) : '!bad'; })].join(','));
  }
  return `${lines.join('\n')}\n`;
}
