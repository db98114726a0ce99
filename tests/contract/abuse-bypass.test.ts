/**
 * Abuse of the bypass register over the dispatcher (3.3): wrong role, own approval, a replayed approval, an approval used in its last moment, a
 * calendar that is moved, two consoles racing, a restart. Nothing passes, it stands in the journal, and stop and evacuate work in the midst of it.
 */
import { describe, expect, it, vi } from 'vitest';
import type { Response } from '../../src/contract/envelope.ts';
import { verifyJournal } from '../../src/main/journal/verify.ts';
import { createClock } from '../../src/main/station/clock.ts';
import { interlockObstacles } from '../../src/domain/station/gates/interlock-facts.ts';
import { evolveAll } from '../../src/domain/station/evolve.ts';
import { EMPTY_STATE } from '../../src/domain/station/state.ts';
import { toFact } from '../../src/main/station/core.ts';
import type { Console } from '../support/house/house.ts';
import { House, HOUR, MINUTE } from '../support/house/house.ts';
import { calmValues, shippedPack } from '../unit/domain/bench.ts';

const rules = (answer: Response): string[] => (answer.outcome === 'refused' ? answer.refusal.obstacles.map(({ rule }) => rule) : [answer.outcome]);
const obstacles = (plant: House, interlock = 'I-4200') => interlockObstacles(plant.core.state, interlock, plant.core.context().nowMs);

/** The shipped plant, calm, at two consoles. */
async function inPlant(story: (plant: House, one: Console, two: Console) => Promise<void>): Promise<void> {
  const plant = await House.open(shippedPack(), calmValues(shippedPack()));
  try {
    await story(plant, plant.console(), plant.console());
    await plant.console().retreats();
    expect(verifyJournal(plant.journal.status().path)).toMatchObject({ verdict: 'sound' });
  } finally {
    plant.close();
  }
}

const request = (plant: House, interlock = 'I-4200', forMs = HOUR) => ({ interlock, reason: 'transmitter exchanged', hazard: 'no trip at 60 degC', measures: [{ text: 'level watched on the spot', owner: 'op1', everyMs: 4 * HOUR }], untilMs: plant.core.context().nowMs + forMs });

async function asked(plant: House, at: Console, user = 'op1', interlock = 'I-4200', forMs = HOUR): Promise<string> {
  const answer = await at.ask('bypass.request', { ...request(plant, interlock, forMs), signature: plant.sign(user) });
  if (answer.outcome !== 'done') throw new Error(JSON.stringify(answer));
  return (answer.output as { bypass: string }).bypass;
}
const assess = (plant: House, at: Console, bypass: string, user = 'eng1') => at.ask('bypass.assess', { bypass, text: 'acceptable with the round', acceptable: true, signature: plant.sign(user) });
const sign = (plant: House, at: Console, command: 'bypass.approve' | 'bypass.accept', bypass: string, user: string) => at.ask(command, { bypass, signature: plant.sign(user) });
async function inForce(plant: House, at: Console, forMs = HOUR): Promise<string> {
  const bypass = await asked(plant, at, 'op1', 'I-4200', forMs);
  await assess(plant, at, bypass);
  await sign(plant, at, 'bypass.approve', bypass, 'eng2');
  expect(await sign(plant, at, 'bypass.accept', bypass, 'op2')).toMatchObject({ outcome: 'done' });
  plant.tell({ 'I-4200-BYP': true });
  expect(obstacles(plant)).toEqual([]);
  return bypass;
}

describe('REQ-ABU-03 wrong role', () => {
  it('3.3 who may not assess, approve or accept is refused by role, each time on record with the name', () => inPlant(async (plant, at) => {
    const bypass = await asked(plant, at);
    for (const user of ['op2', 'sup1', 'ins1']) expect(rules(await assess(plant, at, bypass, user))).toEqual(['G-ROLE']);
    await assess(plant, at, bypass);
    // SIL2: the shift does not decide it.
    for (const user of ['op2', 'sup1', 'ins1']) expect(rules(await sign(plant, at, 'bypass.approve', bypass, user))).toEqual(['G-ROLE']);
    expect(plant.records('refused').map(({ by }) => by)).toEqual(['op2', 'sup1', 'ins1', 'op2', 'sup1', 'ins1']);
    await sign(plant, at, 'bypass.approve', bypass, 'eng2');
    expect(rules(await sign(plant, at, 'bypass.accept', bypass, 'eng2'))).toEqual(['G-ROLE']);
    await at.retreats();
    plant.tell({ 'I-4200-BYP': true });
    expect(obstacles(plant)).toEqual(['not-accepted']);
  }));
});

describe('REQ-ABU-04 own approval', () => {
  it('3.3 nobody assesses what they asked for, nor approves what they assessed, whatever roles they hold and from whichever console', () => inPlant(async (plant, one, two) => {
    await plant.users.add({ user: 'all', name: '一人多岗', roles: ['operator', 'supervisor', 'engineer'], secret: 'all-the-roles' });
    const mine = { signature: plant.sign('all', 'all-the-roles') };
    const answer = await one.ask('bypass.request', { ...request(plant), ...mine });
    const { bypass } = (answer as { output: { bypass: string } }).output;
    await two.logOn('eng1');
    for (const at of [one, two]) expect(rules(await at.ask('bypass.assess', { bypass, text: 'fine', acceptable: true, ...mine }))).toEqual(['G-TWO-PERSONS']);
    await assess(plant, two, bypass);
    for (const at of [one, two]) expect(rules(await at.ask('bypass.approve', { bypass, ...mine }))).toEqual(['G-TWO-PERSONS']);
    expect(rules(await sign(plant, two, 'bypass.approve', bypass, 'eng1'))).toEqual(['G-TWO-PERSONS']);
    expect(plant.core.state.bypasses[0]?.phase).toBe('assessed');
    expect(plant.records('refused').length).toBe(5);
  }));
});

describe('REQ-ABU-02 REQ-ABU-07 replayed, and two consoles racing', () => {
  it('3.3 a replayed approval approves nothing again; two that come at once approve once', () => inPlant(async (plant, one, two) => {
    const bypass = await asked(plant, one);
    await assess(plant, one, bypass);
    const text = one.text('bypass.approve', { bypass, signature: plant.sign('eng2') });
    const [first, again] = await Promise.all([one.hear(text), two.hear(text)]);
    expect([first, plant.records('bypass.approved').length]).toEqual([again, 1]);
    const other = await two.ask('bypass.approve', { bypass, signature: plant.sign('eng2') });
    expect([other.outcome, plant.records('bypass.approved').length]).toEqual(['failed', 1]);
    await two.retreats();
  }));

  it('3.3 two consoles ask for two bypasses against one hazard in the same moment: one of them stands', () => inPlant(async (plant, one, two) => {
    const answers = await Promise.all([one.ask('bypass.request', { ...request(plant, 'I-4200'), signature: plant.sign('op1') }), two.ask('bypass.request', { ...request(plant, 'I-4210'), signature: plant.sign('op2') })]);
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused']);
    expect(answers.flatMap((answer) => rules(answer)).filter((rule) => rule.startsWith('G-'))).toEqual(['G-BYPASS-HAZARD']);
    expect(plant.core.state.bypasses.length).toBe(1);
  }));

  it('3.3 while a secret is looked at the plant goes wrong: the approval that comes after is refused', () => inPlant(async (plant, one) => {
    const bypass = await asked(plant, one);
    await assess(plant, one, bypass);
    const coming = sign(plant, one, 'bypass.approve', bypass, 'eng2');
    plant.tell({ 'TI-4202': 60 });
    expect(rules(await coming)).toEqual(['G-BYPASS-UPSET']);
    expect(rules(await one.ask('bypass.request', { ...request(plant, 'I-4400'), signature: plant.sign('op1') }))).toEqual(['G-BYPASS-UPSET']);
    await one.retreats();
  }));
});

describe('REQ-ABU-06 used in the last second', () => {
  it('3.3 an approval carries the bypass to its last millisecond; then it blocks, and no late acceptance or extension revives it', () => inPlant(async (plant, one) => {
    const bypass = await inForce(plant, one, 10 * MINUTE);
    const { untilMs } = plant.core.state.bypasses[0] ?? { untilMs: 0 };
    plant.pass(untilMs - 1 - plant.nowMs, 30_000);
    expect([plant.nowMs, obstacles(plant)]).toEqual([untilMs - 1, []]);
    await one.retreats();
    plant.pass(1, 1);
    plant.core.tick();
    expect(obstacles(plant)).toEqual(['expired']);
    expect(plant.core.state.alarms.get('EXPIRED/I-4200')).toMatchObject({ priority: 1, active: true });
    expect((await sign(plant, one, 'bypass.accept', bypass, 'op2')).outcome).toBe('failed');
    // The stop has opened an incident: more time is not to be had in it.
    expect(rules(await one.ask('bypass.extend', { bypass, untilMs: plant.nowMs + HOUR, reason: 'longer', signature: plant.sign('op1') }))).toEqual(['G-BYPASS-UPSET']);
    expect(obstacles(plant)).toEqual(['expired']);
  }));

  it('3.3 an approval given in the last second of its time and accepted after it carries nothing', () => inPlant(async (plant, one) => {
    const bypass = await asked(plant, one, 'op1', 'I-4200', 10 * MINUTE);
    await assess(plant, one, bypass);
    plant.pass(10 * MINUTE - 1_000, 30_000);
    expect((await sign(plant, one, 'bypass.approve', bypass, 'eng2')).outcome).toBe('done');
    plant.pass(2_000);
    expect((await sign(plant, one, 'bypass.accept', bypass, 'op2')).outcome).toBe('failed');
    plant.tell({ 'I-4200-BYP': true });
    expect(obstacles(plant)).toEqual(['expired']);
  }));
});

describe('REQ-ABU-05 clock moved', () => {
  it('3.3 the calendar set back or forward neither prolongs an approval nor ends it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const plant = await House.open(shippedPack(), calmValues(shippedPack()), createClock());
    try {
      const at = plant.console();
      const answer = await at.ask('bypass.request', { ...request(plant), signature: plant.sign('op1') });
      const { bypass } = (answer as { output: { bypass: string } }).output;
      await assess(plant, at, bypass);
      await sign(plant, at, 'bypass.approve', bypass, 'eng2');
      await sign(plant, at, 'bypass.accept', bypass, 'op2');
      const { untilMs } = plant.core.state.bypasses[0] ?? { untilMs: 0 };
      for (const byMs of [-24 * HOUR, 48 * HOUR]) {
        vi.setSystemTime(Date.now() + byMs);
        plant.core.tick();
        expect(plant.records('clock.stepped').length).toBeGreaterThan(0);
        expect([plant.core.state.bypasses[0]?.phase, plant.core.state.bypasses[0]?.untilMs]).toEqual(['active', untilMs]);
        const left = untilMs - plant.core.context().nowMs;
        expect(left > 0.9 * HOUR && left <= HOUR).toBe(true);
        await at.retreats();
      }
    } finally {
      plant.close();
      vi.useRealTimers();
    }
  });
});

describe('a restart in the middle of the workflow', () => {
  it('3.3 what was approved is approved after a restart and not for longer; what was not is not: the journal folds to the same register', () => inPlant(async (plant, one) => {
    await inForce(plant, one);
    const facts = [...plant.journal.records()].flatMap((record) => toFact(record) ?? []);
    expect(evolveAll(EMPTY_STATE, facts, plant.core.plant.machines).bypasses).toEqual(plant.core.state.bypasses);
    // Kill between the request and the approval: it is asked for, and nothing more.
    const cut = facts.slice(0, facts.findIndex(({ type }) => type === 'bypass.approved'));
    expect(evolveAll(EMPTY_STATE, cut, plant.core.plant.machines).bypasses[0]?.phase).toBe('assessed');
  }));
});
