/** Makes one report and ends. Started by a station: as a forked process of Node, or as a utility process of Electron. */
import { mkdirSync } from 'node:fs';
import { browserPrinter } from '../reports/pdf.ts';
import type { PrintPdf } from '../reports/pdf.ts';
import { composeReport } from './compose.ts';
import { houseAuthors } from './house-authors.ts';
import type { FromMaker, ToMaker } from './job.ts';
import { stationChannel } from './station-channel.ts';

const station = stationChannel<ToMaker, FromMaker>();
const cancel = new AbortController();
// Whoever ordered it is gone: a report for nobody is not made.
process.on('disconnect', () => cancel.abort());
/** Progress is for eyes: twice a second is enough. */
const PROGRESS_EVERY_MS = 500;
let toldMs = -Infinity;
let toldPhase = '';
let printed: ((message: ToMaker) => void) | null = null;

const hostPrinter: PrintPdf = (html) => new Promise((settle) => {
  printed = (message) => {
    if (message.kind === 'printed') settle({ ok: true, bytes: message.bytes });
    if (message.kind === 'not-printed') settle({ ok: false, problem: message.problem });
  };
  station.post({ kind: 'print', html });
});

/** Beside the report, in our own group: when we are killed, the browser and what it leaves go with us. */
function printerIn(dir: string): PrintPdf {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return browserPrinter({ dir, isInOurGroup: true });
}

station.hear((message) => {
  if (message.kind !== 'make') return printed?.(message);
  void composeReport(message.order, {
    authors: houseAuthors, printPdf: message.printsHere ? hostPrinter : printerIn(message.order.outDir), signal: cancel.signal,
    onProgress: (progress) => {
      if (performance.now() - toldMs < PROGRESS_EVERY_MS && progress.phase.en === toldPhase) return;
      [toldMs, toldPhase] = [performance.now(), progress.phase.en];
      station.post({ kind: 'progress', ...progress });
    },
  }).then((ended) => {
    station.post({ kind: 'ended', ended });
    station.end();
  });
});
