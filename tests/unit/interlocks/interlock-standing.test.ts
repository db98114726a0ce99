/** What an interlock is worth, against an oracle that was written from the words of 3.3 and 3.5 and not from the table: every tag truth x every phase x every time. */
import { describe, expect, it } from 'vitest';
import type { Truth } from '../../../src/domain/conditions/truth.ts';
import { grantFor } from '../../../src/domain/authority/matrix.ts';
import { BYPASS_KINDS } from '../../../src/contract/commands.ts';
import { BYPASS_PHASES, INTERLOCK_STANDINGS } from '../../../src/contract/view.ts';
import { BYPASS_KINDS as KINDS, BYPASS_PHASES as PHASES, inOrderOfUrgency, openEntryOf, overdueOf, preWarningMs, TAG_GRACE_MS, TEST_DUE_MS } from '../../../src/domain/interlocks/bypass.ts';
import type { BypassEntry, EntryPhase } from '../../../src/domain/interlocks/bypass.ts';
import { channelState, votingOf } from '../../../src/domain/interlocks/channels.ts';
import type { ChannelState } from '../../../src/domain/interlocks/channels.ts';
import { interlockState } from '../../../src/domain/interlocks/interlocks.ts';
import { INTERLOCK_STANDINGS as STANDINGS, obstaclesOfPicture, standingOf } from '../../../src/domain/interlocks/interlock-standing.ts';
import type { InterlockPicture } from '../../../src/domain/interlocks/interlock-standing.ts';
import { firstOf } from '../../../src/domain/interlocks/trips.ts';
import { shippedPack, T0 } from '../domain/bench.ts';

const TRUTHS: readonly Truth[] = [0, 1, -1];
const START = 1_000_000;
const UNTIL = START + 3_600_000;
/** Just before and at each moment that means something. */
const TIMES = [START - 1, START, START + TAG_GRACE_MS - 1, START + TAG_GRACE_MS, UNTIL - 1, UNTIL, UNTIL + TAG_GRACE_MS];

const entry = (change: Partial<BypassEntry>): BypassEntry => ({
  id: 'B', interlock: 'I-1', element: null, phase: 'active', kind: 'maintenance', reason: 'r', hazard: 'h', workOrder: null, measures: [], limits: [], requestedBy: 'o', requestedMs: 0, startMs: START, untilMs: UNTIL,
  assessment: { text: 't', by: 'e1', atMs: 1 }, approvals: [{ by: 'e2', atMs: 2 }], acceptance: { by: 'o2', atMs: START }, walks: {}, extension: null, extensions: 0, unknown: [], seen: true,
  lapse: null, restoration: null, test: null, verification: null, events: [], ...change,
});

/** In plain words: is a bypass that is seen carried by this entry now? */
function carried(e: BypassEntry | null, now: number): string {
  if (e === null || e.phase === 'closed' || e.phase === 'rejected' || e.phase === 'withdrawn' || e.phase === 'tested') return 'no-entry';
  if (e.phase === 'requested') return 'not-assessed';
  if (e.phase === 'assessed') return 'not-approved';
  if (e.phase === 'lapsed' || (e.phase === 'restored' && e.lapse !== null)) return 'lapsed';
  if (e.phase === 'restored' && now >= (e.restoration?.atMs ?? 0) + 600_000) return 'no-entry';
  if (e.phase === 'expired' || now >= UNTIL) return 'expired';
  if (e.phase === 'approved') return 'not-accepted';
  if (now < START) return 'not-yet';
  return e.unknown.length > 0 ? 'measure-unknown' : '';
}

interface Case { readonly trip: Truth; readonly bypass: Truth; readonly fault: Truth; readonly forced: Truth; readonly channels: ChannelState; readonly e: BypassEntry | null; readonly owed: boolean; readonly forcedReset: boolean; readonly now: number }

function oracle({ trip, bypass, fault, forced, channels, e, owed, forcedReset, now }: Case): { standing: string; obstacles: Set<string> } {
  const obstacles = new Set<string>();
  let standing = '';
  const say = (name: string): void => { if (standing === '') standing = name; };
  if (forced === 1) { obstacles.add('forced'); say('bypassed-unapproved'); }
  if (bypass === 1) {
    const why = carried(e, now);
    if (why !== '') { obstacles.add(why); say(why === 'expired' ? 'expired' : 'bypassed-unapproved'); }
    if (forced === -1) { obstacles.add('unknown'); say('unknown'); }
    // One initiator was given away because the others act: when they do not, nobody approved that.
    if (e !== null && e.element !== null && channels === 'lost') { obstacles.add('unknown'); say('unknown'); }
    if (why === '') say('bypassed-approved');
  } else if (bypass === -1 || trip === -1 || fault === -1) {
    obstacles.add('unknown'); say('unknown');
  } else {
    if (forced === -1) { obstacles.add('unknown'); say('unknown'); }
    if (fault === 1) { obstacles.add('faulted'); say('faulted'); }
    if (channels === 'lost') { obstacles.add('unknown'); say('unknown'); }
    const wasOn = e?.seen === true;
    if (e !== null && (e.phase === 'restored' || e.phase === 'tested' || (wasOn && (e.phase === 'lapsed' || e.phase === 'expired' || e.phase === 'approved')))) { obstacles.add('not-tested'); say('unknown'); }
    if (e !== null && e.phase === 'active' && (wasOn || now >= START + 600_000)) { obstacles.add('no-tag'); say('unknown'); }
    // What an older entry owes is not forgiven by asking for a new one.
    if (owed) { obstacles.add('not-tested'); say('unknown'); }
    if (trip === 1 && fault !== 1) say('tripped');
    if (channels === 'degraded') say('degraded');
    say('armed');
  }
  if (forcedReset) obstacles.add('forced-reset');
  return { standing, obstacles };
}

function* cases(): Generator<Case> {
  const lapse = { atMs: START, reason: { zh: 'x', en: 'x' } };
  const restoration = { by: 'o', atMs: START };
  const entries: (BypassEntry | null)[] = [null];
  for (const phase of PHASES) for (const seen of [false, true]) for (const unknown of [[], ['T']]) for (const lost of [false, true]) for (const element of [null, 'TI-1']) {
    entries.push(entry({ phase, element, seen, unknown, lapse: lost ? lapse : null, restoration: ['restored', 'tested', 'closed'].includes(phase) ? restoration : null }));
  }
  for (const trip of TRUTHS) for (const bypass of TRUTHS) for (const fault of TRUTHS) for (const forced of TRUTHS) for (const channels of ['full', 'degraded', 'lost'] as const)
    for (const e of entries) for (const owed of e === null ? [false] : [false, true]) for (const now of TIMES) for (const forcedReset of [false, true]) yield { trip, bypass, fault, forced, channels, e, owed, forcedReset, now };
}

const pictureOf = ({ trip, bypass, fault, forced, channels, e, owed, forcedReset, now }: Case): InterlockPicture => ({ state: interlockState({ trip, bypass, fault }), forced, channels, entry: e, testOwed: owed, forcedReset, nowMs: now });

describe('REQ-ILK-01 what an interlock is worth, from tags and register (3.3)', () => {
  it('REQ-ILK-01 every tag truth, register phase and time gives what the clause says, and nothing else', () => {
    let count = 0;
    const wrong: string[] = [];
    for (const each of cases()) {
      count += 1;
      const [want, picture] = [oracle(each), pictureOf(each)];
      const [standing, obstacles] = [standingOf(picture), obstaclesOfPicture(picture)];
      if (standing !== want.standing || obstacles.length !== want.obstacles.size || !obstacles.every((o) => want.obstacles.has(o))) wrong.push(`${JSON.stringify(each)}: ${standing} ${obstacles.join(' ')}; expected ${want.standing} ${[...want.obstacles].join(' ')}`);
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(count).toBe(3 ** 5 * (1 + PHASES.length * 16 * 2) * TIMES.length * 2);
  });

  it('REQ-ILK-01 nothing unknown ever stands in nobody’s way, and only armed, tripped, degraded and an approved bypass may be relied on', () => {
    for (const each of cases()) {
      const picture = pictureOf(each);
      const isFree = obstaclesOfPicture(picture).length === 0;
      if (isFree) expect(['armed', 'tripped', 'degraded', 'bypassed-approved']).toContain(standingOf(picture));
      if (each.bypass === -1 || each.forced === -1) expect(isFree).toBe(false);
    }
  });

  it('the contract knows the same standings, phases and kinds', () => {
    expect([[...INTERLOCK_STANDINGS], [...BYPASS_PHASES], [...BYPASS_KINDS]]).toEqual([[...STANDINGS], [...PHASES], [...KINDS]]);
  });
});

describe('REQ-ILK-02 voting', () => {
  it.each([['1oo1', 1, 'full'], ['1oo1', 0, 'lost'], ['1oo2', 1, 'degraded'], ['2oo2', 1, 'lost'], ['2oo3', 3, 'full'], ['2oo3', 2, 'degraded'], ['2oo3', 1, 'lost'], ['2oo4', 2, 'degraded']] as const)('REQ-ILK-02 3.3 %s with %d good channels is %s', (voting, good, expected) => {
    expect(channelState(votingOf(voting) ?? { need: 0, built: 0 }, good)).toBe(expected);
  });

  it('what needs more than is built is no voting', () => {
    expect(['3oo2', '0oo1', '2oo', 'two'].map(votingOf)).toEqual([null, null, null, null]);
  });
});

describe('REQ-ILK-05 who approves, and what is overdue', () => {
  it('REQ-ILK-05 3.3 the level follows the criticality; SIL3 takes two', () => {
    const matrix = shippedPack().authority;
    expect((['none', 'SIL1', 'SIL2', 'SIL3'] as const).map((criticality) => grantFor(matrix, 'bypass.approve', { criticality }, T0)).map((grant) => [[...new Set(grant?.roles)], grant?.signatures])).toEqual([
      [['supervisor', 'engineer'], 1], [['supervisor', 'engineer'], 1], [['engineer'], 1], [['engineer'], 2],
    ]);
  });

  it('REQ-ILK-07 pre-warning at 80 % of the time, and overdue first', () => {
    expect(preWarningMs(entry({}))).toBe(START + 2_880_000);
    const of = (phase: EntryPhase, now: number, change: Partial<BypassEntry> = {}) => overdueOf(entry({ phase, ...change }), now);
    expect([of('active', UNTIL - 1), of('active', UNTIL), of('expired', 0), of('lapsed', 0), of('closed', UNTIL)]).toEqual([null, 'expired', 'expired', 'lapsed', null]);
    const restoration = { by: 'o', atMs: START };
    expect([of('restored', START + TEST_DUE_MS - 1, { restoration }), of('restored', START + TEST_DUE_MS, { restoration })]).toEqual([null, 'untested']);
    const walked = { measures: [{ text: 'm', owner: 'o', everyMs: 1_000_000 }] };
    expect([of('active', START + 799_999, walked), of('active', START + 800_000, walked)]).toEqual([null, 'walk-due']);
    const register = [entry({ id: '1', phase: 'expired' }), entry({ id: '2', phase: 'closed' }), entry({ id: '3' }), entry({ id: '4', phase: 'rejected' })];
    expect(inOrderOfUrgency(register, START).map(({ id }) => id)).toEqual(['1', '3', '4', '2']);
  });

  it('the newest open entry of the interlock speaks; what is over does not', () => {
    const register = [entry({ id: '1' }), entry({ id: '2', phase: 'closed' }), entry({ id: '3', phase: 'rejected' }), entry({ id: '4', interlock: 'I-2' }), entry({ id: '5', phase: 'withdrawn' })];
    expect([openEntryOf(register, 'I-1')?.id, openEntryOf([], 'I-1')]).toEqual(['1', null]);
  });
});

describe('REQ-ILK-10 the first-out of a trip', () => {
  const trip = { trippedMs: 100_000, first: [] };
  it('REQ-ILK-10 3.5 the earliest by source time; two within a scan cannot be told apart; what comes long after did not begin it', () => {
    expect(firstOf(trip, [{ condition: 'B', sourceMs: 99_000 }, { condition: 'A', sourceMs: 97_000 }])?.map((s) => s.condition)).toEqual(['A']);
    expect(firstOf(trip, [{ condition: 'B', sourceMs: 97_999 }, { condition: 'A', sourceMs: 97_000 }])?.map((s) => s.condition)).toEqual(['A', 'B']);
    expect(firstOf(trip, [{ condition: 'A', sourceMs: 110_001 }])).toBe(null);
  });
  it('kept when its condition is gone; corrected by one that comes later and was earlier', () => {
    const known = { trippedMs: 100_000, first: [{ condition: 'A', sourceMs: 97_000 }] };
    expect([firstOf(known, []), firstOf(known, [{ condition: 'B', sourceMs: 98_500 }])]).toEqual([null, null]);
    expect(firstOf(known, [{ condition: 'B', sourceMs: 90_000 }])?.map((s) => s.condition)).toEqual(['B']);
  });
});
