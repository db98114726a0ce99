/**
 * The station's own parts - core, gates, log-ons, dispatcher, journal - in this process, on a clock that the simulated plant turns. What a person of a
 * script does goes through the same dispatcher as a console's request; what the plant shows comes in as samples do.
 */
import type { Button } from '../training/simulator-link.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import type { CommandName } from '../../contract/commands.ts';
import { responseSchema } from '../../contract/envelope.ts';
import type { Response } from '../../contract/envelope.ts';
import type { PlantPack } from '../../domain/packs/schema.ts';
import { STATUS } from '../../domain/samples/sample.ts';
import type { Sample } from '../../domain/samples/sample.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Fact } from '../../domain/station/facts.ts';
import { makePlant } from '../../domain/station/plant.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { StationState } from '../../domain/station/state.ts';
import type { Journal } from '../journal/journal.ts';
import { AccessLog } from '../station/access-log.ts';
import type { StationClock } from '../station/clock.ts';
import { ConsoleSession } from '../station/console-session.ts';
import { StationCore } from '../station/core.ts';
import { Dispatcher } from '../station/dispatcher.ts';
import { makeHandlers } from '../station/handlers.ts';
import { LogOns } from '../station/log-ons.ts';
import { SampleHistory } from '../station/sample-history.ts';
import { Line } from '../training/line.ts';
import { Team } from '../training/team.ts';
import type { Training } from '../training/training.ts';
import { crewAccounts, signatureOf, USER_OF } from './crew-accounts.ts';
import { memoryJournal } from './memory-journal.ts';

/** A day to stand on, ms since the epoch: the same run has the same times. */
export const T0_MS = 1_790_000_000_000;

/** Stands until the plant turns it. */
export class PlantClock implements StationClock {
  now = T0_MS;
  nowMs(): number { return this.now; }
  wallMs(): number { return this.now; }
  stepMs(): number { return 0; }
}

export interface DrillStationOptions {
  readonly pack: PlantPack;
  /** Default: one that is kept nowhere. */
  readonly journal?: (clock: PlantClock) => Journal;
  /** Rules, procedures and clauses as they go into the journal; needed when the journal is read by others later. */
  readonly packOnRecord?: { readonly hash: string; readonly text: string };
  readonly onSamples?: (batch: readonly Sample[]) => void;
  readonly onFacts?: (facts: readonly Fact[]) => void;
}

export class DrillStation {
  readonly clock = new PlantClock();
  readonly plant: Plant;
  readonly core: StationCore;
  readonly journal: Journal;
  /** Buttons of the plant that the station has pressed and the plant has not been told of yet. */
  readonly pressed: Button[] = [];
  readonly #options: DrillStationOptions;
  readonly #dispatcher: Dispatcher;
  readonly #sessions = new Map<string, ConsoleSession>();
  #requests = 0;

  constructor(options: DrillStationOptions) {
    const { clock } = this;
    this.#options = options;
    this.plant = makePlant(options.pack);
    this.journal = options.journal?.(clock) ?? memoryJournal(() => clock.nowMs());
    this.core = new StationCore({ plant: this.plant, journal: this.journal, clock, onFacts: (facts) => options.onFacts?.(facts) });
    this.core.restore({ version: packageJson.version, mode: 'TRAINING', ...(options.packOnRecord === undefined ? {} : { pack: options.packOnRecord }) });
    const users = crewAccounts();
    const nowMs = (): number => clock.nowMs();
    const record = (facts: readonly Fact[]): void => this.core.record(facts);
    const logOns = new LogOns({ users, nowMs, record });
    const access = new AccessLog({ nowMs, record, isAccount: () => true });
    this.#dispatcher = new Dispatcher(makeHandlers({
      core: this.core, users, training: this.#training(), dcs: { trustServer: () => Promise.reject(new Error('an exercise has no link')) }, history: new SampleHistory(), nowMs, logOns,
      publish: () => { throw new Error('an exercise shows nothing'); }, alarmHistory: () => ({ events: [], next: null }), verifyJournal: () => Promise.reject(new Error('an exercise verifies nothing')),
      actOnSimulator: (button) => { this.pressed.push(button); },
    }), { nowMs, access, onAsked: (session) => logOns.used(session) });
    this.core.record([fact('link.changed', nowMs(), null, { phase: 'connected', reason: null })]);
  }

  get state(): StationState {
    return this.core.state;
  }

  /** What the plant shows at this moment; what it does not name stands as it was, and is alive. */
  take(atMs: number, changed: readonly (readonly [string, number | boolean | string, (0 | undefined)?])[]): void {
    this.clock.now = atMs;
    const batch = changed.map(([tag, value, bad]): Sample => ({ tag, value: bad === 0 ? null : value, status: bad === 0 ? STATUS.bad : STATUS.good, sourceMs: atMs, receivedMs: atMs }));
    this.#options.onSamples?.(batch);
    // In one look instead of three (samples, keep-alive, tick): everything of this moment is there when it is looked at.
    this.plant.engine.alive(atMs);
    this.core.ingest(batch);
  }

  /** A request as the console of `user` sends it. */
  async ask(command: CommandName, input: unknown = {}, user: string = USER_OF.operator): Promise<Response> {
    this.#requests += 1;
    const text = await this.#dispatcher.handle(JSON.stringify({ kind: 'request', id: `request-${String(this.#requests)}`, command, input }), await this.#sessionOf(user));
    return responseSchema.parse(JSON.parse(text));
  }

  record(facts: readonly Fact[]): void {
    this.core.record(facts);
  }

  close(): void {
    this.record([fact('station.stopped', this.clock.nowMs(), null, {})]);
    this.journal.close();
  }

  async #sessionOf(user: string): Promise<ConsoleSession> {
    const known = this.#sessions.get(user);
    if (known !== undefined) return known;
    const session = new ConsoleSession({ send: () => undefined, onMessage: () => undefined, onClose: () => undefined });
    this.#sessions.set(user, session);
    await this.#dispatcher.handle(JSON.stringify({ kind: 'request', id: `log-on-${user}`, command: 'session.logOn', input: signatureOf(user) }), session);
    return session;
  }

  /** The plant is there, so that a retreat acts on it. Everything else of an exercise is the script's. */
  #training(): Training {
    const no = () => Promise.resolve({ ok: false as const, reason: 'the exercise is run by its script' });
    const words = { zh: '脚本演练', en: 'a scripted exercise' };
    return {
      scenarios: [], unusable: [], line: new Line(() => null), team: new Team(), exercise: null, buttonName: (button) => button, act: no, goBack: no, takeUp: no, breakLine: no, askLaboratory: no, faults: () => [], status: () => ({ available: true, proof: words, speed: 1, frozen: false, simTimeS: null, atS: null, goal: null, reached: null }), refresh: () => Promise.resolve(),
      press: no, start: no, end: no, setSpeed: no, setFrozen: no, turnKey: no, close: () => Promise.resolve(),
    };
  }
}
