/** `npm start`: the simulated plant, the station in training mode, and the console - in Electron where it can be had, else in a browser. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { buildConsole, consoleIsStale, root } from './console-bundle.ts';
import { chooseHost } from './electron-binary.ts';
import { EXIT_BAD_INPUT, EXIT_FAILED, startEverything } from './start-everything.ts';
import type { Commands, Host } from './start-everything.ts';
import { parseStartOptions, START_HELP } from './start-options.ts';

const say = (line: string): void => { console.log(line); };

/** Shared by the simulator's instructor desk and the station, known to nobody else, new with every start. */
const instructorSecret = randomBytes(32).toString('hex');

const commands: Commands = {
  simulator: (options) => ({
    name: 'simulated plant',
    command: process.execPath,
    args: [
      'simulators/server/main.ts', '--plant', options.plant, '--port', String(options.simulatorPort), '--instructor-port', String(options.instructorPort),
      // A certificate names its plant: another plant in the same folder needs one of its own, or the station rightly does not believe it.
      '--pki', join(options.dataDir, 'simulator-pki', options.plant), '--runs', join(options.dataDir, 'simulator-runs'), '--exit-with-parent',
    ],
    env: { HAVEN_INSTRUCTOR_SECRET: instructorSecret },
    cwd: root,
    readyPrefix: 'READY',
  }),
  browserHost: (options, plant) => ({
    name: 'station',
    command: process.execPath,
    args: [
      'src/main/cli.ts', 'serve', '--training', '--plant', options.plant, '--port', String(options.port), '--data', options.dataDir,
      '--endpoint', plant.endpoint, ...(plant.certificate === undefined ? [] : ['--simulator-certificate', plant.certificate]),
      '--instructor-endpoint', plant.instructorEndpoint, ...(plant.instructorCertificate === undefined ? [] : ['--instructor-certificate', plant.instructorCertificate]),
      '--exit-with-parent',
    ],
    env: { HAVEN_INSTRUCTOR_SECRET: instructorSecret },
    cwd: root,
    readyPrefix: 'HAVEN READY',
  }),
  desktopHost: (options, plant) => ({
    name: 'desktop program',
    command: process.execPath,
    args: [join(root, 'node_modules/@electron-forge/cli/dist/electron-forge.js'), 'start'],
    env: {
      HAVEN_START: '1',
      HAVEN_EXIT_WITH_PARENT: '1',
      HAVEN_TRAINING: '1',
      HAVEN_PLANT: options.plant,
      HAVEN_DATA: options.dataDir,
      HAVEN_ENDPOINT: plant.endpoint,
      HAVEN_SIMULATOR_CERTIFICATE: plant.certificate ?? '',
      HAVEN_INSTRUCTOR_ENDPOINT: plant.instructorEndpoint,
      HAVEN_INSTRUCTOR_CERTIFICATE: plant.instructorCertificate ?? '',
      HAVEN_INSTRUCTOR_SECRET: instructorSecret,
    },
    cwd: root,
  }),
};

async function main(): Promise<number> {
  const read = parseStartOptions(process.argv.slice(2), process.cwd());
  if (read.kind === 'help') {
    say(START_HELP);
    return 0;
  }
  if (read.kind === 'wrong') {
    console.error(`${read.message}\n\n${START_HELP}`);
    return EXIT_BAD_INPUT;
  }
  let host: Host = 'browser';
  if (!read.options.browser) {
    const choice = await chooseHost(root, say);
    if ('electron' in choice) host = 'desktop';
    else say(`No desktop window, because ${choice.browserBecause}; serving the same console to a browser instead.`);
  }
  // Forge builds its own on the way up.
  if (host === 'browser' && consoleIsStale()) {
    say('Building the console ...');
    const built = await buildConsole();
    if (!built.ok) {
      console.error(`${built.said}\nThe console could not be built.`);
      return EXIT_FAILED;
    }
  }
  return startEverything(read.options, host, commands, say);
}

// Not process.exitCode: a stray handle of a child must not keep a stopped program alive.
process.exit(await main());
