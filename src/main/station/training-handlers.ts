/** What the training commands do: who may is asked first, then the simulator is told, then what the record needs is recorded. The truth is answered, never shared. */
import type { Signature } from '../../contract/commands.ts';
import type { Problem } from '../../contract/envelope.ts';
import type { View } from '../../contract/view.ts';
import type { PlantPack, ProcedureDef } from '../../domain/packs/schema.ts';
import { recordCompetence } from '../../domain/station/competence-commands.ts';
import type { Decision } from '../../domain/station/decision.ts';
import { fact } from '../../domain/station/facts.ts';
import { endOfCourse, ledBack } from '../../domain/station/other-course.ts';
import type { Signer } from '../../domain/station/gates/signer.ts';
import { apartBecause, refusalOf } from '../training/authority.ts';
import type { Standing, TrainingCommand } from '../training/authority.ts';
import * as ahead from '../training/ahead.ts';
import * as deeds from '../training/deeds.ts';
import type { AheadTag } from '../training/ahead.ts';
import type { Asked } from '../training/line.ts';
import type { Done } from '../training/simulator-link.ts';
import type { Training } from '../training/training.ts';
import type { Account } from '../users/users.ts';
import type { StationCore } from './core.ts';
import type { Answer, Deeds } from './dispatcher.ts';
import type { TrainingBooks } from './training-books.ts';
import { plantSection } from './view.ts';

export interface TrainingHandlerParts {
  readonly core: StationCore;
  readonly training: Training | null;
  readonly books: TrainingBooks;
  readonly nowMs: () => number;
  /** Logged on at this console and not locked. */
  readonly person: Account | null;
  /** Under whose name it is recorded when nobody signs. */
  readonly by: string;
  readonly instructors: () => readonly Account[];
  /** Logged on at some console now and not locked. */
  readonly isAtConsole: (user: string) => boolean;
  /** Has a log-on, be it at a console that was lost or is locked. */
  readonly isHere: (user: string) => boolean;
  readonly signed: <Output>(signature: Signature, decide: (signer: Signer) => Decision<Output>) => Promise<Answer<Output>>;
}

type TrainingDeeds = Pick<Deeds, TrainingCommand>;

const failed = (code: Problem['code'], message: string, zh?: string): { outcome: 'failed'; problem: Problem } => ({
  outcome: 'failed', problem: { code, message: message.slice(0, 2_000), ...(zh === undefined ? {} : { words: { zh: zh.slice(0, 2_000), en: message.slice(0, 2_000) } }) },
});
const done = <Output>(output: Output): Answer<Output> => ({ outcome: 'done', output });
const NOT_HERE = failed('not-in-this-mode', 'This station is in OPERATION; training commands exist only in TRAINING.', '本站处于运行模式；演练命令只在演练模式中有。');
const NONE_RUNS = failed('not-found', 'no exercise runs', '没有正在进行的演练');

export function standingOf({ core, training, person, instructors, isAtConsole }: Pick<TrainingHandlerParts, 'core' | 'training' | 'person' | 'instructors' | 'isAtConsole'>): Standing {
  const isTrainee = (user: string): boolean => training?.team.isTrainee(user) === true;
  return { asker: person, instructors: instructors().filter(({ user }) => !isTrainee(user)), isTeam: training?.exercise?.begun.team === true, isRunning: core.state.training !== null, posts: training?.team.posts ?? [], isTrainee, isAtConsole };
}

type Limit = View['plant']['tags'][number]['limits'][number];
const limits = new WeakMap<PlantPack, ReadonlyMap<string, readonly Limit[]>>();
/** Alarm limits by tag, as the trends draw them; looked up once. */
function limitsOf(pack: PlantPack): ReadonlyMap<string, readonly Limit[]> {
  const known = limits.get(pack);
  if (known !== undefined) return known;
  const found = new Map(plantSection(pack).tags.map((tag) => [tag.id, tag.limits] as const));
  limits.set(pack, found);
  return found;
}

/** Analog tags with a limit, those of the most urgent alarms first: what an outcome is judged by. */
function aheadTags(pack: PlantPack): AheadTag[] {
  return pack.tags.flatMap((tag) => {
    const [limit] = [...(limitsOf(pack).get(tag.id) ?? [])].sort((a, b) => a.priority - b.priority);
    if (tag.kind !== 'analog' || limit === undefined) return [];
    return [{ priority: limit.priority, tag: tag.id, title: { zh: tag.zh, en: tag.en }, unit: tag.unit, limit: limit.limit, side: limit.comparison === 'above' || limit.comparison === 'atOrAbove' ? 'above' as const : 'below' as const }];
  }).sort((a, b) => a.priority - b.priority).slice(0, 12).map(({ priority: _priority, ...tag }) => tag);
}

/** Procedures that run, then the others in the order of the plant. */
function proceduresNow({ plant, state }: StationCore): readonly ProcedureDef[] {
  const running = new Set(state.runs.map(({ procedure }) => procedure));
  const all = [...plant.procedures.values()];
  return [...all.filter(({ id }) => running.has(id)), ...all.filter(({ id }) => !running.has(id))];
}

export function trainingDeeds(parts: TrainingHandlerParts): TrainingDeeds {
  const { core, by, nowMs, person, books } = parts;

  /** In TRAINING, by whoever may. */
  const may = async <Output>(command: TrainingCommand, act: (training: Training) => Answer<Output> | Promise<Answer<Output>>): Promise<Answer<Output>> => {
    if (parts.training === null) return NOT_HERE;
    const refusal = refusalOf(command, standingOf(parts));
    return refusal === null ? act(parts.training) : { outcome: 'refused', refusal };
  };
  const answered = <Output>(asked: Asked<Output>): Answer<Output> => (asked.ok ? done(asked.value) : failed('not-found', asked.reason, asked.zh));
  const told = (asked: Done): Answer<Record<string, never>> => (asked.ok ? done({}) : failed('not-found', asked.reason, asked.zh));

  /** Recorded before it is done: a plant that is put back lets go of its trips, and that must not look as if somebody had forced them (3.5). */
  const instructed = (command: TrainingCommand, words: string, act: (training: Training) => Promise<Done>): Promise<Answer<Record<string, never>>> => may(command, async (training) => {
    core.record([fact('training.instructed', nowMs(), by, { command: words })]);
    return told(await act(training));
  });
  /** The plant is put back by it: what the line tells meanwhile is a jump and no course. */
  const puttingBack = <D extends Done>(act: (training: Training) => Promise<D>) => async (training: Training): Promise<D> => {
    core.putsBack();
    try {
      return await act(training);
    } finally {
      core.standsAgain();
    }
  };
  /** What the trainees' journal must not tell: it stands in the truth of the exercise. */
  const secretly = (command: TrainingCommand, act: (training: Training) => Promise<Done>): Promise<Answer<Record<string, never>>> => may(command, async (training) => told(await act(training)));
  const asked = <Output>(command: TrainingCommand, ask: (training: Training) => Promise<Asked<Output>>): Promise<Answer<Output>> => may(command, async (training) => answered(await ask(training)));

  return {
    'training.start': ({ scenario, start, seed, team }) => instructed('training.start', `start ${scenario}`, puttingBack((training) => {
      const isTeam = team === true;
      const leads = person !== null && (isTeam || apartBecause(standingOf(parts)) !== null) ? person : null;
      return training.start({ scenario, start: start ?? null, seed: seed ?? null, team: isTeam, instructor: leads === null ? null : { user: leads.user, name: leads.name } }, (begun, plant) => {
        const startedMs = nowMs();
        training.team.begin({ trainee: leads === null && person !== null ? { user: person.user, name: person.name } : null, leader: leads?.user ?? null, isHere: parts.isHere });
        // What stood on the plant that was there before ends with it, and is none of the exercise's records; between that and the beginning nothing is looked at.
        core.put(endOfCourse(core.plant, core.state, 'exercise-began', core.state.training?.startedMs ?? startedMs, startedMs));
        const keep = books.begun(begun, startedMs);
        core.beginsAgain([fact('training.started', startedMs, by, { scenario, ...(plant === null ? {} : { plant }) }), ...training.team.tookPart.map(({ user, name, post }) => fact('training.posted', startedMs, user, { name, post }))]);
        return { startedMs, keep };
      });
    })),
    'training.end': () => instructed('training.end', 'end', puttingBack(async (training) => {
      // Scored as it stood, by what is on record up to here: a plant that is put back is none of the exercise. Nobody waits for the score.
      const ended = await training.end((exercise) => {
        const participants = training.team.tookPart;
        training.team.end();
        if (exercise !== null) void books.ended(exercise, participants, nowMs());
      });
      if (core.state.training !== null && ended.ok) core.beginsAgain([...endOfCourse(core.plant, core.state, 'exercise-ended', core.state.training.startedMs, nowMs()), fact('training.ended', nowMs(), by, {})]);
      return ended;
    })),
    'training.speed': ({ speed }) => instructed('training.speed', `speed ${speed}`, (training) => training.setSpeed(speed)),
    'training.key': ({ interlock, on }) => (core.plant.interlocks.has(interlock) ? instructed('training.key', `key ${interlock} ${on ? 'on' : 'off'}`, (training) => training.turnKey(interlock, on)) : failed('not-found', `no interlock '${interlock}'`, `没有联锁“${interlock}”`)),
    'training.freeze': ({ frozen }) => instructed('training.freeze', frozen ? 'freeze' : 'resume', (training) => training.setFrozen(frozen)),
    'training.join': ({ post }) => may('training.join', (training) => {
      if (person === null) return failed('bad-input', 'a post is taken by a person: log on at this console first', '岗位由人担任：请先在本控制台登录');
      if (training.exercise?.begun.instructor?.user === person.user) return failed('bad-input', 'who leads an exercise takes no post in it; end it first, or let another instructor lead', '主持演练的人不能在其中担任岗位；请先结束演练，或由另一位教员主持');
      training.team.join({ user: person.user, name: person.name, post });
      if (core.state.training !== null) core.record([fact('training.posted', nowMs(), person.user, { name: person.name, post })]);
      return done({});
    }),
    'training.leave': () => may('training.leave', (training) => {
      const held = training.team.posts.find(({ user }) => user === by);
      training.team.leave(by);
      if (held !== undefined && core.state.training !== null) core.record([fact('training.posted', nowMs(), by, { name: held.name, post: null })]);
      return done({});
    }),
    'training.order': (order) => secretly('training.order', (training) => deeds.order(training.line, order)),
    'training.devices': () => asked('training.devices', (training) => deeds.devices(training.line, core.plant.pack)),
    'training.crews': () => asked('training.crews', (training) => deeds.crews(training.line, core.plant.pack)),
    'training.hint': () => may('training.hint', ({ exercise }) => {
      if (exercise === null) return NONE_RUNS;
      const hint = exercise.hint((procedure) => core.plant.procedures.get(procedure)?.title ?? null, nowMs());
      if (hint === null) return failed('busy', 'there are no more hints to be had', '没有更多提示');
      books.hinted(exercise, hint, by, nowMs());
      return done({ hint, hints: exercise.hints });
    }),
    'training.ahead': (input) => asked('training.ahead', (training) => ahead.begin(training.line, input, ahead.modesOf(training.buttonName('stop'), core.plant.pack, proceduresNow(core)), aheadTags(core.plant.pack))),
    'training.aheadResult': ({ ahead: job }) => asked('training.aheadResult', (training) => ahead.result(training.line, job, aheadTags(core.plant.pack))),
    'training.aheadCancel': ({ ahead: job }) => secretly('training.aheadCancel', (training) => training.line.tell('AheadCancel', job)),
    'training.laboratory': ({ lab }) => asked('training.laboratory', (training) => training.askLaboratory(lab)),
    'training.look': ({ observation }) => asked('training.look', (training) => deeds.look(training.line, observation)),
    'training.debrief': ({ exercise }) => (parts.training === null ? NOT_HERE : parts.training.exercise?.begun.id === exercise ? may('training.debrief', () => done({ debrief: null, because: { zh: '演练尚未结束', en: 'The exercise has not ended yet' } })) : done(books.debrief(exercise))),
    'training.records': () => may('training.records', () => done(books.records(nowMs()))),
    'training.export': (what) => may('training.export', async () => answered(await books.export(what, nowMs()))),
    'instructor.catalogue': () => asked('instructor.catalogue', (training) => deeds.catalogue(training.line)),
    'instructor.step': ({ seconds }) => instructed('instructor.step', `step ${seconds}`, (training) => training.line.tell('Step', seconds)),
    'instructor.runTo': (to) => instructed('instructor.runTo', 'atS' in to ? `run to ${to.atS}` : `run for ${to.forS}`, (training) => training.line.tell('RunTo', 'atS' in to ? { simTimeS: to.atS } : to)),
    'instructor.runToAlarm': ({ longestS }) => instructed('instructor.runToAlarm', 'run to alarm', (training) => deeds.runToAlarm(training.line, core.plant.pack, (tag) => limitsOf(core.plant.pack).get(tag) ?? [], longestS)),
    'instructor.snapshot': ({ name }) => asked('instructor.snapshot', (training) => deeds.snapshot(training.line, name)),
    'instructor.goBack': (where) => instructed('instructor.goBack', `go back ${JSON.stringify(where)}`, puttingBack(async (training) => {
      const went = await training.goBack(where);
      // Outside of an exercise nothing is scored, and the station goes on from where it is.
      if (went.ok && core.state.training !== null) core.beginsAgain(ledBack(core.plant, core.state, core.stateAt(went.value.toMs), went.value, nowMs(), by));
      return went;
    })),
    // Recorded as what it is to the plant: it is led back, and its trips go without anybody's reset.
    'instructor.takeUp': ({ run }) => (core.state.training !== null
      ? failed('busy', 'an exercise runs: end it before another run is gone on with', '演练正在进行：请先结束演练，再继续较早的过程')
      : instructed('instructor.takeUp', `go back to the run ${run}`, puttingBack((training) => training.takeUp(run)))),
    'instructor.tree': () => asked('instructor.tree', (training) => deeds.tree(training.line)),
    'instructor.overlay': (input) => asked('instructor.overlay', (training) => deeds.overlay(training.line, input)),
    'instructor.inject': ({ fault, ...pace }) => secretly('instructor.inject', (training) => training.line.tell('Inject', fault, pace)),
    'instructor.clear': ({ fault }) => secretly('instructor.clear', (training) => (fault === null ? training.line.tell('ClearAll') : training.line.tell('Clear', fault))),
    'instructor.deceive': ({ tag, malfunction, size }) => secretly('instructor.deceive', (training) => training.line.tell('FieldAction', { kind: 'sensor', tag, malfunction, ...(size === undefined ? {} : { size }) })),
    'instructor.field': (action) => secretly('instructor.field', (training) => deeds.field(training.line, core.plant.pack, action)),
    'instructor.people': (input) => secretly('instructor.people', (training) => deeds.people(training.line, core.plant.pack, input)),
    'instructor.device': (input) => secretly('instructor.device', (training) => deeds.device(training.line, input)),
    'instructor.upsets': () => asked('instructor.upsets', (training) => deeds.upsets(training.line)),
    'instructor.comms': (input) => secretly('instructor.comms', (training) => training.breakLine(input)),
    'instructor.observe': (input) => secretly('instructor.observe', (training) => deeds.observe(training.line, input)),
    'instructor.note': ({ text }) => may('instructor.note', ({ exercise }) => {
      if (exercise === null) return NONE_RUNS;
      return exercise.note(by, text, nowMs()) ? done({}) : failed('busy', 'there are too many notes on this exercise', '本次演练的备注过多');
    }),
    'instructor.truth': () => may('instructor.truth', ({ exercise, faults }) => done({ sample: exercise?.last ?? null, margins: [...(exercise?.margins ?? [])], events: (exercise?.events ?? []).slice(-200), faults: faults().slice(0, 100).map(({ id, phase }) => ({ id, phase })) })),
    'instructor.score': () => may('instructor.score', ({ exercise }) => {
      if (exercise === null) return done({ score: null, because: { zh: '没有正在进行的演练', en: 'No exercise is running' } });
      return done(books.live(exercise, nowMs()));
    }),
    'instructor.assess': ({ signature, ...assessment }) => may('instructor.assess', async () => {
      const answer = await parts.signed(signature, (signer) => recordCompetence(core.context(), assessment, signer));
      return answer.outcome === 'done' ? done({}) : answer;
    }),
  };
}
