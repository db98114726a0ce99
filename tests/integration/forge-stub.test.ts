/** The packaging run with a STUB of Electron, as `npm run forge:stub` does it. It proves the wiring only, not that the program runs. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const PACKAGED_WITHIN_MS = 300_000;

it.skipIf(process.platform === 'win32')('REQ-SHL-16 packages main, preload, console, rules and procedures round a stub of Electron', () => {
  const result = spawnSync(process.execPath, ['scripts/forge-stub.ts'], { cwd: root, encoding: 'utf8', timeout: PACKAGED_WITHIN_MS });
  expect(`${result.stdout}${result.stderr}`.split('\n').filter((line) => line.startsWith('FAIL') || line.startsWith('forge:stub'))).toEqual([]);
  expect(result.stdout.split('\n').filter((line) => line.startsWith('ok  '))).toHaveLength(11);
  expect(result.status).toBe(0);
}, PACKAGED_WITHIN_MS);
