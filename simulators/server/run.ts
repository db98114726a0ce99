/** Puts the session, the plant endpoint and the instructor endpoint together, drives them by wall time, and takes them down cleanly. */
import { join, resolve } from 'node:path';
import { PlantNodes } from './address-space.ts';
import { createEndpoint } from './endpoint.ts';
import { addInstructor, userManagerFor } from './instructor.ts';
import { designsOf, plantOf } from '../plants/index.ts';
import type { ServerOptions } from './options.ts';
import { RunFolder } from './run-file.ts';
import { SimulationSession } from './session.ts';

const TICK_MS = 250;
const SHUTDOWN_LIMIT_MS = 2500;

export async function run(options: ServerOptions, secret: string): Promise<void> {
  const pki = resolve(options.pkiFolder);
  const definition = plantOf(options.plant, options.design);
  if (definition === undefined) throw new Error(`there is no plant "${options.plant}"${options.design === undefined ? '' : ` of design "${options.design}"; it has ${designsOf(options.plant).join(', ') || 'none'}`}`);
  const runs = options.runsFolder === undefined ? null : new RunFolder(resolve(options.runsFolder), definition.id, definition.model);
  const session = new SimulationSession(definition, options.seed, options.speed, Date.now, runs);
  const plant = await createEndpoint({
    port: options.port, path: `/haven/${options.plant}`, applicationUri: `urn:haven:simulator:${options.plant}`, applicationName: `Haven simulator ${options.plant}`, pkiFolder: join(pki, 'plant'), userManager: null,
  });
  const nodes = new PlantNodes(plant.server, session, options.extraTags);
  nodes.publishNow();
  await plant.server.start();
  const instructor = await createEndpoint({
    port: options.instructorPort, path: '/haven/instructor', applicationUri: `urn:haven:instructor:${options.plant}`, applicationName: `Haven instructor ${options.plant}`, pkiFolder: join(pki, 'instructor'), userManager: userManagerFor(secret),
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
    session.close();
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
