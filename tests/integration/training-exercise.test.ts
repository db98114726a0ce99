/** One exercise on the real simulator, by the commands alone: two consoles of one station, an operator's and an instructor's, from the start to the record (docs/design/training.md). */
import { describe, expect, it } from 'vitest';
import type { Response } from '../../src/contract/envelope.ts';
import { trainingSectionSchema } from '../../src/contract/training.ts';
import { TRAINING_SECRET } from '../../src/main/users/users.ts';
import { until } from '../support/platform/platform.ts';
import { Desk } from '../support/station/desk.ts';
import { trainingRoom } from '../support/station/training-room.ts';

const room = trainingRoom('exercise');

const rulesOf = (answer: Response): string[] => (answer.outcome === 'refused' ? answer.refusal.obstacles.map(({ rule }) => rule) : [answer.outcome]);

describe('an exercise on the real simulator', () => {
  it('REQ-TRN-01 REQ-TRN-02 REQ-TRN-03 REQ-TRN-04 REQ-TRN-05 3.4 H.2 alone, then with the instructor apart, led back, run ahead, stopped, scored, debriefed and recorded', { timeout: 120_000 }, async () => {
    const running = room.station();
    const board = new Desk('board', running);
    const other = new Desk('other', running);
    await board.done('session.logOn', { user: 'op1', secret: TRAINING_SECRET });
    await until('the plant is seen', () => running.core.state.link === 'connected');
    for (let i = 0; i < 60 && !(await board.section()).available; i += 1) await new Promise((resume) => setTimeout(resume, 250));

    // Alone: one person begins it and may do everything but look behind the transmitters.
    await board.done('training.start', { scenario: 'S-OX-RUNAWAY' });
    const begun = await board.section();
    expect(trainingSectionSchema.safeParse(begun).success).toBe(true);
    expect(begun).toMatchObject({ running: { scenario: 'S-OX-RUNAWAY', team: false, hints: 0 }, participants: [{ user: 'op1', post: 'alone' }], apart: null });
    expect(rulesOf(await board.ask('instructor.truth', {}))).toEqual(['T-TRUTH']);
    expect(rulesOf(await board.ask('instructor.score', {}))).toEqual(['T-TRUTH']);
    expect(rulesOf(await board.ask('training.debrief', { exercise: begun.running?.exercise ?? '' }))).toEqual(['T-TRUTH']);
    await board.done('training.speed', { speed: 5 });

    // The instructor is there: from now on what an instructor does is that console's alone.
    const desk = new Desk('desk', running);
    await desk.done('session.logOn', { user: 'ins1', secret: TRAINING_SECRET });
    for (const from of [board, other]) expect(rulesOf(await from.ask('training.speed', { speed: 50 }))).toEqual(['T-INSTRUCTOR']);
    expect((await board.section()).apart).toMatchObject({ because: 'instructor', instructors: [{ user: 'ins1' }] });
    await board.done('training.join', { post: 'board' });
    await board.done('training.order', { device: 'XV-4301', position: 0 });
    expect((await board.done('training.devices', {})).devices.find(({ device }) => device === 'XV-4301')).toMatchObject({ ordered: 0 });
    await board.done('training.order', { device: 'XV-4301', position: null });
    expect(rulesOf(await other.ask('training.order', { device: 'XV-4301', position: 0 }))).toEqual(['T-POST']);

    // A transmitter that deceives: the truth says so to the instructor, and nothing of it is shared.
    await desk.done('instructor.deceive', { tag: 'TI-4301', malfunction: 'bias', size: 12 });
    await desk.done('instructor.note', { text: 'sees the wrong temperature' });
    const lies = async () => { const { sample } = await desk.done('instructor.truth', {}); return sample === null ? 0 : Math.abs((sample.truth['TI-4301'] ?? 0) - (sample.shown['TI-4301'] ?? 0)); };
    for (let i = 0; i < 40 && (await lies()) < 8; i += 1) await new Promise((resume) => setTimeout(resume, 250));
    expect(await lies()).toBeGreaterThan(8);
    const truth = await desk.done('instructor.truth', {});
    expect(truth.faults.map(({ id }) => id)).toContain('F4-02F');
    expect(truth.events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['fault-began', 'deception', 'order', 'note']));
    const shared = JSON.stringify((await board.done('view.snapshot', {})).view);
    for (const secret of ['F4-02F', 'deception', 'sees the wrong temperature', '"truth"', '"lost"']) expect([secret, shared.includes(secret)]).toEqual([secret, false]);
    await desk.done('instructor.deceive', { tag: 'TI-4301', malfunction: null });

    // Led back: another branch, and the truth of the course that did not happen is gone.
    const { node } = await desk.done('instructor.snapshot', { name: 'before' });
    await desk.done('instructor.step', { seconds: 30 });
    await desk.done('instructor.goBack', { node });
    const tree = await desk.done('instructor.tree', {});
    expect(tree.branches.find(({ branch }) => branch === tree.branch)?.parent).not.toBeNull();
    expect(tree.moments.map(({ name }) => name)).toContain('before');
    const overlay = await desk.done('instructor.overlay', { branches: tree.branches.slice(-2).map(({ branch }) => branch), tags: ['TI-4203'] });
    expect(overlay.lines.some(({ points }) => points.length > 5)).toBe(true);

    // Ahead, without touching the plant: doing nothing is worse than the stop.
    const { ahead } = await board.done('training.ahead', { horizonS: 600 });
    const outcomes = async () => board.done('training.aheadResult', { ahead });
    for (let i = 0; i < 80 && (await outcomes()).state === 'running'; i += 1) await new Promise((resume) => setTimeout(resume, 250));
    const { state, runs } = await outcomes();
    expect(state).toBe('done');
    const peak = (mode: string): number => runs.find((each) => each.mode === mode)?.worst.find(({ tag }) => tag === 'TI-4203')?.value ?? Number.NaN;
    expect(peak('nothing')).toBeGreaterThan(peak('stop'));
    expect(runs.length).toBeGreaterThan(3);

    // Hints cost; the stop is there for everybody, whoever leads.
    expect((await board.done('training.hint', {})).hints).toBe(1);
    expect(await other.done('retreat.stop', {})).toMatchObject({ actedOn: 'simulator' });
    for (let i = 0; i < 40 && !running.core.state.runs.some(({ procedure }) => procedure === 'P-A4.2'); i += 1) await new Promise((resume) => setTimeout(resume, 250));
    // The live score is made elsewhere: at first it is said to be, then the last one stands with its age.
    const live = await desk.done('instructor.score', {});
    expect([live.score, live.because?.en]).toEqual([null, 'The score is being made …']);
    for (let i = 0; i < 80 && (await desk.done('instructor.score', {})).score === null; i += 1) await new Promise((resume) => setTimeout(resume, 250));
    const { score: standing, ageS } = await desk.done('instructor.score', {});
    expect(standing?.items.find(({ item }) => item === 'hints')).toMatchObject({ figure: 1 });
    expect(ageS).toBeGreaterThanOrEqual(0);

    // Over: scored as it stood, the debrief is everybody's, and the instructor's word makes the record.
    const exercise = begun.running?.exercise ?? '';
    await desk.done('training.end', {});
    expect((await board.section()).past[0]).toMatchObject({ exercise, scenario: 'S-OX-RUNAWAY' });
    for (let i = 0; i < 80 && (await board.section()).past[0]?.total === null; i += 1) await new Promise((resume) => setTimeout(resume, 250));
    expect((await board.section()).past[0]?.total).toBeGreaterThanOrEqual(0);
    for (let i = 0; i < 80 && (await board.done('training.debrief', { exercise })).debrief === null; i += 1) await new Promise((resume) => setTimeout(resume, 250));
    const { debrief } = await board.done('training.debrief', { exercise });
    expect(debrief?.events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['fault-began', 'deception']));
    expect(debrief?.notes.map(({ text }) => text)).toContain('sees the wrong temperature');
    expect(debrief?.trends.some(({ truth: points }) => points.length > 10)).toBe(true);
    const signature = { user: 'ins1', secret: TRAINING_SECRET };
    expect(rulesOf(await board.ask('instructor.assess', { exercise, user: 'op1', passed: false, comment: '', signature }))).toEqual(['T-INSTRUCTOR']);
    await desk.done('instructor.assess', { exercise, user: 'op1', passed: false, comment: 'found the stop late', signature });
    expect((await board.done('training.records', {})).records[0]).toMatchObject({ user: 'op1', post: 'board', exercise, passed: false, validUntilMs: null });
    const csv = await board.done('training.export', { format: 'csv', what: { kind: 'records', user: 'op1' }, language: 'en' });
    expect(Buffer.from(csv.base64, 'base64').toString('utf8')).toMatch(/TRAINING/u);
    const statements = await board.done('training.export', { format: 'xapi', what: { kind: 'debrief', exercise }, language: 'en' });
    expect(Buffer.from(statements.base64, 'base64').toString('utf8')).toContain('S-OX-RUNAWAY');
  });
});
