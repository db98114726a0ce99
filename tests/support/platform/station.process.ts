/**
 * A station that hands on, to be killed: DIR COUNT [PAUSE_MS]. Writes COUNT retreats into its journal, says each one, hands on all the while
 * and says when all has been handed on. COUNT 0: only hands on.
 */
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { BARE_PACK } from './bare-pack.ts';
import { HandingStation } from './platform.ts';

const [dir = '', count = '0', pauseMs = '0'] = process.argv.slice(2);
const say = (line: string): void => { writeSync(1, `${line}\n`); };

const station = new HandingStation(dir, 'OPERATION', true, BARE_PACK);
say('opened');
for (let i = 1; i <= Number(count); i += 1) {
  station.stops(1, i);
  say(`stop ${String(station.journal.status().records)}`);
  await pause(Number(pauseMs));
}
await station.caughtUp();
say('handed on');
await station.close();
