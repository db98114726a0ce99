/** What no command foresaw is no wrong call (docs/design/drill.md, docs/handbook.md). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXIT_CANCELLED, EXIT_DONE, EXIT_FINDINGS, EXIT_UNFORESEEN, EXIT_WRONG_CALL } from '../../../src/main/cli/io.ts';
import { isFaultOfOurs, unforeseen } from '../../../src/main/cli/unforeseen.ts';
import { outsideReason } from '../../../src/main/outside-reason.ts';

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

function told(error: unknown): { readonly code: number; readonly said: string } {
  let said = '';
  const code = unforeseen('drill', error, { stderr: (text) => { said += text; } });
  return { code, said };
}
const broken = (): unknown => (JSON.parse('{}') as { a: { b: number } }).a.b;

describe('REQ-SCN-04 a fault of the program', () => {
  test('has an exit code of its own and says where it happened', () => {
    const { code, said } = told(thrownBy(broken));
    expect(new Set([EXIT_DONE, EXIT_FINDINGS, EXIT_WRONG_CALL, EXIT_UNFORESEEN, EXIT_CANCELLED]).size).toBe(5);
    expect(code).toBe(EXIT_UNFORESEEN);
    expect(said).toMatch(/^tests\/unit\/cli\/unforeseen\.test\.ts:\d+:\d+: haven drill: the program has failed: TypeError: /u);
  });

  test('what the outside refuses is the call: a file that is not there', () => {
    const { code, said } = told(thrownBy(() => readFileSync('/nowhere/at/all')));
    expect(code).toBe(EXIT_WRONG_CALL);
    expect(said).toMatch(/^haven drill: there is no such file or folder \(ENOENT: .*\/nowhere\/at\/all.*\)\n$/u);
  });

  test('no command tells a mistake in the program as if a file were to blame', () => {
    expect([thrownBy(broken), thrownBy(() => readFileSync('/nowhere/at/all')), new Error('damaged')].map(isFaultOfOurs)).toEqual([true, false, false]);
  });
});

describe('REQ-SCN-05 the reasons of others in both languages', () => {
  test.each([
    [Object.assign(new Error('listen EADDRINUSE: address already in use'), { code: 'EADDRINUSE' }), '端口已被占用（listen EADDRINUSE: address already in use）', 'the port is in use (listen EADDRINUSE: address already in use)'],
    ['BadUserAccessDenied (0x801f0000)', '服务器不准此账户这样做（BadUserAccessDenied (0x801f0000)）', 'the server does not let this account do it (BadUserAccessDenied (0x801f0000))'],
    [new Error('connect ECONNREFUSED 127.0.0.1:4840'), '连接被拒绝：服务器未运行或端口不对（connect ECONNREFUSED 127.0.0.1:4840）', 'the connection was refused: the server is not running, or it is another port (connect ECONNREFUSED 127.0.0.1:4840)'],
    [new Error('something else'), 'something else', 'something else'],
    [new Error('Evidently not a code'), 'Evidently not a code', 'Evidently not a code'],
  ])('%s', (cause, zh, en) => {
    expect(outsideReason(cause)).toEqual({ zh, en });
  });
});
