/**
 * The books of exercises are kept in a process of their own, never on the station's event loop (decisions 0016 and 0028): what is said between
 * the two, and the port by which a station has one. Plain Node forks (`books-fork.ts`); the desktop program has Electron's utility process
 * (`shell/books-runner.ts`).
 */
import type { CommandInput, CommandOutput } from '../../contract/commands.ts';
import type { Debrief, Score } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';
import type { ScoredExercise } from '../../domain/drills/competence.ts';
import type { BegunExercise, ExerciseOver } from './truth-spool.ts';

/** What would have been, of a debrief that is kept. */
export type RanAgain = Pick<Debrief, 'counterfactuals' | 'noCounterfactuals' | 'fidelity'>;
/** The journal is named, never handed over: whoever works opens it read-only like any outsider. */
interface OfJournal { readonly journal: string }
interface OfExercise { readonly begun: BegunExercise; readonly over: ExerciseOver }
export type BooksJob =
  | OfJournal & OfExercise & { readonly kind: 'live' }
  | OfJournal & OfExercise & { readonly kind: 'score' }
  /** The stop so many minutes earlier or later; none: the simulator is not asked. */
  | OfJournal & { readonly kind: 'debrief'; readonly exercise: string; readonly minutes: readonly number[] }
  /** `ranAgain`: earlier and later stops that were run already, for the debrief on paper; null: they are run for it, by `minutes`. */
  | OfJournal & { readonly kind: 'export'; readonly wanted: CommandInput<'training.export'>; readonly plant: Text; readonly version: string; readonly nowMs: number; readonly minutes: readonly number[]; readonly ranAgain: RanAgain | null }
  /** Which exercises left a truth behind and have no score: of a station that was ended in the midst. */
  | OfJournal & { readonly kind: 'left' };
export type BooksJobKind = BooksJob['kind'];

export interface LeftExercise { readonly begun: BegunExercise; /** null: it was never ended. */ readonly over: ExerciseOver | null }
export interface BooksAnswers {
  readonly live: Score;
  readonly score: { readonly scored: ScoredExercise; /** Why its truth is not kept; null: it is, or there was none. */ readonly notKept: string | null };
  readonly debrief: Debrief;
  readonly export: CommandOutput<'training.export'>;
  readonly left: readonly LeftExercise[];
}
type Answered<K extends BooksJobKind> = { readonly ok: true; readonly value: BooksAnswers[K] } | { readonly ok: false; readonly reason: Text };
export type BooksAnswer<K extends BooksJobKind = BooksJobKind> = K extends BooksJobKind ? { readonly kind: K; readonly answered: Answered<K> } : never;

/** From the station to whoever keeps the books. */
export type ToKeeper = { readonly kind: 'do'; readonly number: number; readonly job: BooksJob; /** The host prints: no browser is looked for. */ readonly printsHere: boolean } | { readonly kind: 'printed'; readonly bytes: Uint8Array } | { readonly kind: 'not-printed'; readonly problem: string };
/** And back. `print`: the host is asked to. */
export type FromKeeper = { readonly kind: 'done'; readonly number: number; readonly answer: BooksAnswer } | { readonly kind: 'print'; readonly html: string };

export interface KeeperHearer {
  done(number: number, answer: BooksAnswer): void;
  /** It is gone. Said once, and the last thing. */
  died(how: string): void;
}
export interface Keeper {
  do(number: number, job: BooksJob): void;
  /** At once; nothing more is heard of it. */
  kill(): void;
}
export interface KeeperRunner { start(hearer: KeeperHearer): Keeper }
