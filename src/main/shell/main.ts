/** Entry of the desktop program: the station in Electron's main process, the console in its one window. */
import { join } from 'node:path';
import { startStation } from '../station/index.ts';
import { utilityRunner } from './report-runner.ts';
import { runShell } from './run-shell.ts';

void runShell({
  // The maker of reports is a bundle of its own beside this one: see forge.config.ts.
  startStation: (settings) => startStation({ ...settings, reportRunner: utilityRunner(join(import.meta.dirname, 'report.process.cjs')) }),
  environment: process.env,
  // Where Forge's Vite plugin puts things: .vite/build/{main,preload}.cjs and .vite/renderer/console.
  consoleDir: join(import.meta.dirname, '../renderer/console'),
  preloadPath: join(import.meta.dirname, 'preload.cjs'),
  resourcesDir: process.resourcesPath,
  parentPipe: process.stdin,
});
