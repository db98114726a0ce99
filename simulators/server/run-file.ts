/**
 * Runs on the disk: the tree of one process as it grows, a line for each change, so that whoever is killed loses at most the line that was being written. Each
 * process writes a file of its own and never touches another's; an earlier run is read, and goes on in a new file. Lines are `crc32 json`; what the archive
 * made of a snapshot is kept as it is. Nothing is forced to the disk but a file that is written anew: power that fails may cost the last moments.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { Key, Shape } from './archive.ts';
import type { Branch, MomentFacts, Note, TreeChange } from './tree.ts';

/** `spareBytes`: a file is written anew when it is so much larger than what still counts. `smallBytes`: read whole to see whether anything happened in it. */
export const RUN_FILE_LIMITS = { files: 10, bytes: 600_000_000, spareBytes: 16_000_000, smallBytes: 256_000, headBytes: 4_096 } as const;
const FORMAT = 1;
/** What is written anew has this behind its name until it is whole. */
const HALF = '.new';
const HALF_OLD_MS = 3_600_000;
const NAME = /^run-[\w.-]{1,120}\.ndjson$/u;

interface Head { readonly k: 'head'; readonly format: number; readonly plant: string; readonly model: string; readonly begunMs: number }
type Line =
  | Head
  | { readonly k: 'branch'; readonly branch: Branch }
  | { readonly k: 'key' | 'shape'; readonly id: number; readonly data: string }
  | { readonly k: 'moment'; readonly moment: MomentFacts; readonly key: number; readonly shape: number; readonly data: string }
  | { readonly k: 'gone'; readonly moment: number }
  | { readonly k: 'cut'; readonly branch: number }
  | { readonly k: 'renamed'; readonly branch: number; readonly name: string }
  | { readonly k: 'note'; readonly note: Note };

/** `lastMs`: when something was last written to it. */
export interface EarlierRun { readonly run: string; readonly begunMs: number; readonly lastMs: number; readonly bytes: number }
export interface RunFacts { readonly run: string; readonly bytes: number; /** why nothing more is written to it; null = all is well */ readonly problem: { readonly zh: string; readonly en: string } | null }

const lineOf = (line: Line): string => {
  const json = JSON.stringify(line);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
};
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);

/** Writes one run. A disk that fails ends the writing with a sentence, never the plant. */
export class RunBook {
  readonly #path: string;
  readonly #run: string;
  readonly #head: Head;
  readonly #limits: { readonly bytes: number; readonly spareBytes: number };
  #file: number | null = null;
  #bytes = 0;
  #problem: RunFacts['problem'] = null;
  #keys = new Map<Key, number>();
  #shapes = new Map<Shape, number>();
  #next = 1;

  constructor(folder: string, run: string, head: Omit<Head, 'k' | 'format'>, limits: { readonly bytes: number; readonly spareBytes: number } = RUN_FILE_LIMITS) {
    this.#limits = limits;
    this.#run = run;
    this.#path = join(folder, run);
    this.#head = { k: 'head', format: FORMAT, ...head };
    this.#try(() => {
      mkdirSync(folder, { recursive: true });
      this.#file = openSync(this.#path, 'ax');
      this.#write([lineOf(this.#head)]);
    });
  }

  get facts(): RunFacts {
    return { run: this.#run, bytes: this.#bytes, problem: this.#problem };
  }

  tell(change: TreeChange): void {
    this.#try(() => this.#write(this.#linesOf(change)));
  }

  /** whether the file holds much that no longer counts; `bytes` is what the archive holds */
  isFat(bytes: number): boolean {
    return this.#file !== null && this.#bytes > bytes * 3 + this.#limits.spareBytes;
  }

  /** Writes the file anew with these changes alone. Until the new one is whole the old one stays. */
  rewrite(changes: Iterable<TreeChange>): void {
    if (this.#file === null) return;
    const old = this.#file;
    this.#try(() => {
      const fresh = `${this.#path}${HALF}`;
      this.#keys = new Map();
      this.#shapes = new Map();
      this.#bytes = 0;
      this.#file = openSync(fresh, 'w');
      this.#write([lineOf(this.#head)]);
      for (const change of changes) this.#write(this.#linesOf(change));
      fsyncSync(this.#file);
      renameSync(fresh, this.#path);
    });
    if (old !== null && this.#file !== old) this.#release(old);
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #release(file: number): void {
    try {
      closeSync(file);
    } catch {
      // closed with the problem that ended the writing
    }
  }

  #try(write: () => void): void {
    if (this.#problem !== null) return;
    try {
      write();
    } catch (error) {
      this.#problem = { zh: `演练过程不再保存到 ${this.#path}：${reasonOf(error)}`, en: `The run is no longer kept in ${this.#path}: ${reasonOf(error)}` };
      this.close();
    }
  }

  #write(lines: readonly string[]): void {
    if (this.#file === null) return;
    const data = Buffer.from(lines.join(''), 'utf8');
    if (this.#bytes + data.length > this.#limits.bytes) throw new Error(`more than ${this.#limits.bytes / 1e6} MB`);
    for (let at = 0; at < data.length;) at += writeSync(this.#file, data, at);
    this.#bytes += data.length;
  }

  #linesOf(change: TreeChange): string[] {
    switch (change.kind) {
      case 'branch': return [lineOf({ k: 'branch', branch: change.branch })];
      case 'gone': return [lineOf({ k: 'gone', moment: change.moment })];
      case 'cut': return [lineOf({ k: 'cut', branch: change.branch })];
      case 'renamed': return [lineOf({ k: 'renamed', branch: change.branch, name: change.name })];
      case 'note': return [lineOf({ k: 'note', note: change.note })];
      case 'moment': {
        const { packed: { key, shape, delta }, ...moment } = change.moment;
        const lines: string[] = [];
        const known = <T extends object>(kind: 'key' | 'shape', all: Map<T, number>, thing: T, bytes: Uint8Array): number => {
          const before = all.get(thing);
          if (before !== undefined) return before;
          const id = this.#next++;
          all.set(thing, id);
          lines.push(lineOf({ k: kind, id, data: Buffer.from(bytes).toString('base64') }));
          return id;
        };
        const [keyId, shapeId] = [known('key', this.#keys, key, new Uint8Array(key.numbers.buffer, key.numbers.byteOffset, key.numbers.byteLength)), known('shape', this.#shapes, shape, shape.packed)];
        return [...lines, lineOf({ k: 'moment', moment, key: keyId, shape: shapeId, data: delta.toString('base64') })];
      }
    }
  }
}

/** The folder of the runs of one plant of one model. */
export class RunFolder {
  readonly #folder: string;
  readonly #plant: string;
  readonly #model: string;
  readonly #own = new Set<string>();

  constructor(folder: string, plant: string, model: string) {
    this.#folder = folder;
    this.#plant = plant;
    this.#model = model;
  }

  begin(nowMs: number): RunBook {
    const stamp = new Date(nowMs).toISOString().replace(/[:.]/gu, '-');
    let run = '';
    for (let n = 0; run === '' || existsSync(join(this.#folder, run)); n += 1) run = `run-${this.#plant}-${stamp}-${process.pid}${n === 0 ? '' : `-${n}`}.ndjson`;
    this.#own.add(run);
    return new RunBook(this.#folder, run, { plant: this.#plant, model: this.#model, begunMs: nowMs });
  }

  /** Runs of other processes that one can go on with, the latest first: same plant, same model, and something happened in it. */
  earlier(): EarlierRun[] {
    return this.#files().flatMap(({ run, lastMs, bytes }) => {
      const head = this.#headOf(run);
      if (head === null || head.plant !== this.#plant || head.model !== this.#model) return [];
      return bytes >= RUN_FILE_LIMITS.smallBytes || this.#isWorthwhile(run) ? [{ run, begunMs: head.begunMs, lastMs, bytes }] : [];
    });
  }

  /** Removes the oldest beyond the number that is kept, and files whose rewriting was ended in its midst. What cannot be removed stays. */
  tidy(nowMs: number): void {
    for (const name of [...this.#files().slice(RUN_FILE_LIMITS.files).map(({ run }) => run), ...this.#halves(nowMs)]) {
      try {
        rmSync(join(this.#folder, name));
      } catch {
        // somebody else's: it does not stand in the way
      }
    }
  }

  /** Old enough that nobody is writing them any more. */
  #halves(nowMs: number): string[] {
    try {
      return readdirSync(this.#folder).filter((name) => name.endsWith(HALF) && NAME.test(name.slice(0, -HALF.length)) && name.startsWith(`run-${this.#plant}-`) && nowMs - statSync(join(this.#folder, name)).mtimeMs > HALF_OLD_MS);
    } catch {
      return [];
    }
  }

  read(run: string): Checked<TreeChange[]> {
    if (!NAME.test(run) || !existsSync(join(this.#folder, run))) return no(`没有保存的演练过程“${run}”。`, `There is no run "${run}" on the disk.`);
    try {
      return readRun(readFileSync(join(this.#folder, run)), run, this.#model);
    } catch (error) {
      return no(`演练过程 ${run} 无法读取：${reasonOf(error)}`, `The run ${run} cannot be read: ${reasonOf(error)}`);
    }
  }

  /** of others, the latest first */
  #files(): { run: string; lastMs: number; bytes: number }[] {
    try {
      return readdirSync(this.#folder).filter((run) => NAME.test(run) && run.startsWith(`run-${this.#plant}-`) && !this.#own.has(run))
        .map((run) => ({ run, stat: statSync(join(this.#folder, run)) })).map(({ run, stat }) => ({ run, lastMs: Math.round(stat.mtimeMs), bytes: stat.size })).sort((a, b) => b.lastMs - a.lastMs);
    } catch {
      return [];
    }
  }

  #headOf(run: string): Head | null {
    const start = Buffer.alloc(RUN_FILE_LIMITS.headBytes);
    let file: number | null = null;
    try {
      file = openSync(join(this.#folder, run), 'r');
      const text = start.subarray(0, readSync(file, start)).toString('utf8');
      const line = parseLine(text.slice(0, Math.max(0, text.indexOf('\n'))));
      return line?.k === 'head' && line.format === FORMAT ? line : null;
    } catch {
      return null;
    } finally {
      if (file !== null) closeSync(file);
    }
  }

  /** It ran for half a minute, or somebody kept or noted something. A broken one is shown: whoever wants it is told. */
  #isWorthwhile(run: string): boolean {
    const read = this.read(run);
    if (!read.ok) return true;
    const named = read.value.filter((change) => change.kind === 'moment' && change.moment.kind === 'named').length;
    return named > 1 || read.value.some((change) => change.kind === 'note' || (change.kind === 'moment' && change.moment.kind === 'automatic'));
  }
}

function parseLine(text: string): Line | null {
  if (text.length < 10 || text[8] !== ' ' || crc32(text.slice(9)).toString(16).padStart(8, '0') !== text.slice(0, 8)) return null;
  return JSON.parse(text.slice(9)) as Line;
}

/** A last line that is not whole was being written when the process ended, and counts for nothing; anything else that is not whole is damage. */
function readRun(bytes: Buffer, run: string, model: string): Checked<TreeChange[]> {
  const broken = (line: number): Checked<never> => no(`演练过程 ${run} 在第 ${line} 行损坏，不能继续；文件原样保留。`, `The run ${run} is damaged at line ${line} and cannot be gone on with; the file is left as it is.`);
  const changes: TreeChange[] = [];
  const keys = new Map<number, Key>();
  const shapes = new Map<number, Shape>();
  for (let at = 0, number = 1; at < bytes.length; number += 1) {
    const end = bytes.indexOf(10, at);
    if (end < 0) break;
    const line = parseLine(bytes.toString('utf8', at, end));
    at = end + 1;
    if (line === null || (number === 1) !== (line.k === 'head')) return broken(number);
    switch (line.k) {
      case 'head':
        if (line.format !== FORMAT || line.model !== model) return no(`演练过程 ${run} 属于模型“${line.model}”，不属于“${model}”。`, `The run ${run} belongs to the model "${line.model}", not to "${model}".`);
        break;
      case 'key': keys.set(line.id, { numbers: new Float64Array(new Uint8Array(Buffer.from(line.data, 'base64')).buffer), uses: 0 }); break;
      case 'shape': shapes.set(line.id, { packed: Buffer.from(line.data, 'base64'), uses: 0 }); break;
      case 'moment': {
        const [key, shape] = [keys.get(line.key), shapes.get(line.shape)];
        if (key === undefined || shape === undefined) return broken(number);
        changes.push({ kind: 'moment', moment: { ...line.moment, packed: { key, shape, delta: Buffer.from(line.data, 'base64') } } });
        break;
      }
      case 'branch': changes.push({ kind: 'branch', branch: line.branch }); break;
      case 'gone': changes.push({ kind: 'gone', moment: line.moment }); break;
      case 'cut': changes.push({ kind: 'cut', branch: line.branch }); break;
      case 'renamed': changes.push({ kind: 'renamed', branch: line.branch, name: line.name }); break;
      case 'note': changes.push({ kind: 'note', note: line.note }); break;
    }
  }
  return changes.some(({ kind }) => kind === 'moment') ? { ok: true, value: changes } : broken(1);
}
