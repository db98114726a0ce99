/** All benchmarks, quickest first. */
import { alarmInBrowser } from './alarm-in-browser.ts';
import { alarmLatency } from './alarm-latency.ts';
import type { Benchmark } from './benchmark.ts';
import { coldStart } from './cold-start.ts';
import { conditions } from './conditions.ts';
import { journal } from './journal.ts';
import { journalLarge } from './journal-large.ts';
import { procedures } from './procedures.ts';
import { recorder } from './recorder.ts';
import { replay } from './replay.ts';
import { report } from './report.ts';
import { simulator } from './simulator.ts';

export const BENCHMARKS: readonly Benchmark[] = [conditions, journal, journalLarge, procedures, simulator, recorder, replay, report, alarmLatency, alarmInBrowser, coldStart];
