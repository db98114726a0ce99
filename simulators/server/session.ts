/**
 * One running simulation: the plant, the wall clock that drives it, speed, freeze, snapshots. Knows nothing of OPC UA.
 * Simulated time follows wall time times speed; when the machine cannot keep up, simulated time falls behind instead of blocking the server.
 */
import type { Checked } from '../kernel/fault-envelope.ts';
import type { PlantDefinition } from '../machine/definition.ts';
import { MACRO_STEP_S, PlantMachine } from '../machine/machine.ts';
import type { PlantSnapshot } from '../machine/snapshot.ts';
import { SPEED_HIGH, SPEED_LOW } from './options.ts';

const SNAPSHOT_LIMIT = 100;
const NAME_LIMIT = 64;
/** wall time that one tick may spend on physics */
const TICK_BUDGET_MS = 150;
const BACKLOG_LIMIT_S = 60;

export class SimulationSession {
  readonly plant: PlantMachine;
  frozen = false;
  heartbeat = 0;
  #speed: number;
  #owedS = 0;
  #heartbeatMs = 0;
  #snapshots = new Map<string, PlantSnapshot>();

  constructor(definition: PlantDefinition, seed: number, speed: number) {
    this.plant = new PlantMachine(definition, seed);
    this.#speed = speed;
    // let lags and analysers settle before anyone looks
    this.plant.step(120);
  }

  get speed(): number {
    return this.#speed;
  }

  /** advances by wall time; true when simulated time moved or values should be published */
  tick(elapsedMs: number, nowMs: () => number): void {
    if (this.frozen) return;
    this.#heartbeatMs += elapsedMs;
    while (this.#heartbeatMs >= 1000) {
      this.#heartbeatMs -= 1000;
      this.heartbeat = (this.heartbeat + 1) % 2_147_483_647;
    }
    this.#owedS = Math.min(BACKLOG_LIMIT_S, this.#owedS + (elapsedMs / 1000) * this.#speed);
    const endMs = nowMs() + TICK_BUDGET_MS;
    while (this.#owedS >= MACRO_STEP_S && nowMs() < endMs) {
      const stepped = this.plant.step(MACRO_STEP_S);
      if (!stepped.ok) {
        // fail loud: the heartbeat stops, which every watchdog sees
        this.frozen = true;
        return;
      }
      this.#owedS -= MACRO_STEP_S;
    }
  }

  setSpeed(speed: number): Checked<number> {
    if (!(speed >= SPEED_LOW && speed <= SPEED_HIGH)) return { ok: false, message: `The speed must be from ${SPEED_LOW} to ${SPEED_HIGH}.` };
    this.#speed = speed;
    return { ok: true, value: speed };
  }

  takeSnapshot(name: string): Checked<{ id: string; simTimeS: number }> {
    if (name === '' || name.length > NAME_LIMIT) return { ok: false, message: `The name of a snapshot must have 1 to ${NAME_LIMIT} characters.` };
    if (!this.#snapshots.has(name) && this.#snapshots.size >= SNAPSHOT_LIMIT) return { ok: false, message: `There are already ${SNAPSHOT_LIMIT} snapshots.` };
    this.#snapshots.set(name, this.plant.snapshot());
    return { ok: true, value: { id: name, simTimeS: this.plant.timeS } };
  }

  restoreSnapshot(name: string): Checked<{ id: string; simTimeS: number }> {
    const snapshot = this.#snapshots.get(name);
    if (!snapshot) return { ok: false, message: `There is no snapshot "${name}".` };
    const restored = this.plant.restore(snapshot);
    if (!restored.ok) return restored;
    this.#owedS = 0;
    return { ok: true, value: { id: name, simTimeS: this.plant.timeS } };
  }

  /** what an instructor sees and a trainee must not: active faults and the truth behind the transmitters */
  status(): Record<string, unknown> {
    const { plant } = this;
    return {
      plant: plant.definition.id, model: plant.definition.model, simTimeS: plant.timeS, speed: this.#speed, frozen: this.frozen, heartbeat: this.heartbeat,
      faults: plant.faults, tripped: plant.tripped(), firstOut: Object.fromEntries(plant.tripped().map((id) => [id, plant.functions[id]!.state.firstOut])),
      running: plant.machine.running, emergencyStop: plant.machine.emergencyStop, forcedReset: plant.forcedReset, snapshots: [...this.#snapshots.keys()],
      people: plant.people.state.counts, failure: plant.failure?.message ?? null, truth: plant.truth(),
    };
  }
}
