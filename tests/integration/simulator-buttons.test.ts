/** REQ-INS-21: push buttons and switches that are tags too, as the fine-chemicals plant has them: one node, shown by the plant, written by clients. No port is opened. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ISessionContext, OPCUAServer, StatusCode, UAVariable } from 'node-opcua';
import { coerceNodeId, DataType, DataValue, SessionContext } from 'node-opcua';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FINE_CHEMICALS } from '../../simulators/plants/fine-chemicals/plant.ts';
import { PlantNodes, plantNamespace } from '../../simulators/server/address-space.ts';
import { createEndpoint } from '../../simulators/server/endpoint.ts';
import { SimulationSession } from '../../simulators/server/session.ts';

const folder = mkdtempSync(join(tmpdir(), 'haven-buttons-'));
const session = new SimulationSession(FINE_CHEMICALS, 1, 1);
const { plant } = session;
let server: OPCUAServer;
let nodes: PlantNodes;
function node(id: string): UAVariable {
  const space = server.engine.addressSpace!;
  return space.findNode(coerceNodeId(`ns=${space.getNamespaceIndex(plantNamespace('fine-chemicals'))};s=${id}`)) as UAVariable;
}
const context = SessionContext.defaultContext as unknown as ISessionContext;
const write = async (id: string, dataType: DataType, value: unknown): Promise<string> => (await (node(id).writeValue(context, new DataValue({ value: { dataType, value } })) as unknown as Promise<StatusCode>)).name;
const shown = (id: string): unknown => node(id).readValue().value.value;
/** half a second of running: a button springs back */
function pass(): void {
  session.tick(600, () => 0);
  nodes.publish(600);
}

beforeAll(async () => {
  ({ server } = await createEndpoint({ port: 48_399, path: '/haven/buttons', applicationUri: 'urn:haven:simulator:fine-chemicals', applicationName: 'buttons', pkiFolder: folder, userManager: null }));
  nodes = new PlantNodes(server, session, 0);
  nodes.publishNow();
});
afterAll(async () => {
  session.close();
  await server.shutdown(10).catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
});

describe('REQ-INS-21 a button that is a tag too', () => {
  test('the stop is taken from a client, shown latched by the plant, springs back as a button, and is taken again', async () => {
    expect([shown('HS-1001'), plant.machine.running]).toEqual([false, true]);
    expect(await write('HS-1001', DataType.Boolean, true)).toBe('Good');
    expect([plant.machine.emergencyStop, plant.machine.running]).toEqual([true, false]);
    pass();
    expect([shown('HS-1001'), plant.commandState('HS-1001')]).toEqual([true, false]);
    expect(await write('HS-1003', DataType.Boolean, true)).toBe('Good');
    pass();
    expect([shown('HS-1001'), plant.machine.emergencyStop]).toEqual([false, false]);
    expect(await write('HS-1001', DataType.Boolean, true)).toBe('Good');
    expect(plant.machine.emergencyStop).toBe(true);
    pass();
  });

  test('a switch stays where it is put and its tag shows it; the wrong type is refused; what only shows cannot be written', async () => {
    expect(await write('HS-1101', DataType.Boolean, true)).toBe('Good');
    pass();
    expect([plant.commandState('HS-1101'), shown('HS-1101')]).toEqual([true, true]);
    expect(await write('HS-1101', DataType.Boolean, false)).toBe('Good');
    pass();
    expect([plant.commandState('HS-1101'), shown('HS-1101')]).toEqual([false, false]);
    expect(await write('HS-1101', DataType.Double, 1)).toBe('BadTypeMismatch');
    expect(await write('TI-1101A', DataType.Double, 20)).toMatch(/^Bad/u);
  });
});
