/**
 * A small real OPC UA server in a process of its own, made to be broken. Configuration in argv[2] (JSON), commands as
 * JSON lines on stdin, answers as JSON lines on stdout; the first line is READY.
 */
import { createInterface } from 'node:readline';
import {
  DataType,
  LogLevel,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAServer,
  SecurityPolicy,
  setLogLevel,
  StatusCodes,
  Subscription,
  Variant,
  VariantArrayType,
} from 'node-opcua';
import type { Namespace, UAVariable } from 'node-opcua';
import type { ServerCommand, ServerConfig, ServerTag } from './test-server-protocol.ts';

setLogLevel(LogLevel.Emergency);
const config = JSON.parse(process.argv[2] ?? '{}') as ServerConfig;
const variables = new Map<string, { variable: UAVariable; type: ServerTag['type'] }>();

if (config.minPublishingIntervalMs !== undefined) Subscription.minimumPublishingInterval = config.minPublishingIntervalMs;
const certificates = new OPCUACertificateManager({ rootFolder: config.pkiDir, automaticallyAcceptUnknownCertificate: !config.refuseUnknownClients, disableFileWatchers: true });
const server = new OPCUAServer({
  port: config.port,
  host: '127.0.0.1',
  hostname: '127.0.0.1',
  serverCertificateManager: certificates,
  serverInfo: { applicationUri: `urn:haven:test-server` },
  securityModes: config.insecureOnly ? [MessageSecurityMode.None] : [MessageSecurityMode.None, MessageSecurityMode.SignAndEncrypt],
  securityPolicies: config.insecureOnly ? [SecurityPolicy.None] : [SecurityPolicy.None, SecurityPolicy.Basic256Sha256],
  serverCapabilities: { operationLimits: config.limits ?? {} },
  userManager: { isValidUser: (user: string, password: string) => user === 'haven' && password === 'retreat' },
  allowAnonymous: config.allowAnonymous ?? true,
});

await server.initialize();
const space = server.engine.addressSpace;
if (!space) throw new Error('no address space');
const namespaces = config.namespaces.map((uri) => space.registerNamespace(uri));
const plant = namespaces[config.namespaces.indexOf(config.plantUri)];
if (plant) for (const tag of config.tags) addTag(plant, tag);
if (plant) for (let n = 0; n < (config.doubles ?? 0); n += 1) addTag(plant, { id: `D-${n}`, type: 'Double', value: n });
if (config.decoyValue !== undefined) for (const namespace of namespaces) if (namespace !== plant) for (const tag of config.tags) addDecoy(namespace, tag.id, config.decoyValue);
await server.start();
process.stdout.write('READY\n');

createInterface({ input: process.stdin }).on('line', (line) => {
  const answer = obey(JSON.parse(line) as ServerCommand);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});

function addTag(namespace: Namespace, tag: ServerTag): void {
  const common = { organizedBy: space!.rootFolder.objects, browseName: tag.id, nodeId: `s=${tag.id}`, minimumSamplingInterval: 0 };
  const variable = makeVariable(namespace, tag, common);
  variables.set(tag.id, { variable, type: tag.type });
  set(tag.id, tag.value, 'Good');
}

function addDecoy(namespace: Namespace, id: string, value: number): void {
  const decoy = namespace.addVariable({ organizedBy: space!.rootFolder.objects, browseName: id, nodeId: `s=${id}`, minimumSamplingInterval: 0, dataType: 'Double' });
  decoy.setValueFromSource(new Variant({ dataType: DataType.Double, value }), StatusCodes.Good, new Date());
}

function makeVariable(namespace: Namespace, tag: ServerTag, common: { organizedBy: unknown; browseName: string; nodeId: string; minimumSamplingInterval: number }): UAVariable {
  const options = common as Parameters<Namespace['addVariable']>[0];
  if (tag.states) return namespace.addMultiStateDiscrete({ ...options, enumStrings: tag.states, value: 0 } as Parameters<Namespace['addMultiStateDiscrete']>[0]) as unknown as UAVariable;
  if (tag.range) {
    return namespace.addAnalogDataItem({
      ...options,
      dataType: tag.type,
      engineeringUnitsRange: { low: tag.range[0], high: tag.range[1] },
      engineeringUnits: { namespaceUri: 'http://www.opcfoundation.org/UA/units/un/cefact', unitId: 4408652, displayName: { text: '°C' }, description: { text: 'degree Celsius' } },
    } as Parameters<Namespace['addAnalogDataItem']>[0]) as unknown as UAVariable;
  }
  return namespace.addVariable({ ...options, dataType: tag.type });
}

function set(id: string, value: unknown, status: string): void {
  const found = variables.get(id);
  if (!found) throw new Error(`no tag ${id}`);
  const real = value === 'NaN' ? Number.NaN : value;
  const code = StatusCodes[status as keyof typeof StatusCodes];
  found.variable.setValueFromSource(new Variant({ dataType: DataType[found.type], arrayType: VariantArrayType.Scalar, value: real }), code as never, new Date());
}

function obey(command: ServerCommand): unknown {
  switch (command.cmd) {
    case 'set':
      set(command.id, command.value, command.status ?? 'Good');
      return { ok: true };
    case 'removeNode': {
      const found = variables.get(command.id);
      if (found) space!.deleteNode(found.variable.nodeId);
      return { ok: found !== undefined };
    }
    case 'storm': {
      let turn = 0;
      setInterval(() => {
        turn += 1;
        for (const [id, { type }] of variables) if (type === 'Double') set(id, turn, 'Good');
      }, command.intervalMs);
      return { ok: true };
    }
    case 'skipSequence': {
      // Takes a sequence number out of every subscription's series, as if that message had been lost on the way.
      const all = subscriptions() as unknown as { _get_next_sequence_number(): number }[];
      return { ok: true, skipped: all.map((subscription) => subscription._get_next_sequence_number()) };
    }
    case 'dropSubscriptions': {
      const all = subscriptions();
      for (const subscription of all) subscription.terminate();
      return { ok: true, dropped: all.length };
    }
    case 'stats':
      return {
        ok: true,
        sessions: server.engine.currentSessionCount,
        items: subscriptions().map((subscription) => subscription.monitoredItemCount),
        namespaceIndex: plant?.index ?? -1,
      };
  }
}

function subscriptions(): { terminate(): void; monitoredItemCount: number }[] {
  const sessions = (server.engine as unknown as { _sessions: Record<string, { publishEngine: { subscriptions: { terminate(): void; monitoredItemCount: number }[] } }> })._sessions;
  return Object.values(sessions).flatMap((session) => session.publishEngine.subscriptions);
}
