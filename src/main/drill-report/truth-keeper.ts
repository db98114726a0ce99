/**
 * The simulator's truth of an exercise, kept beside the journal for the debrief: one file for each exercise, bound by the hash that the fact
 * `training.scored` names (as the recorder's samples are, decision 0014). Written whole or not at all, when the exercise has ended: what was
 * lost with a process that died has no score either. Only a station in TRAINING has anything to keep.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { truthTrackSchema } from '../../contract/drill.ts';
import type { TruthTrack } from '../../contract/drill.ts';

/** Beside the journal. */
export const TRUTH_DIR = 'exercises';
const FILE_MAX_BYTES = 256 * 1024 * 1024;
/** Unpacked: what is larger was not written by us. */
const TEXT_MAX_BYTES = 1024 * 1024 * 1024;
const NAME = /^[\w.-]+\.truth\.json\.gz$/u;

export interface KeptTruth { readonly file: string; readonly sha256: string; readonly bytes: number }
export type Kept = { readonly ok: true; readonly value: KeptTruth } | { readonly ok: false; readonly reason: string };
/** `altered`: it is not what the journal vouches for. */
export type ReadTruth = { readonly ok: true; readonly value: TruthTrack } | { readonly ok: false; readonly code: 'missing' | 'altered' | 'unreadable'; readonly reason: string };

const reasonOf = (error: unknown): string => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)).slice(0, 300);
/** An exercise's id as (part of) a name in the folder. */
export const truthNameOf = (exercise: string): string => exercise.replaceAll(/[^\w.-]/gu, '_').replace(/^\.+/u, '_');
const fileNameOf = (exercise: string): string => `${truthNameOf(exercise)}.truth.json.gz`;

export class TruthKeeper {
  readonly #dir: string;

  /** @param journalDir the folder that the journal is in */
  constructor(journalDir: string) {
    this.#dir = join(journalDir, TRUTH_DIR);
  }

  /** Never throws: an exercise is scored all the same, and the debrief says that the truth is not kept. */
  async keep(exercise: string, track: TruthTrack): Promise<Kept> {
    const name = fileNameOf(exercise);
    const path = join(this.#dir, name);
    const unfinished = `${path}.unfinished`;
    try {
      const bytes = await promisify(gzip)(JSON.stringify(truthTrackSchema.parse(track)));
      await mkdir(this.#dir, { recursive: true, mode: 0o700 });
      const file = await open(unfinished, 'w', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, path);
      return { ok: true, value: { file: name, sha256: sha256Of(bytes), bytes: bytes.byteLength } };
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      return { ok: false, reason: reasonOf(error) };
    }
  }

  /** What the journal names, if it is still that. */
  async read({ file, sha256 }: Pick<KeptTruth, 'file' | 'sha256'>): Promise<ReadTruth> {
    if (basename(file) !== file || !NAME.test(file)) return { ok: false, code: 'unreadable', reason: `'${file.slice(0, 80)}' is no name of a truth file` };
    const path = join(this.#dir, file);
    let bytes: Buffer;
    try {
      if ((await stat(path)).size > FILE_MAX_BYTES) return { ok: false, code: 'unreadable', reason: `${file} is too long` };
      bytes = await readFile(path);
    } catch (error) {
      return { ok: false, code: 'missing', reason: reasonOf(error) };
    }
    if (sha256Of(bytes) !== sha256) return { ok: false, code: 'altered', reason: `${file} is not the file that the journal vouches for` };
    try {
      const parsed = truthTrackSchema.safeParse(JSON.parse((await promisify(gunzip)(bytes, { maxOutputLength: TEXT_MAX_BYTES })).toString('utf8')));
      return parsed.success ? { ok: true, value: parsed.data } : { ok: false, code: 'unreadable', reason: `${file}: ${parsed.error.issues[0]?.message ?? ''}` };
    } catch (error) {
      return { ok: false, code: 'unreadable', reason: reasonOf(error) };
    }
  }
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
