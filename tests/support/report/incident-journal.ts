/**
 * One eventful incident, lived through by the real station core over the shipped H2O2 plant and written to a real journal: what every test
 * of the report stands on. Everything in it has its time in `MOMENTS`, so that a test can say what must be in the report and when.
 *
 * Not shown by any gate: nothing here is made up as a record. People ask, the domain decides, the core writes.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordedPackText } from '../../../src/domain/packs/recorded-pack.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import * as actionCommands from '../../../src/domain/station/action-commands.ts';
import { acknowledge } from '../../../src/domain/station/alarm-commands.ts';
import * as bypassCommands from '../../../src/domain/station/bypass-commands.ts';
import * as stationCommands from '../../../src/domain/station/commands.ts';
import type { Context, Decision } from '../../../src/domain/station/commands.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import * as interlockCommands from '../../../src/domain/station/interlock-commands.ts';
import * as peopleCommands from '../../../src/domain/station/people-commands.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import * as procedureCommands from '../../../src/domain/station/procedure-commands.ts';
import * as shiftCommands from '../../../src/domain/station/shift-commands.ts';
import { openJournal } from '../../../src/main/journal/journal.ts';
import type { Journal } from '../../../src/main/journal/journal.ts';
import { loadPacks } from '../../../src/main/packs/load.ts';
import type { StationClock } from '../../../src/main/station/clock.ts';
import { StationCore } from '../../../src/main/station/core.ts';
import { calmValues, equipped, PEOPLE, ROOT, sample, T0 } from '../../unit/domain/bench.ts';

const commands = { ...stationCommands, ...procedureCommands, ...bypassCommands, ...peopleCommands, ...actionCommands, ...interlockCommands, ...shiftCommands };
const { operator, supervisor, engineer, engineer2, both } = PEOPLE;

export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Who goes in, by name only: none of them has an account. */
export const FIELD = { first: '陈刚', second: 'Olaf Op' } as const;
/** An account that is called like a part of another one, and like a word of every sentence about operators. */
export const SHORT: Signer = { user: 'op1', name: 'Opal', roles: ['operator'] };
export const LONG: Signer = { user: 'op10', name: '周十', roles: ['operator'] };

let texts: { readonly text: string; readonly hash: string; readonly packs: ReturnType<typeof loadPacks> } | null = null;
/** The shipped rules as they go into the journal. */
export function recordedRules() {
  if (texts !== null) return texts;
  const packs = loadPacks({ rulesDir: join(ROOT, 'rules'), proceduresDir: join(ROOT, 'procedures') });
  const pack = packs.plants.find(({ id }) => id === 'h2o2');
  if (pack === undefined) throw new Error('the shipped pack h2o2 does not load');
  const text = recordedPackText(pack, packs.clauses);
  texts = { text, hash: createHash('sha256').update(text).digest('hex'), packs };
  return texts;
}

class TurnedClock implements StationClock {
  now = T0;
  nowMs(): number { return this.now; }
  /** The wall clock goes three seconds ahead, so that nobody can take the one for the other. */
  wallMs(): number { return this.now + 3_000; }
  stepMs(): number { return 0; }
}

/** The core with a journal on the disk, a clock that is turned, and a plant that tells every value every few seconds. */
export class Drive {
  readonly dir: string;
  readonly clock = new TurnedClock();
  readonly journal: Journal;
  readonly core: StationCore;
  readonly values: Map<string, SampleValue>;
  readonly bad = new Set<string>();
  /** Everything that the station said of itself, in order. */
  readonly facts: Fact[] = [];

  constructor(dir = mkdtempSync(join(tmpdir(), 'haven-incident-')), mode: 'OPERATION' | 'TRAINING' = 'OPERATION') {
    this.dir = dir;
    const { text, hash, packs } = recordedRules();
    const pack = packs.plants.find(({ id }) => id === 'h2o2');
    if (pack === undefined) throw new Error('no h2o2');
    const opened = openJournal({ dir, mode, nowMs: () => this.clock.now });
    if (!opened.ok) throw new Error(opened.problem.message.en);
    this.journal = opened.value;
    this.values = new Map(calmValues(pack));
    // What the laboratory and the post would see of a plant that runs a little warm already.
    for (const [tag, value] of Object.entries({ 'TI-4202': 53.5, 'TI-4203': 54, 'PI-4104': 0.05, 'FI-4213': 700, 'XV-4104': 'open', 'XV-4401': 'open', 'XV-4502': 'open' })) this.values.set(tag, value);
    this.core = new StationCore({ plant: makePlant(pack), journal: this.journal, clock: this.clock, onFacts: (facts) => this.facts.push(...facts) });
    this.core.restore({ version: '1.2.3', mode, pack: { hash, text } });
    this.core.record([fact('link.changed', this.clock.now, null, { phase: 'connected', reason: null })]);
  }

  get state() { return this.core.state; }
  /** Ms since the beginning of the story. */
  get at(): number { return this.clock.now - T0; }

  pass(durationMs: number, stepMs = 5_000): void {
    for (let doneMs = 0; doneMs < durationMs; doneMs += stepMs) {
      this.clock.now += Math.min(stepMs, durationMs - doneMs);
      this.core.ingest([...this.values].map(([tag, value]) => sample(tag, value, this.clock.now, this.bad.has(tag) ? STATUS.bad : STATUS.good)));
      this.core.tick();
    }
  }

  set(values: Readonly<Record<string, SampleValue>>): void {
    for (const [tag, value] of Object.entries(values)) this.values.set(tag, value);
    this.pass(SECOND, SECOND);
  }

  /** All go up or down by so much a minute until the first is there, told every five seconds. */
  ramp(tags: readonly [string, ...string[]], to: number, perMinute: number): void {
    const step = perMinute / 12;
    const next = (value: number): number => Math.round((step > 0 ? Math.min(to, value + step) : Math.max(to, value + step)) * 1_000) / 1_000;
    while (this.values.get(tags[0]) !== to) {
      for (const tag of tags) this.values.set(tag, next(this.values.get(tag) as number));
      this.pass(5_000);
    }
  }

  ask<Output>(decide: (context: Context) => Decision<Output>): Decision<Output> {
    const answer = this.core.decide(decide(this.core.context()), true);
    if (answer === 'journal-failed') throw new Error('the journal cannot be written');
    return answer;
  }

  /** Must be done: a story in which something quietly was not is another story. */
  must<Output>(decide: (context: Context) => Decision<Output>): Output {
    const answer = this.ask(decide);
    if (answer.outcome !== 'done') throw new Error(JSON.stringify(answer));
    return answer.output;
  }

  mustBeRefused<Output>(decide: (context: Context) => Decision<Output>): void {
    const answer = this.ask(decide);
    if (answer.outcome !== 'refused') throw new Error(`not refused: ${JSON.stringify(answer)}`);
  }

  instance(procedure: string): string {
    const run = this.state.runs.find((each) => each.procedure === procedure);
    if (run === undefined) throw new Error(`${procedure} does not run; running: ${this.state.runs.map((each) => each.procedure).join(', ') || 'none'}`);
    return run.instance;
  }
}

export const CAUSE = 'Cooling water lost: 冷却水泵由李娜切换时失电, said op1';
export const SKIP_REASON = 'no tag';

/** Times of what happened, ms since T0; written down as it happened. */
export interface Moments {
  bypassed: number; rising: number; opened: number; stopped: number; evacuated: number; answered: number; lateAnswer: number; skipped: number; entered: number; crowdedFrom: number; crowdedTo: number; unknownFrom: number; unknownTo: number;
  brokenFrom: number; brokenTo: number; commander: number; handedOver: number; refused: number; tripped: number; released: number; forced: number; caused: number; lab: number; closed: number; action: number; last: number;
}

export interface IncidentJournal {
  /** The data folder; the journal is `journal.sqlite` in it. */
  readonly dir: string;
  readonly file: string;
  readonly incident: string;
  readonly packHash: string;
  readonly moments: Moments;
  readonly instance: string;
  readonly bypass: string;
  readonly action: string;
  readonly people: typeof PEOPLE;
  /** Names and accounts that appear anywhere in it. One account (`zhao.min`) signs and never logs on by name: hers is not there. */
  readonly names: readonly string[];
}

/** Writes the story into a folder (a new one of its own) and closes the journal. Takes about two seconds. */
export function writeIncidentJournal(dir?: string): IncidentJournal {
  const drive = new Drive(dir);
  const moments: Partial<Moments> = {};
  const mark = (...names: (keyof Moments)[]): void => { for (const name of names) moments[name] = drive.at; };
  const bypass = beforeIt(drive);
  drive.pass(45 * MINUTE, 5_000);
  heatsUp(drive, mark);
  const instance = drive.instance('P-A4.2');
  const incident = drive.state.incident?.id ?? '';
  stopsIt(drive, mark);
  emptiesIt(drive, mark);
  breaksIt(drive, mark);
  comesToRest(drive, mark);
  entersIt(drive, mark);
  returns(drive, instance, mark);
  const action = afterwards(drive, incident, mark);
  drive.journal.close();
  return {
    dir: drive.dir, file: join(drive.dir, 'journal.sqlite'), incident, packHash: recordedRules().hash, moments: moments as Moments, instance, bypass, action, people: PEOPLE,
    names: [...Object.values(PEOPLE), SHORT, LONG].flatMap(({ user, name }) => [user, name]).concat(Object.values(FIELD), '郑责任').filter((name) => name !== engineer.name),
  };
}

type Mark = (...names: (keyof Moments)[]) => void;

/** An hour before it: a log-on, and a bypass that is asked for and that nobody assesses. */
function beforeIt(drive: Drive): string {
  drive.pass(MINUTE);
  drive.core.record([fact('session.logged-on', drive.clock.now, operator.user, { user: operator.user, name: operator.name, replaces: null })]);
  drive.core.record([fact('session.logged-on', drive.clock.now, engineer2.user, { user: engineer2.user, name: engineer2.name, replaces: null })]);
  const { bypass } = drive.must((c) => commands.requestBypass(c, { interlock: 'I-4200', reason: 'calibration asked for by op10', hazard: 'no automatic stop', measures: [{ text: 'watch TI-4203', owner: operator.user, everyMs: 8 * HOUR }], untilMs: c.nowMs + 3 * HOUR }, engineer2));
  return bypass;
}

/** The key is turned although nobody approved it; cooling is lost; two points go to 60 degC and the interlock does nothing. */
function heatsUp(drive: Drive, mark: Mark): void {
  drive.set({ 'I-4200-BYP': true, 'I-4200-BYPC': true });
  mark('bypassed');
  drive.pass(20 * SECOND);
  drive.must((c) => acknowledge(c, ['BYPASS/I-4200'], operator.user));
  mark('rising');
  drive.core.record([fact('session.logged-on', drive.clock.now, SHORT.user, { user: SHORT.user, name: SHORT.name, replaces: null })]);
  drive.ramp(['TI-4203', 'TI-4202'], 60, 0.8);
  mark('opened');
  drive.pass(20 * SECOND);
  drive.must((c) => acknowledge(c, ['C-A4.2(2)-TI-4203'], SHORT.user));
  mark('answered');
  drive.ramp(['TI-4202'], 60, 0.8);
  drive.pass(20 * SECOND);
}

/** One-button stop; A by tags, B late, C and D by tags, E passed over with a reason, F by tags. */
function stopsIt(drive: Drive, mark: Mark): void {
  drive.must((c) => commands.stop(c, operator.user, 'people'));
  mark('stopped');
  drive.must((c) => commands.takePost(c, 'commander', supervisor));
  mark('commander');
  drive.must((c) => commands.takePost(c, 'watch', operator));
  drive.pass(15 * SECOND);
  drive.set({ 'XV-4101': 'closed', 'XV-4102': 'open', 'XV-4205': 'open' });
  drive.set({ 'K-4201': 'stopped' });
  drive.pass(70 * SECOND);
  drive.set({ 'P-4109': 'stopped', 'FI-4109': 0 });
  drive.set({ 'XV-4203': 'closed' });
  drive.pass(90 * SECOND);
  drive.must((c) => commands.skipStep(c, drive.instance('P-A4.2'), 'E', SKIP_REASON, 'seen by 李娜', supervisor));
  mark('skipped');
  drive.pass(20 * SECOND);
  drive.set({ 'XV-4104': 'closed', 'XV-4401': 'closed', 'XV-4502': 'closed', 'XV-4301': 'closed', 'XV-4302': 'closed' });
}

/** Everybody out; the roll is called by two in every zone. Answers to alarms: one far too late. */
function emptiesIt(drive: Drive, mark: Mark): void {
  drive.must((c) => commands.evacuate(c, 'post', 'people'));
  mark('evacuated');
  drive.pass(30 * SECOND);
  for (const zone of Object.keys(drive.state.rollCall?.zones ?? {})) for (const signer of [LONG, both]) drive.ask((c) => commands.signRollCall(c, { zone, empty: true, note: '' }, signer));
  drive.pass(6 * MINUTE);
  drive.must((c) => acknowledge(c, ['C-A4.2(2)-TI-4202'], LONG.user));
  mark('lateAnswer');
}

/** Somebody opens the port for acid by hand for a minute. Another function trips and is reset as it should be; a third is let go by force. */
function breaksIt(drive: Drive, mark: Mark): void {
  drive.set({ 'XV-4902': 'open' });
  mark('brokenFrom');
  drive.pass(MINUTE);
  drive.set({ 'XV-4902': 'closed' });
  mark('brokenTo');
  drive.set({ 'AI-4106A': 2.1, 'AI-4106B': 2.1, 'AI-4106C': 2.1 });
  drive.set({ 'I-4100-TRIP': true });
  mark('tripped');
  drive.set({ 'I-4400-TRIP': true });
  drive.pass(MINUTE);
  drive.set({ 'I-4400-TRIP': false });
  mark('forced');
  drive.must((c) => commands.recordTripCause(c, 'I-4400', 'tag simulated', engineer));
  drive.must((c) => commands.accountForReset(c, 'I-4400', 'reset at the panel by 孙磊', engineer));
  drive.set({ 'AI-4106A': 0.2, 'AI-4106B': 0.2, 'AI-4106C': 0.2 });
}

function comesToRest(drive: Drive, mark: Mark): void {
  drive.ramp(['TI-4202', 'TI-4203'], 50, -1.5);
  drive.pass(3 * MINUTE);
  drive.must((c) => commands.enterLab(c, 'RAFFINATE-H2O2', 0.12, c.nowMs, engineer));
  mark('lab');
}

/** An entry that is refused; judged enterable; two go in; positioning sees a third, then nothing at all. */
function entersIt(drive: Drive, mark: Mark): void {
  const enter = (name: string, task: string) => (c: Context) => commands.enterZone(c, { ...equipped(c, 'Z-4200', name), task }, drive.state.commander?.user === both.user ? both : supervisor);
  drive.mustBeRefused(enter(FIELD.first, 'close V-1'));
  mark('refused');
  drive.pass(30 * SECOND);
  drive.must((c) => commands.handOverPost(c, 'commander', supervisor, both));
  mark('handedOver');
  drive.set({ 'I-4200-BYP': false, 'I-4200-BYPC': false });
  drive.must((c) => commands.assessZone(c, 'Z-4200', 'reconnaissance', '李娜 sees no smoke', both));
  drive.must(enter(FIELD.first, 'look for Olaf Op'));
  mark('entered');
  drive.must(enter(FIELD.second, 'look'));
  drive.set({ 'PC-4200': 3 });
  mark('crowdedFrom');
  drive.pass(90 * SECOND);
  drive.set({ 'PC-4200': 2 });
  mark('crowdedTo');
  drive.bad.add('PC-4200');
  mark('unknownFrom');
  drive.pass(2 * MINUTE);
  drive.bad.delete('PC-4200');
  drive.set({ 'PC-4200': 0 });
  mark('unknownTo');
  for (const entry of drive.state.zones['Z-4200']?.entries ?? []) drive.must((c) => commands.leaveZone(c, 'Z-4200', entry.id, 'post'));
}

/** Causes, resets, the engineer's word, two approvals; closed. */
function returns(drive: Drive, instance: string, mark: Mark): void {
  drive.must((c) => commands.withdrawBypass(c, drive.state.bypasses[0]?.id ?? '', 'not needed any more', engineer2));
  drive.must((c) => commands.recordTripCause(c, 'I-4100', 'analysers in test', engineer));
  drive.must((c) => commands.investigate(c, instance, both.user));
  drive.must((c) => commands.recordCause(c, instance, CAUSE, engineer));
  mark('caused');
  drive.must((c) => commands.confirmProof(c, { instance, step: 'returnConditions', proof: 'R11', note: 'with 王伟' }, engineer));
  drive.pass(3 * MINUTE);
  drive.must((c) => commands.resetInterlock(c, 'I-4100', engineer));
  drive.must((c) => commands.resetInterlock(c, 'I-4100', supervisor));
  drive.set({ 'I-4100-TRIP': false });
  mark('released');
  drive.pass(2 * MINUTE);
  for (const run of drive.state.runs) {
    drive.must((c) => commands.approveReturn(c, run.instance, supervisor));
    drive.must((c) => commands.approveReturn(c, run.instance, engineer));
  }
  mark('closed');
}

/** What belongs to it and comes later; and what comes later and does not belong to it. */
function afterwards(drive: Drive, incident: string, mark: Mark): string {
  drive.pass(20 * MINUTE);
  drive.core.record([fact('session.logged-off', drive.clock.now, operator.user, { user: operator.user, because: 'person' })]);
  drive.pass(2 * HOUR, 5_000);
  drive.must((c) => commands.enterLab(c, 'RAFFINATE-H2O2', 0.1, c.nowMs, engineer));
  const { action } = drive.must((c) => commands.openAction(c, { incident, measure: 'Second feed for the pump, says 李娜', responsible: '郑责任', funding: 'op10 budget', dueMs: c.nowMs + DAY, contingency: 'hourly round', procedures: ['P-A4.2'] }, both));
  mark('action');
  drive.must((c) => commands.openAction(c, { incident: null, measure: 'paint', responsible: 'the painters', funding: 'none', dueMs: c.nowMs + DAY, contingency: 'none', procedures: [] }, both));
  // Two days on: the deadline of the action is gone by.
  drive.clock.now += 2 * DAY;
  drive.set({});
  mark('last');
  return action;
}
