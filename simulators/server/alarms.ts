/**
 * OPC UA Alarms & Conditions of the plant: limit alarms, rates of change, trips. They say what the DCS shows and nothing of what is true.
 * A condition has dozens of nodes and takes its time to make, so they are made a few a tick: when the first client subscribes to events, or else some time
 * after the start, one a tick. A limit that is passed already when its condition is made raises it at once.
 */
import type { LocalizedTextOptions, Namespace, OPCUAServer, UAAlarmConditionEx, UAObject, UAVariable } from 'node-opcua';
import { AttributeIds, ConditionInfoImpl, CreateMonitoredItemsRequest, DataType, StatusCodes } from 'node-opcua';
import type { AlarmLimit, AlarmTable, Limits, RateLimit } from '../machine/alarm-limits.ts';
import { limitsNow } from '../machine/alarm-limits.ts';
import type { PlantDefinition } from '../machine/definition.ts';
import type { SimulationSession } from './session.ts';

const IDLE_START_MS = 60_000;
/** of a tick, once somebody waits for them */
const BUDGET_MS = 100;
/** OPC UA severities, 1..1000 [A] */
const SEVERITY = { trip: 900, highHigh: 800, high: 500, normal: 100 } as const;
const RATE_SUFFIX = '-RATE';

type Make = () => void;
type LimitAlarm = ReturnType<Namespace['instantiateNonExclusiveLimitAlarm']>;
const SIDES = ['lowLow', 'low', 'high', 'highHigh'] as const;
type Side = (typeof SIDES)[number];
/** limits that nothing passes */
const FAR: Readonly<Record<Side, number>> = { lowLow: -Number.MAX_VALUE, low: -Number.MAX_VALUE, high: Number.MAX_VALUE, highHigh: Number.MAX_VALUE };

export class PlantAlarms {
  readonly #namespace: Namespace;
  readonly #source: UAObject;
  readonly #variable: (tag: string) => UAVariable | undefined;
  readonly #waiting: Make[] = [];
  readonly #rates: Rate[] = [];
  readonly #byState: { readonly limit: AlarmLimit; readonly alarm: LimitAlarm; readonly input: UAVariable; word: unknown }[] = [];
  #sinceStartMs = 0;
  #isWanted = false;

  constructor(server: OPCUAServer, namespace: Namespace, source: UAObject, definition: PlantDefinition, table: AlarmTable, variable: (tag: string) => UAVariable | undefined) {
    this.#namespace = namespace;
    this.#source = source;
    this.#variable = variable;
    server.engine.addressSpace?.installAlarmsAndConditionsService();
    for (const id of Object.keys(definition.functions)) this.#waiting.push(() => this.#addTrip(id));
    for (const limit of table.limits) this.#waiting.push(() => this.#addLimits(limit));
    for (const rate of table.rates) this.#addRate(rate);
    server.on('request', (request: unknown) => {
      if (request instanceof CreateMonitoredItemsRequest && (request.itemsToCreate ?? []).some(({ itemToMonitor }) => itemToMonitor.attributeId === AttributeIds.EventNotifier)) this.#isWanted = true;
    });
  }

  /** what is still to be made; 0 when every condition is there */
  get missing(): number {
    return this.#waiting.length;
  }

  tick(elapsedMs: number): void {
    this.#sinceStartMs += elapsedMs;
    if (this.#isWanted) {
      const endMs = performance.now() + BUDGET_MS;
      while (this.#waiting.length > 0 && performance.now() < endMs) this.#waiting.shift()?.();
    } else if (this.#sinceStartMs >= IDLE_START_MS) this.#waiting.shift()?.();
  }

  /** the rates, and limits that go with a state, after plant time has moved */
  look(session: SimulationSession): void {
    for (const rate of this.#rates) rate.look(session);
    if (this.#byState.length === 0) return;
    const readings = session.plant.readings();
    for (const each of this.#byState) {
      const word = readings.reading(each.limit.inState?.tag ?? '').value;
      if (word === each.word) continue;
      each.word = word;
      setLimits(each.alarm, limitsNow(each.limit, word), each.limit.inState?.limits);
      lookAt(each.alarm, each.input);
    }
  }

  #addTrip(id: string): void {
    const tag = `${id}-TRIP`;
    const input = this.#variable(tag);
    if (!input) return;
    const alarm = this.#namespace.instantiateDiscreteAlarm('TripAlarmType', this.#options(`${id} trip`, input));
    alarm.calculateConditionInfo = (_state, isActive) => conditionInfo(isActive ? `${id} 联锁动作 | ${id} tripped` : `${id} 联锁已复位 | ${id} reset`, isActive ? SEVERITY.trip : SEVERITY.normal);
    // a discrete alarm cannot know what its input means
    alarm.onInputDataValueChange = ({ value, statusCode }) => {
      if (statusCode.isGood() && value.value !== alarm.activeState.getValue()) alarm.signalNewCondition(value.value === true ? 'Active' : 'Inactive', value.value === true, String(value.value));
    };
    begin(alarm, input);
  }

  #addLimits(limit: AlarmLimit): void {
    const input = this.#variable(limit.tag);
    if (!input) return;
    const alarm = this.#limitAlarm('NonExclusiveLimitAlarmType', `${limit.tag} limits`, limit.tag, input, limit, limit.inState?.limits);
    if (limit.inState) this.#byState.push({ limit, alarm, input, word: undefined });
  }

  /** the rate is a variable of its own, because an alarm of OPC UA looks at a variable */
  #addRate(limit: RateLimit): void {
    const of = this.#variable(limit.tag);
    if (!of) return;
    const variable = this.#namespace.addVariable({
      componentOf: this.#source, browseName: limit.tag + RATE_SUFFIX, nodeId: `s=${limit.tag}${RATE_SUFFIX}`, dataType: DataType.Double, eventSourceOf: this.#source, accessLevel: 'CurrentRead', userAccessLevel: 'CurrentRead',
      description: `${limit.tag} ${limit.unit}, ${limit.windowS} s`, value: { dataType: DataType.Double, value: 0 },
    });
    this.#rates.push(new Rate(limit, variable));
    this.#waiting.push(() => this.#limitAlarm('NonExclusiveRateOfChangeAlarmType', `${limit.tag} rate`, `${limit.tag} ${limit.unit}`, variable, { high: limit.high, highHigh: limit.highHigh }));
  }

  #limitAlarm(type: string, name: string, what: string, input: UAVariable, limits: Limits, inState?: Limits): LimitAlarm {
    // made with limits that nothing passes: the library looks at once, and would raise an alarm in words of its own
    const far = Object.fromEntries(SIDES.flatMap((side) => (limits[side] === undefined && inState?.[side] === undefined ? [] : [[`${side}Limit`, FAR[side]]]))) as { highLimit: number; lowLimit: number };
    const alarm = this.#namespace.instantiateNonExclusiveLimitAlarm(type, { ...this.#options(name, input), ...far });
    // By what the library says has been passed, not by the value: each step outwards then says something new, which the library insists on.
    alarm.calculateConditionInfo = (state, isActive, value) => {
      if (!isActive) return conditionInfo(`${what} 恢复正常 ${value} | ${what} back to normal, ${value}`, SEVERITY.normal);
      const passed = passedIn(state);
      const beyond = passed.has('highHigh') || passed.has('lowLow');
      const side = passed.has('highHigh') || passed.has('high');
      return conditionInfo(`${what} ${side ? '高' : '低'}${beyond ? side ? '高' : '低' : ''}报 ${value} | ${what} ${side ? 'high' : 'low'}${beyond ? side ? '-high' : '-low' : ''}, ${value}`, beyond ? SEVERITY.highHigh : SEVERITY.high);
    };
    // A reading that is not good says nothing of the limit: what stood stands on. The library would call it back to normal, and at the second such reading throw, which ends the process.
    const look = alarm.onInputDataValueChange.bind(alarm);
    alarm.onInputDataValueChange = (reading) => {
      if (reading.statusCode.isGood()) look(reading);
    };
    setLimits(alarm, limits, inState);
    begin(alarm, input);
    return alarm;
  }

  #options(name: string, input: UAVariable): { browseName: string; nodeId: string; conditionName: string; componentOf: UAObject; conditionSource: UAVariable; inputNode: UAVariable } {
    return { browseName: name, nodeId: `s=Alarm/${name}`, conditionName: name, componentOf: this.#source, conditionSource: input, inputNode: input };
  }
}

/** The library hands over which limits are passed as JSON: `{"highHigh":false,"high":true,...}`, "unset" where there is none. */
function passedIn(state: string | null): ReadonlySet<string> {
  try {
    return new Set(Object.entries(JSON.parse(state ?? '{}') as Record<string, unknown>).flatMap(([name, isPassed]) => (isPassed === true ? [name] : [])));
  } catch {
    return new Set();
  }
}

/** The inner limit first: a value that is beyond both already raises the one and then the other. A side that only another state has stands where nothing passes it. */
function setLimits(alarm: LimitAlarm, limits: Limits, other?: Limits): void {
  const set = (side: Side, to: (value: number) => void): void => {
    const value = limits[side] ?? (other?.[side] === undefined ? undefined : FAR[side]);
    if (value !== undefined) to(value);
  };
  set('high', (value) => alarm.setHighLimit(value));
  set('highHigh', (value) => alarm.setHighHighLimit(value));
  set('low', (value) => alarm.setLowLimit(value));
  set('lowLow', (value) => alarm.setLowLowLimit(value));
}

function lookAt(alarm: UAAlarmConditionEx, input: UAVariable): void {
  const now = input.readValue();
  if (now.statusCode.isGood() && now.value.dataType !== DataType.Null) alarm.onInputDataValueChange(now);
}

/** looks at once, and no longer keeps what is over and acknowledged */
function begin(alarm: UAAlarmConditionEx, input: UAVariable): void {
  alarm.on('acknowledged', () => {
    if (!alarm.activeState.getValue()) alarm.currentBranch().setRetain(false);
  });
  lookAt(alarm, input);
}

function conditionInfo(message: string, severity: number): ConditionInfoImpl {
  const text: LocalizedTextOptions = { text: message };
  return new ConditionInfoImpl({ message: text, quality: StatusCodes.Good, retain: true, severity });
}

/** How fast a tag moved over the window, in plant time. A jump in time (another branch) begins it anew. */
class Rate {
  readonly #limit: RateLimit;
  readonly #variable: UAVariable;
  #seen: { readonly timeS: number; readonly value: number }[] = [];

  constructor(limit: RateLimit, variable: UAVariable) {
    this.#limit = limit;
    this.#variable = variable;
  }

  look({ plant }: SimulationSession): void {
    const { tag, windowS, perS } = this.#limit;
    const last = this.#seen.at(-1);
    if (last && (plant.timeS < last.timeS || plant.timeS > last.timeS + windowS)) this.#seen = [];
    else if (last && plant.timeS < last.timeS + windowS / 60) return;
    this.#seen.push({ timeS: plant.timeS, value: plant.analog(tag) });
    while ((this.#seen[1]?.timeS ?? Number.POSITIVE_INFINITY) <= plant.timeS - windowS) this.#seen.shift();
    const first = this.#seen[0];
    // a short stretch says more of the noise than of the rate
    if (!first || plant.timeS - first.timeS < windowS * 0.9) return;
    this.#variable.setValueFromSource({ dataType: DataType.Double, value: ((plant.analog(tag) - first.value) / (plant.timeS - first.timeS)) * perS });
  }
}
