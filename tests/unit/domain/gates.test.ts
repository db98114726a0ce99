/** The gate and what it looks at: interlocks, bypasses, people, alarms. Exhaustive where the space is small. */
import { describe, expect, it } from 'vitest';
import type { Truth } from '../../../src/domain/conditions/truth.ts';
import type { GateFacts } from '../../../src/domain/gates/gate-facts.ts';
import { NO_FACTS } from '../../../src/domain/gates/gate-facts.ts';
import { decide } from '../../../src/domain/gates/decide.ts';
import { GATE_RULES } from '../../../src/domain/gates/rules.ts';
import { interlockObstacle, interlockState, isBypassApproved, openBypassOf } from '../../../src/domain/interlocks/interlocks.ts';
import type { Bypass, BypassPhase, InterlockState } from '../../../src/domain/interlocks/interlocks.ts';
import { headCount, zoneLimit, zoneState } from '../../../src/domain/people/people.ts';
import { PLACES } from '../../../src/domain/procedures/places.ts';

const text = (en: string) => ({ zh: `中文${en}`, en });
const WHAT = text('doing it');
const ROLES = ['operator', 'supervisor', 'engineer', 'instructor', 'investigator'] as const;
const GATED = ['sustain', 'intervene', 'return'] as const;

/** Facts on which nothing stands in the way. */
const CLEAR: GateFacts = { ...NO_FACTS, place: 'readyToReturn', causeFound: true, safeProved: true, hasCommander: true, hasWatch: true, linkGood: true, signer: { user: 's1', roles: ['supervisor'] }, signerRoles: ['supervisor'] };
const zone = (state: 'within' | 'exceeded' | 'unknown') => ({ id: 'Z', title: text('area'), stage: 'handling' as const, state, count: 3, limit: 2 });

/** What makes each rule stand, and nothing else. */
const OFFENCES: Readonly<Record<string, Partial<GateFacts>>> = {
  'G-INTERLOCK': { interlocks: [{ id: 'I-1', obstacle: 'no-entry' }] },
  'G-LINK': { linkGood: false },
  'G-NO-PROCEDURE': { noProcedure: true },
  'G-SAFE': { safeProved: false },
  'G-CAUSE': { causeFound: false },
  'G-TRIP-CONDITION': { unmet: [{ text: text('hot'), state: 'unknown' }] },
  'G-PROHIBITION': { violated: [{ clause: '4.3.2', text: text('striking') }] },
  'G-HELD': { held: true },
  'G-COMMANDER': { hasCommander: false },
  'G-WATCH': { hasWatch: false },
  'G-PROOF': { lapsed: [text('atmospheric pressure')] },
  'G-CAUTION': { unread: 1 },
  'G-UNCLEAR': { entry: { zone: text('area'), stage: 'unclear', countAfter: 1, limit: null } },
  'G-PEOPLE-LIMIT': { entry: { zone: text('area'), stage: 'handling', countAfter: 7, limit: 6 } },
  'G-PEOPLE': { zones: [zone('exceeded')] },
  'G-ROLE': { signer: { user: 'o1', roles: ['operator'] } },
  'G-TWO-PERSONS': { mustDifferFrom: [{ user: 's1', part: text('approved') }] },
};

/** Every combination of everything a gate can look at, as far as it can make a difference. */
function* everyCombination(): Generator<GateFacts> {
  const flags = ['causeFound', 'safeProved', 'held', 'hasCommander', 'hasWatch', 'noProcedure', 'linkGood'] as const;
  const obstacles = [null, 'unknown', 'faulted', 'no-entry', 'not-assessed', 'not-approved', 'expired'] as const;
  for (let bits = 0; bits < 2 ** flags.length; bits += 1) {
    const set = Object.fromEntries(flags.map((flag, i) => [flag, (bits & (1 << i)) !== 0])) as Pick<GateFacts, (typeof flags)[number]>;
    for (const obstacle of obstacles) for (const place of [null, ...PLACES]) for (const unmet of [null, 'false', 'unknown'] as const) for (const people of ['within', 'exceeded', 'unknown'] as const) for (const signer of [null, { user: 'u', roles: [] }]) {
      yield {
        ...NO_FACTS, ...set, place, signer,
        interlocks: obstacle === null ? [] : [{ id: 'I-1', obstacle }],
        unmet: unmet === null ? [] : [{ text: WHAT, state: unmet }],
        zones: [zone(people)],
        entry: { zone: WHAT, stage: people === 'unknown' ? 'unclear' : 'handling', countAfter: people === 'unknown' ? null : people === 'exceeded' ? 7 : 1, limit: 6 },
        signerRoles: ['supervisor'], mustDifferFrom: [{ user: 'u', part: WHAT }],
      };
    }
  }
}

describe('REQ-GATE-01 the way to safety is never locked', () => {
  it('3.4 retreat and hold are allowed on every combination of facts', () => {
    let combinations = 0;
    const refused: GateFacts[] = [];
    for (const facts of everyCombination()) {
      combinations += 1;
      for (const direction of ['retreat', 'hold'] as const) if (!gate({ id: 'x', direction, what: WHAT }, facts).allowed) refused.push(facts);
    }
    expect(refused).toEqual([]);
    expect(combinations).toBe(128 * 7 * 9 * 3 * 3 * 2);
  });

  it('no rule names retreat or hold', () => {
    expect(GATE_RULES.flatMap((rule) => rule.directions as readonly string[]).filter((d) => d === 'retreat' || d === 'hold')).toEqual([]);
  });

  it('a return is allowed on exactly those combinations where nothing at all stands in the way', () => {
    const wrong: GateFacts[] = [];
    for (const f of everyCombination()) {
      const isFree = f.interlocks.length === 0 && f.linkGood && !f.noProcedure && (f.place === null || (f.safeProved && f.causeFound)) && f.unmet.length === 0 && !f.held && f.hasCommander && f.hasWatch && f.zones.every((z) => z.state === 'within') && f.signer === null;
      if (gate({ id: 'x', direction: 'return', what: WHAT }, f).allowed !== isFree) wrong.push(f);
    }
    expect(wrong).toEqual([]);
  });
});

describe('REQ-GATE-02 REQ-GATE-03 every rule alone', () => {
  it('the offences of this test are the rules of the table', () => {
    expect(Object.keys(OFFENCES).sort()).toEqual(GATE_RULES.map((rule) => rule.id).sort());
  });

  it.each(GATE_RULES.map((rule) => [rule.id, rule] as const))('%s refuses, in its directions and in no other', (id, rule) => {
    for (const direction of GATED) {
      const allowed = gate({ id: 'op', direction, what: WHAT }, { ...CLEAR, ...OFFENCES[id] });
      expect(gate({ id: 'op', direction, what: WHAT }, CLEAR)).toEqual({ allowed: true });
      if (!rule.directions.includes(direction)) {
        expect(allowed).toEqual({ allowed: true });
        continue;
      }
      if (allowed.allowed) throw new Error(`${id} does not refuse ${direction}`);
      const { refusal } = allowed;
      expect(refusal).toMatchObject({ operation: 'op', direction, what: WHAT });
      expect(refusal.obstacles.map((o) => o.rule)).toEqual([id]);
      for (const o of refusal.obstacles) {
        expect(o.clause).toMatch(/^\d\.\d/u);
        expect(o.whoCanChange.length).toBeGreaterThan(0);
        expect(o.whoCanChange.every((role) => ROLES.includes(role))).toBe(true);
        expect(o.fact.en).toMatch(/[a-z]{3}/u);
        expect(o.fact.zh).toMatch(/\p{Script=Han}{2}/u);
      }
      expect(refusal.meanwhile.some((m) => /retreat/u.test(m.en) && /退守/u.test(m.zh))).toBe(true);
    }
  });

  it('nothing known: every gated direction but sustain is refused', () => {
    expect(GATED.map((direction) => gate({ id: 'x', direction, what: WHAT }, NO_FACTS).allowed)).toEqual([true, false, false]);
  });

  it('a refusal lists at most 50 obstacles', () => {
    const verdict = gate({ id: 'x', direction: 'return', what: WHAT }, { ...CLEAR, unmet: Array.from({ length: 80 }, () => ({ text: WHAT, state: 'false' as const })) });
    expect(!verdict.allowed && verdict.refusal.obstacles.length).toBe(50);
  });
});

describe('REQ-GATE-04 interlocks and bypasses (3.3)', () => {
  const TRUTHS: readonly Truth[] = [0, 1, -1];
  it('every combination of the three tags: a bypass seen outweighs all, then unknown, then fault, then trip', () => {
    for (const trip of TRUTHS) for (const bypass of TRUTHS) for (const fault of TRUTHS) {
      const expected: InterlockState = bypass === 1 ? 'bypassed' : [trip, bypass, fault].includes(-1) ? 'unknown' : fault === 1 ? 'faulted' : trip === 1 ? 'tripped' : 'armed';
      expect(interlockState({ trip, bypass, fault })).toBe(expected);
    }
  });

  const entry = (change: Partial<Bypass>): Bypass => ({ id: 'B', interlock: 'I-1', phase: 'approved', reason: 'r', hazard: 'h', measures: [], requestedBy: 'o1', requestedMs: 0, assessment: { text: 't', by: 'e1', atMs: 1 }, approval: { by: 's1', atMs: 2 }, untilMs: 1_000, ...change });

  it('unknown stands in the way like a bypass; armed and tripped protect', () => {
    expect((['armed', 'tripped', 'unknown', 'faulted', 'bypassed'] as const).map((state) => interlockObstacle(state, null, 0))).toEqual([null, null, 'unknown', 'faulted', 'no-entry']);
  });

  it('an approval counts to its last ms and not one longer', () => {
    expect([interlockObstacle('bypassed', entry({}), 999), interlockObstacle('bypassed', entry({}), 1_000)]).toEqual([null, 'expired']);
  });

  it('approved by the assessor or by the requester is not approved', () => {
    expect([isBypassApproved(entry({}), 5), isBypassApproved(entry({ approval: { by: 'e1', atMs: 2 } }), 5), isBypassApproved(entry({ approval: { by: 'o1', atMs: 2 } }), 5), isBypassApproved(entry({ assessment: null }), 5), isBypassApproved(entry({ approval: null }), 5)]).toEqual([true, false, false, false, false]);
  });

  it('an approval of a known bypass does not excuse an unknown or faulted function', () => {
    expect([interlockObstacle('unknown', entry({}), 5), interlockObstacle('faulted', entry({}), 5)]).toEqual(['unknown', 'faulted']);
  });

  it.each([['requested', 'not-assessed', { assessment: null, approval: null }], ['assessed', 'not-approved', { approval: null }], ['expired', 'expired', {}]] as const)('%s stands in the way as %s', (phase: BypassPhase, obstacle, change) => {
    expect(interlockObstacle('bypassed', entry({ phase, ...change }), 5)).toBe(obstacle);
  });

  it('the newest open entry of the interlock speaks; closed and rejected ones do not', () => {
    expect(openBypassOf([entry({ id: '1' }), entry({ id: '2', phase: 'closed' }), entry({ id: '3', phase: 'rejected' }), entry({ id: '4', interlock: 'I-2' })], 'I-1')?.id).toBe('1');
    expect(openBypassOf([], 'I-1')).toBe(null);
  });
});

describe('REQ-GATE-05 people', () => {
  const names = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `E${i}`, name: `p${i}`, task: 't', protection: 'p', atMs: 0 }));
  it('4.2.1 4.2.3 limits are 0, 2 and 6, and less where a procedure says so; normal running has none', () => {
    expect([zoneLimit('unclear', []), zoneLimit('reconnaissance', []), zoneLimit('handling', []), zoneLimit('normal', [])]).toEqual([0, 2, 6, null]);
    expect([zoneLimit('handling', [2]), zoneLimit('handling', [2, 0]), zoneLimit('reconnaissance', [6]), zoneLimit('unclear', [6])]).toEqual([2, 0, 2, 0]);
  });

  it('tags and names both count and the larger counts; an unknown tag is not zero', () => {
    expect([headCount(0, names(2)), headCount(3, names(2)), headCount(null, names(0)), headCount(-1, [])]).toEqual([2, 3, null, 0]);
    for (const [tag, entries, limit, state] of [[0, 0, 0, 'within'], [1, 0, 0, 'exceeded'], [2, 2, 2, 'within'], [3, 2, 2, 'exceeded'], [0, 3, 2, 'exceeded'], [null, 0, 2, 'unknown'], [null, 3, 2, 'exceeded'], [null, 0, null, 'within'], [6, 0, 6, 'within'], [7, 0, 6, 'exceeded']] as const) {
      expect(zoneState(tag, names(entries), limit)).toBe(state);
    }
  });
});
