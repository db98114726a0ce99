/** Tests of the real desktop program. They need Electron's binary and skip, saying so, where there is none. */
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  outputDir: join(import.meta.dirname, '../../test-results/e2e-electron'),
  workers: 1,
  retries: 0,
  timeout: 120_000,
  forbidOnly: true,
  reporter: 'list',
});
