/** What `npm start -- ...` takes. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface StartOptions {
  browser: boolean;
  open: boolean;
  port: number;
  simulatorPort: number;
  instructorPort: number;
  plant: string;
  dataDir: string;
}

export type StartOptionsResult = { kind: 'start'; options: StartOptions } | { kind: 'help' } | { kind: 'wrong'; message: string };

export const START_HELP = `npm start -- [--browser] [--no-open] [--port N] [--plant ID] [--data DIR] [--simulator-port N] [--instructor-port N]

  --browser            serve the console to a browser even where Electron is installed
  --no-open            do not open the browser; only print the address
  --port N             port of the console for the browser (8610)
  --plant ID           plant to simulate and watch (h2o2)
  --data DIR           where journal, accounts and certificates are kept (.haven)
  --simulator-port N   OPC UA port of the simulated plant (48404)
  --instructor-port N  OPC UA port of its instructor's desk (48454)`;

const OPTIONS = {
  browser: { type: 'boolean', default: false },
  open: { type: 'boolean', default: true },
  help: { type: 'boolean', default: false, short: 'h' },
  port: { type: 'string', default: '8610' },
  plant: { type: 'string', default: 'h2o2' },
  data: { type: 'string', default: '.haven' },
  'simulator-port': { type: 'string', default: '48404' },
  'instructor-port': { type: 'string', default: '48454' },
} as const;

const PORT_MIN = 1_024;
const PORT_MAX = 65_535;

function port(text: string): number | undefined {
  const value = /^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN;
  return value >= PORT_MIN && value <= PORT_MAX ? value : undefined;
}

export function parseStartOptions(args: readonly string[], workingDir: string): StartOptionsResult {
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false, allowNegative: true }));
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
  if (values.help) return { kind: 'help' };
  const ports = { port: port(values.port), 'simulator-port': port(values['simulator-port']), 'instructor-port': port(values['instructor-port']) };
  for (const [name, value] of Object.entries(ports)) {
    if (value === undefined) return { kind: 'wrong', message: `--${name} wants a port between ${PORT_MIN} and ${PORT_MAX}` };
  }
  if (new Set(Object.values(ports)).size < 3) return { kind: 'wrong', message: '--port, --simulator-port and --instructor-port must differ' };
  if (!/^[a-z][a-z0-9-]{0,39}$/u.test(values.plant)) return { kind: 'wrong', message: `--plant wants an id such as h2o2, not "${values.plant}"` };
  if (values.data === '') return { kind: 'wrong', message: '--data wants a folder' };
  return {
    kind: 'start',
    options: {
      browser: values.browser, open: values.open, plant: values.plant, dataDir: resolve(workingDir, values.data),
      port: ports.port ?? 0, simulatorPort: ports['simulator-port'] ?? 0, instructorPort: ports['instructor-port'] ?? 0,
    },
  };
}
