/** Log-ons against every order of what can happen: a model that is too simple to be wrong. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { ACCESS_KINDS_MAX, AccessLog, COUNTED_OVER_MS, ONE_BY_ONE_MAX } from '../../../src/main/station/access-log.ts';
import { BURST, Intake, PER_SECOND, UNANSWERED_MAX } from '../../../src/main/station/intake.ts';
import { IDLE_LOCK_MS, LogOns, SHIFT_MS } from '../../../src/main/station/log-ons.ts';
import type { Account, Standing } from '../../../src/main/users/users.ts';

const account = (user: string): Account => ({ user, name: user, roles: ['operator'] });

type Deed = { readonly kind: 'logOn' | 'logOff' | 'use' | 'resume' | 'leave' | 'newSecret' | 'pass'; readonly desk: number; readonly user: number; readonly ms: number };
const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom('logOn' as const, 'logOn' as const, 'logOff' as const, 'use' as const, 'resume' as const, 'leave' as const, 'newSecret' as const, 'pass' as const, 'pass' as const),
  desk: fc.nat(2), user: fc.nat(2), ms: fc.constantFrom(1, 60_000, IDLE_LOCK_MS - 1, IDLE_LOCK_MS, SHIFT_MS - 1, SHIFT_MS),
});

describe('REQ-SES-04 log-ons in every order', () => {
  it('a console is somebody’s only by a secret shown or a ticket held, used within ten minutes, begun within a shift, by an account unchanged since', () => {
    fc.assert(fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
      let nowMs = 1_000;
      const seals = ['a', 'b', 'c'];
      const facts: Fact[] = [];
      const users = { standing: (user: string): Standing => ({ state: 'good', account: account(user), seal: seals[Number(user)] ?? '' }) };
      const logOns = new LogOns({ users, nowMs: () => nowMs, record: (told) => facts.push(...told) });
      const desks = [{}, {}, {}];
      type Model = { user: number; seal: string; beganMs: number; usedMs: number; locked: boolean; desk: number | null; ticket: string };
      let models: Model[] = [];
      const age = (): void => { models = models.filter((m) => nowMs - m.beganMs < SHIFT_MS && seals[m.user] === m.seal); for (const m of models) if (nowMs - m.usedMs >= IDLE_LOCK_MS) m.locked = true; };
      const tickets: string[] = [];
      for (const { kind, desk, user, ms } of deeds) {
        age();
        const at = models.find((m) => m.desk === desk);
        switch (kind) {
          case 'pass': nowMs += ms; break;
          case 'logOn': {
            const ticket = logOns.begin(desks[desk] as object, account(String(user))) ?? '';
            models = [...models.filter((m) => m !== at), { user, seal: seals[user] ?? '', beganMs: nowMs, usedMs: nowMs, locked: false, desk, ticket }];
            tickets.push(ticket);
            break;
          }
          case 'logOff': logOns.end(desks[desk] as object); models = models.filter((m) => m !== at); break;
          case 'use': logOns.used(desks[desk] as object); if (at !== undefined && !at.locked) at.usedMs = nowMs; break;
          case 'leave': logOns.left(desks[desk] as object); if (at !== undefined) at.desk = null; break;
          case 'newSecret': seals[user] = `${seals[user] ?? ''}+`; break;
          case 'resume': {
            const ticket = tickets[user % Math.max(1, tickets.length)] ?? 'none';
            const held = models.find((m) => m.ticket === ticket);
            expect(logOns.resume(desks[desk] as object, ticket)).toBe(held !== undefined);
            if (held !== undefined && held.desk !== desk) { models = models.filter((m) => m !== at); held.desk = desk; }
            break;
          }
        }
        age();
        for (const [index, each] of desks.entries()) {
          const wanted = models.find((m) => m.desk === index);
          expect(logOns.person(each)?.user ?? null).toBe(wanted === undefined || wanted.locked ? null : String(wanted.user));
          expect(logOns.view(each)?.locked ?? null).toBe(wanted?.locked ?? null);
          // The name on a retreat is never anybody's but theirs; by a changed account it may be the post's or the last known.
          const name = logOns.nameOf(each);
          expect(name === null || name === String(wanted?.user)).toBe(true);
        }
        for (const each of [0, 1, 2]) {
          const own = models.filter((m) => m.user === each);
          expect([logOns.isHere(String(each)), logOns.isAtConsole(String(each))]).toEqual([own.length > 0, own.some((m) => m.desk !== null && !m.locked)]);
        }
      }
      expect(facts.every(({ type }) => type.startsWith('session.'))).toBe(true);
    }), { numRuns: 300 });
  });

  it('accounts that cannot be read identify nobody, end nothing, and hold up no retreat', () => {
    let standing: Standing = { state: 'good', account: account('0'), seal: 'a' };
    const logOns = new LogOns({ users: { standing: () => standing }, nowMs: () => 0, record: () => undefined });
    const desk = {};
    logOns.begin(desk, account('0'));
    standing = { state: 'unreadable' };
    expect([logOns.person(desk), logOns.view(desk)?.user, logOns.nameOf(desk)]).toEqual([null, '0', '0']);
    standing = { state: 'good', account: account('0'), seal: 'a' };
    expect(logOns.person(desk)?.user).toBe('0');
  });
});

describe('REQ-SES-09 the measure of a console', () => {
  it('never more than the burst and what time has given back since, whatever the clock does', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 400 }), (steps) => {
      const intake = new Intake();
      let [nowMs, forwardMs, taken, highest] = [10_000, 0, 0, 10_000];
      for (const step of steps) {
        nowMs += step;
        forwardMs += Math.max(0, nowMs - highest);
        highest = Math.max(highest, nowMs);
        if (intake.take(nowMs)) taken += 1;
        expect(taken).toBeLessThanOrEqual(BURST + (forwardMs / 1_000) * PER_SECOND + 1e-6);
      }
    }), { numRuns: 200 });
  });

  it('a burst at once, then a second gives back what it gives', () => {
    const intake = new Intake();
    const takes = (nowMs: number): number => Array.from({ length: 1_000 }, () => intake.take(nowMs)).filter(Boolean).length;
    expect([takes(0), takes(0), takes(1_000), takes(3_600_000)]).toEqual([BURST, 0, PER_SECOND, BURST]);
  });

  it('what has no answer yet counts', () => {
    const intake = new Intake();
    for (let i = 0; i < UNANSWERED_MAX; i += 1) { expect(intake.take(0)).toBe(true); intake.begin(); }
    expect(intake.take(0)).toBe(false);
    intake.end();
    expect(intake.take(0)).toBe(true);
  });
});

describe('REQ-SES-08 counting what was refused', () => {
  it('nothing is lost and nothing counted twice, and a minute never makes more records than its bound', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('flood', 'bad-envelope', 'wrong-secret', 'bad-input'), fc.constantFrom(0, 1, 100, COUNTED_OVER_MS), fc.boolean()), { maxLength: 300 }), (asked) => {
      let nowMs = 0;
      const facts: Extract<Fact, { type: 'access.refused' }>[] = [];
      const log = new AccessLog({ nowMs: () => nowMs, isAccount: () => false, record: (told) => facts.push(...(told as typeof facts)) });
      for (const [code, passMs, isCounted] of asked) { nowMs += passMs; log.refused({ command: null, code, isCounted }); }
      log.flush();
      for (const code of ['flood', 'bad-envelope', 'wrong-secret', 'bad-input']) {
        expect(facts.filter(({ data }) => data.code === code).reduce((sum, { data }) => sum + data.count, 0)).toBe(asked.filter(([each]) => each === code).length);
      }
      const minutes = Math.floor(nowMs / COUNTED_OVER_MS) + 1;
      expect(facts.length).toBeLessThanOrEqual(minutes * 4 * (ONE_BY_ONE_MAX + 1));
    }), { numRuns: 200 });
  });

  it('kinds beyond what is told apart are counted as others', () => {
    const facts: Fact[] = [];
    const log = new AccessLog({ nowMs: () => 0, isAccount: () => false, record: (told) => facts.push(...told) });
    for (let i = 0; i < ACCESS_KINDS_MAX * 4; i += 1) log.refused({ command: null, code: `code${String(i)}`, isCounted: true });
    log.flush();
    expect(facts.length).toBeLessThanOrEqual(ACCESS_KINDS_MAX + 1);
    expect(facts.reduce((sum, { data }) => sum + (data as { count: number }).count, 0)).toBe(ACCESS_KINDS_MAX * 4);
  });
});
