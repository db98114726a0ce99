/** REQ-PPL-12..15: cameras, their outages, fences. */
import { describe, expect, it } from 'vitest';
import { cameraNow } from '../../../src/domain/people/cameras.ts';
import { isUnreported, OUTAGE_OF_THE_PLANT_MS, stretchMs } from '../../../src/domain/people/outages.ts';
import type { Outage } from '../../../src/domain/people/outages.ts';
import { CAMERA_PARTS, partTag } from '../../../src/domain/people/zone-tags.ts';
import { FALSE, TRUE, UNKNOWN } from '../../../src/domain/conditions/truth.ts';
import { assessZone, leaveZone, resetInterlock, stop, takePost } from '../../../src/domain/station/commands.ts';
import { enterVerdict } from '../../../src/domain/station/gates/verdicts.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import { approveOutage, enterZone, restoreCamera } from '../../../src/domain/station/people-commands.ts';
import { permitStep } from '../../../src/domain/station/procedure-commands.ts';
import { Bench, equipped, PEOPLE, rulesOf, shippedPack, T0 } from './bench.ts';
import { byTag, investigating, procedure, step, valve } from './made-procedures.ts';

const { supervisor, operator } = PEOPLE;
const HOUR = 3_600_000;
const CAMERA = shippedPack().zones.find(({ id }) => id === 'Z-4200')?.cameras[0] ?? (() => { throw new Error('Z-4200 has no camera'); })();
const PARTS = ['CAM-4200-SIG', 'CAM-4200-PIC', 'CAM-4200-AIM', 'CAM-4200-PWR'] as const;
const alarm = (bench: Bench, id: string) => bench.state.alarms.get(id);
const outage = (bench: Bench, forMs: number, more: { report?: string; camera?: string; fromMs?: number } = {}, signer: Signer = supervisor) => {
  const fromMs = more.fromMs ?? bench.nowMs;
  return bench.do((c) => approveOutage(c, { camera: more.camera ?? 'CAM-4200', reason: 'lens', fromMs, untilMs: fromMs + forMs, report: more.report ?? '' }, signer));
};

/** A step that sends people in is next; everything is in order for it. */
function atTheGate(): Bench {
  const bench = investigating(procedure('P-1', { steps: [valve('A', 'XV-4205')], handling: [step('H1', { kind: 'command', direction: 'intervene', within: '30 min', proof: [byTag('H1.1', 'XV-4401', 'open')] })] }));
  bench.do((c) => takePost(c, 'commander', supervisor));
  bench.do((c) => takePost(c, 'watch', operator));
  bench.do((c) => assessZone(c, 'Z-4200', 'handling', 'clear', supervisor));
  return bench;
}
const permit = (bench: Bench) => bench.do((c) => permitStep(c, bench.run('P-1').instance, 'H1', supervisor));
const isPermitted = (bench: Bench): boolean => bench.run('P-1').course.context.permits['H1'] !== undefined;

describe('REQ-PPL-12 V.1 a camera shows its zone while all four parts are known to be good', () => {
  it('over all 81 combinations: a lost part says more than one that is not known, and unknown is not seen', () => {
    const truths = [FALSE, TRUE, UNKNOWN] as const;
    for (const a of truths) for (const b of truths) for (const c of truths) for (const d of truths) {
      const of = new Map(CAMERA_PARTS.map((part, i) => [partTag(CAMERA, part), [a, b, c, d][i] ?? UNKNOWN]));
      const all = [a, b, c, d];
      const wanted = all.includes(FALSE) ? 'lost' : all.includes(UNKNOWN) ? 'unknown' : 'seen';
      const now = cameraNow(CAMERA, (tag) => of.get(tag) ?? UNKNOWN);
      expect(now.state).toBe(wanted);
      expect(now.parts).toEqual(wanted === 'seen' ? [] : CAMERA_PARTS.filter((_, i) => all[i] === (wanted === 'lost' ? FALSE : UNKNOWN)));
    }
  });

  it('of which nothing was ever heard it is unknown without a fact and without an alarm; the zone is not seen', () => {
    const bench = new Bench();
    bench.link('connected');
    bench.settle();
    expect([bench.state.cameras, alarm(bench, 'CAMERA/Z-4200')]).toEqual([{}, undefined]);
  });

  it.each(PARTS)('%s lost, and bad: told with the part; a process alarm of priority 3 that unknown does not end', (tag) => {
    const bench = Bench.calm();
    expect(alarm(bench, 'CAMERA/Z-4200')).toBeUndefined();
    bench.set({ [tag]: false });
    expect(bench.factsOf('camera.changed').at(-1)?.data).toMatchObject({ camera: 'CAM-4200', zone: 'Z-4200', state: 'lost' });
    expect(alarm(bench, 'CAMERA/Z-4200')).toMatchObject({ active: true, priority: 3, class: 'process', input: tag });
    bench.bad.add(tag);
    bench.pass(1_000);
    expect([bench.state.cameras['CAM-4200']?.state, alarm(bench, 'CAMERA/Z-4200')?.active]).toEqual(['unknown', true]);
    bench.bad.delete(tag);
    bench.set({ [tag]: true });
    expect(alarm(bench, 'CAMERA/Z-4200')?.active).toBe(false);
  });

  it('a part that goes bad by itself is not seen either', () => {
    const bench = Bench.calm();
    bench.bad.add('CAM-4200-AIM');
    bench.pass(1_000);
    expect([bench.state.cameras['CAM-4200']?.state, alarm(bench, 'CAMERA/Z-4200')?.active]).toEqual(['unknown', true]);
  });

  it('with the link lost the link’s own alarm says so, and not one for every zone; one that stood stays', () => {
    const bench = Bench.calm();
    bench.set({ 'CAM-4300-SIG': false });
    bench.link('lost');
    bench.silence(20_000);
    expect(['Z-4100', 'Z-4200', 'Z-4300'].map((zone) => alarm(bench, `CAMERA/${zone}`)?.active)).toEqual([undefined, undefined, true]);
  });

  it('one of two cameras is enough to see a zone', () => {
    const base = shippedPack();
    const second = { ...CAMERA, id: 'CAM-4201', signalTag: 'CAM-4300-SIG', pictureTag: 'CAM-4300-PIC', aimTag: 'CAM-4300-AIM', powerTag: 'CAM-4300-PWR' };
    const bench = Bench.calm({ ...base, zones: base.zones.map((zone) => (zone.id === 'Z-4200' ? { ...zone, cameras: [...zone.cameras, second] } : zone)) });
    bench.set({ 'CAM-4200-SIG': false });
    expect(alarm(bench, 'CAMERA/Z-4200')).toBeUndefined();
    bench.set({ 'CAM-4300-PWR': false });
    expect(alarm(bench, 'CAMERA/Z-4200')?.active).toBe(true);
  });
});

describe('REQ-PPL-13 V.1 no video, no work', () => {
  it.each(PARTS)('%s lost: entry and permit are refused, with the camera and the part', (tag) => {
    const bench = atTheGate();
    bench.set({ [tag]: false });
    const entry = bench.do((c) => enterZone(c, equipped(bench, 'Z-4200', 'a'), supervisor));
    expect([rulesOf(entry), rulesOf(permit(bench))]).toEqual([['G-VIDEO'], ['G-VIDEO']]);
    expect(entry.outcome === 'refused' && entry.refusal.obstacles[0]?.fact.en).toMatch(/^No camera shows Oxidation area: CAM-4200 \w+ lost$/u);
    bench.set({ [tag]: true });
    expect([permit(bench).outcome, isPermitted(bench)]).toEqual(['done', true]);
  });

  it('lost while the step is permitted: the permit is withdrawn, and the alarm of priority 1 stands until the picture is back', () => {
    const bench = atTheGate();
    permit(bench);
    expect([isPermitted(bench), alarm(bench, 'CAMERA-FIELD/Z-4200')]).toEqual([true, undefined]);
    bench.do((c) => enterZone(c, equipped(bench, 'Z-4200', 'a'), supervisor));
    bench.set({ 'CAM-4200-PIC': false, 'PC-4200': 1 });
    expect([isPermitted(bench), bench.factsOf('procedure.moved').at(-1)?.data.event.type]).toEqual([false, 'WITHDRAWN']);
    expect([alarm(bench, 'CAMERA-FIELD/Z-4200'), alarm(bench, 'CAMERA/Z-4200')]).toMatchObject([{ active: true, priority: 1, class: 'safety' }, { active: true }]);
    expect(bench.do((c) => stop(c, 'post', 'people')).outcome).toBe('done');
    bench.set({ 'CAM-4200-PIC': true });
    expect(alarm(bench, 'CAMERA-FIELD/Z-4200')?.active).toBe(false);
  });

  it('not known is not seen, with the link lost too: people inside raise it; nobody inside ends it', () => {
    const bench = atTheGate();
    bench.do((c) => enterZone(c, equipped(bench, 'Z-4200', 'a'), supervisor));
    bench.link('lost');
    bench.silence(20_000);
    expect(alarm(bench, 'CAMERA-FIELD/Z-4200')?.active).toBe(true);
    bench.do((c) => leaveZone(c, 'Z-4200', bench.state.zones['Z-4200']?.entries[0]?.id ?? '', 'post'));
    expect(alarm(bench, 'CAMERA-FIELD/Z-4200')?.active).toBe(false);
  });

  it('in normal running people go in without a camera, and only the alarm of priority 3 says so', () => {
    const bench = Bench.calm();
    bench.set({ 'CAM-4200-SIG': false, 'PC-4200': 1 });
    expect([bench.do((c) => enterZone(c, equipped(bench, 'Z-4200', 'a'), operator)).outcome, alarm(bench, 'CAMERA-FIELD/Z-4200')]).toEqual(['done', undefined]);
  });

  it('a zone without any camera is not seen: field steps are refused there, and the stop is not', () => {
    const base = shippedPack();
    const bench = Bench.calm({ ...base, zones: base.zones.map((zone) => ({ ...zone, cameras: [] })) });
    bench.set({ 'TI-4202': 60 });
    const verdict = enterVerdict(bench.plant, bench.state, 'Z-4200', bench.nowMs);
    expect(!verdict.allowed && verdict.refusal.obstacles.find(({ rule }) => rule === 'G-VIDEO')?.fact.en).toBe('No camera shows Oxidation area: it has no camera');
    expect(bench.do((c) => stop(c, 'post', 'people')).outcome).toBe('done');
  });
});

describe('REQ-PPL-14 V.3 a planned outage of a camera', () => {
  it('up to two hours by the shift supervisor; longer only with the receipt of the dispatch centre; nobody else', () => {
    const bench = Bench.calm();
    expect(rulesOf(outage(bench, HOUR, {}, operator))).toEqual(['G-ROLE']);
    expect(rulesOf(outage(bench, OUTAGE_OF_THE_PLANT_MS + 1))).toEqual(['G-OUTAGE']);
    expect([outage(bench, OUTAGE_OF_THE_PLANT_MS).outcome, outage(bench, 5 * HOUR, { camera: 'CAM-4300', report: 'ZH-118' }).outcome]).toEqual(['done', 'done']);
    expect(bench.state.outages).toMatchObject([{ camera: 'CAM-4200', by: supervisor.user, report: '' }, { camera: 'CAM-4300', report: 'ZH-118' }]);
  });

  it('two hours after two hours are four: what lies close together counts together', () => {
    const bench = Bench.calm();
    outage(bench, 2 * HOUR);
    expect(rulesOf(outage(bench, HOUR, { fromMs: bench.nowMs + 3 * HOUR }))).toEqual(['G-OUTAGE']);
    expect(outage(bench, 2 * HOUR, { fromMs: bench.nowMs + 4 * HOUR }).outcome).toBe('done');
    const of = (fromMs: number, untilMs: number, restoredMs: number | null = null): Outage => ({ id: 'x', camera: 'C', reason: '', fromMs, untilMs, report: '', by: '', restoredMs });
    expect(stretchMs([of(0, HOUR), of(2 * HOUR, 3 * HOUR)], 'C', 4 * HOUR, 5 * HOUR)).toBe(3 * HOUR);
    expect(stretchMs([of(0, 2 * HOUR, HOUR)], 'C', 3 * HOUR, 4 * HOUR)).toBe(HOUR);
    expect(isUnreported([of(0, 2 * HOUR)], 'D', { fromMs: 2 * HOUR, untilMs: 3 * HOUR, report: '' })).toBe(false);
  });

  it('nothing of it in the past, backwards, for more than 72 h, for an unknown camera, or twice', () => {
    const bench = Bench.calm();
    for (const bad of [outage(bench, HOUR, { fromMs: bench.nowMs - 2 * HOUR }), outage(bench, 0), outage(bench, 72 * HOUR + 1, { report: 'x' }), outage(bench, HOUR, { fromMs: bench.nowMs + 8 * 24 * HOUR })]) expect(bad).toMatchObject({ outcome: 'failed', code: 'bad-input' });
    expect(outage(bench, HOUR, { camera: 'CAM-1' })).toMatchObject({ outcome: 'failed', code: 'not-found' });
    expect([outage(bench, 72 * HOUR, { report: 'x' }).outcome, outage(bench, HOUR).outcome]).toEqual(['done', 'failed']);
    expect(bench.do((c) => restoreCamera(c, 'CAM-4300', 'post'))).toMatchObject({ outcome: 'failed', code: 'not-found' });
  });

  it('while it lasts the alarm is quiet and field work is refused; over, or ended, with the camera not back: an alarm', () => {
    const bench = atTheGate();
    outage(bench, HOUR);
    bench.set({ 'CAM-4200-PWR': false });
    expect([alarm(bench, 'CAMERA/Z-4200'), rulesOf(permit(bench))]).toEqual([undefined, ['G-VIDEO']]);
    bench.nowMs = Math.max(bench.nowMs, T0) + HOUR;
    bench.pass(1_000);
    expect(alarm(bench, 'CAMERA/Z-4200')?.active).toBe(true);
    outage(bench, HOUR, { report: 'ZH-1' });
    expect(alarm(bench, 'CAMERA/Z-4200')?.active).toBe(false);
    expect(bench.do((c) => restoreCamera(c, 'CAM-4200', 'post')).outcome).toBe('done');
    expect(alarm(bench, 'CAMERA/Z-4200')?.active).toBe(true);
  });

  it('one that is still to come makes nothing quiet yet', () => {
    const bench = Bench.calm();
    outage(bench, HOUR, { fromMs: bench.nowMs + HOUR });
    bench.set({ 'CAM-4200-PWR': false });
    expect(alarm(bench, 'CAMERA/Z-4200')?.active).toBe(true);
  });

  it('with people inside the alarm of priority 1 is never quiet', () => {
    const bench = atTheGate();
    bench.do((c) => enterZone(c, equipped(bench, 'Z-4200', 'a'), supervisor));
    outage(bench, HOUR);
    bench.set({ 'CAM-4200-PWR': false });
    expect(alarm(bench, 'CAMERA-FIELD/Z-4200')?.active).toBe(true);
  });
});

describe('REQ-PPL-15 V.4 the electronic fence', () => {
  it('every zone of every plant has one, and its intrusion is an alarm of priority 1 by the general rule', () => {
    for (const id of ['h2o2', 'ammonia-synthesis', 'ammonium-nitrate', 'fine-chemicals']) {
      const pack = shippedPack(id);
      for (const zone of pack.zones) expect(pack.conditions.find(({ id: name }) => name === `W-V.4-INTRUSION-${zone.fenceTag ?? ''}`), zone.id).toMatchObject({ priority: 1, alarm: { class: 'safety', latching: true } });
    }
    const bench = Bench.calm();
    bench.set({ 'FEN-4200': true });
    expect(alarm(bench, 'W-V.4-INTRUSION-FEN-4200')).toMatchObject({ active: true, priority: 1, input: 'FEN-4200' });
    bench.set({ 'FEN-4200': false });
    // Who has passed it is inside: it latches.
    expect(alarm(bench, 'W-V.4-INTRUSION-FEN-4200')).toMatchObject({ active: false, latched: true });
  });

  it('broken or not known it stands in nobody’s way', () => {
    const bench = atTheGate();
    bench.set({ 'FEN-4200': true });
    expect(permit(bench).outcome).toBe('done');
    bench.bad.add('FEN-4200');
    bench.pass(2_000);
    expect(bench.do((c) => enterZone(c, equipped(bench, 'Z-4200', 'a'), supervisor)).outcome).toBe('done');
  });

  it('a pack can tie it to an interlock: its intrusion is a trip condition, and keeps the interlock from being reset', () => {
    const base = shippedPack();
    const bench = Bench.calm({ ...base, interlocks: base.interlocks.map((one) => (one.id === 'I-4200' ? { ...one, tripConditions: [...one.tripConditions, 'W-V.4-INTRUSION-FEN-4200'] } : one)) });
    const words = (): string[] => {
      const decision = bench.do((c) => resetInterlock(c, 'I-4200', supervisor));
      return decision.outcome === 'refused' ? decision.refusal.obstacles.map(({ fact }) => fact.en) : [decision.outcome];
    };
    const tied = 'trip condition must be gone: Somebody crossed the electronic fence of the oxidation area';
    expect(words().some((text) => text.includes(tied))).toBe(false);
    bench.set({ 'FEN-4200': true });
    expect(words().some((text) => text.includes(tied))).toBe(true);
  });
});
