/** The life of an alarm by ISA-18.2 / OPC UA Part 9, exhaustively: every state, every event, every kind of alarm. */
import { describe, expect, it } from 'vitest';
import { ALARM_EVENTS, AT_REST, isAnnounced, isAtRest, isHidden, nextRegions } from '../../../src/domain/alarms/regions.ts';
import type { AlarmEvent, AlarmRegions, AlarmTraits } from '../../../src/domain/alarms/regions.ts';

const TRAITS: readonly AlarmTraits[] = [false, true].flatMap((latching) => [false, true].map((alwaysVisible) => ({ latching, alwaysVisible })));
const NAMES = ['active', 'acknowledged', 'latched', 'shelved', 'suppressed', 'outOfService'] as const;
const ALL: readonly AlarmRegions[] = Array.from({ length: 64 }, (_, bits) => Object.fromEntries(NAMES.map((name, i) => [name, (bits >> i) % 2 === 1])) as unknown as AlarmRegions);
/** `AkLSDO`, a dot where a region is off: active, acknowledged (k), latched, shelved, suppressed by design, out of service. */
const word = (r: AlarmRegions): string => NAMES.map((name, i) => (r[name] ? 'AkLSDO'[i] : '.')).join('');
const regions = (text: string): AlarmRegions => Object.fromEntries(NAMES.map((name, i) => [name, text[i] !== '.'])) as unknown as AlarmRegions;

/** What the standard says of each region, one sentence each, written without looking at the table. */
function oracle(r: AlarmRegions, event: AlarmEvent, t: AlarmTraits): AlarmRegions {
  const hidden = r.shelved || r.suppressed || r.outOfService;
  switch (event) {
    case 'raise': return r.active ? r : { ...r, active: true, acknowledged: false, latched: t.latching };
    case 'reAlarm': return r.active ? { ...r, acknowledged: false } : r;
    case 'return': return r.active ? { ...r, active: false, acknowledged: hidden ? true : r.acknowledged } : r;
    case 'acknowledge': return { ...r, acknowledged: true };
    case 'reset': return !r.active && r.acknowledged ? { ...r, latched: false } : r;
    case 'shelve': return t.alwaysVisible ? r : { ...r, shelved: true };
    case 'suppress': return t.alwaysVisible ? r : { ...r, suppressed: true };
    case 'takeOut': return t.alwaysVisible ? r : { ...r, outOfService: true };
    case 'unshelve': return shown(r, { ...r, shelved: false });
    case 'unsuppress': return shown(r, { ...r, suppressed: false });
    case 'putBack': return shown(r, { ...r, outOfService: false });
  }
}
function shown(before: AlarmRegions, after: AlarmRegions): AlarmRegions {
  const was = before.shelved || before.suppressed || before.outOfService;
  const is = after.shelved || after.suppressed || after.outOfService;
  return was && !is ? { ...after, acknowledged: !(after.active || after.latched) } : after;
}

describe('REQ-ALM-01 regions beside each other', () => {
  it('every one of 64 states x 11 events x 4 kinds of alarm goes where the standard says', () => {
    const wrong: string[] = [];
    for (const traits of TRAITS) for (const from of ALL) for (const event of ALARM_EVENTS) {
      const [found, wanted] = [word(nextRegions(from, event, traits)), word(oracle(from, event, traits))];
      if (found !== wanted) wrong.push(`${word(from)} ${event} -> ${found}, expected ${wanted}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['ISA-18.2 A to B: raised', '.k....', 'raise', 'A.....'], ['B to C: acknowledged', 'A.....', 'acknowledge', 'Ak....'], ['C to A: returned', 'Ak....', 'return', '.k....'],
    ['B to D: returned unacknowledged', 'A.....', 'return', '......'], ['D to A: acknowledged', '......', 'acknowledge', '.k....'], ['D to B: raised again', '......', 'raise', 'A.....'],
    ['re-alarm of an acknowledged one', 'Ak....', 'reAlarm', 'A.....'], ['shelved while it stands', 'A.....', 'shelve', 'A..S..'], ['back from the shelf: to be answered anew', 'Ak.S..', 'unshelve', 'A.....'],
    ['gone meanwhile: nothing to answer', '.k.S..', 'unshelve', '.k....'], ['two things hide it: still hidden', 'Ak.SD.', 'unshelve', 'Ak..D.'], ['suppressed by design', '.k....', 'suppress', '.k..D.'], ['raised while suppressed', '.k..D.', 'raise', 'A...D.'],
    ['gone while suppressed: never announced', 'A...D.', 'return', '.k..D.'], ['out of service and back', 'Ak...O', 'putBack', 'A.....'],
  ] as const)('%s', (_what, from, event, to) => {
    expect(word(nextRegions(regions(from), event, { latching: false, alwaysVisible: false }))).toBe(to);
  });
});

describe('REQ-ALM-02 latching', () => {
  it.each([
    ['raised, it is latched', '.k....', 'raise', 'A.L...'], ['its condition gone, it stays', 'AkL...', 'return', '.kL...'], ['reset by a person, it goes', '.kL...', 'reset', '.k....'],
    ['not while its condition is there', 'AkL...', 'reset', 'AkL...'], ['not before it is answered', '..L...', 'reset', '..L...'], ['raised while latched, it is raised again', '.kL...', 'raise', 'A.L...'],
  ] as const)('%s', (_what, from, event, to) => {
    expect(word(nextRegions(regions(from), event, { latching: true, alwaysVisible: true }))).toBe(to);
  });
});

describe('REQ-ALM-03 what can be reached', () => {
  const reach = (traits: AlarmTraits): AlarmRegions[] => {
    const seen = new Map([[word(AT_REST), AT_REST]]);
    for (const from of seen.values()) for (const event of ALARM_EVENTS) {
      const to = nextRegions(from, event, traits);
      seen.set(word(to), to);
    }
    return [...seen.values()];
  };

  it.each(TRAITS)('3.6 no illegal combination: %j', (traits) => {
    for (const r of reach(traits)) {
      if (traits.alwaysVisible) expect([word(r), isHidden(r)]).toEqual([word(r), false]);
      if (!traits.latching) expect([word(r), r.latched]).toEqual([word(r), false]);
      if (traits.latching && r.active) expect([word(r), r.latched]).toEqual([word(r), true]);
    }
  });

  it('the plain alarm has the four states of ISA-18.2 and no more, but for hiding; all are reached', () => {
    expect(reach({ latching: false, alwaysVisible: true }).map(word).sort()).toEqual(['......', '.k....', 'A.....', 'Ak....']);
    expect(reach({ latching: true, alwaysVisible: true }).map(word).sort()).toEqual(['..L...', '.k....', '.kL...', 'A.L...', 'AkL...']);
    expect(reach({ latching: false, alwaysVisible: false }).length).toBe(32);
  });

  it('from everywhere there is a way to rest', () => {
    const calm: readonly AlarmEvent[] = ['unshelve', 'unsuppress', 'putBack', 'return', 'acknowledge', 'reset'];
    for (const traits of TRAITS) for (const from of reach(traits)) expect(isAtRest(calm.reduce((r, event) => nextRegions(r, event, traits), from))).toBe(true);
  });
});

describe('REQ-ALM-04 what is put before the operator', () => {
  it('a raise, a re-alarm, and what stands when it comes out of hiding; nothing hidden, nothing twice', () => {
    const announced: string[] = [];
    for (const from of ALL) for (const event of ALARM_EVENTS) {
      const to = nextRegions(from, event, { latching: false, alwaysVisible: false });
      if (isAnnounced(from, event, to)) announced.push(`${word(from)} ${event}`);
    }
    expect(announced.every((each) => / (?:raise|reAlarm|unshelve|unsuppress|putBack)$/u.test(each))).toBe(true);
    expect(announced.filter((each) => each.includes('..... raise') || each.includes('.k.... raise'))).toEqual(['...... raise', '.k.... raise']);
    expect(announced.some((each) => /^...[S]/u.test(each) && !each.endsWith('unshelve'))).toBe(false);
    expect(announced).toContain('Ak.S.. unshelve');
    expect(announced).not.toContain('Ak.SD. unshelve');
    expect(announced).not.toContain('.k.S.. unshelve');
  });
});
