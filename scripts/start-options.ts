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
  --plant ID           plant to simulate and watch: fine-chemicals, ammonium-nitrate, ammonia-synthesis or h2o2 (h2o2)
  --data DIR           where journal, accounts and certificates are kept (.haven)
  --simulator-port N   OPC UA port of the simulated plant (48401 to 48404 in that order)
  --instructor-port N  OPC UA port of its instructor's desk (50 more: 48451 to 48454)`;

/** Each plant has ports of its own, so that several can run beside each other. */
const PLANT_PORTS: Readonly<Record<string, number>> = { 'fine-chemicals': 48_401, 'ammonium-nitrate': 48_402, 'ammonia-synthesis': 48_403, 'h2o2': 48_404 };
const INSTRUCTOR_PORT_ABOVE = 50;

const OPTIONS = {
  browser: { type: 'boolean', default: false },
  open: { type: 'boolean', default: true },
  help: { type: 'boolean', default: false, short: 'h' },
  port: { type: 'string', default: '8610' },
  plant: { type: 'string', default: 'h2o2' },
  data: { type: 'string', default: '.haven' },
  'simulator-port': { type: 'string' },
  'instructor-port': { type: 'string' },
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
  const usual = (Object.hasOwn(PLANT_PORTS, values.plant) ? PLANT_PORTS[values.plant] : undefined) ?? PLANT_PORTS['h2o2'] ?? 0;
  const ports = { port: port(values.port), 'simulator-port': port(values['simulator-port'] ?? String(usual)), 'instructor-port': port(values['instructor-port'] ?? String(usual + INSTRUCTOR_PORT_ABOVE)) };
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
