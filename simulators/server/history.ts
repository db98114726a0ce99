/**
 * HistoryRead over the track of what was shown: raw values and the aggregates that node-opcua computes from them (minimum, maximum, average, interpolated,
 * count, durations). The historian belongs to the DCS: what a dead line hid from clients, it kept.
 */
import type { AddressSpace, DataValue, IVariableHistorian, OPCUAServer, ReadRawModifiedDetails, UAHistoricalDataConfiguration, UAVariable } from 'node-opcua';
import { AccessLevelFlag, addAggregateSupport, DataType, DataValue as Value, StatusCodes } from 'node-opcua';
import type { Track } from './track.ts';

/** What node-opcua puts on a variable when it gets a history. A configuration object for each of 200 tags would take seconds to make, so all of a kind share one. */
const SHARED = ['_historyRead', '_historyPush', '_historyReadRawModify', '_historyReadModify', '_historyReadRaw', '_historyReadRawAsync', 'historizing', '$historicalDataConfiguration'] as const;
/** a time that a client left out comes as one of long ago */
const UNSAID_BEFORE_MS = 0;

export class PlantHistory {
  readonly #track: () => Track;
  readonly #addressSpace: AddressSpace;
  /** the first variable that is drawn sloped, and the first that is drawn in steps */
  readonly #first = new Map<boolean, UAVariable>();

  constructor(server: OPCUAServer, track: () => Track) {
    if (!server.engine.addressSpace) throw new Error('The OPC UA server has no address space.');
    this.#addressSpace = server.engine.addressSpace;
    this.#track = track;
    addAggregateSupport(this.#addressSpace);
  }

  add(id: string, variable: UAVariable, dataType: DataType): void {
    const historian = new TagHistorian(id, dataType, this.#track);
    const stepped = dataType !== DataType.Double;
    const first = this.#first.get(stepped);
    if (first === undefined) {
      this.#addressSpace.installHistoricalDataNode(variable, { historian });
      this.#first.set(stepped, variable);
      configurationOf(variable).stepped.setValueFromSource({ dataType: DataType.Boolean, value: stepped });
      return;
    }
    for (const key of SHARED) Reflect.set(variable, key, Reflect.get(first, key));
    Reflect.set(variable, 'varHistorian', historian);
    variable.accessLevel |= AccessLevelFlag.HistoryRead;
    if (variable.userAccessLevel !== undefined) variable.userAccessLevel |= AccessLevelFlag.HistoryRead;
    variable.addReference({ isForward: true, nodeId: configurationOf(first).nodeId, referenceType: 'HasHistoricalConfiguration' });
  }
}

/** the object that `installHistoricalDataNode` has made */
function configurationOf(variable: UAVariable): UAHistoricalDataConfiguration {
  return Reflect.get(variable, '$historicalDataConfiguration') as UAHistoricalDataConfiguration;
}

class TagHistorian implements IVariableHistorian {
  readonly #id: string;
  readonly #dataType: DataType;
  readonly #track: () => Track;

  constructor(id: string, dataType: DataType, track: () => Track) {
    this.#id = id;
    this.#dataType = dataType;
    this.#track = track;
  }

  /** the session records by itself, once a second of plant time */
  async push(): Promise<void> {
    return Promise.resolve();
  }

  extractDataValues(details: ReadRawModifiedDetails, most: number, newestFirst: boolean, reverse: boolean, callback: (error: Error | null, values?: DataValue[]) => void): void {
    const fromMs = timeOf(details.startTime) ?? Number.NEGATIVE_INFINITY;
    const toMs = timeOf(details.endTime) ?? Number.POSITIVE_INFINITY;
    const values: DataValue[] = [];
    for (const row of this.#track().walk(newestFirst)) {
      if (newestFirst ? row.atMs < fromMs : row.atMs > toMs) break;
      if (row.atMs < fromMs || row.atMs > toMs) continue;
      values.push(this.#valueOf(row.value(this.#id), new Date(row.atMs)));
      if (most > 0 && values.length >= most) break;
    }
    callback(null, reverse ? values.reverse() : values);
  }

  #valueOf(value: number | null, at: Date): DataValue {
    if (value === null) return new Value({ statusCode: StatusCodes.BadSensorFailure, sourceTimestamp: at, serverTimestamp: at });
    return new Value({ statusCode: StatusCodes.Good, sourceTimestamp: at, serverTimestamp: at, value: { dataType: this.#dataType, value: this.#dataType === DataType.Boolean ? value > 0 : value } });
  }
}

function timeOf(date: Date | null): number | null {
  const ms = date?.getTime() ?? Number.NaN;
  return Number.isFinite(ms) && ms > UNSAID_BEFORE_MS ? ms : null;
}
