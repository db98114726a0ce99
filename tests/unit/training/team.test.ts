/** REQ-TRN-06 REQ-COM-01 who stands where and who took part: a console that drops out, two at one post, an instructor who trains, somebody who is not there. */
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import type { Role } from '../../../src/contract/refusal.ts';
import type { TrainingHandlerParts } from '../../../src/main/station/training-handlers.ts';
import { trainingDeeds } from '../../../src/main/station/training-handlers.ts';
import { Team } from '../../../src/main/training/team.ts';
import { recordText } from '../../../src/main/station/record-text.ts';

interface Person { readonly user: string; readonly name: string; readonly roles: readonly Role[] }
const LI: Person = { user: 'op1', name: '李操作', roles: ['operator'] };
const WANG: Person = { user: 'op2', name: '王操作', roles: ['operator'] };
const CHEN: Person = { user: 'ins1', name: '陈教员', roles: ['instructor'] };
const HE: Person = { user: 'ins2', name: '何教员', roles: ['instructor', 'engineer'] };

/** The station's handlers with consoles that come and go; the simulator does as it is told. */
class Room {
  readonly team = new Team();
  readonly facts: Fact[] = [];
  /** At a console, and logged on at all. */
  readonly atConsole = new Set<Person>();
  readonly here = new Set<string>();
  readonly scored: { user: string; post: string }[][] = [];
  nowMs = 1_000_000;
  isRunning = false;
  #exercise: object | null = null;

  comes(...people: readonly Person[]): void {
    for (const each of people) { this.atConsole.add(each); this.here.add(each.user); }
  }

  /** The connection is lost: the log-on waits for the page to come back. */
  dropsOut(person: Person): void {
    this.atConsole.delete(person);
  }

  goesHome(person: Person): void {
    this.dropsOut(person);
    this.here.delete(person.user);
  }

  as(person: Person | null) {
    const training = {
      team: this.team, exercise: this.#exercise, line: { tell: () => Promise.resolve({ ok: true }) },
      start: ({ team, instructor }: { team: boolean; instructor: object | null }, begun: (scenario: object, plant: null) => unknown) => { begun({ id: 'S-1' }, null); this.#exercise = { begun: { id: 'EX-1', team, instructor } }; this.isRunning = true; return Promise.resolve({ ok: true }); },
      setFrozen: () => Promise.resolve({ ok: true }),
      end: (over: (exercise: object | null) => void) => { over(this.#exercise); this.#exercise = null; this.isRunning = false; return Promise.resolve({ ok: true }); },
    };
    const told = (facts: readonly Fact[]): void => { this.facts.push(...facts); };
    const parts = {
      core: { state: { ...EMPTY_STATE, training: this.isRunning ? { scenario: 'S-1', startedMs: 0 } : null }, putsBack: () => undefined, standsAgain: () => undefined, record: told, put: told, beginsAgain: told, plant: {} },
      training, nowMs: () => (this.nowMs += 1_000), person, by: person?.user ?? 'post', signed: () => { throw new Error('nobody signs here'); },
      books: { begun: () => () => undefined, ended: (_exercise: object, participants: { user: string; post: string }[]) => { this.scored.push(participants.map(({ user, post }) => ({ user, post }))); return Promise.resolve(); } },
      instructors: () => [...this.atConsole].filter(({ roles }) => roles.includes('instructor')), isAtConsole: (user: string) => [...this.atConsole].some((each) => each.user === user), isHere: (user: string) => this.here.has(user),
    };
    return trainingDeeds(parts as unknown as TrainingHandlerParts);
  }
}
const ruleOf = (answer: { outcome: string; refusal?: unknown }): string => /"rule":"([^"]+)"/u.exec(JSON.stringify(answer))?.[1] ?? answer.outcome;

describe('REQ-COM-01 H.2 who took part', () => {
  it('who leaves the post, or hands it on, took part all the same, and signs for nobody; posts are on record from the beginning', async () => {
    const room = new Room();
    room.comes(LI, WANG, CHEN, HE);
    await room.as(LI)['training.join']({ post: 'board' });
    await room.as(HE)['training.join']({ post: 'field' });
    expect(room.facts).toEqual([]);
    await room.as(CHEN)['training.start']({ scenario: 'S-1', team: true });
    await room.as(HE)['training.leave']({});
    await room.as(WANG)['training.join']({ post: 'board' });
    expect(room.team.posts.map(({ user, post }) => [user, post])).toEqual([['op2', 'board']]);
    await room.as(CHEN)['training.end']({});
    expect(room.scored).toEqual([[{ user: 'op1', post: 'board' }, { user: 'ins2', post: 'field' }, { user: 'op2', post: 'board' }]]);
    const posted = room.facts.filter(({ type }) => type === 'training.posted');
    expect(posted.map(({ by, data }) => [by, 'post' in data ? data.post : ''])).toEqual([['op1', 'board'], ['ins2', 'field'], ['ins2', null], ['op2', 'board']]);
    for (const told of posted) expect(Object.values(recordText(told, {} as never)).every((words) => words.length > 8)).toBe(true);
  });

  it('of somebody who has gone home nothing is recorded, nor of a console at which nobody is logged on', async () => {
    const room = new Room();
    room.comes(LI);
    await room.as(LI)['training.start']({ scenario: 'S-1' });
    // Never ended; the next shift begins another one.
    room.goesHome(LI);
    room.comes(WANG);
    await room.as(WANG)['training.start']({ scenario: 'S-1' });
    await room.as(WANG)['training.end']({});
    await room.as(null)['training.start']({ scenario: 'S-1' });
    await room.as(null)['training.end']({});
    expect(room.scored).toEqual([[{ user: 'op2', post: 'alone' }], []]);
    expect(room.team.posts).toEqual([]);
  });

  it('alone until a post is taken: then that is the post', async () => {
    const room = new Room();
    room.comes(LI);
    await room.as(LI)['training.start']({ scenario: 'S-1' });
    await room.as(LI)['training.join']({ post: 'leader' });
    await room.as(LI)['training.end']({});
    expect(room.scored).toEqual([[{ user: 'op1', post: 'leader' }]]);
    expect(room.team.posts.map(({ post }) => post)).toEqual(['leader']);
  });
});

describe('REQ-TRN-02 REQ-TRN-06 3.1 consoles that come and go', () => {
  it('a hand is its post\'s while the console is there; of a console that dropped out the others do it, until it is back', async () => {
    const room = new Room();
    room.comes(LI, WANG, CHEN);
    await room.as(LI)['training.join']({ post: 'board' });
    await room.as(CHEN)['training.start']({ scenario: 'S-1', team: true });
    const byWang = async () => ruleOf(await room.as(WANG)['training.order']({ device: 'XV-1', position: 0 }));
    expect(await byWang()).toBe('T-POST');
    room.dropsOut(LI);
    expect(await byWang()).not.toBe('T-POST');
    room.comes(LI);
    expect(await byWang()).toBe('T-POST');
  });

  it('an instructor who has taken a post is a trainee: sees no truth, and nobody stands apart because of that log-on', async () => {
    const room = new Room();
    room.comes(HE, LI);
    await room.as(HE)['training.join']({ post: 'field' });
    await room.as(LI)['training.start']({ scenario: 'S-1' });
    expect(ruleOf(await room.as(HE)['instructor.truth']({}))).toBe('T-TRUTH');
    expect(ruleOf(await room.as(LI)['training.freeze']({ frozen: true }))).not.toBe('T-INSTRUCTOR');
    // Nor by leaving it for a look: not before the exercise has ended.
    await room.as(HE)['training.leave']({});
    expect(ruleOf(await room.as(HE)['instructor.truth']({}))).toBe('T-TRUTH');
    await room.as(LI)['training.end']({});
    await room.as(LI)['training.start']({ scenario: 'S-1' });
    expect(ruleOf(await room.as(LI)['training.freeze']({ frozen: true }))).toBe('T-INSTRUCTOR');
  });

  it('who leads an exercise takes no post in it', async () => {
    const room = new Room();
    room.comes(CHEN, LI);
    await room.as(CHEN)['training.join']({ post: 'commander' });
    await room.as(CHEN)['training.start']({ scenario: 'S-1', team: true });
    expect(room.team.posts).toEqual([]);
    expect(await room.as(CHEN)['training.join']({ post: 'board' })).toMatchObject({ outcome: 'failed', problem: { message: expect.stringContaining('takes no post') as unknown } });
    await room.as(CHEN)['training.end']({});
    expect(room.scored).toEqual([[]]);
  });
});
