/** REQ-BKS-02: the books of exercises in the desktop program: a utility process keeps them, a hidden window prints. With a stand-in for Electron. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { utilityKeeper } from '../../../src/main/shell/books-runner.ts';
import type { FakeUtility } from '../../support/electron-mock.ts';
import { resetElectron, state } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electronMock());

const JOB = { kind: 'left', journal: '/j' } as const;
const heard: string[] = [];
const hearer = { done: (number: number) => { heard.push(`done ${String(number)}`); }, died: (how: string) => { heard.push(`died ${how}`); } };
const child = (): FakeUtility => state.utilities.at(-1) ?? expect.fail('no process');

beforeEach(() => { resetElectron(); heard.length = 0; });

describe('REQ-BKS-02 the books in the desktop program', () => {
  it('are kept by a bundle of its own, asked when it is there, printed for by us, told', async () => {
    const keeper = utilityKeeper('/app/books.process.cjs').start(hearer);
    keeper.do(1, JOB);
    expect([child().path, child().sent]).toEqual(['/app/books.process.cjs', []]);
    child().emit('spawn');
    expect(child().sent).toEqual([{ kind: 'do', number: 1, job: JOB, printsHere: true }]);
    child().emit('message', { kind: 'print', html: '<p>debrief</p>' });
    await vi.waitFor(() => expect(child().sent[1]).toEqual({ kind: 'printed', bytes: new Uint8Array(Buffer.from('%PDF-fake')) }));
    state.printing = () => Promise.reject(new Error('no printer'));
    child().emit('message', { kind: 'print', html: 'x' });
    await vi.waitFor(() => expect(child().sent.at(-1)).toEqual({ kind: 'not-printed', problem: 'no printer' }));
    child().emit('message', { kind: 'done', number: 1, answer: { kind: 'left', answered: { ok: true, value: [] } } });
    keeper.do(2, JOB);
    expect(child().sent.at(-1)).toMatchObject({ kind: 'do', number: 2 });
    child().emit('exit', 9);
    expect(heard).toEqual(['done 1', 'died exit 9']);
  });

  it('one that was let go says nothing more', () => {
    const keeper = utilityKeeper('/m').start(hearer);
    keeper.kill();
    child().emit('message', { kind: 'done', number: 1, answer: {} });
    child().emit('exit', 15);
    expect([heard, child().killed]).toEqual([[], true]);
  });
});
