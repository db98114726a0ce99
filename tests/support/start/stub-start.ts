/** `npm start` with stand-ins for the simulator and for `serve`. First argument: JSON; the rest as for `npm start`. */
import { join } from 'node:path';
import { startEverything } from '../../../scripts/start-everything.ts';
import type { Commands } from '../../../scripts/start-everything.ts';
import { parseStartOptions } from '../../../scripts/start-options.ts';

const { pids, simulator = '', serve = '' } = JSON.parse(process.argv[2] ?? '{}') as { pids: string; simulator?: string; serve?: string };
const read = parseStartOptions(process.argv.slice(3), process.cwd());
if (read.kind !== 'start') throw new Error('bad options in the test itself');

const stub = join(import.meta.dirname, 'stub-child.ts');
const commands: Commands = {
  simulator: (options) => ({
    name: 'simulated plant', command: process.execPath, cwd: process.cwd(), readyPrefix: 'READY',
    args: [stub, 'simulator', pids, `READY {"endpoint":"opc.tcp://127.0.0.1:${options.simulatorPort}","certificate":"/x/sim.pem"}`, simulator],
  }),
  browserHost: (options, plant) => ({
    name: 'station', command: process.execPath, cwd: process.cwd(), readyPrefix: 'HAVEN READY', env: { SEEN: plant.certificate ?? '' },
    args: [stub, 'serve', pids, `HAVEN READY {"url":"http://127.0.0.1:${options.port}/#token=abc"}`, serve],
  }),
  desktopHost: () => ({
    name: 'desktop program', command: process.execPath, cwd: process.cwd(),
    args: ['-e', 'setTimeout(() => process.exit(0), 300)'],
  }),
};
const host = serve === 'desktop' ? 'desktop' : 'browser';
process.exit(await startEverything(read.options, host, commands, (line) => { console.log(line); }));
