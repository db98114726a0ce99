/**
 * The plant as OPC UA nodes: Plant/Area/Unit/Tag in the plant's own namespace, the proof in `urn:haven:simulator`.
 * Tags are read-only, sampled by exception (minimumSamplingInterval 0); commands are writable Booleans.
 */
import type { Namespace, OPCUAServer, UAObject, UAVariable } from 'node-opcua';
import { coerceLocalizedText, DataType, makeEUInformation, StatusCodes, Variant } from 'node-opcua';
import { BUTTONS, buttonId } from '../machine/commands.ts';
import type { PlantDefinition } from '../machine/definition.ts';
import type { TagDefinition } from '../machine/tags.ts';
import type { SimulationSession } from './session.ts';

export const plantNamespace = (plant: string): string => `urn:haven:plant:${plant}`;
export const SIMULATOR_NAMESPACE = 'urn:haven:simulator';
/** a momentary button springs back so that the next press is a rising edge again */
const BUTTON_SPRING_MS = 500;
/** every tag gets a new source time at least so often, changed or not */
const REFRESH_EVERY_MS = 1000;

interface TagNode { readonly variable: UAVariable; readonly dataType: DataType; value: number | boolean | null; good: boolean }

export class PlantNodes {
  readonly #session: SimulationSession;
  readonly #tags = new Map<string, TagNode>();
  readonly #bulk: UAVariable[] = [];
  readonly #commands = new Map<string, UAVariable>();
  readonly #shownCommands = new Map<string, boolean>();
  readonly #springs = new Set<NodeJS.Timeout>();
  #forced: UAVariable | null = null;
  #sinceRefreshMs = REFRESH_EVERY_MS;
  #phase = 0;

  constructor(server: OPCUAServer, session: SimulationSession, extraTags: number) {
    this.#session = session;
    const addressSpace = server.engine.addressSpace;
    if (!addressSpace) throw new Error('The OPC UA server has no address space.');
    const plant = addressSpace.registerNamespace(plantNamespace(session.plant.definition.id));
    const simulator = addressSpace.registerNamespace(SIMULATOR_NAMESPACE);
    const root = plant.addFolder(addressSpace.rootFolder.objects, { browseName: 'Plant', nodeId: 's=Plant' });
    this.#addTags(plant, root);
    this.#addCommands(plant, root);
    this.#addBulk(plant, root, extraTags);
    this.#addProof(simulator, addressSpace.rootFolder.objects);
  }

  /** shows the present values; `elapsedMs` of wall time since the last call */
  publish(elapsedMs: number): void {
    if (this.#session.frozen) return;
    this.#sinceRefreshMs += elapsedMs;
    const refresh = this.#sinceRefreshMs >= REFRESH_EVERY_MS - 1;
    if (refresh) this.#sinceRefreshMs = 0;
    this.#write(refresh);
  }

  /** shows values that the instructor changed while the simulation stands still */
  publishNow(): void {
    this.#write(false);
  }

  close(): void {
    for (const spring of this.#springs) clearTimeout(spring);
  }

  #write(refresh: boolean): void {
    const now = new Date();
    const { plant } = this.#session;
    for (const tag of plant.tags()) {
      const node = this.#tags.get(tag.id)!;
      const value = tag.id === plant.heartbeatTag && !plant.isPinned(tag.id) ? this.#session.heartbeat : tag.value;
      if (!refresh && value === node.value && tag.good === node.good) continue;
      node.value = value;
      node.good = tag.good;
      node.variable.setValueFromSource({ dataType: node.dataType, value }, tag.good ? StatusCodes.Good : StatusCodes.BadSensorFailure, now);
    }
    const forced = plant.forcedReset;
    if (this.#forced && (refresh || this.#forced.readValue().value.value !== forced)) this.#forced.setValueFromSource({ dataType: DataType.Boolean, value: forced }, StatusCodes.Good, now);
    this.#touchCommands();
    this.#writeBulk(now);
  }

  /** keys change without a write too: by the instructor, by a restored snapshot */
  #touchCommands(): void {
    for (const [id, variable] of this.#commands) {
      const value = this.#session.plant.commandState(id);
      if (this.#shownCommands.get(id) === value) continue;
      this.#shownCommands.set(id, value);
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

  #addTags(namespace: Namespace, root: UAObject): void {
    const folders = new Map<string, UAObject>();
    for (const tag of this.#session.plant.definition.tags) {
      const area = folderOf(namespace, root, folders, tag.area, `Plant/${tag.area}`);
      const unit = unitOf(tag.id);
      const parent = folderOf(namespace, area, folders, unit, `Plant/${tag.area}/${unit}`);
      const variable = addTag(namespace, parent, tag);
      this.#tags.set(tag.id, { variable, dataType: dataTypeOf(tag), value: null, good: true });
    }
    this.#forced = namespace.addVariable({
      componentOf: folders.get('Plant/sis')!, browseName: 'I-RESET-FORCED', nodeId: 's=I-RESET-FORCED', dataType: DataType.Boolean, minimumSamplingInterval: 0, accessLevel: 'CurrentRead', userAccessLevel: 'CurrentRead',
      description: 'SIS强制复位 | The SIS was reset by force within the last 60 s (3.5)',
    });
  }

  #addCommands(namespace: Namespace, root: UAObject): void {
    const folder = namespace.addFolder(root, { browseName: 'Commands', nodeId: 's=Plant/commands' });
    for (const command of this.#session.plant.commands) {
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
    if (momentary && value) {
      const spring = setTimeout(() => {
        this.#springs.delete(spring);
        this.#session.plant.command(id, false);
        this.#commands.get(id)?.touchValue();
      }, BUTTON_SPRING_MS);
      this.#springs.add(spring);
    }
    return done.ok ? StatusCodes.Good : StatusCodes.BadInvalidState;
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
function unitOf(id: string): string {
  if (id.startsWith('I-')) return id.slice(0, 6);
  return UNITS.find(([pattern]) => pattern.test(id))?.[1] ?? 'Other';
}

function dataTypeOf(tag: TagDefinition): DataType {
  switch (tag.kind) {
    case 'analog': return DataType.Double;
    case 'discrete': return DataType.UInt32;
    case 'boolean': return DataType.Boolean;
    case 'count': return DataType.Int32;
  }
}

function addTag(namespace: Namespace, parent: UAObject, tag: TagDefinition): UAVariable {
  const common = {
    componentOf: parent, browseName: tag.id, nodeId: `s=${tag.id}`, minimumSamplingInterval: 0, accessLevel: 'CurrentRead', userAccessLevel: 'CurrentRead',
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
