/** One procedure from its condition to its close through the station's own core and a real journal: what of it is kept. */
import type { PlantPack } from '../../domain/packs/schema.ts';
import type { JournalRecord } from '../../domain/journal/record.ts';
import { placeOf } from '../../domain/procedures/machine.ts';
import type { Context, Decision } from '../../domain/station/commands.ts';
import { takePost } from '../../domain/station/commands.ts';
import { fact } from '../../domain/station/facts.ts';
import { approveReturn, confirmProof, investigate, ownProcedure, recordCause, startProcedure } from '../../domain/station/procedure-commands.ts';
import { makePlant } from '../../domain/station/plant.ts';
import { openJournal } from '../journal/journal.ts';
import { StationCore } from '../station/core.ts';
import { calmValues, sampleOf, TurnedClock } from './calm-plant.ts';

const OPERATOR = { user: 'li.na', name: '李娜', roles: ['operator'] as const };
const SUPERVISOR = { user: 'wang.wei', name: '王伟', roles: ['supervisor'] as const };
const ENGINEER = { user: 'zhao.min', name: '赵敏', roles: ['engineer'] as const };
const PROCEDURE = 'P-A4.9';
const CALM_MS = 10 * 60_000;

export interface CompleteRun {
  /** Records that name the procedure's instance. */
  readonly own: readonly JournalRecord[];
  /** Everything from the first record of the upset to the last: conditions, alarms, posts, people too. */
  readonly all: readonly JournalRecord[];
  /** Its course as JSON, right before it is closed. */
  readonly courseBytes: number;
}

export function completeRun(pack: PlantPack, dir: string): CompleteRun {
  const clock = new TurnedClock();
  const opened = openJournal({ dir, mode: 'TRAINING', nowMs: () => clock.nowMs() });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  const journal = opened.value;
  const core = new StationCore({ plant: makePlant(pack), journal, clock, onFacts: () => undefined });
  core.restore({ version: 'bench', mode: 'TRAINING' });
  core.record([fact('link.changed', clock.nowMs(), null, { phase: 'connected', reason: null })]);
  const values = calmValues(pack);
  const pass = (forMs: number, set: Readonly<Record<string, number | string | boolean>> = {}): void => {
    for (const [tag, value] of Object.entries(set)) values.set(tag, value);
    for (const untilMs = clock.now + forMs; clock.now < untilMs;) {
      clock.now += 2_000;
      core.ingest([...values].map(([tag, value]) => sampleOf(tag, value, clock.now)));
      core.tick();
    }
  };
  const settle = <Output>(decide: (context: Context) => Decision<Output>): void => {
    const decision = core.decide(decide(core.context()));
    if (decision === 'journal-failed' || decision.outcome !== 'done') throw new Error(`the complete run was held up: ${JSON.stringify(decision).slice(0, 500)}`);
  };
  pass(CALM_MS);
  const before = journal.status().records;
  pass(4_000, { 'TI-4402': 86 });
  const instance = core.state.runs.find(({ procedure }) => procedure === PROCEDURE)?.instance ?? '';
  const course = () => core.state.runs.find((each) => each.instance === instance)?.course;
  settle((c) => takePost(c, 'commander', SUPERVISOR));
  settle((c) => takePost(c, 'watch', OPERATOR));
  settle((c) => startProcedure(c, instance, 'li.na'));
  settle((c) => ownProcedure(c, instance, OPERATOR));
  pass(30_000, { 'XV-4401': 'closed', 'XV-4104': 'closed' });
  pass(30_000, { 'XV-4402': 'open' });
  pass(120_000, { 'TI-4402': 50 });
  const now = course();
  if (now === undefined || placeOf(now) !== 'safe') throw new Error(`${PROCEDURE} is ${now === undefined ? 'not running' : placeOf(now)}; expected safe`);
  settle((c) => investigate(c, instance, 'li.na'));
  settle((c) => recordCause(c, instance, 'steam valve leaked through', ENGINEER));
  for (const proof of ['R10', 'R11']) settle((c) => confirmProof(c, { instance, step: 'returnConditions', proof, note: 'done' }, ENGINEER));
  pass(31 * 60_000);
  settle((c) => approveReturn(c, instance, SUPERVISOR));
  const courseBytes = Buffer.byteLength(JSON.stringify(course()));
  settle((c) => approveReturn(c, instance, ENGINEER));
  if (course() !== undefined) throw new Error(`${PROCEDURE} did not close`);
  const all = [...journal.records(before + 1)];
  journal.close();
  return { own: all.filter(({ data }) => (data as { instance?: string }).instance === instance), all, courseBytes };
}
