/** Browser tests: against a scripted station, and against a real one on a simulated plant, in whatever Chromium the machine has. */
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const executablePath = process.env['HAVEN_BROWSER'];

/** With a real station and a simulated plant. */
const STORIES = ['**/story.spec.ts', '**/gates-five-people.spec.ts', '**/bypass-to-the-end.spec.ts', '**/training-*.spec.ts'];

export default defineConfig({
  testDir: './e2e',
  outputDir: join(import.meta.dirname, '../test-results/e2e'),
  // Three at a time on two cores: each has its own plant, station, ports and folder. The long ones with a real station need a third of a core each and mostly
  // wait for the plant: they come first, two at a time (more of them starve one another's stations), and the others fill the time.
  workers: 3,
  projects: [
    { name: 'stories', testMatch: STORIES, workers: 2 },
    { name: 'console', testIgnore: STORIES },
  ],
  fullyParallel: false,
  // A test that passes at the second try has found something.
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    headless: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1920, height: 1080 },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined || executablePath === '' ? {} : { executablePath }),
      args: [
        // Chromium refuses its own sandbox to root, which is what a container is.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-default-apps',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
