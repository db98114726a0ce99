/**
 * The simulator process: `node simulators/server/main.ts --plant h2o2 --port 48404 --instructor-port 48454 --pki DIR`.
 * Prints one READY line with JSON; exit 2 with a sentence when it cannot start; exit 0 on SIGTERM, SIGINT, or (with --exit-with-parent) when stdin closes.
 */
import { createServer } from 'node:net';
import { readOptions } from './options.ts';

function refuse(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

async function portIsFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}

const options = readOptions(process.argv.slice(2));
if (!options.ok) refuse(options.message);
const secret = process.env['HAVEN_INSTRUCTOR_SECRET'];
if (secret === undefined || secret === '') refuse('The instructor endpoint needs a password: set the environment variable HAVEN_INSTRUCTOR_SECRET.');
for (const port of [options.value.port, options.value.instructorPort]) if (!(await portIsFree(port))) refuse(`Port ${port} on 127.0.0.1 is already in use.`);
try {
  // loaded late: a wrong option is answered at once, not after a second of loading the OPC UA stack
  const { run } = await import('./run.ts');
  await run(options.value, secret);
} catch (error) {
  refuse(`The simulator could not start: ${error instanceof Error ? error.message : String(error)}`);
}
