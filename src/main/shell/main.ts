/** Entry of the desktop program: the station in Electron's main process, the console in its one window. */
import { join } from 'node:path';
import { startStation } from '../station/index.ts';
import { utilityKeeper } from './books-runner.ts';
import { utilityRunner } from './report-runner.ts';
import { runShell } from './run-shell.ts';

void runShell({
  // The maker of reports and the keeper of the books of exercises are bundles of their own beside this one: see forge.config.ts.
  startStation: (settings) => startStation({ ...settings, reportRunner: utilityRunner(join(import.meta.dirname, 'report.process.cjs')), booksRunner: utilityKeeper(join(import.meta.dirname, 'books.process.cjs')) }),
  environment: process.env,
  // Where Forge's Vite plugin puts things: .vite/build/{main,preload}.cjs and .vite/renderer/console.
  consoleDir: join(import.meta.dirname, '../renderer/console'),
  preloadPath: join(import.meta.dirname, 'preload.cjs'),
  resourcesDir: process.resourcesPath,
  parentPipe: process.stdin,
});
