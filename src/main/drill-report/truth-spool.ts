/**
 * The truth of an exercise while it runs, on the disk line by line as it comes: the station never has to hand over the whole of it, and what was
 * written is there when the station is not any more. When the exercise is scored, its course is kept as one file (`TruthKeeper`) and this goes.
 */
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';
import { marginSchema, truthEventSchema, truthSampleSchema } from '../../contract/drill.ts';
import { idSchema, textSchema, timeSchema } from '../../contract/text.ts';
import { TruthCourse } from '../training/truth-course.ts';
import type { TruthTold } from '../training/truth-course.ts';
import { truthNameOf, TRUTH_DIR } from './truth-keeper.ts';

const SUFFIX = '.running.ndjson';
/** Beyond it only every so-many-th look is written: the course of the longest exercise stays whole, and the disk is not filled. */
const WHOLE_MAX_BYTES = 256 * 1024 * 1024;
const THIN_TO = 16;
/** Lines that wait for a slow disk; beyond it the truth is given up, and that is said. */
const WAITING_MAX = 20_000;
const READ_BYTES = 1024 * 1024;
/** Of one line; ours are a few thousand. */
const LINE_MAX_LENGTH = 4 * 1024 * 1024;

const number = z.number().int().min(0);
/** What is known when it begins: enough to score it without the station that began it. */
export const begunSchema = z.strictObject({
  exercise: idSchema, scenario: z.strictObject({ id: idSchema, title: textSchema, clauses: z.array(z.string().max(20)).max(20), expect: z.unknown().optional(), scoring: z.unknown().optional() }),
  startedMs: timeSchema, /** First record of its time. */ fromN: number,
});
export const overSchema = z.strictObject({ endedMs: timeSchema, /** Last record of its time. */ toN: number, participants: z.array(z.strictObject({ user: idSchema, name: z.string().max(80), post: z.string().max(40) })).max(50) });
export type BegunExercise = z.infer<typeof begunSchema>;
export type ExerciseOver = z.infer<typeof overSchema>;

const lineSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('begun'), begun: begunSchema }),
  z.strictObject({ kind: z.literal('sample'), sample: truthSampleSchema }),
  z.strictObject({ kind: z.literal('event'), event: truthEventSchema }),
  z.strictObject({ kind: z.literal('margins'), margins: z.array(marginSchema).max(50) }),
  z.strictObject({ kind: z.literal('over'), over: overSchema }),
]);
type Line = z.infer<typeof lineSchema>;

const spoolOf = (journalDir: string, exercise: string): string => join(journalDir, TRUTH_DIR, `${truthNameOf(exercise)}${SUFFIX}`);

/** The station's side: takes at once, writes in the background, in order. Never throws. */
export class TruthSpool {
  readonly #path: string;
  readonly #dir: string;
  #waiting: string[] = [];
  #writing: Promise<void> | null = null;
  #file: FileHandle | null = null;
  #bytes = 0;
  #looks = 0;
  /** Why nothing more is written. */
  #problem: string | null = null;

  constructor(journalDir: string, begun: BegunExercise) {
    this.#dir = join(journalDir, TRUTH_DIR);
    this.#path = spoolOf(journalDir, begun.exercise);
    this.#put({ kind: 'begun', begun });
  }

  tell(told: TruthTold): void {
    if (told.kind === 'sample' && this.#bytes > WHOLE_MAX_BYTES) {
      this.#looks += 1;
      if (this.#looks % THIN_TO !== 0) return;
    }
    this.#put(told);
  }

  /** It is over: on the disk when this comes back. Null, or why the truth is not (wholly) there. */
  async end(over: ExerciseOver | null): Promise<string | null> {
    if (over !== null) this.#put({ kind: 'over', over });
    await this.#writing;
    try {
      await this.#file?.sync();
      await this.#file?.close();
    } catch (error) {
      this.#problem ??= reasonOf(error);
    }
    this.#file = null;
    return this.#problem;
  }

  #put(line: TruthTold | Line): void {
    if (this.#problem !== null) return;
    if (this.#waiting.length >= WAITING_MAX) {
      this.#problem = 'the disk is too slow';
      return;
    }
    this.#waiting.push(`${JSON.stringify(line)}\n`);
    this.#writing ??= this.#write().finally(() => { this.#writing = null; });
  }

  async #write(): Promise<void> {
    try {
      if (this.#file === null) {
        await mkdir(this.#dir, { recursive: true, mode: 0o700 });
        this.#file = await open(this.#path, 'w', 0o600);
      }
      while (this.#waiting.length > 0) {
        const bytes = Buffer.from(this.#waiting.join(''));
        this.#waiting = [];
        await this.#file.appendFile(bytes);
        this.#bytes += bytes.byteLength;
      }
    } catch (error) {
      this.#problem ??= reasonOf(error);
      this.#waiting = [];
    }
  }
}

/** Whether any exercise left its truth here without having been scored. */
export const hasSpools = (journalDir: string): Promise<boolean> => readdir(join(journalDir, TRUTH_DIR)).then((names) => names.some((name) => name.endsWith(SUFFIX)), () => false);

/** Not needed any more: its exercise has its score, or can have none. */
export async function dropSpool(journalDir: string, exercise: string): Promise<void> {
  await rm(spoolOf(journalDir, exercise), { force: true }).catch(() => undefined);
}

/** The other side, in a process of its own: reads on from where it was. Throws when the file cannot be read. */
export class SpoolReader {
  readonly #path: string;
  readonly course = new TruthCourse();
  #begun: BegunExercise | null = null;
  #over: ExerciseOver | null = null;
  #at = 0;
  #rest = '';
  #decoder = new StringDecoder('utf8');

  constructor(path: string) {
    this.#path = path;
  }

  get begun(): BegunExercise | null { return this.#begun; }
  get over(): ExerciseOver | null { return this.#over; }

  /** What has come since. A line that is not whole yet waits for the next time; one that makes no sense is passed over. */
  readOn(): void {
    const file = openSync(this.#path, 'r');
    try {
      const { size } = fstatSync(file);
      const buffer = Buffer.alloc(READ_BYTES);
      while (this.#at < size) {
        const read = readSync(file, buffer, 0, Math.min(buffer.byteLength, size - this.#at), this.#at);
        if (read === 0) return;
        this.#at += read;
        const lines = (this.#rest + this.#decoder.write(buffer.subarray(0, read))).split('\n');
        this.#rest = lines.pop() ?? '';
        if (this.#rest.length > LINE_MAX_LENGTH) throw new Error('a line of the truth is too long');
        for (const line of lines) this.#take(line);
      }
    } finally {
      closeSync(file);
    }
  }

  #take(text: string): void {
    const line = lineIn(text);
    switch (line?.kind) {
      case undefined: return;
      case 'begun': this.#begun = line.begun; return;
      case 'over': this.#over = line.over; return;
      case 'sample': case 'event': case 'margins': this.course.tell(line);
    }
  }
}

/** Null: there is none. */
export function spoolAt(journalDir: string, exercise: string): SpoolReader | null {
  const path = spoolOf(journalDir, exercise);
  return existsSync(path) ? new SpoolReader(path) : null;
}

/** What exercises without a score have left behind, oldest first. */
export function spoolsIn(journalDir: string): SpoolReader[] {
  const dir = join(journalDir, TRUTH_DIR);
  return existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith(SUFFIX)).sort().map((name) => new SpoolReader(join(dir, name))) : [];
}

function lineIn(text: string): Line | null {
  try {
    const read = lineSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)).slice(0, 300);
