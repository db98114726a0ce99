/** REQ-PPL-16 REQ-PPL-17: what the console is told of people, and journals from before. */
import { describe, expect, it } from 'vitest';
import { viewSchema } from '../../../src/contract/view.ts';
import { evacuate } from '../../../src/domain/station/commands.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { approveOutage, enterZone, signRollCall } from '../../../src/domain/station/people-commands.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { peopleSection } from '../../../src/main/station/people-view.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { Bench, equipped, PEOPLE, shippedPacks, T0 } from '../domain/bench.ts';

const section = (bench: Bench) => peopleSection(bench.plant, bench.state, bench.nowMs);
const zone = (bench: Bench, id = 'Z-4200') => section(bench).zones.find((each) => each.id === id);

describe('REQ-PPL-17 the People section', () => {
  it('of every plant is such as the contract takes, calm and when nothing was ever heard', () => {
    for (const pack of shippedPacks()) {
      for (const bench of [new Bench(pack), Bench.calm(pack)]) {
        const told = section(bench);
        expect(viewSchema.shape.people.parse(told)).toEqual(told);
        for (const each of told.zones) {
          expect([each.cameras.length, each.fence !== null, each.waysOut.length > 0, each.protection.length > 0]).toEqual([1, true, true, true]);
          expect(each.isSeen).toBe(bench.state.link === 'connected');
        }
      }
    }
  });

  it('says what the station knows: both counts, parts of the camera, fence, outage, equipment, roll-call', () => {
    const bench = Bench.calm();
    bench.do((c) => enterZone(c, equipped(bench, 'Z-4200', '赵强', { confirmed: ['helmet'] }), PEOPLE.operator));
    bench.do((c) => approveOutage(c, { camera: 'CAM-4200', reason: 'lens', fromMs: c.nowMs, untilMs: c.nowMs + 3_600_000, report: '' }, PEOPLE.supervisor));
    bench.bad.add('CAM-4200-AIM');
    bench.set({ 'PC-4200': 3, 'CAM-4200-PIC': false, 'FEN-4200': true });
    bench.do((c) => evacuate(c, 'post', 'people'));
    bench.do((c) => signRollCall(c, { zone: 'Z-4300', empty: true, note: '' }, PEOPLE.operator));
    expect(zone(bench)).toMatchObject({
      count: 3, byTag: 3, byNames: 1, isSeen: false, protectionDemanded: true, fence: { state: 'broken' }, rollCall: { cleared: false, positioning: 'occupied', signedIn: 1, signed: [] },
      entries: [{ name: '赵强', part: 'at 赵强', gasDetector: 'GD-07', protection: [{ en: 'Safety helmet' }] }],
      cameras: [{ state: 'lost', parts: [{ part: 'power', state: 'good' }, { part: 'signal', state: 'good' }, { part: 'picture', state: 'lost' }, { part: 'aim', state: 'unknown' }], outages: [{ inForce: true, by: PEOPLE.supervisor.user }] }],
    });
    expect(section(bench).rollCall).toMatchObject({ endedMs: null, of: 5, cleared: 1 });
    expect(zone(bench, 'Z-4300')?.rollCall).toMatchObject({ cleared: true, signed: [{ name: PEOPLE.operator.name }] });
    bench.set({ 'TI-4202': 60 });
    expect(zone(bench)).toMatchObject({ protectionDemanded: true, enter: { allowed: false } });
  });

  it('every new record has words in both languages', () => {
    const bench = Bench.calm();
    const facts: Fact[] = [
      fact('people.differing', T0, null, { zone: 'Z-4200', differ: true, byTag: null, byNames: 1 }), fact('people.differing', T0, null, { zone: 'Z-4200', differ: false, byTag: 1, byNames: 1 }),
      fact('roll-call.opened', T0, 'post', { zones: ['Z-4200', 'gone'], because: 'evacuate' }), ...[true, false].map((empty) => fact('roll-call.signed', T0, 'li.na', { zone: 'Z-4200', empty, note: '', name: '李娜' })),
      ...[true, false].map((cleared) => fact('roll-call.zone', T0, null, { zone: 'Z-4200', cleared, voided: !cleared })), fact('roll-call.ended', T0, null, {}),
      ...(['seen', 'lost', 'unknown'] as const).map((state) => fact('camera.changed', T0, null, { camera: 'CAM-4200', zone: 'Z-4200', state, parts: state === 'seen' ? [] : ['aim'] })),
      fact('camera.outage', T0, 'wang.wei', { outage: 'CO-1', camera: 'CAM-4200', reason: 'lens', fromMs: T0, untilMs: T0 + 3_600_000, report: 'ZH-1' }), fact('camera.restored', T0, 'post', { outage: 'CO-1', camera: 'CAM-4200' }),
    ];
    const texts = facts.map((each) => recordText(each, bench.plant));
    expect(new Set(texts.map(({ zh }) => zh)).size).toBe(facts.length);
    for (const { zh, en } of texts) expect([/\p{Script=Han}/u.test(zh), /\p{Script=Han}/u.test(en.replaceAll('李娜', ''))]).toEqual([true, false]);
  });
});

describe('REQ-PPL-16 journals from before', () => {
  it('an entry without part, detector and items folds, is shown with what it has, and stands in nobody’s way', () => {
    const bench = Bench.calm();
    bench.commit([fact('people.entered', bench.nowMs, 'wang.wei', { zone: 'Z-4200', entry: 'E-1', name: '王五', task: '巡检', protection: '防酸服' })]);
    expect(bench.state.zones['Z-4200']?.entries).toEqual([{ id: 'E-1', name: '王五', task: '巡检', protection: '防酸服', part: '', gasDetector: '', confirmed: [], atMs: bench.nowMs }]);
    expect(zone(bench)?.entries[0]).toMatchObject({ part: '', gasDetector: '', protection: [{ zh: '防酸服' }] });
    expect(bench.do((c) => enterZone(c, equipped(bench, 'Z-4200', 'b', { task: 'other' }), PEOPLE.operator)).outcome).toBe('done');
  });

  it('facts of zones, cameras and roll-calls that this pack no longer has are left alone, `constructor` among them', () => {
    const bench = Bench.calm();
    const facts: Fact[] = [
      fact('roll-call.signed', T0, 'a', { zone: 'Z-4200', empty: true, note: '', name: 'a' }), fact('roll-call.zone', T0, null, { zone: 'x', cleared: true, voided: false }), fact('roll-call.ended', T0, null, {}),
      fact('roll-call.opened', T0, null, { zones: ['gone'], because: 'x' }), fact('roll-call.signed', T0, 'a', { zone: 'constructor', empty: true, note: '', name: 'a' }), fact('camera.restored', T0, 'post', { outage: 'none', camera: 'none' }),
      fact('camera.changed', T0, null, { camera: 'constructor', zone: 'gone', state: 'lost', parts: ['aim'] }), fact('people.left', T0, 'post', { zone: 'constructor', entry: 'none' }),
    ];
    const state = evolveAll(EMPTY_STATE, facts, bench.plant.machines);
    expect(state.rollCall).toMatchObject({ endedMs: null, zones: { gone: { signed: [], cleared: false } } });
    bench.commit(facts);
    bench.pass(1_000);
    // Nothing can be shown of a zone that is gone: nobody waits for it.
    expect(bench.state.rollCall?.endedMs).not.toBe(null);
  });
});
