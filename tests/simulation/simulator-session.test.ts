/** The instructor's session without OPC UA: time, going back, branches, truth, what-if ahead (docs/design/instructor.md). */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { PlantMachine } from '../../simulators/machine/machine.ts';
import { AIR } from '../../simulators/machine/people.ts';
import { H2O2 } from '../../simulators/plants/h2o2/plant.ts';
import { SnapshotArchive } from '../../simulators/server/archive.ts';
import { METHODS } from '../../simulators/server/methods.ts';
import { SimulationSession } from '../../simulators/server/session.ts';
import { RunTree } from '../../simulators/server/tree.ts';

const sessions: SimulationSession[] = [];
/** wall time moves only when told */
function open(seed = 1, speed = 1): { session: SimulationSession; ask: (method: string, ...args: (string | number)[]) => Answer; wall: { ms: number } } {
  const wall = { ms: 1_000_000 };
  const session = new SimulationSession(H2O2, seed, speed, () => wall.ms);
  sessions.push(session);
  const ask = (name: string, ...args: (string | number)[]): Answer => METHODS.find((method) => method.name === name)!.run(session, args) as Answer;
  return { session, ask, wall };
}
type Answer = { ok: true; value: Record<string, unknown> & { [n: number]: unknown } } | { ok: false; message: string };
function told<T = Record<string, unknown>>(answer: Answer): T {
  if (!answer.ok) throw new Error(answer.message);
  return answer.value as T;
}
/** all of a plant that can differ */
const bytes = (plant: PlantMachine): string => JSON.stringify([plant.snapshot(), plant.tags(), plant.margins()]);

afterAll(() => {
  for (const session of sessions) session.close();
});

type Deed = readonly [method: string, ...args: (string | number)[]];
const DEEDS: readonly Deed[] = [
  ['Inject', 'F4-02', '{"rampS":5,"durationS":30}'], ['Inject', 'F4-07', '{"when":"t > 20 and XV-4101 = open","probability":0.5}'], ['Inject', 'F4-03', '{"group":"dip"}'], ['Inject', 'F4-01', '{"durationS":2,"repeatS":6}'], ['ClearAll'], ['Command', 'HS-4001', 'true'], ['Command', 'HS-4002', 'true'],
  ['Order', 'XV-4205', '1'], ['Order', 'XV-4205', 'null'], ['FieldAction', '{"kind":"sensor","tag":"TI-4203","malfunction":"delayed","size":10}'], ['FieldAction', '{"kind":"sensor","tag":"PI-4104","malfunction":"plugged","size":60}'], ['FieldAction', '{"kind":"sensor","tag":"LI-4108A","malfunction":"saturated","size":50}'],
  ['FieldAction', '{"kind":"actuator","device":"XV-4301","failure":"fail-close"}'], ['FieldAction', '{"kind":"field","action":"open","device":"XV-4301","zone":"PC-4300","crew":2,"walkS":5,"staysS":5}'], ['FieldAction', '{"kind":"field","action":"check","device":"XV-4101","zone":"PC-4100","crew":7,"walkS":3}'],
  ['Comms', '{"radioLost":["all"],"dcs":"still"}'], ['SetTag', 'TI-4202', '61'], ['Observe', 'SMOKE-4200', 'true'], ['Step', 0], ['Step', 4], ['Step', 13],
];

describe('REQ-INS-03 going back is exact', () => {
  test('whatever was done before and after: restored and done again, the same deeds give the same bytes, events included', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...DEEDS), { maxLength: 6 }), fc.array(fc.constantFrom(...DEEDS), { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 1e6 }), (before, after, seed) => {
      const { session, ask } = open(seed);
      for (const [method, ...args] of before) ask(method, ...args);
      expect(ask('Snapshot', 'here').ok).toBe(true);
      const run = (): [string, string] => {
        const first = session.plant.events.next - 1;
        for (const [method, ...args] of after) ask(method, ...args);
        ask('Step', 7);
        return [bytes(session.plant), JSON.stringify(session.plant.events.since(first, 10_000).map(({ number: _number, atMs: _atMs, ...event }) => event))];
      };
      const first = run();
      expect(ask('Restore', 'here').ok).toBe(true);
      expect(run()).toEqual(first);
    }), { numRuns: 15 });
  });

  test('what was put away comes back bit for bit: small differences, strange numbers, other shapes', () => {
    const archive = new SnapshotArchive();
    const { session } = open();
    const kept = Array.from({ length: 90 }, (_, i) => {
      session.plant.step(3);
      if (i === 30) session.plant.inject('F4-02', { when: 't > 1e9' });
      const snapshot = session.plant.snapshot();
      if (i % 10 === 0) snapshot.x[0] = [Number.NaN, -0, Number.MIN_VALUE, Infinity][(i / 10) % 4]!;
      return { snapshot, packed: archive.pack(snapshot) };
    });
    for (const { snapshot, packed } of kept) expect(archive.unpack(packed)).toEqual(snapshot);
    for (const { packed } of kept) archive.forget(packed);
    expect(archive.bytes).toBe(0);
  });
});

describe('REQ-INS-04 the tree of branches and the automatic back-track', () => {
  const { session, ask } = open();
  const tree = (): { branch: number; bytes: number; branches: { id: number; parent: number | null; fromS: number; toS: number; automatic: { count: number } | null }[]; moments: { id: number; name: string; branch: number; parent: number | null; timeS: number }[] } => told(ask('Tree'));

  test('every 30 s of plant time one can go back to by itself; going back and on is a branch, and the trends of branches lie over each other', () => {
    told(ask('Step', 100));
    told(ask('Snapshot', 'before the upset'));
    told(ask('Inject', 'F4-02F', '{}'));
    told(ask('Step', 120));
    const upset = session.plant.analog('TI-4203');
    expect(tree()).toMatchObject({ branch: 1, branches: [{ id: 1, parent: null, automatic: { count: 7 } }] });
    expect(told(ask('Restore', 'before the upset'))).toMatchObject({ simTimeS: 220, branch: 2 });
    expect(session.plant.faults).toEqual([]);
    told(ask('Step', 120));
    expect(tree()).toMatchObject({ branch: 2, branches: [{ id: 1 }, { id: 2, parent: 1, fromS: 220, toS: 340 }] });
    const lines = told<{ branch: number; timeS: number[]; series: Record<string, number[]> }[]>(ask('Overlay', '{"branches":[1,2],"tags":["TI-4203","truth:TI-4203","XV-4101"],"fromS":220,"points":1000}'));
    expect(lines.map(({ branch, timeS }) => [branch, timeS.at(-1)])).toEqual([[1, 340], [2, 340]]);
    expect(lines[0]!.series['TI-4203']!.at(-1)).toBe(upset);
    expect(lines[1]!.series['TI-4203']!.at(-1)).toBe(session.plant.analog('TI-4203'));
    expect(upset - session.plant.analog('TI-4203')).toBeGreaterThan(3);
  });

  test('back by 45 s lands at the latest moment before it, across the fork too, and an untouched branch leaves no trace', () => {
    expect(told(ask('Backtrack', '{"backS":45}'))).toMatchObject({ simTimeS: 280 });
    expect(told(ask('Backtrack', '{"toS":215}'))).toMatchObject({ simTimeS: 210, branch: 4 });
    expect(tree().branches.map(({ id }) => id)).toEqual([1, 2, 4]);
    for (const where of ['{"toS":-5}', '{}', '{"node":99999}', '[]', '{"backS":-1}']) expect(ask('Backtrack', where), where).toMatchObject({ ok: false, message: expect.stringMatching(/.{15}/u) as unknown });
  });

  test('names stay until they are forgotten; when the memory is full a sentence says so, and the automatic ones have gone first', () => {
    told(ask('Forget', 'before the upset'));
    expect(ask('Restore', 'before the upset')).toMatchObject({ ok: false, message: expect.stringContaining('before the upset') as unknown });
    const small = new RunTree(session.plant.snapshot(), 0, { automaticBytes: 30_000, bytes: 40_000 });
    for (let i = 0; i < 60; i += 1) {
      session.plant.step(30);
      small.reach(session.plant.timeS);
      small.keepAutomatically(session.plant.snapshot(), 0);
    }
    expect(small.bytes).toBeLessThan(32_000);
    expect(small.facts().branches[0]?.automatic?.count ?? 0).toBeGreaterThan(1);
    let last = small.keep('a', session.plant.snapshot(), 0);
    for (let i = 0; i < 100 && last.ok; i += 1) {
      session.plant.step(5);
      last = small.keep(`name ${i}`, session.plant.snapshot(), 0);
    }
    expect(last).toMatchObject({ ok: false, message: expect.stringContaining('full') as unknown });
    expect(small.facts().branches[0]?.automatic).toBeNull();
    expect(small.names.length).toBeGreaterThan(2);
  });
});

describe('REQ-INS-05 time in the hands of the instructor', () => {
  const { session, ask, wall } = open(5, 1);
  const pass = (ms: number, spentMs = 0): void => {
    let clockMs = 0;
    wall.ms += ms;
    session.tick(ms, () => (clockMs += spentMs));
  };

  test('a frozen plant stands, whatever time passes; a single step moves it by one macro-step, or by so many seconds', () => {
    told(ask('Freeze'));
    const before = bytes(session.plant);
    for (let i = 0; i < 100; i += 1) pass(250);
    expect(bytes(session.plant)).toBe(before);
    expect(session.heartbeat).toBe(0);
    told(ask('Step', 0));
    expect(session.plant.timeS).toBe(120.25);
    told(ask('Step', 9.75));
    expect([session.plant.timeS, session.frozen]).toEqual([130, true]);
    for (const seconds of [-1, 601, Number.NaN]) expect(ask('Step', seconds).ok).toBe(false);
  });

  test('it follows wall time times speed; a run to a time ends there and freezes; fast takes what the machine gives', () => {
    told(ask('Resume'));
    told(ask('SetSpeed', 50));
    pass(250);
    expect(session.plant.timeS).toBe(142.5);
    told(ask('RunTo', '{"forS":7}'));
    pass(1_000);
    expect([session.plant.timeS, session.frozen]).toEqual([149.5, true]);
    expect(session.status()).toMatchObject({ reached: { zh: '149.5 秒', en: '149.5 s' }, goal: null });
    told(ask('RunTo', '{"forS":300,"fast":true}'));
    pass(0, 0.01);
    expect([session.plant.timeS, session.frozen]).toEqual([449.5, true]);
    for (const options of ['{"forS":-1}', '{"simTimeS":1e9}', '{}', '{"forS":5,"fast":"yes"}', '7']) expect(ask('RunTo', options), options).toMatchObject({ ok: false });
  });

  test('a run to the next alarm ends at the limit that was given, then at the trip, and what stood before does not end it', () => {
    told(ask('Inject', 'F4-02F', '{}'));
    told(ask('RunToAlarm', '{"limits":[{"tag":"TI-4203","atOrAbove":55},{"tag":"TI-4203","atOrAbove":10}],"fast":true}'));
    pass(0, 0.01);
    expect(session.status()).toMatchObject({ frozen: true, reached: { zh: 'TI-4203 越过 55', en: 'TI-4203 passed 55' }, tripped: [] });
    expect(session.plant.analog('TI-4203')).toBeLessThan(55.6);
    told(ask('RunToAlarm', '{"fast":true}'));
    pass(0, 0.01);
    expect(session.status()).toMatchObject({ frozen: true, reached: { zh: 'I-4200 联锁动作', en: 'I-4200 tripped' }, tripped: ['I-4200'] });
    told(ask('RunToAlarm', '{"fast":true,"withinS":60}'));
    const fromS = session.plant.timeS;
    pass(0, 0.01);
    expect(session.plant.timeS).toBe(fromS + 60);
    for (const options of ['{"limits":[{"tag":"TI-9999","atOrAbove":1}]}', '{"limits":[{"tag":"TI-4203"}]}', '{"limits":7}', '{"withinS":0}']) expect(ask('RunToAlarm', options), options).toMatchObject({ ok: false });
  });
});

describe('REQ-INS-06 what really happened', () => {
  const { session, ask } = open(3);
  type Event = { number: number; atS: number; kind: string; subject: string; clauses: string[]; text: { zh: string; en: string } };
  const events = (since: number): { events: Event[]; last: number; more: boolean } => told(ask('Events', since));

  test('faults, deceptions, orders, commands, trips and notes are told once, in order, with numbers to ask on with', () => {
    const since = events(0).last;
    told(ask('Inject', 'F4-02F', '{"delayS":5,"durationS":60}'));
    told(ask('FieldAction', '{"kind":"sensor","tag":"TI-4203","malfunction":"freeze"}'));
    told(ask('Order', 'XV-4205', '0.5'));
    told(ask('Note', 'the trainee looks at the wrong screen'));
    told(ask('Step', 4));
    expect(events(since).events.map(({ kind, subject }) => [kind, subject])).toEqual([['instructor', 'F4-02F'], ['deception', 'TI-4203'], ['order', 'XV-4205'], ['note', 'instructor']]);
    told(ask('Step', 70));
    told(ask('SetTag', 'TI-4201', '61'));
    told(ask('SetTag', 'TI-4202', '61'));
    told(ask('Step', 3));
    const later = events(events(since).events[3]!.number).events;
    expect(later.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(['fault-began F4-02F', 'fault-ended F4-02F', 'deception TI-4201', 'deception TI-4202', 'trip I-4200']);
    // with its ramp it is nothing yet at 5 s, acts from 5.25 s, and is noticed at the end of that scan
    expect(later[0]).toMatchObject({ atS: 5.5, clauses: ['A4.2(2)'] });
    expect(later.every(({ text }) => text.zh !== '' && text.en !== '')).toBe(true);
    expect(ask('Note', '').ok).toBe(false);
    expect(ask('Events', -1).ok).toBe(false);
  });

  test('truth stands beside what was shown, once a second: a frozen transmitter shows the old value on while the oxidiser warms', () => {
    const { samples, next, more } = told<{ samples: { atS: number; truth: Record<string, number>; shown: Record<string, number>; people: Record<string, number> }[]; next: number; more: boolean }>(ask('Truth', 0));
    expect([samples.length, next, more]).toEqual([77, 77, false]);
    const [first, at60] = [samples[0]!, samples[59]!];
    expect(at60.shown['TI-4203']).toBe(first.shown['TI-4203']);
    expect(at60.truth['TI-4203']! - first.truth['TI-4203']!).toBeGreaterThan(1);
    expect(first.people).toMatchObject({ 'PC-4100': 2 });
    expect(told<{ samples: unknown[] }>(ask('Truth', 70)).samples).toHaveLength(7);
  });

  test('a new run from a start and a seed begins at zero, and the seed is told', () => {
    expect(told(ask('Begin', 'normal', 77))).toMatchObject({ seed: 77, start: 'normal' });
    expect(told(ask('Status'))).toMatchObject({ seed: 77, atS: 0, faults: [], exposureS: { 'PC-4100': 0 } });
    told(ask('Step', 10));
    expect(told(ask('Status'))).toMatchObject({ exposureS: { 'PC-4100': 20, 'PC-4200': 10, 'PC-4500': 0 } });
    expect(ask('Begin', 'no such start', 1)).toMatchObject({ ok: false });
    expect(ask('Begin', 'normal', 1.5)).toMatchObject({ ok: false });
    expect(session.seed).toBe(77);
  });
});

describe('REQ-INS-07 people walk', () => {
  const { session, ask } = open(4);
  const reports = (): string[] => session.plant.events.since(0, 10_000).filter(({ kind }) => kind === 'field').map(({ text }) => text.en);
  const count = (zone: string): unknown => session.plant.tag(zone).value;

  test('a crew arrives when it has walked, does what it was sent for, is counted while it is there, and goes home', () => {
    told(ask('FieldAction', '{"kind":"stick","device":"XV-4205"}'));
    told(ask('FieldAction', '{"kind":"field","action":"open","device":"XV-4205","zone":"PC-4200","crew":2,"protection":"basic","walkS":30,"staysS":90}'));
    told(ask('Step', 29));
    expect([count('PC-4200'), session.plant.devices['XV-4205']!.position]).toEqual([1, 0]);
    told(ask('Step', 80));
    expect(count('PC-4200')).toBe(3);
    expect(session.plant.devices['XV-4205']!.position).toBe(1);
    told(ask('Step', 60));
    expect(count('PC-4200')).toBe(1);
    expect(reports().some((text) => text.includes('Report from PC-4200'))).toBe(true);
    expect(session.plant.people.state.exposureS['PC-4200']).toBeCloseTo(169 + 2 * 90, 0);
  });

  test('REQ-SIM-37 4.3.4 protective equipment takes its time to put on; who breathes from an apparatus is exposed without being unprotected, and goes back at the whistle', () => {
    const { session: other, ask: askOther } = open(5);
    const { people } = other.plant;
    const heard = (): string[] => other.plant.events.since(0, 10_000).filter(({ kind }) => kind === 'field').map(({ text }) => text.en);
    for (const [protection, crew] of [['breathing', 2], ['chemical', 1], ['full', 1]] as const) told(askOther('FieldAction', `{"kind":"field","action":"check","device":"XV-4803","zone":"PC-4800","crew":${crew},"protection":"${protection}","walkS":30,"staysS":3600}`));
    const inZone = (): unknown => other.plant.tag('PC-4800').value;
    const after = [89, 2, 120, 120].map((seconds) => { told(askOther('Step', seconds)); return inZone(); });
    expect(after).toEqual([0, 2, 3, 4]);
    const began = { all: people.state.exposureS['PC-4800']!, bare: people.state.unprotectedS['PC-4800']! };
    told(askOther('Step', 60));
    expect([people.state.exposureS['PC-4800']! - began.all, people.state.unprotectedS['PC-4800']! - began.bare]).toEqual([4 * 60, 60]);
    // 6.8 L at 30 MPa, whistle at 5.5 MPa, 40 L/min: 41 min from the mask on
    other.plant.step(60 + AIR.whistleS - 391 - 2);
    expect(inZone()).toBe(4);
    told(askOther('Step', 4));
    expect(inZone()).toBe(2);
    expect(heard()).toContain('The 2 people of PC-4800: the whistle of the breathing apparatus, they go back');
    told(askOther('Step', 60));
    expect(people.state.missions[0]).toMatchObject({ phase: 'home', air: 'low' });
  });

  test('REQ-SIM-37 4.3.4 a way back that is longer than the rest of the air is walked without it, and told; who is still dressing is called off at once', () => {
    const { session: other, ask: askOther } = open(5);
    told(askOther('FieldAction', '{"kind":"field","action":"check","device":"XV-4803","zone":"PC-4800","crew":2,"protection":"breathing","walkS":900,"staysS":3600}'));
    const { id } = told<{ id: number }>(askOther('FieldAction', '{"kind":"field","action":"check","device":"XV-4803","zone":"PC-4800","crew":1,"protection":"full","walkS":10}'));
    told(askOther('FieldAction', `{"kind":"recall","mission":${id}}`));
    other.plant.step(60 + AIR.emptyS + 1);
    expect(other.plant.people.state.missions.map(({ phase, air }) => [phase, air])).toEqual([['walking-out', 'empty'], ['home', 'enough']]);
    expect(other.plant.events.since(0, 10_000).find(({ clauses }) => clauses.includes('4.3.4'))?.text.en).toContain('out of air before they are back');
  });

  test('an entry beyond the limit of the zone is not refused: it happens, it is counted, it is told', () => {
    told(ask('Observe', 'SMOKE-4100', 'true'));
    told(ask('FieldAction', '{"kind":"field","action":"observe","observation":"SMOKE-4100","zone":"PC-4100","crew":5,"walkS":1,"staysS":5}'));
    told(ask('Step', 2));
    expect(count('PC-4100')).toBe(7);
    expect(reports()).toEqual(expect.arrayContaining(['7 people in PC-4100: more than may be there', 'Report from PC-4100: SMOKE-4100 seen']));
  });

  test('with a dead radio a crew cannot be called back and its report waits until it is home; the siren is heard all the same', () => {
    told(ask('Comms', '{"radioLost":["PC-4300"]}'));
    const { id } = told<{ id: number }>(ask('FieldAction', '{"kind":"field","action":"check","device":"XV-4301","zone":"PC-4300","crew":1,"walkS":10,"staysS":20}'));
    told(ask('Step', 12));
    expect(ask('FieldAction', `{"kind":"recall","mission":${id}}`)).toMatchObject({ ok: false, message: expect.stringContaining('radio') as unknown });
    expect(reports().some((text) => text.includes('Report from PC-4300'))).toBe(false);
    told(ask('Step', 30));
    expect(reports().some((text) => text.includes('Report from PC-4300: XV-4301 open'))).toBe(true);
    told(ask('FieldAction', '{"kind":"field","action":"check","device":"XV-4301","zone":"PC-4300","crew":4,"walkS":20}'));
    told(ask('Step', 5));
    told(ask('Command', 'HS-4002', 'true'));
    told(ask('Step', 70));
    expect(['PC-4100', 'PC-4200', 'PC-4300'].map(count)).toEqual([0, 0, 0]);
  });

  test('how many are in a zone, as the instructor says it, counts the crews that are there: who no longer fits in goes home and is not taken off a second time', () => {
    const { session: other, ask: askOther } = open(9);
    const there = (): unknown => other.plant.tag('PC-4200').value;
    for (const crew of [2, 3]) told(askOther('FieldAction', `{"kind":"field","action":"check","device":"XV-4205","zone":"PC-4200","crew":${crew},"walkS":5,"staysS":60}`));
    told(askOther('Step', 10));
    expect(there()).toBe(6);
    told(askOther('FieldAction', '{"kind":"people","zone":"PC-4200","count":4}'));
    expect(other.plant.people.state.missions.map(({ crew, phase }) => [crew, phase])).toEqual([[2, 'there'], [3, 'walking-out']]);
    told(askOther('Step', 30));
    expect(there()).toBe(4);
    told(askOther('Step', 40));
    expect([there(), other.plant.people.underway]).toEqual([2, 0]);
  });

  test('what nobody can be sent to do is refused with a sentence', () => {
    for (const action of ['{"kind":"field","action":"paint","device":"XV-4101","zone":"PC-4100"}', '{"kind":"field","action":"open","zone":"PC-4100"}', '{"kind":"field","action":"open","device":"XV-9999","zone":"PC-4100"}', '{"kind":"field","action":"open","device":"XV-4101","zone":"PC-9999"}', '{"kind":"field","action":"open","device":"XV-4101","zone":"PC-4100","crew":0}', '{"kind":"field","action":"open","device":"XV-4101","zone":"PC-4100","walkS":1e9}', '{"kind":"field","action":"observe","observation":"NOTHING","zone":"PC-4100"}', '{"kind":"recall","mission":999}', '{"kind":"actuator","device":"XV-4101","failure":"explodes"}', '{"kind":"sensor","tag":"TI-4203","malfunction":"delayed","size":-1}', '7']) {
      expect(ask('FieldAction', action), action).toMatchObject({ ok: false, message: expect.stringMatching(/.{15}/u) as unknown });
    }
  });
});

describe('REQ-INS-08 transmitters that deceive and valves that fail', () => {
  const { session, ask } = open(6);
  const { plant } = session;
  const shown = (tag: string): number => plant.analog(tag);

  test('each deception looks good and is wrong in its own way', () => {
    for (const [tag, malfunction, size] of [['TI-4201', 'span', 0.5], ['TI-4202', 'saturated', shown('TI-4202') + 1], ['TI-4203', 'plugged', 36_000], ['AI-4207', 'delayed', 60], ['TI-4101', 'uncertain', 0]] as const) told(ask('FieldAction', JSON.stringify({ kind: 'sensor', tag, malfunction, size })));
    const oxygen = shown('AI-4207');
    told(ask('Command', 'HS-I-4200-BYP', 'true'));
    told(ask('Inject', 'F4-02F', '{}'));
    told(ask('Inject', 'F4-03', '{}'));
    told(ask('Step', 45));
    expect(shown('AI-4207')).toBeCloseTo(oxygen, 1);
    told(ask('Step', 60));
    expect(shown('TI-4201')).toBeCloseTo(plant.trueAnalog('TI-4201') / 2, 0);
    expect(plant.trueAnalog('TI-4202') - shown('TI-4202')).toBeGreaterThan(2);
    expect(plant.trueAnalog('TI-4203') - shown('TI-4203')).toBeGreaterThan(5);
    for (const tag of ['TI-4201', 'TI-4202', 'TI-4203', 'AI-4207']) expect(plant.tag(tag).good, tag).toBe(true);
    expect(plant.tag('TI-4101')).toMatchObject({ good: false, uncertain: true });
    told(ask('ClearAll'));
    told(ask('Step', 60));
    expect(Math.abs(plant.trueAnalog('TI-4202') - shown('TI-4202'))).toBeLessThan(2);
    expect(plant.tag('TI-4101').good).toBe(true);
  });

  test('a valve fails open or closed, is slow, or passes although it shows closed', () => {
    const fail = (device: string, failure: string | null, size = 0.2): void => void told(ask('FieldAction', JSON.stringify({ kind: 'actuator', device, failure, size })));
    fail('XV-4205', 'fail-open');
    fail('XV-4301', 'fail-close');
    fail('XV-4105', 'passing');
    told(ask('Step', 10));
    expect([plant.devices['XV-4205']!.word, plant.devices['XV-4301']!.word]).toEqual(['fault', 'fault']);
    expect([plant.devices['XV-4205']!.position, plant.devices['XV-4301']!.position, plant.devices['XV-4105']!.position]).toEqual([1, 0, 0.2]);
    expect(plant.devices['XV-4105']!.word).toBe('closed');
    fail('XV-4206', 'slow', 10);
    told(ask('Order', 'XV-4206', '1'));
    told(ask('Step', 30));
    expect(plant.devices['XV-4206']!.position).toBeCloseTo(0.5, 1);
    for (const device of ['XV-4205', 'XV-4301', 'XV-4105', 'XV-4206']) fail(device, null);
    told(ask('Step', 10));
    expect(plant.devices['XV-4206']!.position).toBe(1);
  });

  test('REQ-INS-22 a machine trips whatever is ordered, a worn one runs and gives less; healed, it obeys again, a hand on its wheel or not', () => {
    const fail = (device: string, failure: string | null, size = 0.4): void => void told(ask('FieldAction', JSON.stringify({ kind: 'actuator', device, failure, size })));
    fail('P-4109', 'degraded');
    told(ask('Step', 5));
    expect([plant.devices['P-4109']!.position, plant.devices['P-4109']!.word]).toEqual([0.4, 'open']);
    expect(plant.upsets().devices).toEqual([{ device: 'P-4109', kind: 'degraded', size: 0.4 }]);
    fail('P-4109', 'fail-close', 0);
    told(ask('Order', 'P-4109', '1'));
    told(ask('Step', 30));
    expect(plant.devices['P-4109']!.position).toBe(0);
    fail('XV-4301', 'fail-open', 0);
    told(ask('FieldAction', JSON.stringify({ kind: 'field', action: 'close', device: 'XV-4301', zone: 'PC-4300', walkS: 0 })));
    told(ask('Step', 90));
    expect(plant.devices['XV-4301']!.position).toBe(0);
    for (const device of ['P-4109', 'XV-4301']) fail(device, null);
    told(ask('Order', 'XV-4301', '1'));
    told(ask('Step', 30));
    expect([plant.devices['P-4109']!.position, plant.devices['XV-4301']!.position]).toEqual([1, 1]);
    expect(plant.upsets().devices).toEqual([]);
  });

  test('REQ-INS-23 faults of one cause begin at one scan, by one draw; where one is refused none is put on; each stands in the list until it is taken away', () => {
    told(ask('Inject', 'F4-02', JSON.stringify({ together: ['F4-03', 'F4-07'], severity: 0.5 })));
    told(ask('Step', 1));
    const began = plant.faults.map(({ phase, sinceS }) => `${phase} ${sinceS}`);
    expect([began.length, new Set(began).size, began[0]?.startsWith('begun')]).toEqual([3, 1, true]);
    told(ask('ClearAll'));
    expect(ask('Inject', 'F4-02', JSON.stringify({ together: ['F4-03', 'F4-99'] }))).toMatchObject({ ok: false });
    expect(plant.upsets().faults).toEqual([]);
    told(ask('Inject', 'F4-02', JSON.stringify({ together: ['F4-03'], probability: 0, when: 't > 0' })));
    told(ask('Step', 1));
    expect(plant.upsets().faults.map(({ id, phase }) => [id, phase])).toEqual([['F4-02', 'missed'], ['F4-03', 'missed']]);
    told(ask('FieldAction', JSON.stringify({ kind: 'sensor', tag: 'TI-4201', malfunction: 'freeze' })));
    told(ask('Comms', JSON.stringify({ radioLost: ['all'] })));
    expect(plant.upsets()).toMatchObject({ transmitters: [{ tag: 'TI-4201', kind: 'freeze' }], comms: { radioLost: ['all'] } });
  });
});

describe('REQ-INS-24 any moment of any branch', () => {
  test('back to a moment of another branch that has no name; what if, ahead, from a moment of the past', () => {
    const { session, ask } = open(11);
    const begunS = session.plant.timeS;
    const first = session.tree.branch.id;
    told(ask('Step', 120));
    told(ask('Backtrack', JSON.stringify({ backS: 60 })));
    told(ask('Step', 30));
    expect(session.tree.branch.id).not.toBe(first);
    told(ask('Backtrack', JSON.stringify({ toS: begunS + 115, branch: first })));
    expect(session.tree.branch).toMatchObject({ parent: first, fromS: begunS + 90 });
    expect(ask('Backtrack', JSON.stringify({ toS: begunS, branch: 999 }))).toMatchObject({ ok: false });
    const { job } = told<{ job: number }>(ask('Ahead', JSON.stringify({ modes: [{ id: 'nothing' }], tags: ['TI-4203'], endS: 5, backS: 45 })));
    expect(told(ask('AheadResult', job))).toMatchObject({ fromTimeS: begunS + 30 });
    told(ask('AheadCancel', job));
    expect(ask('Ahead', JSON.stringify({ modes: [{ id: 'nothing' }], tags: [], endS: 5, backS: -1 }))).toMatchObject({ ok: false });
    expect(session.plant.timeS).toBe(begunS + 90);
  });
});

describe('REQ-INS-09 what if, ahead', () => {
  const { session, ask } = open(8);
  type Job = { state: string; progress: number; message: string | null; results: { id: string; tags: { tag: string; highest: { value: number } }[]; trips: { id: string }[]; end: { running: boolean; refused: unknown[] }; series: { points: unknown[] }[] }[] };

  test('each mode of retreat is run from here without touching the plant; side by side one sees that stopping is cooler than waiting', async () => {
    told(ask('Command', 'HS-I-4200-BYP', 'true'));
    told(ask('Inject', 'F4-02F', '{}'));
    told(ask('Step', 60));
    const before = bytes(session.plant);
    const { job } = told<{ job: number }>(ask('Ahead', JSON.stringify({
      modes: [{ id: 'wait', title: { zh: '等待', en: 'Wait' } }, { id: 'stop', title: 'Stop', acts: [{ atS: 0, command: { name: 'HS-4001' } }, { atS: 5, order: { device: 'XV-9999', position: 1 } }] }], tags: ['TI-4203'], endS: 300,
    })));
    let result = told<Job>(ask('AheadResult', job));
    for (let i = 0; i < 2_000 && result.state === 'running'; i += 1) {
      await new Promise((soon) => setTimeout(soon, 25));
      result = told<Job>(ask('AheadResult', job));
    }
    expect(result).toMatchObject({ state: 'done', progress: 1, message: null });
    const [wait, stop] = result.results;
    expect([wait!.id, stop!.id]).toEqual(['wait', 'stop']);
    expect(wait!.tags[0]!.highest.value - stop!.tags[0]!.highest.value).toBeGreaterThan(10);
    expect([wait!.end.running, stop!.end.running]).toEqual([true, false]);
    expect(stop!.end.refused).toEqual([{ zh: '本装置没有设备“XV-9999”。', en: 'This plant has no device "XV-9999".' }]);
    expect(stop!.series[0]!.points.length).toBeLessThanOrEqual(242);
    expect(bytes(session.plant)).toBe(before);
  });

  test('a run that is no longer wanted is cancelled, and a question that cannot be run is refused', () => {
    const { job } = told<{ job: number }>(ask('Ahead', '{"modes":[{"id":"wait"}],"tags":[],"endS":14400}'));
    expect(told<Job>(ask('AheadCancel', job))).toMatchObject({ state: 'cancelled', results: [] });
    for (const question of ['7', '{"modes":[],"tags":[],"endS":10}', '{"modes":[{"id":"a"}],"tags":["XV-4101"],"endS":10}', '{"modes":[{"id":"a"}],"tags":[],"endS":1e9}', '{"modes":[{"id":"a"},{"id":"a"}],"tags":[],"endS":10}', '{"modes":[{"id":"a","acts":[{"atS":0}]}],"tags":[],"endS":10}', '{"node":999,"modes":[{"id":"a"}],"tags":[],"endS":10}']) expect(ask('Ahead', question), question).toMatchObject({ ok: false, message: expect.stringMatching(/.{15}/u) as unknown });
    expect(ask('AheadResult', 999)).toMatchObject({ ok: false });
  });
});
