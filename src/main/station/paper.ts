/**
 * Keeps the paper fallback of the running procedures: whenever a course moves, its sheet is written anew. It hears of facts after they are
 * believed and only notes what to write; nothing that a person or the plant asks for waits for it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ProcedureView, StepView } from '../../contract/view.ts';
import { givesWayOf } from '../../domain/station/commanding.ts';
import { evolveAll } from '../../domain/station/evolve.ts';
import type { Fact } from '../../domain/station/facts.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { EMPTY_STATE } from '../../domain/station/state.ts';
import type { ProcedureRun, StationState } from '../../domain/station/state.ts';
import { PaperFolder } from '../paper/folder.ts';
import type { Sheet } from '../paper/folder.ts';
import { paperSheet } from '../paper/sheet.ts';
import type { PaperHead } from '../paper/sheet.ts';
import { MODE, PLACE, W } from '../paper/words.ts';
import { procedureView } from './procedure-view.ts';

export interface PaperOptions {
  readonly dir: string;
  readonly plant: Plant;
  readonly mode: 'OPERATION' | 'TRAINING';
  readonly nowMs: () => number;
  readonly state: () => StationState;
  readonly onFailure: (reason: string) => void;
}

const STOP_WITHIN_MS = 2_000;
const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export class Paper {
  readonly #options: PaperOptions;
  readonly #folder: PaperFolder;
  #hasFailed = false;
  /** Running procedures as they were last seen: of one that is closed the state holds nothing any more. */
  #runs = new Map<string, ProcedureRun>();
  readonly #titles: Pick<PaperHead, 'zones' | 'interlocks'>;

  constructor(options: PaperOptions) {
    this.#options = options;
    const { pack } = options.plant;
    this.#titles = { zones: titlesOf(pack.zones), interlocks: titlesOf(pack.interlocks) };
    const title = { zh: `${pack.title.zh} · ${MODE[options.mode].zh}`, en: `${pack.title.en} · ${MODE[options.mode].en}` };
    this.#folder = new PaperFolder({ dir: options.dir, timeZone, title, nowMs: () => performance.now(), onFailure: (reason) => this.#fail(new Error(reason)) });
  }

  /** Everything that runs, as it stands after the journal was read. */
  start(): void {
    for (const run of this.#options.state().runs) this.#put(run);
    this.#folder.start();
  }

  /** Facts that the state already holds. Whatever goes wrong here is nobody's business but the paper's. */
  tell(facts: readonly Fact[]): void {
    try {
      this.#tell(facts);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** A run that is another object has moved. */
  #tell(facts: readonly Fact[]): void {
    if (!facts.some(({ type }) => type.startsWith('procedure.') || type === 'prohibition.changed')) return;
    const { runs } = this.#options.state();
    for (const run of runs) if (this.#runs.get(run.instance) !== run) this.#put(run);
    const running = new Set(runs.map(({ instance }) => instance));
    for (const [instance, run] of this.#runs) if (!running.has(instance)) this.#close(instance, lastOf(this.#options.plant, run, facts));
  }

  /** The last moves are written as well, unless the disk takes too long. */
  async stop(): Promise<void> {
    const late = new AbortController();
    await Promise.race([this.#folder.stop(), pause(STOP_WITHIN_MS, undefined, { ref: false, signal: late.signal }).catch(() => undefined)]);
    late.abort();
  }

  #fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    // Not from within the facts that are just being told.
    setImmediate(() => this.#options.onFailure(error instanceof Error ? error.message : String(error)));
  }

  #put(run: ProcedureRun): void {
    this.#runs.set(run.instance, run);
    // As it stands when it is written; one that was closed meanwhile has been put otherwise.
    this.#folder.put(run.instance, () => this.#sheet(this.#options.state().runs.find(({ instance }) => instance === run.instance) ?? run));
  }

  #close(instance: string, run: ProcedureRun): void {
    this.#runs.delete(instance);
    const closedMs = this.#options.nowMs();
    this.#folder.close(instance, () => this.#sheet(run, closedMs));
  }

  #sheet(run: ProcedureRun, closedMs?: number): Sheet {
    const { plant, mode } = this.#options;
    const state = this.#options.state();
    const atMs = this.#options.nowMs();
    const view = procedureView(plant, state, run, atMs, givesWayOf(plant, state));
    const shown: ProcedureView = closedMs === undefined ? view : { ...view, place: 'closed' };
    const head: PaperHead = { mode, plant: plant.pack.title, atMs, timeZone, ...this.#titles, ...(closedMs === undefined ? {} : { closedMs }) };
    return { html: paperSheet(shown, head), head: { instance: run.instance, title: view.title, place: PLACE[shown.place], now: nowOf(shown), atMs } };
  }
}

/** A run right before it was closed: the last approval comes together with the close. */
function lastOf(plant: Plant, run: ProcedureRun, facts: readonly Fact[]): ProcedureRun {
  const own = facts.filter((f) => f.type === 'procedure.moved' && f.data.instance === run.instance && f.data.place !== 'closed');
  return evolveAll({ ...EMPTY_STATE, runs: [run] }, own, plant.machines).runs[0] ?? run;
}

function nowOf({ steps, handling, place, safeDueMs }: ProcedureView): StepView['text'] | null {
  const step = [...steps, ...handling].find(({ state }) => state === 'now');
  if (step !== undefined) return step.text;
  return safeDueMs !== null && (place === 'retreating' || place === 'stopping') ? W.awaitSafe : null;
}

function titlesOf(items: readonly { readonly id: string; readonly title: { readonly zh: string; readonly en: string } }[]): PaperHead['zones'] {
  return Object.fromEntries(items.map(({ id, title }) => [id, title]));
}
