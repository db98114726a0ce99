/** REQ-BKS-06: what would have been stands on paper as it stands on the screen. The station's books with a stand-in for the process that keeps them. */
import { expect, it } from 'vitest';
import type { Debrief } from '../../../src/contract/drill.ts';
import type { BooksJob, KeeperHearer, KeeperRunner } from '../../../src/main/drill-report/books-job.ts';
import type { StationCore } from '../../../src/main/station/core.ts';
import { StationBooks } from '../../../src/main/station/training-books.ts';
import { debriefOf } from '../../support/fake-station/training.ts';

type Export = Extract<BooksJob, { kind: 'export' }>;
const FILE = { name: 'EX-1.pdf', type: 'application/pdf', base64: '' };
const settled = (): Promise<void> => new Promise((done) => { setImmediate(done); });

it('REQ-BKS-06 H.2 while earlier and later stops are still being run they are run for the paper as well; once they stand on the screen the same stand on paper', async () => {
  const exports: Export[] = [];
  const waiting: (() => void)[] = [];
  const whole: Debrief = { ...debriefOf('EX-1'), noCounterfactuals: null };
  const runner: KeeperRunner = {
    start: (hearer: KeeperHearer) => ({
      kill: () => undefined,
      do: (number, job) => {
        switch (job.kind) {
          case 'export': exports.push(job); hearer.done(number, { kind: 'export', answered: { ok: true, value: FILE } }); return;
          case 'debrief': {
            const answer = (): void => hearer.done(number, { kind: 'debrief', answered: { ok: true, value: job.minutes.length === 0 ? { ...whole, counterfactuals: [] } : whole } });
            if (job.minutes.length === 0) answer(); else waiting.push(answer);
            return;
          }
          case 'live': case 'score': case 'left': expect.fail(`nobody asks for ${job.kind} here`);
        }
      },
    }),
  };
  // Of the core only what the books look at.
  const core = { state: { competence: { exercises: [{ exercise: 'EX-1' }], records: [] } }, plant: { pack: { title: { zh: '装置', en: 'Plant' } } }, context: () => ({ nowMs: 1_000 }), record: () => undefined } as unknown as StationCore;
  const books = new StationBooks({ core, journal: { status: () => ({ path: '/j/journal.sqlite', records: 1 }) as never }, runner, version: '0', onChanged: () => undefined });
  const wanted = { format: 'pdf', what: { kind: 'debrief', exercise: 'EX-1' }, language: 'en' } as const;
  // Nobody has looked at it on the screen yet: it is run for the paper.
  expect(await books.export(wanted, 1_000)).toMatchObject({ ok: true });
  expect([exports[0]?.ranAgain, (exports[0]?.minutes ?? []).length > 0]).toEqual([null, true]);
  books.debrief('EX-1');
  await settled();
  expect(books.debrief('EX-1').debrief?.noCounterfactuals?.en).toContain('are being run');
  waiting.shift()?.();
  await settled();
  expect(books.debrief('EX-1').debrief?.counterfactuals).toEqual(whole.counterfactuals);
  await books.export(wanted, 1_000);
  expect(exports.at(-1)?.ranAgain).toEqual({ counterfactuals: whole.counterfactuals, noCounterfactuals: null });
  await books.stop();
});
