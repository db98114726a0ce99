/** Keeps the books of exercises for a station: does one job after the other, until the station lets go of it. A forked process of Node, or a utility process of Electron. */
import { stationChannel } from '../incident-report/station-channel.ts';
import { browserPrinter } from '../reports/pdf.ts';
import type { PrintPdf } from '../reports/pdf.ts';
import type { FromKeeper, ToKeeper } from './books-job.ts';
import { BooksWork } from './books-work.ts';

const station = stationChannel<ToKeeper, FromKeeper>();
const cancel = new AbortController();
// Whoever ordered it is gone: what is only for eyes is not made, what would have been recorded cannot be.
process.on('disconnect', () => { cancel.abort(); process.exit(0); });

let printed: ((message: ToKeeper) => void) | null = null;
let printsHere = false;
const hostPrinter: PrintPdf = (html) => new Promise((settle) => {
  printed = (message) => {
    if (message.kind === 'printed') settle({ ok: true, bytes: message.bytes });
    if (message.kind === 'not-printed') settle({ ok: false, problem: message.problem });
  };
  station.post({ kind: 'print', html });
});
const work = new BooksWork((html, signal) => (printsHere ? hostPrinter : browserPrinter({ isInOurGroup: true }))(html, signal), cancel.signal);

station.hear((message) => {
  if (message.kind !== 'do') return printed?.(message);
  ({ printsHere } = message);
  void work.do(message.job).then((answer) => station.post({ kind: 'done', number: message.number, answer }));
});
