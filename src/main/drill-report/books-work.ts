/** The work on the books of exercises: one job after the other, each out of the journal and what is kept beside it. The commands `haven debrief` and `haven competence` do the same with the same parts. */
import { dirname } from 'node:path';
import type { TruthTrack } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';
import { openExercise } from '../../domain/drills/exercise.ts';
import type { ExerciseCase } from '../../domain/drills/exercise.ts';
import { scoreCase, scoredExerciseOf } from '../../domain/drills/score.ts';
import type { PrintPdf } from '../reports/pdf.ts';
import type { BooksAnswer, BooksAnswers, BooksJob } from './books-job.ts';
import { exportOf } from './exports.ts';
import { makeDebrief } from './make-debrief.ts';
import { OpenExercise } from './open-exercise.ts';
import { competenceIn, readExercise } from './read-exercise.ts';
import { TruthKeeper } from './truth-keeper.ts';
import { spoolsIn } from './truth-spool.ts';
import type { BegunExercise, ExerciseOver } from './truth-spool.ts';

type JobOf<K extends BooksJob['kind']> = Extract<BooksJob, { readonly kind: K }>;
type Made<K extends BooksJob['kind']> = { readonly ok: true; readonly value: BooksAnswers[K] } | { readonly ok: false; readonly reason: Text };

const same = (words: string): Text => ({ zh: words.slice(0, 2_000), en: words.slice(0, 2_000) });
const no = (reason: Text): { readonly ok: false; readonly reason: Text } => ({ ok: false, reason });

export class BooksWork {
  readonly #print: PrintPdf;
  readonly #signal: AbortSignal;
  /** The exercise that is being scored live: it is read on, not anew. */
  #open: OpenExercise | null = null;

  constructor(print: PrintPdf, signal: AbortSignal) {
    this.#print = print;
    this.#signal = signal;
  }

  /** Never throws: what cannot be done says why. */
  async do(job: BooksJob): Promise<BooksAnswer> {
    switch (job.kind) {
      case 'live': return { kind: 'live', answered: await attempt(() => this.#live(job)) };
      case 'score': return { kind: 'score', answered: await attempt(() => this.#score(job)) };
      case 'debrief': return { kind: 'debrief', answered: await attempt(() => this.#debrief(job)) };
      case 'export': return { kind: 'export', answered: await attempt(() => this.#export(job)) };
      case 'left': return { kind: 'left', answered: await attempt(() => left(job)) };
    }
  }

  #case(journal: string, begun: BegunExercise, over: ExerciseOver): { readonly ok: true; readonly value: ExerciseCase; readonly truth: TruthTrack | null } | { readonly ok: false; readonly reason: Text } {
    if (this.#open?.begun.exercise !== begun.exercise) this.#open = new OpenExercise(journal, begun);
    const read = this.#open.asOf(over);
    return read.ok ? { ok: true, value: openExercise(read.value), truth: read.value.truth } : read;
  }

  #live({ journal, begun, over }: JobOf<'live'>): Made<'live'> {
    const opened = this.#case(journal, begun, over);
    return opened.ok ? { ok: true, value: scoreCase(opened.value) } : opened;
  }

  async #score({ journal, begun, over }: JobOf<'score'>): Promise<Made<'score'>> {
    const opened = this.#case(journal, begun, over);
    this.#open = null;
    if (!opened.ok) return opened;
    const file = opened.value;
    // All of it, also of a course that was left: the debrief tells it as such.
    const kept = opened.truth === null ? null : await new TruthKeeper(dirname(journal)).keep(begun.exercise, opened.truth);
    const scored = scoredExerciseOf(file, begun.scenario.title, over.participants, kept !== null && kept.ok ? kept.value : null);
    return { ok: true, value: { scored: { ...scored, records: { fromN: begun.fromN, toN: over.toN } }, notKept: kept !== null && !kept.ok ? kept.reason : null } };
  }

  async #debrief({ journal, exercise, minutes }: JobOf<'debrief'>): Promise<Made<'debrief'>> {
    const found = readExercise(journal, exercise);
    if (!found.ok) return no(same(found.reason));
    const { debrief } = await makeDebrief(found.value, { journalDir: dirname(journal), minutes, signal: this.#signal });
    return { ok: true, value: debrief };
  }

  async #export(job: JobOf<'export'>): Promise<Made<'export'>> {
    const { wanted: { format, what }, journal, minutes, ranAgain } = job;
    const made = format === 'pdf' && what.kind === 'debrief' ? await this.#debrief({ kind: 'debrief', journal, exercise: what.exercise, minutes: ranAgain === null ? minutes : [] }) : null;
    if (made !== null && !made.ok) return made;
    const debrief = made === null ? null : { ...made.value, ...(ranAgain ?? {}) };
    const file = await exportOf(job.wanted, { signed: competenceIn(journal, null), debrief, plant: job.plant, version: job.version, nowMs: job.nowMs, print: (page) => this.#print(page, this.#signal) });
    return file.ok ? { ok: true, value: file.value } : no(same(file.reason));
  }
}

function left({ journal }: JobOf<'left'>): Made<'left'> {
  return {
    ok: true,
    value: spoolsIn(dirname(journal)).flatMap((spool) => {
      spool.readOn();
      return spool.begun === null ? [] : [{ begun: spool.begun, over: spool.over }];
    }),
  };
}

async function attempt<T extends { readonly ok: boolean }>(work: () => T | Promise<T>): Promise<T | { readonly ok: false; readonly reason: Text }> {
  try {
    return await work();
  } catch (error) {
    return no(same(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)));
  }
}
