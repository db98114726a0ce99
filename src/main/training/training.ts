/**
 * Training on a simulator that has proved itself one: both links kept, exercises begun from the settled plant and ended, the truth collected while one
 * runs, the deeds of a scenario that the simulator does not do by itself, and the trainee's stop.
 *
 * Keeps trying to reach the simulator; while it cannot, everything answers that it cannot, and why. In OPERATION this is not even built.
 */
import type { CommandInput, CommandOutput } from '../../contract/commands.ts';
import type { Text } from '../../contract/text.ts';
import { EXERCISE_MOMENT, SETTLED_MOMENT } from '../../contract/training.ts';
import type { ReadingOf } from './expression.ts';
import { evaluate } from './expression.ts';
import { Exercise, exerciseIdAt } from './exercise.ts';
import type { Begun } from './exercise.ts';
import type { TruthTold } from './truth-course.ts';
import { Line, NOT_AVAILABLE } from './line.ts';
import type { Asked } from './line.ts';
import { Script } from './script.ts';
import { loadScenarios } from './scenario.ts';
import type { Scenario, ScenarioAction } from './scenario.ts';
import { InstructorDesk, PlantDesk } from './simulator-link.ts';
import type { Button, Done } from './simulator-link.ts';
import { Team } from './team.ts';
import * as deeds from './deeds.ts';
import { statusAnswer, TruthWatch } from './truth-watch.ts';
import type { SimulatorStatus } from './truth-watch.ts';

export interface TrainingOptions {
  readonly plant: string;
  readonly namespaceUri: string;
  readonly endpointUrl: string;
  readonly instructorEndpointUrl: string;
  readonly instructorSecret: string;
  readonly pkiDir: string;
  readonly scenariosDir: string;
  readonly nowMs: () => number;
  /** What the station's tags show, for the triggers of scenarios. */
  readonly readingOf: ReadingOf;
}

export interface TrainingStatus {
  readonly available: boolean;
  readonly proof: Text;
  readonly speed: number | null;
  readonly frozen: boolean;
  readonly simTimeS: number | null;
  /** Plant time since the exercise began; what the plant runs to; why the last such run ended. */
  readonly atS: number | null;
  readonly goal: SimulatorStatus['goal'];
  readonly reached: Text | null;
}

export type Order = Omit<Begun, 'scenario' | 'startedMs' | 'id' | 'start'> & { readonly scenario: string; readonly start: string | null };

/** What makes the same plant again: its start, its seed, and how long it had run when the exercise began, s. */
export interface BegunPlant { readonly start: string; readonly seed: number; readonly ranS: number }

/** Where an exercise was led back from and to, s of plant time since it began; `fromMs`: when the plant was; `toMs`: when that moment was lived. */
export interface LedBack { readonly fromS: number; readonly toS: number; readonly fromMs: number; readonly toMs: number }

export interface Beginning {
  readonly startedMs: number;
  /** Writes down the truth as it comes. */
  readonly keep: (told: TruthTold) => void;
}

export interface Training {
  readonly scenarios: readonly Scenario[];
  /** Files that could not be used, and why. */
  readonly unusable: readonly string[];
  readonly line: Line;
  readonly team: Team;
  /** null: none runs, or the one that runs began before this station did. */
  readonly exercise: Exercise | null;
  status(): TrainingStatus;
  /** Looks after the links, reads the simulator's state and, while an exercise runs, the truth; called about once a second. */
  refresh(): Promise<void>;
  /** Presses a push button of the simulated DCS. */
  press(button: Button): Promise<Done>;
  /** Its name on the simulated DCS. */
  buttonName(button: Button): string;
  /** Puts the plant in order and begins; `begun` is called at the moment from which the exercise counts. */
  start(order: Order, begun: (scenario: Scenario, plant: BegunPlant | null) => Beginning): Promise<Done>;
  /** Reads the last of the truth, hands over what the exercise was (null: none that this station began), and puts the plant back. */
  end(over: (exercise: Exercise | null) => void): Promise<Done>;
  setSpeed(speed: number): Promise<Done>;
  setFrozen(frozen: boolean): Promise<Done>;
  /** Turns the bypass key of a function; the next exercise begins with it off. */
  turnKey(interlock: string, on: boolean): Promise<Done>;
  /** One thing an instructor does to the plant. */
  act(action: ScenarioAction): Promise<Done>;
  /** Leads the plant back to a moment; from there on it is another course. */
  goBack(where: CommandInput<'instructor.goBack'>): Promise<Asked<LedBack>>;
  /** Goes on with a run that an earlier process of the simulator has left. */
  takeUp(run: string): Promise<Done>;
  /** Breaks a line for so long of plant time. */
  breakLine(input: CommandInput<'instructor.comms'>): Promise<Done>;
  askLaboratory(lab: string): Promise<Asked<CommandOutput<'training.laboratory'>>>;
  /** Faults that are on the plant, as last heard. */
  faults(): readonly { readonly id: string; readonly phase: string }[];
  close(): Promise<void>;
}

/**
 * A plant that is put back jumps, and its values reach the station by the other line, within a publishing interval or two. Who waits so long may say that
 * they are there (`set-aside.ts`).
 */
const TOLD_WITHIN_MS = 1_000;
const toldOfTheJump = (): Promise<void> => new Promise((told) => { setTimeout(told, TOLD_WITHIN_MS); });

const PROVED: Text = { zh: '证书、命名空间和自证变量均表明这是仿真装置', en: 'Certificate, namespace and proof variable show that this is a simulator' };

const plantOf = ({ start, seed, simTimeS }: SimulatorStatus): BegunPlant | null => (start === undefined || seed === undefined ? null : { start, seed, ranS: simTimeS });

const NORMAL = 'normal';
const DIGITS: Readonly<Record<string, string>> = { 'fine-chemicals': '1', 'ammonium-nitrate': '2', 'ammonia-synthesis': '3', 'h2o2': '4' };
/** Until the proof has been read, by the numbering of the plants: a retreat that failed is told under the button's name. */
const USUAL_BUTTONS: Readonly<Record<Button, string>> = { stop: '001', evacuate: '002', reset: '003' };

export function createTraining(options: TrainingOptions): Training {
  const { scenarios, problems } = loadScenarios(options.scenariosDir);
  let plantDesk: PlantDesk | null = null;
  let instructor: InstructorDesk | null = null;
  const line = new Line(() => instructor);
  let proof: Text = { zh: '尚未连上仿真装置', en: 'The simulator has not been reached yet' };
  let speed: number | null = null;
  let frozen = false;
  let simTimeS: number | null = null;
  let last: SimulatorStatus | null = null;
  /** Plant time at which lines that were broken for a while are whole again. */
  let commsUntilS: number | null = null;
  const laboratory = new deeds.Laboratory();
  let busy = false;
  let closed = false;
  let exercise: Exercise | null = null;
  /** Where the exercise can be led back to at the earliest. */
  let beginning: number | null = null;
  let watch: TruthWatch | null = null;
  let script = new Script([]);
  const usedKeys = new Set<string>();

  const lose = async (): Promise<void> => {
    const [oldPlant, oldInstructor] = [plantDesk, instructor];
    plantDesk = null;
    instructor = null;
    speed = null;
    simTimeS = null;
    last = null;
    await Promise.all([oldPlant?.close(), oldInstructor?.close()]);
  };

  const connect = async (): Promise<void> => {
    const plant = await PlantDesk.open({ endpointUrl: options.endpointUrl, pkiDir: options.pkiDir, plant: options.plant, namespaceUri: options.namespaceUri });
    if (!plant.ok) {
      proof = { zh: `不能认定为仿真装置：${plant.zh ?? plant.reason}`, en: `Not accepted as a simulator: ${plant.reason}` };
      return;
    }
    const desk = await InstructorDesk.open({ endpointUrl: options.instructorEndpointUrl, pkiDir: options.pkiDir, secret: options.instructorSecret });
    if (!desk.ok) {
      proof = { zh: `教员接口不可用：${desk.zh ?? desk.reason}`, en: `The instructor's endpoint is not available: ${desk.reason}` };
      await plant.desk.close();
      return;
    }
    plantDesk = plant.desk;
    instructor = desk.desk;
    proof = PROVED;
  };

  const readStatus = async (): Promise<void> => {
    if (instructor === null) return;
    const answer = await line.ask('Status', statusAnswer);
    if (!answer.ok) {
      proof = { zh: `仿真装置无应答：${answer.zh ?? answer.reason}`, en: `The simulator does not answer: ${answer.reason}` };
      await lose();
      return;
    }
    last = answer.value;
    ({ speed, frozen, simTimeS } = answer.value);
    if (commsUntilS !== null && simTimeS >= commsUntilS) {
      commsUntilS = null;
      await deeds.comms(line, 'none');
    }
    // A simulator that was started again, or has gone on with a run that never had it, does not know it any more.
    if (!answer.value.snapshots.includes(SETTLED_MOMENT)) await line.tell('Snapshot', SETTLED_MOMENT);
  };

  /** What the simulator knows of the running exercise, and what its scenario still has to do. It may end while the simulator is being asked. */
  const follow = async (): Promise<void> => {
    const [followed, looking, doing] = [exercise, watch, script];
    if (followed === null || looking === null) return;
    const unheard = await looking.look(followed);
    if (exercise !== followed) return;
    proof = unheard === null ? PROVED : { zh: `真实值没有记下：${unheard.zh ?? unheard.reason}`, en: `The truth is not being recorded: ${unheard.reason}` };
    const due = doing.due(followed.atS, (expression) => evaluate(expression, (name) => (name === 't' ? followed.atS : options.readingOf(name))));
    for (const action of due) if (exercise === followed) await act(action);
  };

  const act = (action: ScenarioAction): Promise<Done> => {
    switch (action.kind) {
      case 'command': usedKeys.add(action.name); return line.tell('Command', action.name, String(action.value));
      case 'order': return deeds.order(line, action);
      case 'inject': { const { kind: _kind, id, ...rest } = action; return line.tell('Inject', id, rest); }
      case 'clear': return line.tell('Clear', action.id);
      case 'people': case 'sensor': case 'stick': case 'unstick': return line.tell('FieldAction', action);
    }
  };

  /** Back to the settled plant, or a new one in another start or with a seed of its own: faults gone, keys off, buttons released, normal speed. */
  const settle = async (start: string, seed: number | null): Promise<Done> => {
    for (const key of usedKeys) {
      const off = await line.tell('Command', key, 'false');
      if (!off.ok) return off;
    }
    usedKeys.clear();
    commsUntilS = null;
    laboratory.forget();
    const begin = start === NORMAL && seed === null ? ['Restore', SETTLED_MOMENT] as const : ['Begin', start, seed ?? 1] as const;
    for (const [method, ...args] of [['ClearAll'], begin, ['Resume'], ['SetSpeed', 1]] as const) {
      const done = await line.tell(method, ...args);
      if (!done.ok) return done;
    }
    await toldOfTheJump();
    return { ok: true };
  };

  return {
    scenarios,
    unusable: problems.map((each) => each.slice(0, 500)).slice(0, 20),
    line,
    team: new Team(),
    get exercise() { return exercise; },
    status: () => ({ available: plantDesk !== null && instructor !== null, proof, speed, frozen, simTimeS, atS: exercise === null ? null : (last?.atS ?? null), goal: last?.goal ?? null, reached: last?.reached ?? null }),
    refresh: async () => {
      if (busy || closed) return;
      busy = true;
      try {
        if (plantDesk === null || instructor === null) await connect();
        await readStatus();
        await follow();
      } catch (error) {
        // Whatever breaks here is the exercise's; the station leads the plant on.
        proof = { zh: `演练出错：${String(error).slice(0, 300)}`, en: `The exercise has failed: ${String(error).slice(0, 300)}` };
      } finally {
        busy = false;
      }
    },
    press: async (button) => (plantDesk === null ? NOT_AVAILABLE : plantDesk.press(button)),
    buttonName: (button) => plantDesk?.buttons[button] ?? `HS-${DIGITS[options.plant] ?? '0'}${USUAL_BUTTONS[button]}`,
    start: async ({ scenario: id, start, ...order }, begun) => {
      const scenario = scenarios.find((s) => s.id === id);
      if (scenario === undefined) return { ok: false, reason: `no scenario '${id}'; expected one of ${scenarios.map((s) => s.id).join(', ')}`, zh: `没有场景“${id}”；有 ${scenarios.map((s) => s.id).join('、')}` };
      exercise = null;
      beginning = null;
      const from = start ?? scenario.start;
      const settled = await settle(from, order.seed);
      if (!settled.ok) return settled;
      for (const action of scenario.setup) {
        const set = await act(action);
        if (!set.ok) return set;
      }
      // What was prepared is seen before it counts: nobody in the exercise has done it.
      if (scenario.setup.length > 0) await toldOfTheJump();
      // From here the seconds of the exercise count, those of its triggers too.
      const marked = await line.tell('MarkBeginning');
      const status = await line.ask('Status', statusAnswer);
      if (!marked.ok) return marked;
      if (!status.ok) return status;
      for (const { id: faultId, ...rest } of scenario.faults) {
        const injected = await line.tell('Inject', faultId, rest);
        if (!injected.ok) return injected;
      }
      const { startedMs, keep } = begun(scenario, plantOf(status.value));
      script = new Script(scenario.then);
      exercise = new Exercise({ ...order, id: exerciseIdAt(startedMs), scenario, startedMs, start: from }, keep);
      watch = new TruthWatch(line, options.nowMs, status.value.nextEvent);
      // Without it the exercise goes on all the same; it can then be led back to its automatic moments only.
      const kept = await deeds.snapshot(line, EXERCISE_MOMENT);
      beginning = kept.ok ? kept.value.node : null;
      await watch.look(exercise);
      return { ok: true };
    },
    end: async (over) => {
      if (exercise !== null && watch !== null) await watch.look(exercise);
      const ended = exercise;
      exercise = null;
      watch = null;
      script = new Script([]);
      over(ended);
      return settle(NORMAL, null);
    },
    setSpeed: (wanted) => line.tell('SetSpeed', wanted),
    setFrozen: (wanted) => line.tell(wanted ? 'Freeze' : 'Resume'),
    turnKey: (interlock, on) => act({ kind: 'command', name: `HS-${interlock}-BYP`, value: on }),
    act,
    goBack: async (where) => {
      await readStatus();
      // What happened up to here is told with its time before it is of a course that was left.
      if (exercise !== null) await watch?.look(exercise);
      const left = last;
      const beganS = left === null ? 0 : left.simTimeS - left.atS;
      const gone = await deeds.goBack(line, where);
      if (!gone.ok) return gone;
      // Before it began, or on the way of another exercise, its faults are not on and its preparations not made: its own beginning is the earliest.
      const isOutside = exercise !== null && gone.value.sharedS < beganS;
      const went = isOutside && beginning !== null ? await deeds.goBack(line, { node: beginning }) : gone;
      if (!went.ok) return went;
      const { simTimeS: toS, atMs, branchMs } = went.value;
      watch?.wentBack((isOutside ? beganS : gone.value.sharedS) - beganS);
      script.wentBack(Math.max(0, toS - beganS));
      laboratory.forget();
      await toldOfTheJump();
      return { ok: true, value: { fromS: Math.max(0, left?.atS ?? 0), toS: Math.max(0, toS - beganS), fromMs: Math.round(branchMs), toMs: Math.round(atMs) } };
    },
    takeUp: async (run) => {
      const taken = await line.tell('TakeUp', run);
      if (!taken.ok) return taken;
      laboratory.forget();
      await toldOfTheJump();
      return taken;
    },
    breakLine: async ({ failure, durationS }) => {
      const broken = await deeds.comms(line, failure);
      if (broken.ok) commsUntilS = failure === 'none' || durationS === 0 || simTimeS === null ? null : simTimeS + durationS;
      return broken;
    },
    askLaboratory: (lab) => laboratory.ask(line, lab, simTimeS ?? 0),
    faults: () => (last?.faults ?? []).map(({ id, phase }) => ({ id, phase: phase ?? '' })),
    close: async () => {
      closed = true;
      await lose();
    },
  };
}
