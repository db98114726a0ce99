/**
 * The sealed segments beside the active file. A journal of years is many files: `journal-000001.sqlite`, `journal-000002.sqlite` ... and
 * `journal.sqlite`, which is being written. Sealed ones never change; they may be moved to an archive, and whoever then asks for their
 * records is told which file is missing.
 */
import { closeSync, existsSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CONTINUED_TYPE, GENESIS_TYPE, NO_HASH, continuedSchema, genesisSchema } from '../../domain/journal/record.ts';
import type { Continued, Genesis } from '../../domain/journal/record.ts';
import { ProblemError, problem } from './problem.ts';
import { openSealed } from './store.ts';
import type { SegmentReader, StoredRecord } from './store.ts';
import { fits } from './chaining.ts';
import { sealedFileName, sealedNumber } from './verify.ts';

/** What the first record of a segment says of it. */
export interface Opening {
  readonly segment: number;
  readonly firstRecord: number;
  readonly begunMs: number;
  readonly mode: Genesis['mode'];
  readonly publicKey: string;
  readonly previous: Continued['previousSegment'] | undefined;
}

/** Undefined when it is not the beginning of a segment, or does not fit its own hash. */
export function openingOf(first: StoredRecord | undefined): Opening | undefined {
  if (first?.type === GENESIS_TYPE && first.n === 1 && fits(first, NO_HASH)) {
    const genesis = genesisSchema.safeParse(JSON.parse(first.dataText)).data;
    return genesis && { segment: 1, firstRecord: 1, begunMs: first.wallMs, mode: genesis.mode, publicKey: genesis.publicKey, previous: undefined };
  }
  if (first?.type !== CONTINUED_TYPE) return undefined;
  const continued = continuedSchema.safeParse(JSON.parse(first.dataText)).data;
  if (continued === undefined || continued.firstRecord !== first.n || continued.previousSegment.records !== first.n - 1 || !fits(first, continued.previousSegment.headHash)) return undefined;
  const { segment, firstRecord, mode, publicKey, previousSegment } = continued;
  return { segment, firstRecord, begunMs: first.wallMs, mode, publicKey, previous: previousSegment };
}

interface Known {
  readonly opening: Opening;
  readonly last: StoredRecord;
}

/** Every method throws a ProblemError, or what SQLite throws. */
export class SealedSegments {
  readonly #dir: string;
  /** Sealed segments never change: what was read of one once stays true. */
  readonly #known = new Map<number, Known>();
  #open: { readonly segment: number; readonly reader: SegmentReader } | undefined;

  constructor(dir: string) {
    this.#dir = dir;
  }

  pathOf(segment: number): string {
    return join(this.#dir, sealedFileName(segment));
  }

  has(segment: number): boolean {
    return existsSync(this.pathOf(segment));
  }

  /** Numbers of the segments that are in the folder, the newest first. */
  there(): number[] {
    return readdirSync(this.#dir).flatMap((name) => sealedNumber(name) ?? []).sort((a, b) => b - a);
  }

  /** How a segment begins and ends. */
  known(segment: number): Known {
    const known = this.#known.get(segment) ?? this.#look(segment);
    this.#known.set(segment, known);
    return known;
  }

  /** The records from `n` on that stand in one segment before `activeSegment`. Never empty: what is not there is told. */
  page(n: number, activeSegment: number): StoredRecord[] {
    let missing = activeSegment - 1;
    for (const segment of this.there().filter((each) => each < activeSegment)) {
      const { opening, last } = this.known(segment);
      if (n > last.n) break;
      if (n >= opening.firstRecord) return this.#pageIn(segment, n);
      missing = segment - 1;
    }
    throw new ProblemError(segmentMissing(n, sealedFileName(missing)));
  }

  close(): void {
    this.#open?.reader.close();
    this.#open = undefined;
  }

  #pageIn(segment: number, n: number): StoredRecord[] {
    const records = this.#reader(segment).page(n);
    if (records[0]?.n !== n) throw new ProblemError(problem('damaged', `Record ${String(n)} is not in ${sealedFileName(segment)}, where it has to be.`, `第 ${String(n)} 条记录不在应在的 ${sealedFileName(segment)} 中。`));
    return records;
  }

  #look(segment: number): Known {
    const reader = this.#reader(segment);
    const [opening, last] = [openingOf(reader.first()), reader.last()];
    if (opening === undefined || last === undefined || opening.segment !== segment) throw new ProblemError(problem('damaged', `${sealedFileName(segment)} is not segment ${String(segment)} of a journal. Run \`haven journal verify\`.`, `${sealedFileName(segment)} 不是日志的第 ${String(segment)} 段。请运行 \`haven journal verify\`。`));
    return { opening, last };
  }

  /** One at a time stays open: reading goes from one to the next. */
  #reader(segment: number): SegmentReader {
    if (this.#open?.segment === segment) return this.#open.reader;
    this.close();
    this.#open = { segment, reader: openSealed(this.pathOf(segment)) };
    return this.#open.reader;
  }
}

function segmentMissing(n: number, file: string) {
  return problem(
    'segment-missing',
    `Record ${String(n)} stands in ${file}, which is not in the journal's folder. Put it back from the archive to read it.`,
    `第 ${String(n)} 条记录在 ${file} 中，该文件不在日志目录。请从归档恢复后再读。`,
  );
}

/** So that a renamed or new file survives a power cut. Windows has no such call and does not need it. */
export function syncFolder(dir: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(dir, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
