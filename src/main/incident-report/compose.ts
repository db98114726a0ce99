/**
 * Makes the report of one incident out of a journal: reads, drafts, judges, verifies, writes. From the journal alone: no clock, no
 * settings of the station, so that the same journal gives the same `report.json`, byte for byte, years later and elsewhere.
 *
 * It breathes between slices of work, so that a cancel is seen within a second; whatever was begun is then taken away.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { incidentReportSchema, REPORT_FORMAT } from '../../contract/report.ts';
import type { IncidentReport } from '../../contract/report.ts';
import type { ReportFileFormat } from '../../contract/incidents.ts';
import type { Text } from '../../contract/text.ts';
import type { IncidentRecords, JudgedIncident, ReportDraft } from '../../domain/report/incident.ts';
import { redact } from '../../domain/report/redact.ts';
import { journalFileOf, proofOf } from '../journal/proof.ts';
import { readRecords } from '../journal/read.ts';
import { verifyJournalInSlices } from '../journal/verify.ts';
import { csvPieces, EVENT_COLUMNS, eventRows, isoIn, samplePieces } from '../reports/csv.ts';
import { Cancelled, ReportFolder } from '../reports/files.ts';
import type { ReportFile } from '../reports/files.ts';
import { reportHtml } from '../reports/html.ts';
import { reportJson } from '../reports/json.ts';
import type { PrintPdf } from '../reports/pdf.ts';
import { TIME_ZONE_DEFAULT } from '../reports/pen.ts';
import type { ReportLanguage } from '../reports/pen.ts';
import type { KeptSamples, ReportAuthors } from './authors.ts';
import { eventsOf, samplesOf, withoutNames } from './rows.ts';

export interface ReportOrder {
  /** A journal.sqlite, a copy of one, or the folder that it is in. */
  readonly journal: string;
  readonly incident: string;
  readonly formats: readonly ReportFileFormat[];
  readonly redacted: boolean;
  readonly language: ReportLanguage;
  readonly timeZone?: string;
  readonly outDir: string;
  /** The stop so many minutes earlier (-) or later (+). */
  readonly whatIf: readonly number[];
}
export interface Progress {
  readonly phase: Text;
  /** 0 to 1. */
  readonly done: number;
}
export interface ComposeParts {
  readonly authors: ReportAuthors;
  readonly printPdf: PrintPdf;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}
/** A format that was asked for and could not be made; the others were. */
export interface NotMade {
  readonly format: ReportFileFormat | 'whatIf';
  readonly reason: string;
}
export type Composed =
  | { readonly outcome: 'done'; readonly files: readonly ReportFile[]; readonly notMade: readonly NotMade[]; readonly toRecord: number; readonly mode: IncidentReport['mode'] }
  | { readonly outcome: 'cancelled' }
  /** `input`: the call or the journal is at fault. */
  | { readonly outcome: 'failed'; readonly code: 'input' | 'internal'; readonly reason: Text };

const PHASE = {
  reading: { zh: '读取日志', en: 'Reading the journal' }, drafting: { zh: '整理事件', en: 'Putting the incident together' }, judging: { zh: '逐条对照', en: 'Going through the clauses' }, simulating: { zh: '模拟', en: 'Simulating' },
  verifying: { zh: '核验日志', en: 'Verifying the journal' }, writing: { zh: '写文件', en: 'Writing the files' }, printing: { zh: '打印 PDF', en: 'Printing the PDF' },
} as const;
/** Records read between two breaths. */
const SLICE_RECORDS = 500;
const UNFOUND = { zh: '读不出日志', en: 'the journal cannot be read' };

class Refused extends Error {
  readonly reason: Text;
  constructor(reason: Text) {
    super(reason.en);
    this.reason = reason;
  }
}

export async function composeReport(order: ReportOrder, parts: ComposeParts): Promise<Composed> {
  const { signal } = parts;
  const folder = new Lazy(() => new ReportFolder(order.outDir, signal));
  try {
    const { value: incident, mode } = await read(order, parts);
    const samples = parts.authors.samples(journalFileOf(order.journal), incident);
    try {
      const made = await compose(order, parts, { incident, samples, mode });
      const missing = await write(order, parts, { ...made, incident, samples }, folder.value());
      const { report, notMade } = made;
      const files = await folder.value().finish();
      const allMissing = [...notMade, ...missing];
      if (files.length === 0) return { outcome: 'failed', code: 'input', reason: same(allMissing.map(({ format, reason }) => `${format}: ${reason}`).join('; ')) };
      return { outcome: 'done', files, notMade: allMissing, toRecord: report.proof.toRecord, mode: report.mode };
    } finally {
      samples.close?.();
    }
  } catch (error) {
    await folder.made?.undo();
    if (error instanceof Cancelled || signal.aborted) return { outcome: 'cancelled' };
    if (error instanceof Refused) return { outcome: 'failed', code: 'input', reason: error.reason };
    return { outcome: 'failed', code: 'internal', reason: same(error instanceof Error ? error.message : String(error)) };
  }
}

/** The folder is made when there is something to write, not before. */
class Lazy<T> {
  made: T | null = null;
  readonly #make: () => T;
  constructor(make: () => T) {
    this.#make = make;
  }
  value(): T {
    this.made ??= this.#make();
    return this.made;
  }
}

const same = (words: string): Text => ({ zh: words.slice(0, 2_000), en: words.slice(0, 2_000) });

async function pause(signal: AbortSignal): Promise<void> {
  await breathe();
  if (signal.aborted) throw new Cancelled();
}

interface Found { readonly value: IncidentRecords; readonly mode?: 'RECONSTRUCTED' | undefined }

async function read(order: ReportOrder, { authors, signal, onProgress }: ComposeParts): Promise<Found> {
  onProgress?.({ phase: PHASE.reading, done: 0 });
  const finder = authors.find(order.incident);
  let count = 0;
  try {
    for (const record of readRecords(journalFileOf(order.journal))) {
      finder.add(record);
      count += 1;
      if (count % SLICE_RECORDS !== 0) continue;
      // How many there will be is not known; it comes nearer and nearer to its end.
      if (count % (SLICE_RECORDS * 20) === 0) onProgress?.({ phase: PHASE.reading, done: 0.3 * (1 - 1 / (1 + count / 200_000)) });
      await pause(signal);
    }
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    const words = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new Refused({ zh: `${UNFOUND.zh}：${words}`, en: `${UNFOUND.en}: ${words}` });
  }
  const found = finder.finish();
  if (!found.ok) throw new Refused(found.reason);
  await pause(signal);
  return found;
}

interface Made {
  readonly report: IncidentReport;
  /** With its names, which a redacted report has no more. */
  readonly draft: ReportDraft;
  readonly notMade: readonly NotMade[];
}

interface Material { readonly incident: IncidentRecords; readonly samples: KeptSamples; readonly mode?: 'RECONSTRUCTED' | undefined }

async function compose(order: ReportOrder, parts: ComposeParts, { incident, samples, mode }: Material): Promise<Made> {
  const { authors, signal, onProgress } = parts;
  const draft = await drafted({ incident, samples, mode }, parts);
  const judged: JudgedIncident = { ...incident, draft };
  onProgress?.({ phase: PHASE.judging, done: 0.5 });
  await pause(signal);
  const clauses = [...authors.judge(judged)];
  const summary = [...authors.summarise(judged, clauses)];
  await pause(signal);
  const simulated = await simulate(order, parts, { incident, samples }, draft);
  onProgress?.({ phase: PHASE.verifying, done: 0.6 });
  const proof = await prove(order, incident, signal);
  const report: IncidentReport = { ...draft, format: REPORT_FORMAT, redacted: false, summary, clauses, whatIf: simulated.value, proof };
  // What leaves the house is what the published schema says, or it does not leave.
  const checked = incidentReportSchema.parse(order.redacted ? redact(report) : report);
  return { report: checked, draft, notMade: simulated.notMade };
}

async function drafted({ incident, samples, mode }: Material, { authors, signal, onProgress }: ComposeParts): Promise<ReportDraft> {
  const steps = authors.draft(incident, samples, mode);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onProgress?.({ phase: PHASE.drafting, done: 0.3 + 0.2 * step.value });
    await pause(signal);
  }
}

async function simulate(order: ReportOrder, { authors, signal, onProgress }: ComposeParts, { incident, samples }: Material, draft: ReportDraft): Promise<{ value: IncidentReport['whatIf']; notMade: NotMade[] }> {
  if (order.whatIf.length === 0) return { value: null, notMade: [] };
  if (authors.whatIf === undefined) return { value: null, notMade: [{ format: 'whatIf', reason: 'there is no simulator here' }] };
  onProgress?.({ phase: PHASE.simulating, done: 0.55 });
  const run = await authors.whatIf(draft, incident, samples, order.whatIf, signal);
  await pause(signal);
  return run.ok ? { value: run.value, notMade: [] } : { value: null, notMade: [{ format: 'whatIf', reason: run.reason.en }] };
}

/** Verification reads the whole journal; a cancel does not wait for it. */
async function prove(order: ReportOrder, incident: IncidentRecords, signal: AbortSignal): Promise<IncidentReport['proof']> {
  const file = journalFileOf(order.journal);
  const stop = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Cancelled()), { once: true, signal: stop.signal }));
  const verdict = await Promise.race([verifyJournalInSlices(file), aborted]).finally(() => stop.abort());
  await pause(signal);
  const numbers = incident.records.map(({ n }) => n);
  const [fromRecord, toRecord] = [numbers[0] ?? 1, numbers.at(-1) ?? 1];
  const { headHash, genesisHash, publicKey, signedBy } = proofOf(file, toRecord);
  // Of a sound journal no counts: it grows, and what was said of these records stays the same.
  const detail = verdict.verdict === 'sound' ? '' : verdict.detail.slice(0, 1_000);
  return { verdict: verdict.verdict, detail, fromRecord, toRecord, headHash, genesisHash, publicKey, signedBy };
}

/** Each format is made by itself; one that cannot be made does not take the others with it. */
async function write(order: ReportOrder, { authors, printPdf, signal, onProgress }: ComposeParts, { report, draft, incident, samples }: Made & { readonly incident: IncidentRecords; readonly samples: KeptSamples }, folder: ReportFolder): Promise<NotMade[]> {
  const pen = { language: order.language, timeZone: order.timeZone ?? TIME_ZONE_DEFAULT };
  const has = (format: ReportFileFormat): boolean => order.formats.includes(format);
  const name = (base: string, ending: string): string => `${base}${order.redacted ? '-redacted' : ''}.${ending}`;
  const missing: NotMade[] = [];
  onProgress?.({ phase: PHASE.writing, done: 0.7 });
  await pause(signal);
  const page = has('html') || has('pdf') ? reportHtml(report, pen) : '';
  if (has('json')) {
    const json = reportJson(report);
    if (json.ok) await folder.write(name('report', 'json'), 'json', [json.text]);
    else missing.push({ format: 'json', reason: json.problem });
  }
  if (has('html')) await folder.write(name('report', 'html'), 'html', [page]);
  if (has('csv')) {
    const time = isoIn(pen.timeZone);
    const events = eventsOf(incident, authors);
    await folder.write(name('events', 'csv'), 'csv', csvPieces(EVENT_COLUMNS, eventRows(order.redacted ? withoutNames(events, draft) : events, time, report.mode)));
    // The long form that `haven replay` reads has no place for the word: it stands in the name.
    await folder.write(name(report.mode === 'TRAINING' ? 'samples-training' : 'samples', 'csv'), 'csv', samplePieces(samplesOf(incident, samples), time));
  }
  if (has('pdf')) {
    onProgress?.({ phase: PHASE.printing, done: 0.85 });
    const printed = await printPdf(page, signal);
    await pause(signal);
    if (printed.ok) await folder.write(name('report', 'pdf'), 'pdf', [printed.bytes]);
    else missing.push({ format: 'pdf', reason: printed.problem });
  }
  return missing;
}
