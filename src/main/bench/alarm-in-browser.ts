/**
 * From a value set in the OPC UA server to the alarm drawn in a real browser, with 10,000 tags of four limits each and the journal on,
 * beside FUXA on the same server (scripts/bench-browser.ts, which needs the test tools of a checkout and so runs in a process of its own).
 */
import type { BenchContext, Benchmark, Figure } from './benchmark.ts';
import { runProcess } from './child-process.ts';

/** FUXA's installation, 10,000 tags and some hundred alarms at FUXA's two seconds. */
const WITHIN_MS = 1_500_000;

export const alarmInBrowser: Benchmark = { name: 'alarm-in-browser', about: 'from a value in the OPC UA server to the drawn alarm, beside FUXA', needs: 'checkout', run };

async function run({ progress }: BenchContext): Promise<readonly Figure[]> {
  progress('10,000 tags, simulator, station, Chromium and FUXA side by side: some ten minutes');
  const { stdout } = await runProcess(['scripts/bench-browser.ts', '--json'], WITHIN_MS);
  return (JSON.parse(stdout) as { benchmarks: Figure[] }).benchmarks;
}
