/**
 * Where a station has its reports made, one at a time, and keeps them: `<data>/<mode>/reports/<report>/` with a `made.json` that says what
 * is in it. The work is done elsewhere (`ReportRunner`); here are only orders, news and small reads, so that a retreat never waits for it.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPORT_CHUNK_MAX_BYTES, reportsSectionSchema } from '../../contract/incidents.ts';
import type { ReportsSection } from '../../contract/incidents.ts';
import type { CommandInput, CommandOutput } from '../../contract/commands.ts';
import { idSchema } from '../../contract/text.ts';
import type { Text } from '../../contract/text.ts';
import type { Composed, Progress } from '../incident-report/compose.ts';
import type { ReportRunner, RunningReport } from '../incident-report/job.ts';

/** Reports that are kept; the oldest goes when another is made. Each can be made again from the journal. */
export const REPORTS_KEPT_MAX = 60;
/** A report takes seconds to minutes; beyond this something hangs. */
export const REPORT_WITHIN_MS = 30 * 60_000;
const UNFINISHED = '.unfinished';
const MADE_FILE = 'made.json';
const NAME = /^[\w-]{1,80}\.(?:html|pdf|json|csv)$/u;
const FOLDER = /^R-[\w-]{1,60}$/u;

type Made = ReportsSection['made'][number];
const madeSchema = reportsSectionSchema.shape.made.element;

export interface ReportMade {
  readonly report: string;
  readonly incident: string;
  readonly toRecord: number;
  readonly redacted: boolean;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}
export interface ReportDeskOptions {
  readonly dir: string;
  readonly journal: string;
  readonly runner: ReportRunner;
  readonly nowMs: () => number;
  /** Put on record. May throw: the report is made all the same. */
  readonly record: (made: ReportMade, by: string) => void;
  /** Something in the section changed. */
  readonly onChanged: () => void;
  readonly keptMax?: number;
  readonly withinMs?: number;
}

interface Running { readonly report: string; readonly order: CommandInput<'report.make'>; readonly by: string; readonly job: RunningReport; readonly timer: NodeJS.Timeout; progress: Progress }
export type Asked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: 'busy' | 'not-found' | 'bad-input'; readonly message: string };

const BEGINNING: Progress = { phase: { zh: '开始', en: 'Beginning' }, done: 0 };
const same = (words: string): Text => ({ zh: words.slice(0, 2_000), en: words.slice(0, 2_000) });

export class ReportDesk {
  readonly #options: ReportDeskOptions;
  #running: Running | null = null;
  #failed: ReportsSection['failed'] = null;
  /** Newest first. */
  #made: readonly Made[] = [];
  #isStopped = false;
  /** Work on the folder, one after the other. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: ReportDeskOptions) {
    this.#options = options;
  }

  /** Finds what earlier runs made, and takes away what they left half made. In the background. */
  start(): void {
    void this.#inTurn(() => this.#load());
  }

  section(): ReportsSection {
    const running = this.#running;
    return { running: running === null ? null : { report: running.report, incident: running.order.incident, phase: running.progress.phase, done: Math.min(1, Math.max(0, running.progress.done)) }, failed: this.#failed, made: [...this.#made] };
  }

  make(order: CommandInput<'report.make'>, by: string): Asked<CommandOutput<'report.make'>> {
    const { incident, formats, language, redacted, whatIf } = order;
    if (this.#running !== null) return { ok: false, code: 'busy', message: `report ${this.#running.report} is being made; one at a time` };
    const report = `R-${String(this.#options.nowMs())}-${randomBytes(3).toString('hex')}`;
    const outDir = this.#unfinished(report);
    // A hearer that comes too late (killed, replaced) must change nothing.
    const isMine = (): boolean => this.#running?.report === report;
    const job = this.#options.runner.start({ journal: this.#options.journal, incident, formats: [...new Set(formats)], language, redacted, whatIf, outDir }, {
      progress: (progress) => { if (isMine()) { (this.#running as Running).progress = progress; this.#options.onChanged(); } },
      ended: (ended) => { if (isMine()) this.#ended(ended); },
      died: (how) => { if (isMine()) this.#giveUp({ zh: `生成报告的进程意外结束：${how}`, en: `The process that made the report died: ${how}` }); },
    });
    const timer = setTimeout(() => {
      if (!isMine()) return;
      job.kill();
      this.#giveUp({ zh: '生成报告超时，已停止', en: 'The report took too long and was stopped' });
    }, this.#options.withinMs ?? REPORT_WITHIN_MS);
    timer.unref();
    this.#running = { report, order, by, job, timer, progress: BEGINNING };
    this.#failed = null;
    this.#options.onChanged();
    return { ok: true, value: { report } };
  }

  cancel(report: string): Asked<Record<string, never>> {
    if (this.#running?.report !== report) return { ok: false, code: 'not-found', message: `report ${report} is not being made` };
    this.#running.job.kill();
    this.#giveUp({ zh: '已取消', en: 'Cancelled' });
    return { ok: true, value: {} };
  }

  /** Only files that a made report names: whatever is asked for is looked up, and never becomes part of a path. */
  async read({ report, name, offset }: CommandInput<'report.read'>): Promise<Asked<CommandOutput<'report.read'>>> {
    const made = this.#made.find((each) => each.report === report);
    const file = made?.files.find((each) => each.name === name);
    if (made === undefined || file === undefined) return { ok: false, code: 'not-found', message: `there is no file '${name}' of a report '${report}'` };
    if (offset > file.bytes) return { ok: false, code: 'bad-input', message: `${name} has ${String(file.bytes)} bytes; offset ${String(offset)} is behind its end` };
    try {
      const handle = await open(join(this.#options.dir, made.report, file.name), 'r');
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(REPORT_CHUNK_MAX_BYTES, file.bytes - offset)), 0, undefined, offset);
        return { ok: true, value: { base64: buffer.subarray(0, bytesRead).toString('base64'), bytes: file.bytes, end: bytesRead === 0 || offset + bytesRead >= file.bytes } };
      } finally {
        await handle.close();
      }
    } catch {
      return { ok: false, code: 'not-found', message: `${name} of report ${report} is not on the disk any more; make the report again` };
    }
  }

  /** What is being made is made no further. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const running = this.#running;
    if (running !== null) {
      running.job.kill();
      this.#end();
      void this.#inTurn(() => rm(this.#unfinished(running.report), { recursive: true, force: true }));
    }
    await this.#work;
  }

  #ended(ended: Composed): void {
    const running = this.#running as Running;
    switch (ended.outcome) {
      case 'cancelled': return this.#giveUp({ zh: '已取消', en: 'Cancelled' });
      case 'failed': return this.#giveUp(ended.reason);
      case 'done': {
        const { report, order, by } = running;
        const made: Made = { report, incident: order.incident, redacted: order.redacted, language: order.language, atMs: this.#options.nowMs(), toRecord: ended.toRecord, files: ended.files.map((file) => ({ ...file })) };
        void this.#inTurn(() => this.#keep(made)).then((problem) => {
          if (this.#running === running) this.#end();
          if (problem === null) {
            this.#made = [made, ...this.#made];
            this.#failed = ended.notMade.length === 0 ? null : { incident: order.incident, reason: notMadeText(ended.notMade) };
            this.#tell(made, by);
          } else this.#failed = { incident: order.incident, reason: same(problem) };
          this.#options.onChanged();
        });
      }
    }
  }

  #tell({ report, incident, toRecord, redacted, files }: Made, by: string): void {
    try {
      this.#options.record({ report, incident, toRecord, redacted, files: files.map(({ name, sha256 }) => ({ name, sha256 })) }, by);
    } catch {
      // The report is there; the core has said what is wrong with its record.
    }
  }

  #giveUp(reason: Text): void {
    const running = this.#running as Running;
    this.#failed = { incident: running.order.incident, reason };
    this.#end();
    void this.#inTurn(() => rm(this.#unfinished(running.report), { recursive: true, force: true, maxRetries: 3 }));
    this.#options.onChanged();
  }

  #end(): void {
    if (this.#running !== null) clearTimeout(this.#running.timer);
    this.#running = null;
  }

  #unfinished(report: string): string {
    return join(this.#options.dir, `${report}${UNFINISHED}`);
  }

  /** The folder gets its name when all is in it. */
  async #keep(made: Made): Promise<void> {
    const from = this.#unfinished(made.report);
    await writeFile(join(from, MADE_FILE), `${JSON.stringify(made)}\n`, { mode: 0o600, flush: true });
    await rename(from, join(this.#options.dir, made.report));
    const kept = this.#options.keptMax ?? REPORTS_KEPT_MAX;
    const old = this.#made.slice(kept - 1);
    this.#made = this.#made.slice(0, kept - 1);
    for (const { report } of old) await rm(join(this.#options.dir, report), { recursive: true, force: true });
  }

  async #load(): Promise<void> {
    await mkdir(this.#options.dir, { recursive: true, mode: 0o700 });
    const found: Made[] = [];
    for (const name of await readdir(this.#options.dir)) {
      if (FOLDER.test(name)) found.push(...(await this.#readMade(name)));
      // Half made by a station that died; not the one that is being made now.
      else if (name.endsWith(UNFINISHED) && name !== `${this.#running?.report ?? ''}${UNFINISHED}`) await rm(join(this.#options.dir, name), { recursive: true, force: true });
    }
    const known = new Set(this.#made.map(({ report }) => report));
    this.#made = [...this.#made, ...found.filter(({ report }) => !known.has(report))].sort((a, b) => b.atMs - a.atMs).slice(0, this.#options.keptMax ?? REPORTS_KEPT_MAX);
    this.#options.onChanged();
  }

  /** Nothing where the note is missing or says something else than its folder. */
  async #readMade(folder: string): Promise<Made[]> {
    try {
      const read = madeSchema.safeParse(JSON.parse(await readFile(join(this.#options.dir, folder, MADE_FILE), 'utf8')));
      return read.success && read.data.report === folder && idSchema.safeParse(folder).success && read.data.files.every(({ name }) => NAME.test(name)) ? [read.data] : [];
    } catch {
      return [];
    }
  }

  /** Null, or what went wrong. */
  #inTurn(work: () => Promise<void>): Promise<string | null> {
    const turn = this.#work.then(work).then(() => null, (error: unknown) => (this.#isStopped ? null : error instanceof Error ? error.message : String(error)));
    this.#work = turn;
    return turn;
  }
}

function notMadeText(notMade: Extract<Composed, { outcome: 'done' }>['notMade']): Text {
  const words = notMade.map(({ format, reason }) => `${format}: ${reason}`).join('; ');
  return { zh: `其余已生成；未生成 ${words}`.slice(0, 2_000), en: `The rest was made; not made: ${words}`.slice(0, 2_000) };
}

