/** Who is at the console: log-on, lock, ticket, change of shift, first use. Real dispatcher, accounts and journal. docs/design/sessions.md */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordText } from '../../src/main/station/record-text.ts';
import { IDLE_LOCK_MS, LOG_ONS_MAX, SHIFT_MS } from '../../src/main/station/log-ons.ts';
import { CONSOLE_WRONG_MAX } from '../../src/main/station/signature-desk.ts';
import { LOCKED_FOR_MS, WRONG_MAX } from '../../src/main/users/lock-out.ts';
import type { Console} from '../support/house/house.ts';
import { House } from '../support/house/house.ts';
import { smallPack } from '../unit/domain/alarms-plant.ts';

let house: House;
let desk: Console;
beforeAll(async () => { house = await House.open(smallPack()); }, 60_000);
afterAll(() => house.close());
beforeEach(() => {
  house.isFull = false;
  house.tell({ 'T-latch': 0, 'T-soft': 0, 'T-plain': 0 });
  desk = house.console();
});

const by = (type: Parameters<House['records']>[0]): string | null | undefined => house.records(type).at(-1)?.by;
const raise = (): void => house.tell({ 'T-soft': 20, 'T-plain': 20 });
const shelve = { alarms: ['soft'], reason: 'filter', forMs: 60_000 };
const LOG_ON_RULE = { outcome: 'refused', refusal: { obstacles: [{ rule: 'G-LOG-ON', clause: '3.4' }] } };

describe('REQ-SES-01 log-on', () => {
  it('3.4 nobody logged on: what is asked is the post’s; logged on, it is the person’s, and the answer tells who', async () => {
    raise();
    await desk.ask('alarm.acknowledge', { alarms: ['soft'] });
    expect(by('alarm.acknowledged')).toBe('post');
    expect(house.logOns.view(desk.session)).toBe(null);
    const ticket = await desk.logOn('op1');
    expect(ticket).toMatch(/^[\w-]{43}$/u);
    expect(house.logOns.view(desk.session)).toEqual({ user: 'op1', name: '操作员 01', roles: ['operator'], locked: false, lockAtMs: house.nowMs + IDLE_LOCK_MS });
    await desk.ask('alarm.acknowledge', { alarms: ['plain'] });
    expect(by('alarm.acknowledged')).toBe('op1');
    expect(house.records('session.logged-on').at(-1)).toMatchObject({ by: 'op1', data: { user: 'op1', replaces: null } });
  });

  it('binds this console and no other; log-off unbinds it', async () => {
    const other = house.console();
    await desk.logOn('op1');
    expect(house.logOns.person(other.session)).toBe(null);
    expect(await desk.ask('session.logOff')).toMatchObject({ outcome: 'done' });
    expect(house.logOns.person(desk.session)).toBe(null);
    expect(house.records('session.logged-off').at(-1)?.data).toEqual({ user: 'op1', because: 'person' });
    expect(await desk.ask('session.logOff')).toMatchObject({ outcome: 'done' });
  });

  it('a wrong secret and an unknown account get the same answer, and nobody is logged on', async () => {
    const [wrong, unknown] = [await desk.ask('session.logOn', { user: 'op1', secret: 'x' }), await desk.ask('session.logOn', { user: 'nobody', secret: 'x' })];
    expect(wrong).toMatchObject({ outcome: 'failed', problem: { code: 'bad-signature' } });
    expect({ ...unknown, id: wrong.id }).toEqual(wrong);
    expect(house.logOns.person(desk.session)).toBe(null);
  });

  it.each([{}, { user: 'op1' }, { user: 'op1', secret: '' }, { user: 'op1', secret: 'x', roles: ['engineer'] }, { user: 'op 1', secret: 'x' }])('%j is no log-on', async (input) => {
    expect(await desk.ask('session.logOn', input)).toMatchObject({ outcome: 'failed', problem: { code: 'bad-input' } });
  });
});

describe('REQ-SES-02 an idle console locks itself', () => {
  it('3.4 a millisecond before it does not, then it does: shown, recorded, and nobody answers for what is asked', async () => {
    await desk.logOn('op1');
    house.nowMs += IDLE_LOCK_MS - 1;
    expect(house.logOns.view(desk.session)?.locked).toBe(false);
    house.nowMs += 1;
    expect(house.logOns.view(desk.session)).toMatchObject({ user: 'op1', locked: true });
    expect(house.records('session.locked').at(-1)?.data).toEqual({ user: 'op1' });
    expect(house.logOns.person(desk.session)).toBe(null);
  });

  it('what a person asks keeps it open, also when it is refused; what the page asks by itself does not', async () => {
    await desk.logOn('op1');
    house.nowMs += IDLE_LOCK_MS - 1_000;
    await desk.ask('alarm.shelve', { alarms: ['trip'], reason: 'r', forMs: 60_000 });
    expect(house.logOns.view(desk.session)?.lockAtMs).toBe(house.nowMs + IDLE_LOCK_MS);
    house.nowMs += IDLE_LOCK_MS - 1_000;
    for (const [command, input] of [['view.snapshot', {}], ['procedure.advice', {}], ['history.read', { tags: ['T-soft'], fromMs: 0, toMs: 1, maxPoints: 10 }], ['alarm.history', { fromMs: 0, toMs: 1, limit: 1 }], ['journal.verify', {}], ['retreat.evacuate', {}]] as const) await desk.ask(command, input);
    house.nowMs += 1_000;
    expect(house.logOns.view(desk.session)?.locked).toBe(true);
  });

  it('3.4 nobody logged on, or locked: holding works and is the post’s; hiding and letting go are refused, unless signed', async () => {
    await desk.logOn('op1');
    house.nowMs += IDLE_LOCK_MS;
    raise();
    for (const each of [desk, house.console()]) {
      expect(await each.ask('alarm.acknowledge', { alarms: ['soft', 'plain'] })).toMatchObject({ outcome: 'done' });
      expect(await each.ask('alarm.shelve', shelve)).toMatchObject(LOG_ON_RULE);
    }
    expect(by('alarm.acknowledged')).toBe('post');
    expect(house.records('refused').at(-1)).toMatchObject({ by: 'post', data: { operation: 'alarm.shelve' } });
    house.tell({ 'T-latch': 20 });
    await desk.ask('alarm.acknowledge', { alarms: ['latch'] });
    house.tell({ 'T-latch': 0 });
    expect(await desk.ask('alarm.reset', { alarms: ['latch'] })).toMatchObject(LOG_ON_RULE);
    expect(await desk.ask('alarm.reset', { alarms: ['latch'], signature: house.sign('op2') })).toMatchObject({ outcome: 'done' });
    expect(by('alarm.reset')).toBe('op2');
    expect(await desk.ask('alarm.shelve', { ...shelve, signature: house.sign('op2') })).toMatchObject({ outcome: 'done' });
    expect(by('alarm.shelved')).toBe('op2');
    await desk.ask('alarm.unshelve', { alarms: ['soft'] });
    // Signing for one thing unlocks nothing.
    expect(house.logOns.view(desk.session)?.locked).toBe(true);
  });

  it('3.4 logged on: hiding and letting go need no second secret', async () => {
    await desk.logOn('op1');
    raise();
    expect(await desk.ask('alarm.shelve', shelve)).toMatchObject({ outcome: 'done' });
    expect(by('alarm.shelved')).toBe('op1');
    await desk.ask('alarm.unshelve', { alarms: ['soft'] });
  });
});

describe('REQ-SES-03 change of shift', () => {
  it('anybody’s secret unlocks; another person takes the console over, on record', async () => {
    await desk.logOn('op1');
    house.nowMs += IDLE_LOCK_MS;
    await desk.logOn('op1');
    expect(house.records('session.logged-on').at(-1)?.data).toMatchObject({ user: 'op1', replaces: null });
    expect(house.logOns.view(desk.session)?.locked).toBe(false);
    house.nowMs += IDLE_LOCK_MS;
    const old = await desk.logOn('op1');
    await desk.logOn('sup1');
    expect(house.records('session.logged-on').at(-1)?.data).toMatchObject({ user: 'sup1', replaces: 'op1' });
    expect(house.logOns.view(desk.session)).toMatchObject({ user: 'sup1', locked: false });
    expect(await house.console().ask('session.resume', { ticket: old })).toMatchObject({ problem: { code: 'log-on-ended' } });
  });

  it('a wrong secret leaves who was there as they were', async () => {
    await desk.logOn('op1');
    await desk.ask('session.logOn', { user: 'sup2', secret: 'x' });
    expect(house.logOns.view(desk.session)).toMatchObject({ user: 'op1', locked: false });
  });
});

describe('REQ-SES-04 the ticket', () => {
  it('lets the same page go on after its connection was lost; it is good at one console at a time', async () => {
    const ticket = await desk.logOn('op1');
    house.logOns.left(desk.session);
    const again = house.console();
    expect(await again.ask('session.resume', { ticket })).toMatchObject({ outcome: 'done' });
    expect(house.logOns.person(again.session)?.user).toBe('op1');
    expect(house.records('session.resumed').at(-1)?.data).toEqual({ user: 'op1', tookOver: false });
    const thief = house.console();
    expect(await thief.ask('session.resume', { ticket })).toMatchObject({ outcome: 'done' });
    expect(house.logOns.person(again.session)).toBe(null);
    expect(house.records('session.resumed').at(-1)?.data).toEqual({ user: 'op1', tookOver: true });
  });

  it('going on is not using: a locked log-on stays locked', async () => {
    const ticket = await desk.logOn('op1');
    house.nowMs += IDLE_LOCK_MS;
    const again = house.console();
    expect(await again.ask('session.resume', { ticket })).toMatchObject({ outcome: 'done' });
    expect(house.logOns.view(again.session)?.locked).toBe(true);
  });

  it.each([
    ['log-off', async () => { await desk.ask('session.logOff'); }],
    ['the end of the shift, however busy', async () => { for (let passedMs = 0; passedMs < SHIFT_MS; passedMs += IDLE_LOCK_MS - 1_000) { house.nowMs += IDLE_LOCK_MS - 1_000; await desk.ask('alarm.acknowledge', { alarms: ['soft'] }); } }],
    ['disabling the account', async () => { await house.users.setDisabled('op1', true); await house.users.setDisabled('op1', false); await house.users.resetSecret('op1', 'haven-training'); await house.users.changeSecret('op1', 'haven-training', 'haven-training-2'); await house.users.resetSecret('op1', 'haven-training-3'); await house.users.changeSecret('op1', 'haven-training-3', 'haven-training'); }],
    ['the person’s own change of secret', async () => { await desk.ask('session.changeSecret', { user: 'op1', secret: 'haven-training', newSecret: 'another-one' }); await desk.ask('session.changeSecret', { user: 'op1', secret: 'another-one', newSecret: 'haven-training' }); }],
  ])('ends with %s', async (_what, end) => {
    const ticket = await desk.logOn('op1');
    await end();
    house.logOns.tick();
    expect(house.logOns.person(desk.session)).toBe(null);
    expect(await house.console().ask('session.resume', { ticket })).toMatchObject({ outcome: 'failed', problem: { code: 'log-on-ended' } });
    expect(house.records('session.logged-off').length).toBeGreaterThan(0);
  });

  it('at the very end of the shift: a millisecond before it is good, then it is not', async () => {
    const ticket = await desk.logOn('op1');
    house.nowMs += SHIFT_MS - 1;
    expect(house.logOns.view(desk.session)?.user).toBe('op1');
    house.nowMs += 1;
    expect(house.logOns.view(desk.session)).toBe(null);
    expect(await desk.ask('session.resume', { ticket })).toMatchObject({ problem: { code: 'log-on-ended' } });
    expect(house.records('session.logged-off').at(-1)?.data).toEqual({ user: 'op1', because: 'shift' });
  });

  it('does not outlive the process; it stands in no record', async () => {
    const ticket = await desk.logOn('op1');
    const fresh = await House.open(smallPack());
    try {
      expect(await fresh.console().ask('session.resume', { ticket })).toMatchObject({ problem: { code: 'log-on-ended' } });
    } finally {
      fresh.close();
    }
    expect([...house.journal.records()].some((record) => JSON.stringify(record).includes(ticket))).toBe(false);
  });

  it(`there are at most ${String(LOG_ONS_MAX)} log-ons; the one least used goes`, () => {
    const account = house.users.list()[0] ?? expect.fail('no account');
    const desks = Array.from({ length: LOG_ONS_MAX + 1 }, () => house.console());
    for (const each of desks) { house.nowMs += 1; house.logOns.begin(each.session, account); }
    expect(desks.map((each) => house.logOns.person(each.session) !== null).indexOf(true)).toBe(1);
    for (const each of desks) house.logOns.end(each.session);
  });
});

describe('REQ-SES-05 3.4 retreat looks at no log-on', () => {
  it.each([
    ['nobody is logged on', () => Promise.resolve(), 'post'],
    ['somebody is', async () => { await desk.logOn('op1'); }, 'op1'],
    ['the console is locked', async () => { await desk.logOn('op1'); house.nowMs += IDLE_LOCK_MS; }, 'post'],
    ['the shift is over', async () => { await desk.logOn('op1'); house.nowMs += SHIFT_MS; }, 'post'],
    ['the ticket was forged', async () => { await desk.ask('session.resume', { ticket: 'A'.repeat(43) }); }, 'post'],
    ['the disk is full', () => { house.isFull = true; return Promise.resolve(); }, 'post'],
    ['the log-ons themselves are broken', () => { const { nameOf } = house.logOns; house.logOns.nameOf = () => { house.logOns.nameOf = nameOf; throw new Error('broken'); }; return Promise.resolve(); }, 'post'],
  ])('%s', async (_what, arrange, who) => {
    await arrange();
    await desk.retreats();
    expect(house.core.state.retreats[0]?.by).toBe(who);
  });
});

describe('REQ-SES-06 first use', () => {
  it('who was given a secret by somebody else can do nothing with it but choose their own', async () => {
    await house.users.add({ user: 'new1', name: '新人', roles: ['operator'], secret: 'given-by-the-boss', mustChange: true });
    const given = house.sign('new1', 'given-by-the-boss');
    expect(await desk.ask('session.logOn', given)).toMatchObject({ problem: { code: 'must-change' } });
    expect(await desk.ask('post.watch', { signature: given })).toMatchObject({ problem: { code: 'must-change' } });
    expect(house.refusals().at(-1)).toEqual({ command: 'post.watch', code: 'must-change', user: 'new1', count: 1 });
    for (const newSecret of ['given-by-the-boss', 'ｇiven-by-the-boss']) expect(await desk.ask('session.changeSecret', { ...given, newSecret })).toMatchObject({ problem: { code: 'bad-input' } });
    expect(await desk.ask('session.changeSecret', { ...given, newSecret: 'seven77' })).toMatchObject({ problem: { code: 'bad-input', path: 'newSecret' } });
    expect(await desk.ask('session.changeSecret', { ...given, secret: 'wrong', newSecret: 'my-own-secret' })).toMatchObject({ problem: { code: 'bad-signature' } });
    expect(await desk.ask('session.changeSecret', { ...given, newSecret: 'my-own-secret' })).toMatchObject({ outcome: 'done' });
    expect(house.records('secret.changed').at(-1)).toMatchObject({ by: 'new1', data: { user: 'new1' } });
    expect(await desk.ask('session.logOn', given)).toMatchObject({ problem: { code: 'bad-signature' } });
    await desk.logOn('new1', 'my-own-secret');
    expect(house.logOns.person(desk.session)?.user).toBe('new1');
  });

  it('a disabled account neither logs on nor signs, and only who knows the secret is told why', async () => {
    await house.users.setDisabled('ins1', true);
    expect(await desk.ask('session.logOn', house.sign('ins1'))).toMatchObject({ problem: { code: 'account-disabled' } });
    expect(await desk.ask('procedure.own', { instance: 'P-1:1', signature: house.sign('ins1', 'x') })).toMatchObject({ problem: { code: 'bad-signature' } });
    expect(house.users.list().some(({ user }) => user === 'ins1')).toBe(false);
    await house.users.setDisabled('ins1', false);
    await desk.logOn('ins1');
  });
});

describe('REQ-SES-08 refused access is on record', () => {
  it('by name only where it is an account’s: a secret typed into the wrong field stays out of the journal', async () => {
    await desk.ask('session.logOn', { user: 'op2', secret: 'wrong-secret-1' });
    expect(house.refusals().at(-1)).toEqual({ command: 'session.logOn', code: 'wrong-secret', user: 'op2', count: 1 });
    await desk.ask('session.logOn', { user: 'my-very-secret-word', secret: 'op2' });
    expect(house.refusals().at(-1)).toEqual({ command: 'session.logOn', code: 'unknown-account', count: 1 });
    await desk.hear(desk.text('constructor', { secret: 'my-very-secret-word' }));
    expect(house.refusals().at(-1)).toEqual({ command: null, code: 'unknown-command', count: 1 });
    const all = [...house.journal.records()].map((record) => JSON.stringify(record)).join('\n');
    expect(all).not.toMatch(/my-very-secret-word|wrong-secret-1|haven-training/u);
  });

  it('every record of it has words in both languages', () => {
    for (const type of ['access.refused', 'session.logged-on', 'session.logged-off', 'session.locked', 'session.resumed', 'secret.changed'] as const) {
      const record = house.records(type).at(-1) ?? expect.fail(`no ${type}`);
      const { zh, en } = recordText(record as never, house.core.plant);
      expect([zh.length > 4, en.length > 8, /undefined|null/u.test(zh + en)]).toEqual([true, true, false]);
    }
  });
});

describe('REQ-SES-10 secrets that are guessed at', () => {
  it('a console is locked out after wrong secrets of whatever accounts, then not even asked; another console is not', async () => {
    house.nowMs += LOCKED_FOR_MS * 2;
    for (let i = 0; i < CONSOLE_WRONG_MAX; i += 1) expect(await desk.ask('session.logOn', { user: `guess${String(i % 4)}`, secret: `x${String(i)}` })).toMatchObject({ outcome: 'failed' });
    const before = house.checks;
    // No name was guessed at five times: it is the console that is locked out, and no further name is even looked at.
    for (let i = 0; i < 5; i += 1) await desk.ask('session.logOn', { user: `other${String(i)}`, secret: 'x' });
    expect(await desk.ask('session.logOn', house.sign('op2'))).toMatchObject({ problem: { code: 'locked-out' } });
    expect(house.checks).toBe(before);
    await house.console().logOn('op2');
    await desk.retreats();
    house.nowMs += LOCKED_FOR_MS;
    await desk.logOn('op2');
  });

  it('a person who is logged on cannot be locked out by guesses from elsewhere; elsewhere the account is', async () => {
    house.nowMs += LOCKED_FOR_MS * 2;
    await desk.logOn('sup1');
    const thief = house.console();
    for (let i = 0; i < WRONG_MAX; i += 1) await thief.ask('session.logOn', { user: 'sup1', secret: `x${String(i)}` });
    expect(await thief.ask('session.logOn', house.sign('sup1'))).toMatchObject({ problem: { code: 'locked-out' } });
    expect(house.refusals().at(-1)).toEqual({ command: 'session.logOn', code: 'locked-out', user: 'sup1', count: 1 });
    expect(await desk.ask('post.commander', { signature: house.sign('sup1') })).toMatchObject({ outcome: 'done' });
  });

  it('more secrets at once from one console than a person shows are turned away unread, and free the way again', async () => {
    house.nowMs += LOCKED_FOR_MS * 2;
    const before = house.checks;
    const answers = await Promise.all(Array.from({ length: 6 }, () => desk.ask('session.logOn', house.sign('op2'))));
    expect(answers.filter((each) => each.outcome === 'failed' && each.problem.code === 'busy').length).toBe(4);
    expect(house.checks - before).toBe(2);
    await desk.logOn('op2');
  });
});

describe('REQ-SES-11 the journal cannot be written', () => {
  it('log-on and log-off change nothing in the plant, so they work, and are written when there is room', async () => {
    house.isFull = true;
    await desk.logOn('op1');
    expect(house.logOns.person(desk.session)?.user).toBe('op1');
    await desk.ask('session.logOff');
    const before = house.records('session.logged-on').length;
    house.isFull = false;
    house.pass(1_000);
    expect(house.records('session.logged-on').length).toBe(before + 1);
    expect(house.records('session.logged-off').at(-1)?.data.user).toBe('op1');
  });
});
