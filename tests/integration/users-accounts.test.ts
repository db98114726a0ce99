/** Accounts on a real disk with real scrypt. REQ-USR, docs/design/serve.md. */
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LOCKED_FOR_MS, WRONG_MAX } from '../../src/main/users/lock-out.ts';
import { TRAINING_SECRET, WAITING_MAX, openUsers } from '../../src/main/users/users.ts';
import type { Users, UsersOptions } from '../../src/main/users/users.ts';

let dir: string;
let nowMs: number;
const file = () => join(dir, 'users.json');

/** A folder as the first start in training leaves it. Scrypt is slow on purpose, so it is made once and copied. */
let trained: string;
beforeAll(async () => {
  trained = mkdtempSync(join(tmpdir(), 'haven-users-'));
  await openUsers({ dir: trained, mode: 'TRAINING' });
});
afterAll(() => rmSync(trained, { recursive: true, force: true }));

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'haven-users-'));
  nowMs = 0;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function openTrained(): Promise<Users> {
  copyFileSync(join(trained, 'users.json'), file());
  return open('TRAINING');
}

async function open(mode: UsersOptions['mode']): Promise<Users> {
  const opened = await openUsers({ dir, mode, nowMs: () => nowMs });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  return opened.value;
}
const ZHANG = { user: 'zhang', name: '张伟', roles: ['operator' as const, 'supervisor' as const], secret: '退守-口令-2026' };

describe('accounts', () => {
  test('REQ-USR-01 in operation nobody has an account until one is added; it then outlives a restart', async () => {
    const users = await open('OPERATION');
    expect(users.list()).toEqual([]);
    expect(existsSync(file())).toBe(false);
    expect(await users.check('op1', TRAINING_SECRET)).toMatchObject({ ok: false, problem: { code: 'wrong-secret' } });

    const { secret: _, ...zhang } = ZHANG;
    expect(await users.add(ZHANG)).toEqual({ ok: true, value: zhang });
    expect(users.list()).toEqual([zhang]);
    const later = await open('OPERATION');
    expect(await later.check('zhang', ZHANG.secret)).toEqual({ ok: true, value: zhang });
    expect(await later.check('zhang', `${ZHANG.secret} `)).toMatchObject({ ok: false, problem: { code: 'wrong-secret' } });
  });

  test('REQ-USR-01 an account that another process adds is known at once', async () => {
    const [station, commandLine] = [await open('OPERATION'), await open('OPERATION')];
    expect(station.list()).toEqual([]);
    await commandLine.add(ZHANG);
    expect(station.list()).toHaveLength(1);
    expect(await station.check('zhang', ZHANG.secret)).toMatchObject({ ok: true });
  });

  test('REQ-USR-02 in training an empty folder gets the demonstration accounts, once', async () => {
    const users = await open('TRAINING');
    expect(users.list().map(({ user, name, roles }) => `${user} ${name} ${roles.join()}`)).toEqual([
      'op1 操作员 01 operator',
      'op2 操作员 02 operator',
      'sup1 班长 01 supervisor',
      'sup2 班长 02 supervisor',
      'eng1 工艺工程师 01 engineer',
      'eng2 安全工程师 02 engineer',
      'ins1 教员 01 instructor',
    ]);
    for (const { user } of users.list()) expect(await users.check(user, TRAINING_SECRET)).toMatchObject({ ok: true, value: { user } });
    const before = readFileSync(file(), 'utf8');
    await open('TRAINING');
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  test('REQ-USR-02 accounts of training are never taken for operation, nor the other way round', async () => {
    await openTrained();
    expect(await openUsers({ dir, mode: 'OPERATION' })).toMatchObject({ ok: false, problem: { code: 'wrong-mode' } });
  });

  test('REQ-USR-03 the file is for the station alone and holds no secret, not even twice the same', async () => {
    await open('TRAINING');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const text = readFileSync(file(), 'utf8');
    expect(text).not.toContain(TRAINING_SECRET);
    const { accounts } = JSON.parse(text) as { accounts: { secret: { key: string; salt: string; N: number; r: number; p: number } }[] };
    expect(new Set(accounts.map((a) => a.secret.key)).size).toBe(7);
    expect(new Set(accounts.map((a) => a.secret.salt)).size).toBe(7);
    expect(accounts[0]?.secret).toMatchObject({ N: 32_768, r: 8, p: 1 });
    chmodSync(file(), 0o644);
    await open('TRAINING');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['a name with a space in its id', { user: 'zhang wei' }],
    ['no role', { roles: [] }],
    ['a role twice', { roles: ['operator' as const, 'operator' as const] }],
    ['no name', { name: ' ' }],
    ['a name with a line break', { name: 'a\nb' }],
    ['a short secret', { secret: '1234567' }],
    ['an endless secret', { secret: 'x'.repeat(201) }],
  ])('REQ-USR-05 no account with %s', async (_what, wrong) => {
    const users = await open('OPERATION');
    expect(await users.add({ ...ZHANG, ...wrong })).toMatchObject({ ok: false, problem: { code: 'bad-account' } });
    expect(users.list()).toEqual([]);
  });

  test('REQ-USR-05 no account twice, also when both are asked for at once', async () => {
    const users = await open('OPERATION');
    const [first, second] = await Promise.all([users.add(ZHANG), users.add(ZHANG)]);
    expect([first.ok, second.ok]).toEqual([true, false]);
    expect(second).toMatchObject({ problem: { code: 'taken' } });
    expect(users.list()).toHaveLength(1);
  });

  test.each([
    ['not JSON', '{'],
    ['another format', '{"format":"x"}'],
    ['an account without a secret', '{"format":"haven-users/1","mode":"OPERATION","accounts":[{"user":"a","name":"a","roles":["operator"]}]}'],
    ['a cost that would hold the station up', `{"format":"haven-users/1","mode":"OPERATION","accounts":[{"user":"a","name":"a","roles":["operator"],"secret":{"N":1073741824,"r":8,"p":1,"salt":"${'A'.repeat(24)}","key":"${'A'.repeat(44)}"}}]}`],
  ])('REQ-USR-06 a damaged file (%s) is a sentence, and nobody can sign', async (_what, text) => {
    const users = await open('OPERATION');
    await users.add(ZHANG);
    writeFileSync(file(), text);
    expect(await openUsers({ dir, mode: 'OPERATION' })).toMatchObject({ ok: false, problem: { code: 'damaged' } });
    expect(users.list()).toEqual([]);
    expect(await users.check('zhang', ZHANG.secret)).toMatchObject({ ok: false, problem: { code: 'damaged' } });
    expect(readFileSync(file(), 'utf8')).toBe(text);
  });
});

describe('lock-out', () => {
  test('REQ-USR-04 five wrong secrets, and the right one is not looked at for five minutes; others sign as before', async () => {
    const users = await openTrained();
    for (let i = 0; i < WRONG_MAX; i += 1) expect(await users.check('op1', 'wrong')).toMatchObject({ problem: { code: 'wrong-secret' } });
    const refused = await users.check('op1', TRAINING_SECRET);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'locked-out' } });
    if (!refused.ok) expect(refused.problem.message.en).toContain('Retreat needs no signature');
    expect(await users.check('op2', TRAINING_SECRET)).toMatchObject({ ok: true });
    nowMs += LOCKED_FOR_MS;
    expect(await users.check('op1', TRAINING_SECRET)).toMatchObject({ ok: true });
  });

  test('REQ-USR-04 many guesses at once do not slip past it', async () => {
    const users = await openTrained();
    const guesses = await Promise.all(Array.from({ length: WAITING_MAX + 4 }, () => users.check('op1', 'wrong')));
    const codes = guesses.map((g) => (g.ok ? 'ok' : g.problem.code));
    expect(codes.filter((c) => c === 'wrong-secret')).toHaveLength(WRONG_MAX);
    expect(codes.filter((c) => c === 'busy')).toHaveLength(4);
    expect(codes.filter((c) => c === 'locked-out')).toHaveLength(WAITING_MAX - WRONG_MAX);
  });

  test('REQ-USR-04 an unknown user is answered, and locked out, just like a known one', async () => {
    const users = await openTrained();
    const [known, unknown] = [await users.check('op1', 'wrong'), await users.check('nobody', 'wrong')];
    expect(unknown).toEqual(known);
    for (let i = 1; i < WRONG_MAX; i += 1) await users.check('nobody', 'wrong');
    expect(await users.check('nobody', 'wrong')).toMatchObject({ problem: { code: 'locked-out' } });
  });
});

describe('what the keeper of the accounts sets', () => {
  /** The command line's own module, over the folder that the station reads. The secret would come on standard input; it is given here. */
  async function house() {
    const [station, keeper] = [await open('OPERATION'), await open('OPERATION')];
    await keeper.add({ ...ZHANG, mustChange: true });
    return { station, keeper };
  }

  test('REQ-SES-06 an account made with a given secret is good for changing it and for nothing else; changed, it is good for everything', async () => {
    const { station } = await house();
    expect(await station.check('zhang', ZHANG.secret)).toMatchObject({ ok: false, problem: { code: 'must-change' } });
    expect(await station.check('zhang', 'wrong-one')).toMatchObject({ ok: false, problem: { code: 'wrong-secret' } });
    expect(station.standing('zhang')).toEqual({ state: 'gone' });
    for (const [newSecret, code] of [[ZHANG.secret, 'bad-account'], ['short77', 'bad-account'], ['x'.repeat(201), 'bad-account']] as const) expect(await station.changeSecret('zhang', ZHANG.secret, newSecret)).toMatchObject({ ok: false, problem: { code } });
    expect(await station.changeSecret('zhang', 'wrong-one', 'my-own-secret')).toMatchObject({ ok: false, problem: { code: 'wrong-secret' } });
    expect(await station.changeSecret('zhang', ZHANG.secret, 'my-own-secret')).toMatchObject({ ok: true, value: { user: 'zhang' } });
    expect(await station.check('zhang', 'my-own-secret')).toMatchObject({ ok: true });
    expect(await station.check('zhang', ZHANG.secret)).toMatchObject({ ok: false });
  });

  test('REQ-SES-07 reset, disable, enable and roles count in the running station at once', async () => {
    const { station, keeper } = await house();
    await station.changeSecret('zhang', ZHANG.secret, 'my-own-secret');
    const before = station.standing('zhang');
    expect(await keeper.setRoles('zhang', ['operator'])).toMatchObject({ ok: true });
    expect(station.standing('zhang')).toMatchObject({ state: 'good', account: { roles: ['operator'] }, seal: (before as { seal: string }).seal });
    expect(await keeper.setRoles('zhang', ['operator', 'operator'])).toMatchObject({ ok: false, problem: { code: 'bad-account' } });
    await keeper.setDisabled('zhang', true);
    expect([station.standing('zhang'), station.list()]).toEqual([{ state: 'gone' }, []]);
    expect(await station.check('zhang', 'my-own-secret')).toMatchObject({ ok: false, problem: { code: 'disabled' } });
    expect(await station.changeSecret('zhang', 'my-own-secret', 'another-one-1')).toMatchObject({ ok: false, problem: { code: 'disabled' } });
    expect(await station.check('zhang', 'wrong-one')).toMatchObject({ ok: false, problem: { code: 'wrong-secret' } });
    await keeper.setDisabled('zhang', false);
    expect(await station.check('zhang', 'my-own-secret')).toMatchObject({ ok: true });
    await keeper.resetSecret('zhang', 'given-again-1');
    expect(station.standing('zhang')).toEqual({ state: 'gone' });
    expect(await station.check('zhang', 'given-again-1')).toMatchObject({ ok: false, problem: { code: 'must-change' } });
    expect(station.rows()).toMatchObject([{ user: 'zhang', mustChange: true, disabled: false }]);
    expect(await keeper.setDisabled('nobody', true)).toMatchObject({ ok: false, problem: { code: 'no-account' } });
  });

  test('REQ-SES-07 a file from before these marks opens as it is, and its accounts sign', async () => {
    const users = await open('OPERATION');
    await users.add(ZHANG);
    expect(readFileSync(file(), 'utf8')).not.toMatch(/mustChange|disabled/u);
    expect(await (await open('OPERATION')).check('zhang', ZHANG.secret)).toMatchObject({ ok: true });
  });

  test('REQ-SES-06 the demonstration accounts of training are exempt: their secret is public anyway', async () => {
    const users = await openTrained();
    expect(users.rows().every(({ mustChange, disabled }) => !mustChange && !disabled)).toBe(true);
  });

  test('REQ-SES-10 guesses from elsewhere lock the account there, not at the console at which the person is logged on', async () => {
    const users = await openTrained();
    for (let i = 0; i < WRONG_MAX; i += 1) await users.check('op1', 'wrong');
    expect(await users.check('op1', TRAINING_SECRET)).toMatchObject({ problem: { code: 'locked-out' } });
    expect(await users.check('op1', TRAINING_SECRET, 'own-console')).toMatchObject({ ok: true });
    for (let i = 0; i < WRONG_MAX; i += 1) await users.check('op1', 'wrong', 'own-console');
    expect(await users.check('op1', TRAINING_SECRET, 'own-console')).toMatchObject({ problem: { code: 'locked-out' } });
  });

  test('REQ-SES-07 haven users: add, list, roles, disable, enable, reset; a wrong call changes nothing', async () => {
    const call = (args: readonly string[], input = '') => spawnSync(process.execPath, [join(import.meta.dirname, '../../src/main/cli.ts'), 'users', ...args, '--data', dir], { input, encoding: 'utf8' });
    expect(call(['add', 'li', '--name', '李娜', '--role', 'operator'], 'given-by-the-boss\n')).toMatchObject({ status: 0, stdout: 'added li\n' });
    expect(call(['list']).stdout).toBe('li  李娜  operator  (must change the secret)\n');
    expect(call(['roles', 'li', '--role', 'operator,engineer'])).toMatchObject({ status: 0 });
    expect(call(['disable', 'li'])).toMatchObject({ status: 0, stdout: 'disabled li\n' });
    expect(JSON.parse(call(['list', '--json']).stdout)).toEqual({ users: [{ user: 'li', name: '李娜', roles: ['operator', 'engineer'], mustChange: true, disabled: true }] });
    expect(call(['enable', 'li'])).toMatchObject({ status: 0 });
    expect(call(['reset', 'li'], 'another-given-1\n')).toMatchObject({ status: 0, stdout: 'reset li\n' });
    for (const wrong of [[], ['remove', 'li'], ['constructor', 'li'], ['roles', 'li'], ['roles', 'li', '--role', 'king'], ['add', 'x', '--role', 'operator'], ['disable'], ['disable', 'li', 'extra']]) expect([wrong, call(wrong).status]).toEqual([wrong, 2]);
    expect(call(['disable', 'nobody'])).toMatchObject({ status: 1 });
    expect(call(['reset', 'li'], 'short\n')).toMatchObject({ status: 1 });
    expect(readFileSync(join(dir, 'operation/users.json'), 'utf8')).not.toMatch(/given/u);
  });
});
