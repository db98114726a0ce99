/**
 * The simulator process: `node simulators/server/main.ts --plant h2o2 --port 48404 --instructor-port 48454 --pki DIR`.
 * Prints one READY line with JSON; exit 2 with a sentence when it cannot start; exit 0 on SIGTERM, SIGINT, or (with --exit-with-parent) when stdin closes.
 */
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { PlantNodes } from './address-space.ts';
import { createEndpoint } from './endpoint.ts';
import { addInstructor, userManagerFor } from './instructor.ts';
import type { ServerOptions } from './options.ts';
import { readOptions } from './options.ts';
import { SimulationSession } from './session.ts';

const TICK_MS = 250;
const SHUTDOWN_LIMIT_MS = 2500;

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

async function run(options: ServerOptions, secret: string): Promise<void> {
  const pki = resolve(options.pkiFolder);
  const session = new SimulationSession(options.seed, options.speed);
  const plant = await createEndpoint({
    port: options.port, path: '/haven/h2o2', applicationUri: 'urn:haven:simulator:h2o2', applicationName: 'Haven simulator h2o2', pkiFolder: join(pki, 'plant'), userManager: null,
  });
  const nodes = new PlantNodes(plant.server, session, options.extraTags);
  nodes.publishNow();
  await plant.server.start();
  const instructor = await createEndpoint({
    port: options.instructorPort, path: '/haven/instructor', applicationUri: 'urn:haven:instructor:h2o2', applicationName: 'Haven instructor h2o2', pkiFolder: join(pki, 'instructor'), userManager: userManagerFor(secret),
  });
  addInstructor(instructor.server, session, () => nodes.publishNow());
  await instructor.server.start();

  let lastMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    const elapsedMs = nowMs - lastMs;
    lastMs = nowMs;
    session.tick(elapsedMs, () => performance.now());
    nodes.publish(elapsedMs);
  }, TICK_MS);

  let leaving = false;
  const leave = (): void => {
    if (leaving) return;
    leaving = true;
    clearInterval(timer);
    nodes.close();
    setTimeout(() => process.exit(0), SHUTDOWN_LIMIT_MS).unref();
    Promise.allSettled([plant.server.shutdown(100), instructor.server.shutdown(100)]).then(() => process.exit(0), () => process.exit(0));
  };
  process.on('SIGTERM', leave);
  process.on('SIGINT', leave);
  if (options.exitWithParent) {
    process.stdin.on('end', leave).on('close', leave).on('error', leave);
    process.stdin.resume();
  }
  process.stdout.write(`READY ${JSON.stringify({
    plant: options.plant, endpoint: plant.url, instructorEndpoint: instructor.url, certificate: plant.certificateFile, instructorCertificate: instructor.certificateFile, pid: process.pid,
  })}\n`);
}

const options = readOptions(process.argv.slice(2));
if (!options.ok) refuse(options.message);
const secret = process.env['HAVEN_INSTRUCTOR_SECRET'];
if (secret === undefined || secret === '') refuse('The instructor endpoint needs a password: set the environment variable HAVEN_INSTRUCTOR_SECRET.');
for (const port of [options.value.port, options.value.instructorPort]) if (!(await portIsFree(port))) refuse(`Port ${port} on 127.0.0.1 is already in use.`);
try {
  await run(options.value, secret);
} catch (error) {
  refuse(`The simulator could not start: ${error instanceof Error ? error.message : String(error)}`);
}
