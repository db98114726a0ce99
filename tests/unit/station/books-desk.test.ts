/** REQ-BKS-02 to 04: the desk that has the books of exercises kept elsewhere. With a stand-in for the process, so that every order of events can be had. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BooksJob, Keeper, KeeperHearer, KeeperRunner } from '../../../src/main/drill-report/books-job.ts';
import { BooksDesk } from '../../../src/main/station/books-desk.ts';

class FakeKeeper implements Keeper {
  readonly hearer: KeeperHearer;
  readonly asked: { number: number; kind: string }[] = [];
  isKilled = false;

  constructor(hearer: KeeperHearer) { this.hearer = hearer; }
  do(number: number, job: BooksJob): void { this.asked.push({ number, kind: job.kind }); }
  kill(): void { this.isKilled = true; }
  get at(): { number: number; kind: string } { return this.asked.at(-1) ?? expect.fail('nothing was asked'); }
  answerLeft(): void { this.hearer.done(this.at.number, { kind: 'left', answered: { ok: true, value: [] } }); }
  refuse(kind: 'score' | 'debrief' | 'live' | 'export'): void { this.hearer.done(this.at.number, { kind, answered: { ok: false, reason: { zh: '不行', en: 'no' } } }); }
}

const keepers: FakeKeeper[] = [];
const runner: KeeperRunner = { start: (hearer) => { const keeper = new FakeKeeper(hearer); keepers.push(keeper); return keeper; } };
const keeper = (): FakeKeeper => keepers.at(-1) ?? expect.fail('no process');
const kinds = (): string[] => keepers.flatMap(({ asked }) => asked.map(({ kind }) => kind));

const begun = { exercise: 'EX-1', scenario: { id: 'S-1', title: { zh: '', en: '' }, clauses: [] }, startedMs: 1, fromN: 1 };
const over = { endedMs: 2, toN: 2, participants: [] };
const LEFT = { kind: 'left', journal: '/j' } as const;
const SCORE = { kind: 'score', journal: '/j', begun, over } as const;
const LIVE = { kind: 'live', journal: '/j', begun, over } as const;
const debrief = (...minutes: number[]) => ({ kind: 'debrief', journal: '/j', exercise: 'EX-1', minutes }) as const;

beforeEach(() => { keepers.length = 0; vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

describe('REQ-BKS-02 one job at a time', () => {
  it('what is owed to the record goes first; what is only for eyes last', async () => {
    const desk = new BooksDesk({ runner });
    const first = desk.order(LEFT);
    desk.order(LIVE);
    desk.order(debrief());
    desk.order(SCORE);
    expect([kinds(), desk.busy]).toEqual([['left'], 4]);
    keeper().answerLeft();
    expect(await first.done).toEqual({ ok: true, value: [] });
    keeper().refuse('score');
    keeper().refuse('debrief');
    keeper().refuse('live');
    expect([kinds(), desk.busy, keepers.length]).toEqual([['left', 'score', 'debrief', 'live'], 0, 1]);
  });

  it('a simulator that is asked what would have been gives way to a score, not to the live one, and is asked again', async () => {
    const desk = new BooksDesk({ runner });
    const whatIf = desk.order(debrief(-2));
    const live = desk.order(LIVE);
    expect(keepers[0]?.isKilled).toBe(false);
    live.cancel();
    const score = desk.order(SCORE);
    expect([keepers[0]?.isKilled, kinds()]).toEqual([true, ['debrief', 'score']]);
    keeper().refuse('score');
    expect((await score.done).ok).toBe(false);
    expect(kinds()).toEqual(['debrief', 'score', 'debrief']);
    // Its two runs are still its own: giving way was none of them.
    keeper().hearer.died('SIGKILL');
    keeper().refuse('debrief');
    expect(await whatIf.done).toEqual({ ok: false, reason: { zh: '不行', en: 'no' } });
  });

  it('the queue ends somewhere, but never for a score; without work the process is let go', async () => {
    const desk = new BooksDesk({ runner, idleMs: 1_000 });
    const orders = Array.from({ length: 22 }, () => desk.order(debrief()));
    expect(await orders[21]?.done).toMatchObject({ ok: false, reason: { en: expect.stringContaining('Too much is waiting') as string } });
    desk.order(SCORE);
    expect(desk.busy).toBe(22);
    keeper().refuse('debrief');
    expect(keeper().at.kind).toBe('score');
    for (const each of orders) each.cancel();
    keeper().refuse('score');
    expect([desk.busy, keeper().isKilled]).toEqual([0, false]);
    vi.advanceTimersByTime(1_001);
    expect(keeper().isKilled).toBe(true);
  });
});

describe('REQ-BKS-04 a process that dies, hangs or is not wanted any more', () => {
  it('that dies is begun again once, then given up in words; the next job has its own', async () => {
    const desk = new BooksDesk({ runner });
    const score = desk.order(SCORE);
    const next = desk.order(LEFT);
    keeper().hearer.died('SIGKILL');
    expect(kinds()).toEqual(['score', 'score']);
    keeper().hearer.died('SIGKILL: FATAL ERROR: heap');
    expect(await score.done).toEqual({ ok: false, reason: { zh: '处理演练记录的进程意外结束：SIGKILL: FATAL ERROR: heap', en: 'The process that keeps the books of exercises died: SIGKILL: FATAL ERROR: heap' } });
    keeper().answerLeft();
    expect([(await next.done).ok, keepers.length]).toEqual([true, 3]);
  });

  it('that hangs is stopped after its time, and says so', async () => {
    const desk = new BooksDesk({ runner, withinMs: 500 });
    const score = desk.order(SCORE);
    vi.advanceTimersByTime(501);
    expect(await score.done).toMatchObject({ ok: false, reason: { en: 'It took too long and was stopped' } });
    expect(keepers.map(({ isKilled }) => isKilled)).toEqual([true]);
  });

  it('cancelled or stopped it is killed, answered once, and a late answer changes nothing', async () => {
    const desk = new BooksDesk({ runner });
    const live = desk.order(LIVE);
    live.cancel();
    expect([await live.done, keepers[0]?.isKilled]).toMatchObject([{ ok: false, reason: { en: 'Cancelled' } }, true]);
    const score = desk.order(SCORE);
    keepers[0]?.hearer.died('late');
    keepers[0]?.hearer.done(1, { kind: 'live', answered: { ok: false, reason: { zh: '', en: '' } } });
    expect(desk.busy).toBe(1);
    desk.stop();
    expect([await score.done, keeper().isKilled, await desk.order(LEFT).done]).toMatchObject([{ ok: false, reason: { en: 'The station is stopping' } }, true, { ok: false }]);
  });
});
