/** An exercise that is led back, and the same once more, on the real simulator by the commands alone: what counts is the course that leads to its end (REQ-CRS). */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Debrief } from '../../src/contract/drill.ts';
import { SETTLED_MOMENT } from '../../src/contract/training.ts';
import { placeOf } from '../../src/domain/procedures/machine.ts';
import type { Fact } from '../../src/domain/station/facts.ts';
import { readRecords } from '../../src/main/journal/read.ts';
import { toFact } from '../../src/main/station/core.ts';
import type { Station } from '../../src/main/station/index.ts';
import { TRAINING_SECRET } from '../../src/main/users/users.ts';
import { until } from '../support/platform/platform.ts';
import { Desk } from '../support/station/desk.ts';
import { trainingRoom } from '../support/station/training-room.ts';

const room = trainingRoom('courses');

const isCarriedOut = ({ core }: Station): boolean => core.state.runs.some(({ course }) => ['retreating', 'stopping', 'safe'].includes(placeOf(course)));
const facts = (): Fact[] => [...readRecords(join(room.dataDir, 'training', 'journal.sqlite'))].flatMap((record) => toFact(record) ?? []);

describe('an exercise that is led back', () => {
  it('REQ-CRS-01 REQ-CRS-02 REQ-CRS-03 REQ-CRS-04 REQ-CRS-06 H.2 what was done on the course that was left does not count, and is told as such; the next exercise begins with nothing of this one', { timeout: 240_000 }, async () => {
    const running = room.station();
    const { core } = running;
    const desk = new Desk('desk', running);
    await desk.done('session.logOn', { user: 'op1', secret: TRAINING_SECRET });
    await until('the plant is seen', () => core.state.link === 'connected');
    await desk.until('training is there', (section) => section.available);

    // The first course: the procedure is raised, a hint is asked for, a valve is turned, a wish refused, and the plant is stopped.
    await desk.done('training.start', { scenario: 'S-OX-RUNAWAY' });
    const exercise = (await desk.section()).running?.exercise ?? '';
    const { node } = await desk.done('instructor.snapshot', { name: 'before' });
    await desk.done('training.speed', { speed: 5 });
    await until('a procedure is raised', () => core.state.runs.length > 0, 60_000);
    const first = core.state.runs[0]?.instance ?? '';
    await desk.done('training.hint', {});
    await desk.done('training.order', { device: 'XV-4301', position: 0 });
    expect((await desk.ask('procedure.return', { instance: first, signature: { user: 'sup1', secret: TRAINING_SECRET } })).outcome).toBe('refused');
    await desk.done('seen.report', { observation: core.plant.pack.observations[0]?.id ?? '', present: true, note: '' });
    await desk.done('retreat.stop', {});
    await until('a procedure is carried out', () => isCarriedOut(running), 30_000);

    // Led back to before the fault: the station stands where it stood.
    await desk.done('instructor.goBack', { node });
    expect([core.state.runs, core.state.noProcedure, core.state.incident, core.state.observations, [...core.state.conditions.values()].filter(({ held }) => held).map(({ id }) => id)]).toEqual([[], null, null, {}, []]);
    await until('a procedure is raised again', () => core.state.runs.length > 0, 60_000);
    expect(core.state.runs.map(({ instance }) => instance)).not.toContain(first);
    await desk.done('alarm.acknowledge', { alarms: [...core.state.alarms.values()].filter(({ acknowledged }) => !acknowledged).map(({ id }) => id) });
    await desk.done('retreat.stop', {});
    await until('the stop is carried out', () => isCarriedOut(running), 30_000);

    // Over: what was of the exercise ends with it.
    await desk.done('training.end', {});
    expect([core.state.training, core.state.runs, core.state.incident, core.state.rollCall, core.state.commander]).toEqual([null, [], null, null, null]);
    const debrief = await desk.debriefOf(exercise);
    if (process.env['HAVEN_SHOW'] !== undefined) show(debrief);
    const told = facts();
    expect(told.filter(({ type }) => type === 'training.led-back').map(({ data }) => 'toS' in data && data.toS < 5)).toEqual([true]);
    expect(debrief.score.items.find(({ item }) => item === 'hints')).toMatchObject({ figure: 0 });
    expect(debrief.score.breaches.filter(({ kind }) => kind === 'refusal')).toEqual([]);
    expect(debrief.events.filter(({ kind, subject }) => kind === 'order' && subject === 'XV-4301').map(({ left }) => left)).toEqual([true]);
    const stops = (debrief.deeds ?? []).filter(({ text }) => text.en.startsWith('Emergency stop sent'));
    expect(stops.map(({ left }) => left)).toEqual([true, undefined]);
    expect((debrief.deeds ?? []).filter(({ left }) => left !== true).map(({ atS }) => atS).every((atS, i, all) => i === 0 || atS >= (all[i - 1] ?? 0))).toBe(true);
    for (const { truth } of debrief.trends) expect(truth.every(([atS], i) => i === 0 || atS > (truth[i - 1]?.[0] ?? 0))).toBe(true);

    // Run again by its own seed and age, with the hands that count: near to what was shown.
    expect(debrief.fidelity?.find(({ tag }) => tag === 'TI-4203')?.atMost).toBeLessThan(5);
    // The same once more, at once: nothing of it stands.
    await desk.done('training.start', { scenario: 'S-OX-RUNAWAY' });
    expect([core.state.runs.map(({ procedure }) => procedure), core.state.incident]).toEqual([[], null]);
    await desk.done('training.speed', { speed: 5 });
    await until('a procedure is raised a third time', () => core.state.runs.length > 0, 60_000);
    // Back to before the exercise: there its fault is not on. Its own beginning is the earliest, and the fault comes again.
    const settled = (await desk.done('instructor.tree', {})).moments.find(({ name }) => name === SETTLED_MOMENT)?.node ?? expect.fail('no settled plant');
    await desk.done('instructor.goBack', { node: settled });
    expect(core.state.runs).toEqual([]);
    await until('a procedure is raised a fourth time', () => core.state.runs.length > 0, 60_000);
    await desk.done('training.end', {});
    expect(core.state.runs).toEqual([]);
  });
});

function show(debrief: Debrief): void {
  console.log(JSON.stringify({ ...debrief, trends: debrief.trends.map(({ tag, truth }) => [tag, truth.length, truth[0], truth.at(-1)]) }, null, 1));
}
