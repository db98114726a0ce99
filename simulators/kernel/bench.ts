/** How fast the plant runs without OPC UA: `node simulators/kernel/bench.ts [hours]`. Prints the real-time factor; the machine decides, no test does. */
import { H2o2Plant } from '../plants/h2o2/plant.ts';

export interface BenchResult { readonly simulatedS: number; readonly wallS: number; readonly realTimeFactor: number; readonly solverAttempts: number }

export function benchPlant(hours: number): BenchResult {
  const plant = new H2o2Plant(1);
  plant.step(300);
  const before = plant.integrator.attempts;
  const startMs = performance.now();
  plant.step(hours * 3600);
  const wallS = (performance.now() - startMs) / 1000;
  return { simulatedS: hours * 3600, wallS, realTimeFactor: (hours * 3600) / wallS, solverAttempts: plant.integrator.attempts - before };
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(benchPlant(Number(process.argv[2] ?? 2)))}\n`);
