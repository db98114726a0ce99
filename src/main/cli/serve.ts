/** `haven serve`: the station with its console in a browser on this machine. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serveConsole } from '../serve/serve-console.ts';
import { CONTENT_SECURITY_POLICY } from '../station/csp.ts';
import { startStation } from '../station/index.ts';
import type { StationOptions } from '../station/index.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_WRONG_CALL } from './io.ts';

const HELP = `haven serve [--port N] [--plant ID] [--data DIR] [--endpoint opc.tcp://...] [--training ...]

The station with the console in a browser on this machine (loopback only). Prints the address with its token.

  --port N                       default 8610
  --plant ID                     default h2o2
  --site ID                      this site's figures over the plant's; a refused site leaves the plant's own, and says so
  --data DIR                     journal, accounts and certificates; default .haven
  --endpoint URL                 the plant's OPC UA server; default opc.tcp://127.0.0.1:PORT/haven/<plant>, PORT 48401 to 48404 by plant
  --checkpoints PLACE            second place for the journal's signed checkpoints: a folder or share, printer:HOST:PORT, printer:/device
  --training                     TRAINING instead of OPERATION, with:
    --simulator-certificate PEM  trusted from the start
    --instructor-endpoint URL, --instructor-certificate PEM   and HAVEN_INSTRUCTOR_SECRET in the environment
  --rules DIR --procedures DIR --console DIR
  --exit-with-parent             ends when standard input closes

Exit: 0 ended, 2 wrong call, port in use, data folder not writable, broken packs.
`;

const OPTIONS = {
  'help': { type: 'boolean', short: 'h', default: false }, 'port': { type: 'string', default: '8610' }, 'plant': { type: 'string', default: 'h2o2' }, 'site': { type: 'string' }, 'data': { type: 'string', default: '.haven' },
  'endpoint': { type: 'string' }, 'checkpoints': { type: 'string' }, 'training': { type: 'boolean', default: false }, 'simulator-certificate': { type: 'string' },
  'instructor-endpoint': { type: 'string' }, 'instructor-certificate': { type: 'string' }, 'rules': { type: 'string' }, 'procedures': { type: 'string' }, 'console': { type: 'string' },
  'scenarios': { type: 'string' }, 'exit-with-parent': { type: 'boolean', default: false }, 'json': { type: 'boolean', default: false },
} as const;

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** Where `npm start` puts each simulated plant. */
const PLANT_PORTS: Readonly<Record<string, number>> = { 'fine-chemicals': 48_401, 'ammonium-nitrate': 48_402, 'ammonia-synthesis': 48_403, 'h2o2': 48_404 };
const STOP_WITHIN_MS = 4_000;

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const wrong = (what: string): number => {
    io.stderr(`haven serve: ${what}\n`);
    return EXIT_WRONG_CALL;
  };
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], strict: true, options: OPTIONS }));
  } catch (error) {
    return wrong(`${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'wrong arguments'}; expected ${HELP.split('\n')[0] ?? ''}`);
  }
  if (values.help) {
    io.stdout(HELP);
    return EXIT_DONE;
  }
  const port = Number(values.port);
  if (!/^\d+$/u.test(values.port) || port > 65_535) return wrong(`--port ${values.port} is not a port; expected 0 to 65535`);
  const consoleDir = path.resolve(io.cwd, values.console ?? path.join(ROOT, '.vite/renderer/console'));
  if (!existsSync(path.join(consoleDir, 'index.html'))) return wrong(`there is no built console in ${consoleDir}; run 'npm run build' first`);
  const ending = whenToEnd(values['exit-with-parent']);
  const started = await startStation(stationOptions(values, io.cwd));
  if (!started.ok) return wrong(started.problem.message);
  const { station } = started;
  for (const warning of started.warnings) io.stderr(`haven serve: ${warning}\n`);
  const served = await serveConsole({ port, consoleDir, csp: CONTENT_SECURITY_POLICY, connect: (console) => station.connect(console), log: (line) => io.stderr(`${line}\n`) });
  if (!served.ok) {
    await station.stop();
    return wrong(served.problem.message.en);
  }
  io.stdout(`HAVEN READY ${JSON.stringify({ url: served.value.url })}\n`);
  await ending;
  const late = setTimeout(() => process.exit(EXIT_DONE), STOP_WITHIN_MS);
  await served.value.close();
  await station.stop();
  clearTimeout(late);
  // Listening for our parent's end keeps the process alive; there is nothing left to live for.
  if (values['exit-with-parent']) process.stdin.destroy();
  return EXIT_DONE;
}

function stationOptions(values: Record<string, string | boolean | undefined>, cwd: string): StationOptions {
  const text = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
  const file = (name: string): string | undefined => (text(name) === undefined ? undefined : path.resolve(cwd, text(name) ?? ''));
  const plant = text('plant') ?? 'h2o2';
  const secret = process.env['HAVEN_INSTRUCTOR_SECRET'];
  const optional = { site: text('site'), simulatorCertificate: file('simulator-certificate'), instructorEndpoint: text('instructor-endpoint'), instructorCertificate: file('instructor-certificate'), instructorSecret: secret, scenariosDir: file('scenarios'), checkpointCopyDir: text('checkpoints')?.startsWith('printer:') === true ? text('checkpoints') : file('checkpoints') };
  return {
    dataDir: path.resolve(cwd, text('data') ?? '.haven'), plant, training: values['training'] === true,
    rulesDir: file('rules') ?? path.join(ROOT, 'rules'), proceduresDir: file('procedures') ?? path.join(ROOT, 'procedures'),
    endpoint: text('endpoint') ?? `opc.tcp://127.0.0.1:${String(Object.hasOwn(PLANT_PORTS, plant) ? PLANT_PORTS[plant] : PLANT_PORTS['h2o2'])}/haven/${plant}`,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

/** Ends on SIGINT, SIGTERM, or when whoever started us is gone. */
function whenToEnd(withParent: boolean): Promise<void> {
  return new Promise((end) => {
    process.once('SIGINT', () => end());
    process.once('SIGTERM', () => end());
    if (!withParent) return;
    process.stdin.on('end', () => end()).on('close', () => end()).on('error', () => end());
    process.stdin.resume();
  });
}
