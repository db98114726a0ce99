/** How much faster than real time the simulated hydrogen-peroxide plant runs, without OPC UA. */
import type { BenchContext, Benchmark, Figure } from './benchmark.ts';
import { runProcess } from './child-process.ts';
import { figureOf } from './statistics.ts';

const ROUNDS = 5;
const SIMULATED_HOURS = 2;
const ROUND_WITHIN_MS = 180_000;

export const simulator: Benchmark = { name: 'simulator', about: 'real-time factor of the simulated H2O2 plant', needs: 'checkout', run };

async function run({ progress }: BenchContext): Promise<readonly Figure[]> {
  const factors: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    progress(`${SIMULATED_HOURS} simulated hours: round ${round} of ${ROUNDS}`);
    const { stdout } = await runProcess(['simulators/kernel/bench.ts', String(SIMULATED_HOURS)], ROUND_WITHIN_MS);
    factors.push(factorIn(stdout));
  }
  return [figureOf({ name: 'simulator/real-time-factor', unit: 'simulated s per s', values: factors })];
}

function factorIn(stdout: string): number {
  const answer = JSON.parse(stdout) as { realTimeFactor?: unknown };
  if (typeof answer.realTimeFactor !== 'number') throw new Error(`the simulator's own benchmark answered ${stdout.slice(0, 200)}; expected a realTimeFactor`);
  return answer.realTimeFactor;
}
