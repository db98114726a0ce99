/**
 * Nine ways to abuse a control room's program, at the dispatcher: nothing passes, nothing crashes, it stands in the journal, and in the
 * midst of each of them stop and evacuate work (3.4). With real sockets: tests/integration/abuse-consoles.test.ts.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClock } from '../../src/main/station/clock.ts';
import { IDLE_LOCK_MS, SHIFT_MS } from '../../src/main/station/log-ons.ts';
import { BURST } from '../../src/main/station/intake.ts';
import { ONE_BY_ONE_MAX } from '../../src/main/station/access-log.ts';
import { evolveAll } from '../../src/domain/station/evolve.ts';
import { EMPTY_STATE } from '../../src/domain/station/state.ts';
import { toFact } from '../../src/main/station/core.ts';
import { verifyJournal } from '../../src/main/journal/verify.ts';
import type { Console} from '../support/house/house.ts';
import { House, HOUR, MINUTE } from '../support/house/house.ts';
import { readyToReturn } from '../support/house/ready-to-return.ts';
import { smallPack } from '../unit/domain/alarms-plant.ts';
import { calmValues, shippedPack } from '../unit/domain/bench.ts';

/** The small plant: alarms and one procedure. */
let small: House;
let desk: Console;
beforeAll(async () => { small = await House.open(smallPack()); }, 120_000);
afterAll(() => small.close());
beforeEach(() => { small.nowMs += 11 * MINUTE; desk = small.console(); });

/** The shipped plant, calm, both posts taken: zones and interlocks. A stop changes it for good, so each story has its own. */
async function inPlant(story: (plant: House) => Promise<void>): Promise<void> {
  const plant = await House.open(shippedPack(), calmValues(shippedPack()));
  try {
    const posts = plant.console();
    for (const [command, user] of [['post.commander', 'sup1'], ['post.watch', 'op1']] as const) expect(await posts.ask(command, { signature: plant.sign(user) })).toMatchObject({ outcome: 'done' });
    await story(plant);
    await plant.console().retreats();
    expect(verifyJournal(plant.journal.status().path)).toMatchObject({ verdict: 'sound' });
  } finally {
    plant.close();
  }
}

const rules = (answer: unknown): string[] => ((answer as { refusal?: { obstacles: { rule: string }[] } }).refusal?.obstacles ?? []).map(({ rule }) => rule);
const codeOf = (answer: unknown): string | undefined => (answer as { problem?: { code: string } }).problem?.code;

describe('REQ-ABU-01 forged session', () => {
  it.each([['random', 'b'.repeat(43)], ['too short', 'short'], ['a prototype’s', 'constructor'], ['a list', ['a']], ['null', null], ['no ticket', undefined]])('a ticket that is %s makes nobody of anybody', async (_what, ticket) => {
    expect(await desk.ask('session.resume', { ticket })).toMatchObject({ outcome: 'failed' });
    expect(small.logOns.view(desk.session)).toBe(null);
    await desk.retreats();
  });

  it('a forged ticket is on record; the name that a message claims for itself is not believed', async () => {
    await desk.ask('session.resume', { ticket: 'c'.repeat(43) });
    expect(small.refusals().at(-1)).toEqual({ command: 'session.resume', code: 'log-on-ended', count: 1 });
    small.tell({ 'T-soft': 20 });
    for (const more of [{ by: 'sup1' }, { user: 'sup1' }, { session: { user: 'sup1' } }]) expect(codeOf(await desk.ask('alarm.acknowledge', { alarms: ['soft'], ...more }))).toBe('bad-input');
    for (const more of [{ user: 'sup1' }, { session: 'x' }, { ticket: 'c'.repeat(43) }]) expect(codeOf(await desk.hear(JSON.stringify({ ...JSON.parse(desk.text('alarm.acknowledge', { alarms: ['soft'] })) as object, ...more })))).toBe('bad-envelope');
    expect(small.core.state.alarms.get('soft')?.acknowledged).toBe(false);
    await desk.ask('alarm.acknowledge', { alarms: ['soft'] });
    expect(small.records('alarm.acknowledged').at(-1)?.by).toBe('post');
    small.tell({ 'T-soft': 0 });
  });

  it('nobody gets another’s ticket by asking with the words or the id of another’s log-on', async () => {
    const text = desk.text('session.logOn', small.sign('op1'));
    const mine = await desk.hear(text) as { output: { ticket: string } };
    const thief = small.console();
    const { id } = JSON.parse(text) as { id: string };
    expect(codeOf(await thief.hear(thief.text('session.logOn', small.sign('op1', 'guess'), id)))).toBe('bad-signature');
    const again = await thief.hear(text) as { output: { ticket: string } };
    expect(again.output.ticket).not.toBe(mine.output.ticket);
    await thief.retreats();
  });
});

describe('REQ-ABU-02 replayed command', () => {
  it('the same signed words, from the same console and from another, act once', async () => {
    const text = desk.text('procedure.raise', { procedure: 'P-1', reason: 'storm' });
    const first = await desk.hear(text);
    expect(await small.console().hear(text)).toEqual(first);
    const signed = desk.text('post.watch', { signature: small.sign('op1') });
    const taken = small.records('post.taken').length;
    const [one, two] = await Promise.all([desk.hear(signed), small.console().hear(signed)]);
    expect([two, small.records('post.taken').length - taken]).toEqual([one, 1]);
    await desk.retreats();
  });

  it('its id with other words gets no answer that was given to the first, and nothing by it', async () => {
    const text = desk.text('post.watch', { signature: small.sign('op1') });
    await desk.hear(text);
    const { id } = JSON.parse(text) as { id: string };
    expect(codeOf(await desk.hear(desk.text('post.watch', { signature: small.sign('sup2', 'no secret of theirs') }, id)))).toBe('bad-signature');
    expect(small.core.state.watch?.user).toBe('op1');
    await desk.retreats();
  });

  it('garbage pushes no answer out of the memory: after a flood the replay still does nothing', async () => {
    const signed = desk.text('post.watch', { signature: small.sign('op1') });
    await desk.hear(signed);
    const taken = small.records('post.taken').length;
    const flooder = small.console();
    for (let i = 0; i < 12_000; i += 1) { small.nowMs += 40; await flooder.hear(flooder.text('alarm.acknowledge', { alarms: [] })); }
    await desk.hear(signed);
    expect(small.records('post.taken').length).toBe(taken);
    await desk.retreats();
  });

  it('a retreat that is replayed is answered as done, and pressed anew it is done anew', async () => {
    const text = desk.text('retreat.stop');
    const first = await desk.hear(text);
    expect(await small.console().hear(text)).toEqual(first);
    await desk.retreats();
  });
});

describe('REQ-ABU-03 wrong role', () => {
  it('3.5 an operator neither lets people in, nor resets, nor judges a zone; the instructor nothing at all', () => inPlant(async (plant) => {
    const at = plant.console();
    for (const user of ['op1', 'ins1']) {
      expect(rules(await at.ask('interlock.reset', { interlock: 'I-4200', signature: plant.sign(user) }))).toContain('G-ROLE');
      expect(rules(await at.ask('people.assess', { zone: 'Z-4200', stage: 'handling', assessment: 'a', signature: plant.sign(user) }))).toContain('G-ROLE');
      expect(plant.records('refused').at(-1)).toMatchObject({ by: user, data: { operation: 'people.assess' } });
    }
    plant.tell({ 'TI-4202': 60 });
    for (const user of ['op1', 'ins1']) expect(rules(await at.ask('people.enter', { zone: 'Z-4200', name: 'n', task: 't', part: 'flange', gasDetector: 'GD-1', confirmed: [], signature: plant.sign(user) }))).toContain('G-ROLE');
    expect([plant.core.state.resets, plant.records('interlock.reset').length, plant.records('people.entered').length]).toEqual([{}, 0, 0]);
  }));

  it('3.6 logged on as operator: what an engineer signs is refused to the operator’s own signature, on record with the name', async () => {
    await desk.logOn('op1');
    expect(rules(await desk.ask('alarm.outOfService', { alarm: 'soft', permit: 'WP-1', reason: 'r', signature: small.sign('op1') }))).toEqual(['G-ROLE']);
    expect(small.records('refused').at(-1)).toMatchObject({ by: 'op1', data: { operation: 'alarm.outOfService' } });
    // The instructor is nobody at the post: neither hides an alarm nor lets one go, signed or logged on.
    expect(rules(await desk.ask('alarm.shelve', { alarms: ['plain'], reason: 'r', forMs: MINUTE, signature: small.sign('ins1') }))).toEqual(['G-ROLE']);
    const other = small.console();
    await other.logOn('ins1');
    expect(rules(await other.ask('alarm.shelve', { alarms: ['plain'], reason: 'r', forMs: MINUTE }))).toEqual(['G-ROLE']);
    small.tell({ 'T-gas': 20 });
    expect(codeOf(await desk.ask('alarm.cause', { alarm: 'gas', text: 't', signature: small.sign('op1') }))).toBe('bad-input');
    expect(small.refusals().at(-1)).toEqual({ command: 'alarm.cause', code: 'bad-input', user: 'op1', count: 1 });
    small.tell({ 'T-gas': 0 });
    expect(rules(await desk.ask('alarm.confirmOnSite', { alarm: 'gas', text: 't', signature: small.sign('ins1') }))).toEqual(['G-ROLE']);
    expect(small.core.state.alarms.get('gas')).toMatchObject({ cause: null, confirmation: null });
    await desk.retreats();
  });

  it('roles come from the account of now: taken away while logged on, they are gone', async () => {
    await small.users.add({ user: 'temp', name: 'temp', roles: ['operator', 'engineer'], secret: 'temporary-1' });
    await desk.logOn('temp', 'temporary-1');
    await small.users.setRoles('temp', ['operator']);
    expect(small.logOns.person(desk.session)?.roles).toEqual(['operator']);
    expect(rules(await desk.ask('alarm.outOfService', { alarm: 'soft', permit: 'WP-1', reason: 'r', signature: small.sign('temp', 'temporary-1') }))).toEqual(['G-ROLE']);
    await desk.retreats();
  });
});

describe('REQ-ABU-04 own approval', () => {
  it('3.5 one person with two roles does not approve a reset twice, nor in the name of a console where another is logged on', () => inPlant(async (plant) => {
    await plant.users.add({ user: 'both', name: '双岗', roles: ['supervisor', 'engineer'], secret: 'two-roles-1' });
    const [one, two] = [plant.console(), plant.console()];
    await two.logOn('eng1');
    const mine = { interlock: 'I-4200', signature: plant.sign('both', 'two-roles-1') };
    expect(await one.ask('interlock.reset', mine)).toMatchObject({ outcome: 'done', output: { reset: false } });
    expect(rules(await one.ask('interlock.reset', mine))).toEqual(['G-TWO-PERSONS']);
    expect(rules(await two.ask('interlock.reset', mine))).toEqual(['G-TWO-PERSONS']);
    expect(plant.records('refused').at(-1)).toMatchObject({ by: 'both', data: { operation: 'interlock.reset' } });
    expect(plant.records('interlock.reset').length).toBe(0);
    expect(await two.ask('interlock.reset', { ...mine, signature: plant.sign('eng1') })).toMatchObject({ outcome: 'done', output: { reset: true } });
  }));

  it('3.5 one person does not approve a return twice', async () => {
    const instance = await readyToReturn(small, desk);
    expect(await desk.ask('procedure.return', { instance, signature: small.sign('sup1') })).toMatchObject({ outcome: 'done', output: { closed: false } });
    expect(rules(await small.console().ask('procedure.return', { instance, signature: small.sign('sup1') }))).toEqual(['G-TWO-PERSONS']);
    expect(small.core.state.runs.length).toBe(1);
    expect(small.records('refused').at(-1)).toMatchObject({ by: 'sup1', data: { operation: 'procedure.return' } });
    await desk.retreats();
  });
});

describe('REQ-ABU-05 clock moved', () => {
  let moved: House;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    moved = await House.open(smallPack(), undefined, createClock());
  }, 60_000);
  afterEach(() => { vi.setSystemTime(Date.now()); });
  afterAll(() => { moved.close(); vi.useRealTimers(); });

  it.each([['back by a day', -24 * HOUR], ['forward by a day', 24 * HOUR], ['back by a century', -100 * 365 * 24 * HOUR]])('the calendar set %s neither prolongs nor ends a log-on, a lock-out or a shelving, and is on record', async (_what, byMs) => {
    const at = moved.console();
    const ticket = await at.logOn('op1');
    const shelved = await at.ask('alarm.shelve', { alarms: ['soft'], reason: 'r', forMs: 5 * MINUTE });
    expect(shelved.outcome).toBe('done');
    const untilMs = moved.core.state.alarms.get('soft')?.shelved?.untilMs ?? 0;
    const before = moved.logOns.view(at.session)?.lockAtMs ?? 0;
    vi.setSystemTime(Date.now() + byMs);
    moved.core.tick();
    expect(Math.abs((moved.records('clock.stepped').at(-1)?.data.byMs ?? 0) - byMs)).toBeLessThan(MINUTE);
    expect(moved.logOns.view(at.session)?.lockAtMs).toBe(before);
    expect(moved.core.context().nowMs).toBeLessThan(untilMs);
    expect(untilMs - moved.core.context().nowMs).toBeGreaterThan(4 * MINUTE);
    expect(moved.core.state.alarms.get('soft')?.shelved?.untilMs).toBe(untilMs);
    expect(await moved.console().ask('session.resume', { ticket })).toMatchObject({ outcome: 'done' });
    await at.retreats();
    const times = [...moved.journal.records()].map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    await moved.console().ask('alarm.unshelve', { alarms: ['soft'] });
  });
});

describe('REQ-ABU-06 used in the last second', () => {
  it('3.6 a shelving holds until its very end and not a millisecond longer; nothing prolongs it', async () => {
    small.tell({ 'T-plain': 20 });
    await desk.logOn('op1');
    await desk.ask('alarm.shelve', { alarms: ['plain'], reason: 'r', forMs: 5 * MINUTE });
    const untilMs = small.core.state.alarms.get('plain')?.shelved?.untilMs ?? 0;
    small.nowMs = untilMs - 1;
    small.core.tick();
    expect(small.core.state.alarms.get('plain')?.shelved).not.toBe(null);
    expect(rules(await desk.ask('alarm.shelve', { alarms: ['plain'], reason: 'r', forMs: 5 * MINUTE }))).toEqual(['ALM-SHELVED']);
    await desk.retreats();
    small.nowMs = untilMs;
    small.core.tick();
    expect(small.core.state.alarms.get('plain')?.shelved).toBe(null);
    small.tell({ 'T-plain': 0 });
  });

  it('3.4 a log-on answers in its last millisecond and is nobody’s in the next, also for what was sent before and comes after', async () => {
    for (const [lastMs, length] of [[IDLE_LOCK_MS, 'idle'], [SHIFT_MS, 'shift']] as const) {
      const at = small.console();
      await at.logOn('op1');
      if (length === 'shift') for (let passedMs = IDLE_LOCK_MS / 2; passedMs < lastMs; passedMs += IDLE_LOCK_MS / 2) { small.nowMs += IDLE_LOCK_MS / 2; await at.ask('alarm.acknowledge', { alarms: ['soft'] }); }
      small.nowMs += (length === 'shift' ? IDLE_LOCK_MS / 2 : lastMs) - 1;
      expect(small.logOns.person(at.session)?.user, length).toBe('op1');
      small.nowMs += 1;
      expect(rules(await at.ask('alarm.shelve', { alarms: ['soft'], reason: 'r', forMs: MINUTE })), length).toEqual(['G-LOG-ON']);
      await at.retreats();
    }
  });

  it('3.5 an approval of a return ends with the safe state that it was given in: the second, given in the same moment, closes nothing', async () => {
    const instance = await readyToReturn(small, desk);
    expect(await desk.ask('procedure.return', { instance, signature: small.sign('sup1') })).toMatchObject({ output: { closed: false } });
    const second = desk.ask('procedure.return', { instance, signature: small.sign('eng1') });
    // While the secret is being looked at, the plant leaves its safe state.
    small.tell({ 'T-plain': 0 });
    expect(rules(await second)).toContain('G-SAFE');
    expect(small.core.state.runs.map((run) => run.course.context.approvals)).toEqual([[]]);
    await desk.retreats();
  });

  it('3.5 an approval of a reset ends when the interlock changes', () => inPlant(async (plant) => {
    const at = plant.console();
    const sign = (user: string) => at.ask('interlock.reset', { interlock: 'I-4200', signature: plant.sign(user) });
    expect(await sign('sup1')).toMatchObject({ outcome: 'done', output: { reset: false } });
    plant.tell({ 'I-4200-BYP': true });
    plant.tell({ 'I-4200-BYP': false });
    expect(await sign('eng1')).toMatchObject({ outcome: 'done', output: { reset: false } });
    expect(plant.records('interlock.reset').length).toBe(0);
  }));
});

describe('REQ-ABU-07 two consoles racing', () => {
  it('the same thing asked by two at once is done once, by one of them; approvals of two at once are two people’s', async () => {
    small.tell({ 'T-soft': 20 });
    const other = small.console();
    await desk.logOn('op1');
    await other.logOn('op2');
    const [a, b] = await Promise.all([desk.ask('alarm.shelve', { alarms: ['soft'], reason: 'a', forMs: MINUTE }), other.ask('alarm.shelve', { alarms: ['soft'], reason: 'b', forMs: MINUTE })]);
    expect([a.outcome, b.outcome].sort()).toEqual(['done', 'refused']);
    const instance = await readyToReturn(small, desk);
    const sup = { instance, signature: small.sign('sup1') };
    const twice = await Promise.all([desk.ask('procedure.return', sup), other.ask('procedure.return', sup)]);
    expect(twice.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused']);
    expect(small.core.state.runs.length).toBe(1);
    await Promise.all([desk.retreats(), other.ask('alarm.acknowledge', { alarms: ['soft'] })]);
    small.tell({ 'T-soft': 0 });
  });

  it('one account at two consoles is two log-ons; logging off at one leaves the other', async () => {
    const other = small.console();
    await desk.logOn('op1');
    await other.logOn('op1');
    await desk.ask('session.logOff');
    expect([small.logOns.person(desk.session), small.logOns.person(other.session)?.user]).toEqual([null, 'op1']);
    await other.retreats();
  });

  it('a secret that is changed while another console is signing by the old one: one order or the other, never half of both', async () => {
    await small.users.add({ user: 'racer', name: 'racer', roles: ['operator'], secret: 'old-secret-1' });
    const other = small.console();
    const [changed, signed] = await Promise.all([desk.ask('session.changeSecret', { ...small.sign('racer', 'old-secret-1'), newSecret: 'new-secret-1' }), other.ask('session.logOn', small.sign('racer', 'old-secret-1'))]);
    expect([changed.outcome, codeOf(signed)]).toEqual(['done', 'bad-signature']);
    await other.logOn('racer', 'new-secret-1');
    await other.retreats();
  });
});

describe('REQ-ABU-08 message flood', () => {
  it('beyond its measure a console is told to wait; every retreat in the midst of it is done; the journal has the number, not the messages', async () => {
    const before = small.journal.status().records;
    const refusedBefore = small.refusals().filter(({ code }) => code === 'flood').reduce((sum, { count }) => sum + count, 0);
    let busy = 0;
    for (let i = 0; i < 20_000; i += 1) {
      if (codeOf(await desk.hear(desk.text('alarm.acknowledge', { alarms: ['soft'] }))) === 'busy') busy += 1;
      if (i % 5_000 === 4_999) await desk.retreats();
    }
    expect(busy).toBe(20_000 - BURST);
    small.nowMs += MINUTE;
    small.access.tick();
    expect(small.refusals().filter(({ code }) => code === 'flood').reduce((sum, { count }) => sum + count, 0) - refusedBefore).toBe(busy);
    expect(small.journal.status().records - before).toBeLessThan(200);
    // The same console may ask again when it has been quiet, and another was never concerned.
    expect(await desk.ask('alarm.acknowledge', { alarms: ['soft'] })).toMatchObject({ outcome: 'done' });
  });

  it('long messages are not even read once the measure is used up; short ones are, because a retreat may be among them', async () => {
    for (let i = 0; i < BURST; i += 1) await desk.ask('alarm.acknowledge', { alarms: ['soft'] });
    const parse = vi.spyOn(JSON, 'parse');
    await small.dispatcher.handle(desk.text('seen.report', { note: 'x'.repeat(200_000) }), desk.session);
    const afterLong = parse.mock.calls.length;
    await small.dispatcher.handle(desk.text('seen.report', {}), desk.session);
    const afterShort = parse.mock.calls.length;
    parse.mockRestore();
    expect([afterLong, afterShort]).toEqual([0, 1]);
    await desk.retreats();
  });

  it('a flood of one kind does not hide another: the wrong secret in the midst of it is on record by name', async () => {
    for (let i = 0; i < ONE_BY_ONE_MAX * 3; i += 1) await desk.hear('{');
    await small.console().ask('session.logOn', small.sign('eng2', 'x'));
    expect(small.refusals().at(-1)).toEqual({ command: 'session.logOn', code: 'wrong-secret', user: 'eng2', count: 1 });
    await desk.retreats();
  });

  it('consoles that show garbage for secrets do not keep an honest one from signing', async () => {
    const flooders = Array.from({ length: 8 }, () => small.console());
    const garbage = flooders.flatMap((each, k) => Array.from({ length: 12 }, (_, i) => each.ask('session.logOn', small.sign(`nobody${String(k)}`, `x${String(i)}`))));
    await desk.logOn('op1');
    expect(await desk.ask('post.watch', { signature: small.sign('op1') })).toMatchObject({ outcome: 'done' });
    await desk.retreats();
    await Promise.all(garbage);
  });
});

describe('after all of it', () => {
  it('REQ-ABU-10 the journal is sound and tells the same state', () => {
    small.journal.checkpoint();
    expect(verifyJournal(small.journal.status().path)).toMatchObject({ verdict: 'sound' });
    const facts = [...small.journal.records()].flatMap((record) => toFact(record) ?? []);
    expect(JSON.stringify(evolveAll(EMPTY_STATE, facts, small.core.plant.machines))).toBe(JSON.stringify(small.core.state));
  });
});
