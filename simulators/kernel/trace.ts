/** What the plant's tags show, second by second, as a trace that outside programs read: `node simulators/kernel/trace.ts SECONDS [SEED]` prints wide CSV. */
import { H2o2Plant } from '../plants/h2o2/plant.ts';
import { TAGS } from '../plants/h2o2/tags.ts';

/** Rows written at a time. */
const ROWS = 60;

export function* traceRows(seconds: number, seed: number): Generator<string> {
  const plant = new H2o2Plant(seed);
  plant.step(300);
  yield ['time', ...TAGS.map(({ id }) => id)].join(',');
  for (let s = 0; s < seconds; s += 1) {
    plant.step(1);
    yield [s, ...TAGS.map(({ id }) => { const { value, good } = plant.tag(id); return good ? String(value) : '!bad'; })].join(',');
  }
}

if (import.meta.main) {
  let rows: string[] = [];
  const flush = (): void => { process.stdout.write(`${rows.join('\n')}\n`); rows = []; };
  for (const row of traceRows(Number(process.argv[2] ?? 60), Number(process.argv[3] ?? 1))) if (rows.push(row) >= ROWS) flush();
  if (rows.length > 0) flush();
}
