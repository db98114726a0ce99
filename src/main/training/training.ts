/**
 * Training control: scenarios, speed, freeze, and the trainee's stop, on a simulator that has proved itself one.
 *
 * Keeps trying to reach the simulator; while it cannot, everything answers that it cannot, and why. In OPERATION this
 * is not even built.
 */
import type { Text } from '../../contract/text.ts';
import { loadScenarios } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { InstructorDesk, PlantDesk } from './simulator-link.ts';
import type { Done } from './simulator-link.ts';

export interface TrainingOptions {
  readonly plant: string;
  readonly namespaceUri: string;
  readonly endpointUrl: string;
  readonly instructorEndpointUrl: string;
  readonly instructorSecret: string;
  readonly pkiDir: string;
  readonly scenariosDir: string;
}

export interface TrainingStatus {
  readonly available: boolean;
  readonly proof: Text;
  readonly speed: number | null;
  readonly frozen: boolean;
  readonly simTimeS: number | null;
}

export interface Training {
  readonly scenarios: readonly Scenario[];
  status(): TrainingStatus;
  /** Looks after the links and reads the simulator's state; called about once a second. */
  refresh(): Promise<void>;
  /** Presses a push button of the simulated DCS. */
  press(button: 'HS-4001' | 'HS-4002' | 'HS-4003'): Promise<Done>;
  start(scenario: string): Promise<Done>;
  end(): Promise<Done>;
  setSpeed(speed: number): Promise<Done>;
  setFrozen(frozen: boolean): Promise<Done>;
  /** Turns the bypass key of a function; the next exercise begins with it off. */
  turnKey(interlock: string, on: boolean): Promise<Done>;
  close(): Promise<void>;
}

/** The settled plant, taken once; every exercise begins from it. */
const START_SNAPSHOT = 'haven-start';
const NOT_AVAILABLE: Done = { ok: false, reason: 'the simulator cannot be reached or has not proved itself one' };

export function createTraining(options: TrainingOptions): Training {
  const { scenarios } = loadScenarios(options.scenariosDir);
  let plantDesk: PlantDesk | null = null;
  let instructor: InstructorDesk | null = null;
  let proof: Text = { zh: '尚未连上仿真装置', en: 'The simulator has not been reached yet' };
  let speed: number | null = null;
  let frozen = false;
  let simTimeS: number | null = null;
  let hasStart = false;
  let busy = false;
  let closed = false;
  const usedKeys = new Set<string>();

  const lose = async (): Promise<void> => {
    const [oldPlant, oldInstructor] = [plantDesk, instructor];
    plantDesk = null;
    instructor = null;
    speed = null;
    simTimeS = null;
    await Promise.all([oldPlant?.close(), oldInstructor?.close()]);
  };

  const connect = async (): Promise<void> => {
    const plant = await PlantDesk.open({ endpointUrl: options.endpointUrl, pkiDir: options.pkiDir, plant: options.plant, namespaceUri: options.namespaceUri });
    if (!plant.ok) {
      proof = { zh: `不能认定为仿真装置：${plant.reason}`, en: `Not accepted as a simulator: ${plant.reason}` };
      return;
    }
    const desk = await InstructorDesk.open({ endpointUrl: options.instructorEndpointUrl, pkiDir: options.pkiDir, secret: options.instructorSecret });
    if (!desk.ok) {
      proof = { zh: `教员接口不可用：${desk.reason}`, en: `The instructor's endpoint is not available: ${desk.reason}` };
      await plant.desk.close();
      return;
    }
    plantDesk = plant.desk;
    instructor = desk.desk;
    proof = { zh: '证书、命名空间和自证变量均表明这是仿真装置', en: 'Certificate, namespace and proof variable show that this is a simulator' };
  };

  const readStatus = async (): Promise<void> => {
    const answer = await instructor?.call('Status');
    if (answer === undefined) return;
    if (!answer.ok) {
      proof = { zh: `仿真装置无应答：${answer.reason}`, en: `The simulator does not answer: ${answer.reason}` };
      await lose();
      return;
    }
    const value = answer.value as { speed?: number; frozen?: boolean; simTimeS?: number } | null;
    speed = value?.speed ?? null;
    frozen = value?.frozen ?? false;
    simTimeS = value?.simTimeS ?? null;
    if (!hasStart && instructor !== null) hasStart = (await instructor.call('Snapshot', [START_SNAPSHOT])).ok;
  };

  const call = async (method: string, args: readonly (string | number)[] = []): Promise<Done> => (instructor === null ? NOT_AVAILABLE : instructor.call(method, args));

  /** Back to the settled plant: faults gone, keys off, buttons released, normal speed. */
  const settle = async (): Promise<Done> => {
    for (const key of usedKeys) {
      const off = await call('Command', [key, 'false']);
      if (!off.ok) return off;
    }
    usedKeys.clear();
    for (const [method, args] of [['ClearAll', []], ['Restore', [START_SNAPSHOT]], ['Resume', []], ['SetSpeed', [1]]] as const) {
      const done = await call(method, args);
      if (!done.ok) return done;
    }
    return { ok: true };
  };

  return {
    scenarios,
    status: () => ({ available: plantDesk !== null && instructor !== null, proof, speed, frozen, simTimeS }),
    refresh: async () => {
      if (busy || closed) return;
      busy = true;
      try {
        if (plantDesk === null || instructor === null) await connect();
        await readStatus();
      } finally {
        busy = false;
      }
    },
    press: async (button) => (plantDesk === null ? NOT_AVAILABLE : plantDesk.press(button)),
    start: async (id) => {
      const scenario = scenarios.find((s) => s.id === id);
      if (scenario === undefined) return { ok: false, reason: `no scenario '${id}'; expected one of ${scenarios.map((s) => s.id).join(', ')}` };
      const settled = await settle();
      if (!settled.ok) return settled;
      for (const action of scenario.setup) {
        if (action.kind === 'command') usedKeys.add(action.name);
        const set = await (action.kind === 'command' ? call('Command', [action.name, String(action.value)]) : call('FieldAction', [JSON.stringify(action)]));
        if (!set.ok) return set;
      }
      for (const { id: faultId, ...rest } of scenario.faults) {
        const injected = await call('Inject', [faultId, JSON.stringify(rest)]);
        if (!injected.ok) return injected;
      }
      return { ok: true };
    },
    end: settle,
    setSpeed: async (wanted) => call('SetSpeed', [wanted]),
    turnKey: (interlock, on) => {
      const key = `HS-${interlock}-BYP`;
      if (on) usedKeys.add(key);
      return call('Command', [key, String(on)]);
    },
    setFrozen: async (wanted) => call(wanted ? 'Freeze' : 'Resume'),
    close: async () => {
      closed = true;
      await lose();
    },
  };
}
