/**
 * The plant as OPC UA nodes: Plant/Area/Unit/Tag in the plant's own namespace, the proof in `urn:haven:simulator`.
 * Tags are read-only, sampled by exception (minimumSamplingInterval 0); commands are writable Booleans.
 */
import type { DataValue, Namespace, OPCUAServer, StatusCode, UAObject, UAVariable } from 'node-opcua';
import { coerceLocalizedText, DataType, makeEUInformation, StatusCodes, Variant } from 'node-opcua';
import { alarmTableOf } from '../plants/alarm-limits.ts';
import { BUTTONS, buttonId } from '../machine/commands.ts';
import type { PlantDefinition } from '../machine/definition.ts';
import type { TagDefinition, TagValue } from '../machine/tags.ts';
import { PlantAlarms } from './alarms.ts';
import { PlantHistory } from './history.ts';
import type { SimulationSession } from './session.ts';

export const plantNamespace = (plant: string): string => `urn:haven:plant:${plant}`;
export const SIMULATOR_NAMESPACE = 'urn:haven:simulator';
/** a momentary button springs back so that the next press is a rising edge again; a frozen plant's buttons stay where they are */
const BUTTON_SPRING_MS = 500;
/** every tag gets a new source time at least so often, changed or not */
const REFRESH_EVERY_MS = 1000;

interface TagNode { readonly variable: UAVariable; readonly dataType: DataType; value: number | boolean | null; status: StatusCode }

export class PlantNodes {
  readonly #session: SimulationSession;
  readonly #tags = new Map<string, TagNode>();
  readonly #bulk: UAVariable[] = [];
  readonly #commands = new Map<string, UAVariable>();
  readonly #shownCommands = new Map<string, boolean>();
  /** pressed buttons, with what is left until they spring back */
  readonly #springs = new Map<string, number>();
  readonly #orders = new Map<string, UAVariable>();
  readonly #shownOrders = new Map<string, number>();
  readonly #history: PlantHistory;
  readonly #alarms: PlantAlarms;
  #forced: UAVariable | null = null;
  #sinceRefreshMs = REFRESH_EVERY_MS;
  #phase = 0;

  constructor(server: OPCUAServer, session: SimulationSession, extraTags: number) {
    this.#session = session;
    const addressSpace = server.engine.addressSpace;
    if (!addressSpace) throw new Error('The OPC UA server has no address space.');
    const plant = addressSpace.registerNamespace(plantNamespace(session.plant.definition.id));
    const simulator = addressSpace.registerNamespace(SIMULATOR_NAMESPACE);
    this.#history = new PlantHistory(server, () => session.track);
    const root = plant.addFolder(addressSpace.rootFolder.objects, { browseName: 'Plant', nodeId: 's=Plant' });
    const alarms = plant.addObject({ organizedBy: root, browseName: 'Alarms', nodeId: 's=Plant/alarms', eventNotifier: 1, notifierOf: addressSpace.rootFolder.objects.server });
    this.#addTags(plant, root, alarms);
    this.#addCommands(plant, root);
    this.#addOrders(plant, root);
    this.#alarms = new PlantAlarms(server, plant, alarms, session.definition, alarmTableOf(session.definition.id), (tag) => this.#tags.get(tag)?.variable);
    this.#addBulk(plant, root, extraTags);
    this.#addProof(simulator, addressSpace.rootFolder.objects);
  }

  /** shows the present values; `elapsedMs` of wall time since the last call */
  publish(elapsedMs: number): void {
    this.#alarms.tick(elapsedMs);
    if (this.#session.frozen) return;
    this.#springBack(elapsedMs);
    this.#sinceRefreshMs += elapsedMs;
    const refresh = this.#sinceRefreshMs >= REFRESH_EVERY_MS - 1;
    if (refresh) this.#sinceRefreshMs = 0;
    this.#write(refresh);
  }

  /** shows values that the instructor changed while the simulation stands still */
  publishNow(): void {
    this.#write(false);
  }

  #write(refresh: boolean): void {
    const now = new Date();
    const { plant } = this.#session;
    // a line that stands still shows its last values on, with their old times
    if (plant.comms.dcs !== 'still') {
      for (const tag of plant.tags()) this.#show(tag, refresh, now);
      this.#alarms.look(this.#session);
    }
    const forced = plant.forcedReset;
    if (this.#forced && (refresh || this.#forced.readValue().value.value !== forced)) this.#forced.setValueFromSource({ dataType: DataType.Boolean, value: forced }, StatusCodes.Good, now);
    this.#touchCommands();
    this.#writeBulk(now);
  }

  #show(tag: TagValue, refresh: boolean, now: Date): void {
    const { plant, heartbeat } = this.#session;
    const node = this.#tags.get(tag.id);
    if (!node) return;
    const value = tag.id === plant.heartbeatTag && !plant.isPinned(tag.id) ? heartbeat : tag.value;
    const status = statusOf(tag, plant.comms.dcs === 'bad');
    if (!refresh && value === node.value && status === node.status) return;
    node.value = value;
    node.status = status;
    node.variable.setValueFromSource({ dataType: node.dataType, value }, status, now);
  }

  #springBack(elapsedMs: number): void {
    for (const [id, leftMs] of this.#springs) {
      if (leftMs > elapsedMs) {
        this.#springs.set(id, leftMs - elapsedMs);
        continue;
      }
      this.#springs.delete(id);
      this.#session.plant.command(id, false);
    }
  }

  /** keys change without a write too: by the instructor, by a restored snapshot */
  #touchCommands(): void {
    for (const [id, variable] of this.#commands) {
      const value = this.#session.plant.commandState(id);
      if (this.#shownCommands.get(id) === value) continue;
      this.#shownCommands.set(id, value);
      variable.touchValue();
    }
    for (const [device, variable] of this.#orders) {
      const value = this.#session.plant.orders.get(device) ?? AUTOMATIC;
      if (this.#shownOrders.get(device) === value) continue;
      this.#shownOrders.set(device, value);
      variable.touchValue();
    }
  }

  #writeBulk(now: Date): void {
    // a quarter of the bulk tags each tick of 250 ms, and one in four of those each time
    this.#phase = (this.#phase + 1) % 4;
    const wave = Math.sin(now.getTime() / 5000) * 40 + 50;
    for (let i = 0; i < this.#bulk.length; i++) {
      if (i % 4 !== this.#phase && i % 5 !== 0) continue;
      this.#bulk[i]!.setValueFromSource({ dataType: DataType.Double, value: wave + (i % 100) / 100 + this.#phase / 1000 }, StatusCodes.Good, now);
    }
  }

  #addTags(namespace: Namespace, root: UAObject, alarms: UAObject): void {
    const folders = new Map<string, UAObject>();
    const commands = new Map(this.#session.plant.commands.map((command) => [command.id, command]));
    for (const tag of this.#session.plant.definition.tags) {
      const area = folderOf(namespace, root, folders, tag.area, `Plant/${tag.area}`);
      const unit = unitOf(tag.id, tag.area);
      const parent = folderOf(namespace, area, folders, unit, `Plant/${tag.area}/${unit}`);
      const variable = addTag(namespace, parent, tag, alarms, commands.has(tag.id));
      const node: TagNode = { variable, dataType: dataTypeOf(tag), value: null, status: StatusCodes.BadWaitingForInitialData };
      this.#tags.set(tag.id, node);
      const command = commands.get(tag.id);
      if (command) takeWrites(variable, (value) => {
        // shown again as the plant has it, not as it was written
        node.value = null;
        return this.#command(command.id, command.kind === 'momentary', value.value === true);
      });
      // the heartbeat counts on whatever happens: it has no past worth reading
      if (tag.id !== this.#session.plant.heartbeatTag) this.#history.add(tag.id, variable, dataTypeOf(tag));
    }
    this.#forced = namespace.addVariable({
      componentOf: folders.get('Plant/sis') ?? root, browseName: 'I-RESET-FORCED', nodeId: 's=I-RESET-FORCED', dataType: DataType.Boolean, minimumSamplingInterval: 0, accessLevel: 'CurrentRead', userAccessLevel: 'CurrentRead',
      description: 'SIS强制复位 | The SIS was reset by force within the last 60 s (3.5)',
    });
  }

  #addCommands(namespace: Namespace, root: UAObject): void {
    const folder = namespace.addFolder(root, { browseName: 'Commands', nodeId: 's=Plant/commands' });
    for (const command of this.#session.plant.commands) {
      // a button that is a tag too is one node
      if (this.#tags.has(command.id)) continue;
      const variable = namespace.addVariable({
        componentOf: folder, browseName: command.id, nodeId: `s=${command.id}`, dataType: DataType.Boolean, minimumSamplingInterval: 100,
        displayName: command.id, description: `${command.zh} | ${command.en}`, accessLevel: 'CurrentRead | CurrentWrite', userAccessLevel: 'CurrentRead | CurrentWrite',
        value: {
          get: () => new Variant({ dataType: DataType.Boolean, value: this.#session.plant.commandState(command.id) }),
          set: (variant: Variant) => this.#command(command.id, command.kind === 'momentary', variant.value === true),
        },
      });
      this.#commands.set(command.id, variable);
    }
  }

  #command(id: string, momentary: boolean, value: boolean) {
    const done = this.#session.plant.command(id, value);
    if (momentary && value) this.#springs.set(id, BUTTON_SPRING_MS);
    return done.ok ? StatusCodes.Good : StatusCodes.BadInvalidState;
  }

  /** A hand on the DCS's faceplate: where a device is held, -1 = its loop or the normal running decides. Stop and trips are stronger. */
  #addOrders(namespace: Namespace, root: UAObject): void {
    const folder = namespace.addFolder(root, { browseName: 'Orders', nodeId: 's=Plant/orders' });
    for (const device of Object.keys(this.#session.definition.devices)) {
      this.#orders.set(device, namespace.addVariable({
        componentOf: folder, browseName: `OP-${device}`, nodeId: `s=OP-${device}`, dataType: DataType.Double, minimumSamplingInterval: 100, accessLevel: 'CurrentRead | CurrentWrite', userAccessLevel: 'CurrentRead | CurrentWrite',
        description: `${device} 手动给定 0..1，-1 为自动 | ${device} by hand 0..1, -1 = automatic`,
        value: {
          get: () => new Variant({ dataType: DataType.Double, value: this.#session.plant.orders.get(device) ?? AUTOMATIC }),
          set: (variant: Variant) => {
            const position = Number(variant.value);
            return this.#session.plant.order(device, position === AUTOMATIC ? null : position).ok ? StatusCodes.Good : StatusCodes.BadOutOfRange;
          },
        },
      }));
    }
  }

  #addBulk(namespace: Namespace, root: UAObject, count: number): void {
    if (count === 0) return;
    const folder = namespace.addFolder(root, { browseName: 'Bulk', nodeId: 's=Plant/bulk' });
    for (let i = 1; i <= count; i++) {
      const id = `BX-${String(i).padStart(5, '0')}`;
      this.#bulk.push(namespace.addVariable({
        componentOf: folder, browseName: id, nodeId: `s=${id}`, dataType: DataType.Double, minimumSamplingInterval: 0, accessLevel: 'CurrentRead', userAccessLevel: 'CurrentRead',
        value: { dataType: DataType.Double, value: 50 },
      }));
    }
  }

  #addProof(namespace: Namespace, parent: UAObject): void {
    namespace.addVariable({
      organizedBy: parent, browseName: 'Proof', nodeId: 's=proof', dataType: DataType.String, accessLevel: 'CurrentRead', userAccessLevel: 'CurrentRead',
      description: 'This server is a simulator, not a plant.',
      value: { dataType: DataType.String, value: JSON.stringify(proofOf(this.#session.plant.definition)) },
    });
  }
}

function folderOf(namespace: Namespace, parent: UAObject, folders: Map<string, UAObject>, name: string, path: string): UAObject {
  const known = folders.get(path);
  if (known) return known;
  const folder = namespace.addFolder(parent, { browseName: name, nodeId: `s=${path}` });
  folders.set(path, folder);
  return folder;
}

/** what a client reads before it believes that this is a simulator; the buttons by what they do */
function proofOf({ id, model, digit }: PlantDefinition): Record<string, unknown> {
  return { simulator: true, plant: id, model, buttons: Object.fromEntries(BUTTONS.map((button) => [button, buttonId(digit, button)])) };
}

const UNITS: readonly [RegExp, string][] = [
  [/-41/, 'R-4101'], [/-42/, 'R-4201'], [/-43/, 'T-4301'], [/-44/, 'V-4402'], [/-45/, 'R-4502'], [/-48/, 'T-4801'], [/-49/, 'U-4900'], [/-4000/, 'DCS'],
];
function unitOf(id: string, area: string): string {
  if (id.startsWith('I-')) return id.slice(0, 6);
  const own = UNITS.find(([pattern]) => pattern.test(id))?.[1];
  if (own !== undefined) return own;
  const digits = /-(\d\d)/u.exec(id)?.[1];
  return digits === undefined ? area : `U-${digits}00`;
}

/** the position of an order that leaves the device to its loop */
const AUTOMATIC = -1;

function statusOf({ good, uncertain }: TagValue, lineIsDead: boolean): StatusCode {
  if (lineIsDead) return StatusCodes.BadCommunicationError;
  if (good) return StatusCodes.Good;
  return uncertain === true ? StatusCodes.UncertainSensorNotAccurate : StatusCodes.BadSensorFailure;
}

function dataTypeOf(tag: TagDefinition): DataType {
  switch (tag.kind) {
    case 'analog': return DataType.Double;
    case 'discrete': return DataType.UInt32;
    case 'boolean': return DataType.Boolean;
    case 'count': return DataType.Int32;
  }
}

/** What is pushed from here and written by clients too: the library knows setters only together with getters. */
function takeWrites(variable: UAVariable, write: (value: Variant) => StatusCode): void {
  Reflect.set(variable, '_timestamped_set_func', (written: DataValue, callback: (error: Error | null, status: StatusCode, written: DataValue) => void) => callback(null, write(written.value), written));
}

function addTag(namespace: Namespace, parent: UAObject, tag: TagDefinition, alarms: UAObject, writable: boolean): UAVariable {
  const access = writable ? 'CurrentRead | CurrentWrite' : 'CurrentRead';
  const common = {
    componentOf: parent, eventSourceOf: alarms, browseName: tag.id, nodeId: `s=${tag.id}`, minimumSamplingInterval: 0, accessLevel: access, userAccessLevel: access,
    displayName: [coerceLocalizedText({ locale: 'zh', text: tag.zh })!, coerceLocalizedText({ locale: 'en', text: tag.en })!], description: tag.en,
  };
  switch (tag.kind) {
    case 'analog':
      return namespace.addAnalogDataItem({
        ...common, dataType: DataType.Double, engineeringUnitsRange: { low: tag.low, high: tag.high }, engineeringUnits: makeEUInformation(tag.unit, tag.unit, tag.unit),
        value: { dataType: DataType.Double, value: 0 },
      });
    case 'discrete':
      return namespace.addMultiStateDiscrete({ ...common, enumStrings: [...tag.states], value: 0 });
    case 'boolean':
      return namespace.addVariable({ ...common, dataType: DataType.Boolean, value: { dataType: DataType.Boolean, value: false } });
    case 'count':
      return namespace.addVariable({ ...common, dataType: DataType.Int32, value: { dataType: DataType.Int32, value: 0 } });
  }
}
