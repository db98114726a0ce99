/**
 * One running simulation: the plant, the wall clock that drives it, speed, freeze, goals, the tree of branches, the track of what was shown and true.
 * Knows nothing of OPC UA. Simulated time follows wall time times speed; when the machine cannot keep up, simulated time falls behind instead of blocking
 * the server. What happened is in memory; the tree is also kept on the disk where there is a folder for it (run-file.ts), and an earlier one can be taken up.
 */
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import { readAheadQuestion } from '../machine/ahead.ts';
import type { PlantDefinition, Words } from '../machine/definition.ts';
import { MACRO_STEP_S, PlantMachine } from '../machine/machine.ts';
import { failureWords } from '../machine/words.ts';
import { AheadDesk } from './ahead.ts';
import type { Goal, Limit } from './goal.ts';
import { passedLimit } from './goal.ts';
import { SPEED_HIGH, SPEED_LOW } from './options.ts';
import type { RunFolder } from './run-file.ts';
import { RunKeeper } from './run-keeper.ts';
import { backAt, begunFrom, ended } from './told.ts';
import { Track } from './track.ts';
import type { MomentFacts } from './tree.ts';
import { RunTree, TREE_LIMITS } from './tree.ts';

/** let lags and analysers settle before anyone looks */
const SETTLE_S = 120;
/** wall time that one tick may spend on physics */
const TICK_BUDGET_MS = 150;
const BACKLOG_LIMIT_S = 60;
/** a step by hand is at most so long, so that the answer comes in time */
export const STEP_LIMIT_S = 600;
const NOTE_CHARACTERS = 500;

/** `atMs`: when that moment was lived, `branchMs`: when it was gone back to, wall time; `sharedS`: plant time up to which the way here is the way that was left. */
export interface WentBack { readonly id: string; readonly node: number; readonly branch: number; readonly simTimeS: number; readonly atMs: number; readonly branchMs: number; readonly sharedS: number }

export class SimulationSession {
  readonly definition: PlantDefinition;
  readonly ahead: AheadDesk;
  readonly track: Track;
  tree: RunTree;
  readonly kept: RunKeeper;
  plant: PlantMachine;
  frozen = false;
  heartbeat = 0;
  #speed: number;
  #owedS = 0;
  #heartbeatMs = 0;
  #goal: Goal | null = null;
  /** why the last goal ended */
  #reached: Words | null = null;
  #nextAutomaticS = 0;
  #nextRowS = 0;
  readonly #wallMs: () => number;

  constructor(definition: PlantDefinition, seed: number, speed: number, wallMs: () => number = Date.now, runs: RunFolder | null = null) {
    this.definition = definition;
    this.kept = new RunKeeper(definition, runs, wallMs);
    this.#speed = speed;
    this.#wallMs = wallMs;
    this.ahead = new AheadDesk(definition);
    this.track = new Track(definition);
    this.plant = settled(definition, seed);
    this.tree = new RunTree(this.plant.snapshot(), wallMs(), TREE_LIMITS, { start: 'normal', seed, tell: this.kept.tell });
    this.#countFrom(this.plant.timeS);
    this.track.record(this.plant, this.tree.branch.id, wallMs());
  }

  get speed(): number {
    return this.#speed;
  }

  /** of the run that the present branch comes from */
  get seed(): number {
    return this.tree.branch.seed;
  }
  get startId(): string {
    return this.tree.branch.start;
  }

  /** advances by wall time */
  tick(elapsedMs: number, nowMs: () => number): void {
    this.kept.retell(nowMs);
    if (this.frozen) return;
    if (this.plant.comms.heartbeat === 'beats') this.#heartbeatMs += elapsedMs;
    while (this.#heartbeatMs >= 1000) {
      this.#heartbeatMs -= 1000;
      this.heartbeat = (this.heartbeat + 1) % 2_147_483_647;
    }
    this.#owedS = Math.min(BACKLOG_LIMIT_S, this.#owedS + (elapsedMs / 1000) * this.#speed);
    const endMs = nowMs() + TICK_BUDGET_MS;
    const wallMs = this.#wallMs();
    while ((this.#goal?.fast === true || this.#owedS >= MACRO_STEP_S) && nowMs() < endMs) {
      this.#owedS = Math.max(0, this.#owedS - MACRO_STEP_S);
      // rows of one tick lie behind each other in wall time as they would have come
      if (!this.#macroStep(wallMs - (this.#owedS / this.#speed) * 1_000)) return;
      if (this.#goalEnds()) return;
    }
    this.plant.events.stamp(wallMs);
  }

  /** a step by hand, while the plant is frozen or not: so many seconds, or one macro-step */
  step(seconds: number): Checked<{ simTimeS: number }> {
    if (!(seconds > 0 && seconds <= STEP_LIMIT_S)) return no(`一步须为 ${MACRO_STEP_S} 至 ${STEP_LIMIT_S} 秒。`, `A step lasts from ${MACRO_STEP_S} to ${STEP_LIMIT_S} s.`);
    for (let left = Math.max(1, Math.round(seconds / MACRO_STEP_S)); left > 0; left -= 1) {
      if (!this.#macroStep(this.#wallMs())) return ended(this.plant);
    }
    return { ok: true, value: { simTimeS: this.plant.timeS } };
  }

  freeze(): void {
    this.frozen = true;
    this.#goal = null;
  }

  resume(): void {
    this.frozen = this.plant.failure !== null;
  }

  setSpeed(speed: number): Checked<number> {
    if (!(speed >= SPEED_LOW && speed <= SPEED_HIGH)) return no(`速度须为 ${SPEED_LOW} 至 ${SPEED_HIGH}。`, `The speed must be from ${SPEED_LOW} to ${SPEED_HIGH}.`);
    this.#speed = speed;
    return { ok: true, value: speed };
  }

  /** runs until something trips or one of these limits is passed, then freezes */
  runToAlarm(limits: readonly Limit[], fast: boolean, withinS: number): void {
    this.#aim({ kind: 'alarm', limits, already: limits.filter((limit) => passedLimit(this.plant, limit)), tripped: this.plant.tripped(), fast, untilS: this.plant.timeS + withinS });
  }

  runTo(timeS: number, fast: boolean): Checked<null> {
    if (!(timeS > this.plant.timeS && timeS <= this.plant.timeS + TREE_LIMITS.backtrackForS)) return no(`时间须晚于现在（${this.plant.timeS} 秒），且在一天之内。`, `The time must be later than now (${this.plant.timeS} s) and within a day.`);
    this.#aim({ kind: 'time', fast, untilS: timeS });
    return { ok: true, value: null };
  }

  /** Another run from the beginning: the plant made anew, in this start, with this seed. The tree keeps what was. */
  begin(startId: string, seed: number): Checked<Record<string, unknown>> {
    if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) return no('种子须是 0 至 4294967295 的整数。', 'The seed must be a whole number from 0 to 4294967295.');
    const plant = new PlantMachine(this.definition, seed, undefined, this.plant.events);
    const begun = plant.begin(startId);
    if (!begun.ok) return begun;
    const ready = plant.step(SETTLE_S);
    if (!ready.ok) return ready;
    plant.markBeginning();
    this.plant = plant;
    this.tree.beginAnew(`${startId} / ${seed}`, plant.snapshot(), this.#wallMs(), { start: startId, seed });
    this.#countFrom(plant.timeS);
    this.track.record(plant, this.tree.branch.id, this.#wallMs());
    plant.note('branch', String(this.tree.branch.id), begunFrom(this.definition, startId, seed));
    return { ok: true, value: { simTimeS: plant.timeS, start: startId, seed, branch: this.tree.branch.id } };
  }

  takeSnapshot(name: string): Checked<{ id: string; node: number; simTimeS: number }> {
    const kept = this.tree.keep(name, this.plant.snapshot(), this.#wallMs());
    return kept.ok ? { ok: true, value: { id: name, node: kept.value.id, simTimeS: this.plant.timeS } } : kept;
  }

  /** back to a moment, by name or number; from there on it is a branch of its own */
  restoreSnapshot(nameOrNumber: string | number): Checked<WentBack> {
    const moment = this.tree.find(nameOrNumber) ?? (typeof nameOrNumber === 'string' && /^\d+$/u.test(nameOrNumber) ? this.tree.find(Number(nameOrNumber)) : null);
    return moment ? this.#goBackTo(moment) : no(`没有快照“${nameOrNumber}”。`, `There is no snapshot "${nameOrNumber}".`);
  }

  /** back to a time on the way that this branch, or another, has come */
  backtrack(toS: number, branch?: number): Checked<WentBack> {
    if (branch !== undefined && !this.tree.has(branch)) return no(`没有支线 ${branch}。`, `There is no branch ${branch}.`);
    const moment = this.tree.before(toS, branch);
    return moment ? this.#goBackTo(moment) : no(`装置时间 ${toS} 秒及以前没有可以返回的时刻。`, `There is nothing to go back to at or before ${toS} s of plant time.`);
  }

  /** Goes on with an earlier run (empty: the latest): its tree takes the place of this one, the plant stands still at the last moment of it. What was begun meanwhile stays on the disk as a run of its own. */
  takeUp(run: string): Checked<{ run: string; node: number; branch: number; simTimeS: number }> {
    const read = this.kept.read(run);
    if (!read.ok) return read;
    const { run: name, tree, last } = read.value;
    const restored = this.plant.restore(tree.open(last.id));
    if (!restored.ok) return restored;
    this.plant.releaseButtons();
    this.tree = tree;
    const branch = tree.fork(last, this.#wallMs());
    this.kept.goOnWith(tree, this.track);
    this.#countFrom(last.timeS);
    this.freeze();
    this.plant.note('branch', String(branch.id), { zh: `继续较早的演练过程，从 ${last.timeS} 秒起`, en: `Gone on with an earlier run from ${last.timeS} s` });
    return { ok: true, value: { run: name, node: last.id, branch: branch.id, simTimeS: this.plant.timeS } };
  }

  /** runs the model on from a moment (or from now) under each mode of retreat, without touching the plant */
  startAhead(raw: unknown): Checked<{ job: number }> {
    const question = readAheadQuestion(raw, this.definition);
    if (!question.ok) return question;
    const { node = null, backS = null } = typeof raw === 'object' && raw !== null ? raw as Readonly<Record<string, unknown>> : {};
    if (backS !== null) {
      if (typeof backS !== 'number' || !(backS >= 0 && backS <= TREE_LIMITS.backtrackForS)) return no('backS 是从现在往回的秒数，且在一天之内。', 'backS is the seconds before now, within a day.');
      const moment = this.tree.before(this.plant.timeS - backS);
      return moment ? this.ahead.start(question.value, this.tree.open(moment.id), moment.timeS) : no(`${backS} 秒以前没有可以推演的时刻。`, `There is no moment ${backS} s ago to run ahead from.`);
    }
    if (node === null) return this.ahead.start(question.value, this.plant.snapshot(), this.plant.timeS);
    const moment = typeof node === 'number' || typeof node === 'string' ? this.tree.find(node) : null;
    return moment ? this.ahead.start(question.value, this.tree.open(moment.id), moment.timeS) : no(`没有快照“${String(node)}”。`, `There is no snapshot "${String(node)}".`);
  }

  note(text: string, subject: string): Checked<null> {
    if (text === '' || text.length > NOTE_CHARACTERS) return no(`备注须有 1 至 ${NOTE_CHARACTERS} 个字符。`, `A note has 1 to ${NOTE_CHARACTERS} characters.`);
    this.plant.note('note', subject, { zh: text, en: text });
    this.tree.note(text, this.plant.timeS, this.#wallMs());
    return { ok: true, value: null };
  }

  /** what an instructor sees and a trainee must not: active faults and the truth behind the transmitters */
  status(): Record<string, unknown> {
    const { plant } = this;
    return {
      plant: plant.definition.id, model: plant.definition.model, seed: this.seed, start: this.startId, simTimeS: plant.timeS, atS: plant.timeS - plant.machine.originS, speed: this.#speed, frozen: this.frozen, heartbeat: this.heartbeat,
      goal: this.#goal === null ? null : { kind: this.#goal.kind, fast: this.#goal.fast, untilS: this.#goal.untilS }, reached: this.#reached, branch: this.tree.branch.id,
      faults: plant.faults, tripped: plant.tripped(), firstOut: Object.fromEntries(plant.tripped().map((id) => [id, plant.functions[id]!.state.firstOut])),
      running: plant.machine.running, emergencyStop: plant.machine.emergencyStop, forcedReset: plant.forcedReset, snapshots: this.tree.names, orders: Object.fromEntries(plant.orders), comms: plant.comms,
      people: plant.people.state.counts, crews: plant.people.state.missions, exposureS: plant.people.state.exposureS, unprotectedS: plant.people.state.unprotectedS, margins: plant.margins(), failure: plant.failure === null ? null : failureWords(plant.failure),
      nextEvent: plant.events.next, memory: { snapshotBytes: this.tree.bytes, trackBytes: this.track.bytes }, ...this.kept.facts, truth: plant.truth(),
    };
  }

  close(): void {
    this.ahead.close();
    this.kept.close();
  }

  #goBackTo(moment: MomentFacts): Checked<WentBack> {
    const left = this.tree.lineage();
    const restored = this.plant.restore(this.tree.open(moment.id));
    if (!restored.ok) return restored;
    this.plant.releaseButtons();
    const branch = this.tree.fork(moment, this.#wallMs());
    this.#countFrom(moment.timeS);
    this.#goal = null;
    this.plant.note('branch', String(branch.id), backAt(moment));
    return { ok: true, value: { id: moment.name, node: moment.id, branch: branch.id, simTimeS: this.plant.timeS, atMs: moment.atMs, branchMs: branch.begunMs, sharedS: sharedS(left, this.tree.lineage()) } };
  }

  #countFrom(timeS: number): void {
    this.#owedS = 0;
    this.#nextAutomaticS = timeS + TREE_LIMITS.backtrackEveryS;
    this.#nextRowS = Math.floor(timeS) + 1;
  }

  /** false: the model has ended and the plant stands where it is. The heartbeat stops with it, which every watchdog sees. */
  #macroStep(atMs: number): boolean {
    if (!this.plant.step(MACRO_STEP_S).ok) {
      this.freeze();
      return false;
    }
    const { timeS } = this.plant;
    this.tree.reach(timeS);
    if (timeS >= this.#nextRowS) {
      this.track.record(this.plant, this.tree.branch.id, atMs);
      this.#nextRowS = Math.floor(timeS) + 1;
    }
    if (timeS >= this.#nextAutomaticS) {
      this.tree.keepAutomatically(this.plant.snapshot(), atMs);
      this.kept.slim(this.tree);
      this.#nextAutomaticS = timeS + TREE_LIMITS.backtrackEveryS;
    }
    return true;
  }

  #aim(goal: Goal): void {
    this.#goal = goal;
    this.#reached = null;
    this.resume();
  }

  #goalEnds(): boolean {
    const goal = this.#goal;
    if (goal === null) return false;
    const because = this.#endOf(goal);
    if (because === null) return false;
    this.freeze();
    this.#reached = because;
    this.plant.note('instructor', 'run', { zh: `运行到此为止：${because.zh}`, en: `Run to here: ${because.en}` });
    this.plant.events.stamp(this.#wallMs());
    return true;
  }

  #endOf(goal: Goal): Words | null {
    if (goal.kind === 'alarm') {
      const trip = this.plant.tripped().find((id) => !goal.tripped.includes(id));
      if (trip !== undefined) return { zh: `${trip} 联锁动作`, en: `${trip} tripped` };
      const passed = goal.limits.find((limit) => !goal.already.includes(limit) && passedLimit(this.plant, limit));
      if (passed !== undefined) return { zh: `${passed.tag} 越过 ${passed.value}`, en: `${passed.tag} passed ${passed.value}` };
    }
    return this.plant.timeS >= goal.untilS ? { zh: `${this.plant.timeS} 秒`, en: `${this.plant.timeS} s` } : null;
  }
}

/** Plant time up to which two ways are the same one. */
function sharedS(a: readonly { readonly branch: number; readonly untilS: number }[], b: typeof a): number {
  const other = new Map(b.map(({ branch, untilS }) => [branch, untilS]));
  const last = a.find(({ branch }) => other.has(branch));
  return last === undefined ? 0 : Math.min(last.untilS, other.get(last.branch) ?? 0);
}

function settled(definition: PlantDefinition, seed: number): PlantMachine {
  const plant = new PlantMachine(definition, seed);
  plant.step(SETTLE_S);
  plant.markBeginning();
  return plant;
}
