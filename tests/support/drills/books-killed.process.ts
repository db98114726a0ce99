/** Keeps the books of exercises and is killed over every score: a real process, a real signal. */
import type { ToKeeper } from '../../../src/main/drill-report/books-job.ts';
import { BooksWork } from '../../../src/main/drill-report/books-work.ts';

const work = new BooksWork(() => Promise.resolve({ ok: false, problem: 'nothing is printed here' }), new AbortController().signal);
process.on('message', (message: ToKeeper) => {
  if (message.kind !== 'do') return;
  if (message.job.kind === 'score') process.kill(process.pid, 'SIGKILL');
  else void work.do(message.job).then((answer) => process.send?.({ kind: 'done', number: message.number, answer }));
});
