/** REQ-GATE-14, REQ-PROC-09: running procedures keep their place over a restart of the station; the way to safety is open all the time, the way back is not. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { placeOf, presentStepOf, regionsOf } from '../../../src/domain/procedures/machine.ts';
import type { PlantPack, ProcedureDef } from '../../../src/domain/packs/schema.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import type { Context, Decision } from '../../../src/domain/station/commands.ts';
import * as stationCommands from '../../../src/domain/station/commands.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import * as procedureCommands from '../../../src/domain/station/procedure-commands.ts';
import type { ProcedureRun } from '../../../src/domain/station/state.ts';
import { openJournal } from '../../../src/main/journal/journal.ts';
import type { Journal } from '../../../src/main/journal/journal.ts';
import { StationCore } from '../../../src/main/station/core.ts';
import { calmValues, PEOPLE, rulesOf, sample, T0 } from '../domain/bench.ts';
import { bySignature, byTag, option, packOf, procedure, step, valve, words } from '../domain/made-procedures.ts';

const commands = { ...stationCommands, ...procedureCommands };
const { operator, supervisor, engineer } = PEOPLE;
const MINUTE = 60_000;

const CHOSEN = procedure('P-1', {
  steps: [step('D', { kind: 'decide', within: '5 min', default: 'ONE', options: [option('ONE', 'A'), option('TWO', 'B')] }), valve('A', 'XV-4104'), valve('B', 'XV-4104', 'open', { within: '30 min' }), valve('C', 'XV-4401')],
  deadlines: [{ id: 'T', clause: 'A2.7', text: words('20 min'), within: '20 min', from: 'start', until: 'B', otherwise: words('out') }],
  continuous: [{ id: 'K', who: 'operator', text: words('cool'), when: { kind: 'limit', input: 'FI-4902', above: 30 }, proof: [byTag('K.1', 'XV-4401', 'open')], within: '15 min', otherwise: words('out') }],
  safeState: [byTag('S1', 'XV-4401', 'open')],
});
const HANDLED = procedure('P-2', { priority: 3, steps: [valve('A', 'XV-4205')], handling: [step('H1', { kind: 'command', direction: 'intervene', within: '30 min', proof: [byTag('H1.1', 'XV-4402', 'open')] }), step('H2', { kind: 'record', direction: 'hold', within: '1 h', proof: [bySignature('H2.1')] })] });
const AWAITED = procedure('P-3', { priority: 4, steps: [valve('A', 'XV-4101', 'open')], safeState: [byTag('S1', 'XV-4502', 'open')] });
const PACK: PlantPack = packOf(CHOSEN, HANDLED, AWAITED);

const folders: string[] = [];
const open: Journal[] = [];
afterEach(() => {
  for (const journal of open.splice(0)) journal.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A station over a journal file; a new one over the same file goes on where the old one was. */
class House {
  readonly dir: string;
  readonly core: StationCore;
  readonly values = new Map<string, SampleValue>([...calmValues(PACK), ['XV-4205', 'open']]);
  nowMs: number;
  readonly #journal: Journal;

  constructor(nowMs: number, dir = mkdtempSync(path.join(tmpdir(), 'haven-restart-'))) {
    this.dir = dir;
    this.nowMs = nowMs;
    if (!folders.includes(dir)) folders.push(dir);
    const opened = openJournal({ dir, mode: 'OPERATION', nowMs: () => this.nowMs });
    if (!opened.ok) throw new Error(opened.problem.message.en);
    this.#journal = opened.value;
    open.push(opened.value);
    this.core = new StationCore({ plant: makePlant(PACK), journal: opened.value, clock: { nowMs: () => this.nowMs, wallMs: () => this.nowMs, stepMs: () => 0 }, onFacts: () => undefined });
    this.core.restore({ version: 'test', mode: 'OPERATION' });
  }

  /** The power goes; after so long another station opens the same journal. */
  restart(afterMs: number): House {
    this.#journal.close();
    open.splice(open.indexOf(this.#journal), 1);
    const next = new House(this.nowMs + afterMs, this.dir);
    for (const [tag, value] of this.values) next.values.set(tag, value);
    return next;
  }

  tell(values: Readonly<Record<string, SampleValue>> = {}, forMs = 1_000): void {
    for (const [tag, value] of Object.entries(values)) this.values.set(tag, value);
    for (let doneMs = 0; doneMs < forMs; doneMs += 1_000) {
      this.nowMs += 1_000;
      this.core.ingest([...this.values].map(([tag, value]) => sample(tag, value, this.nowMs)));
      this.core.tick();
    }
  }

  do<Output>(decide: (context: Context) => Decision<Output>): Decision<Output> {
    const answer = this.core.decide(decide(this.core.context()), true);
    if (answer === 'journal-failed') throw new Error('the journal is not writable');
    return answer;
  }

  run(id: string): ProcedureRun {
    const found = this.core.state.runs.find((run) => run.procedure === id);
    if (found === undefined) throw new Error(`${id} does not run`);
    return found;
  }

  at(id: string): string {
    const { course } = this.run(id);
    return `${placeOf(course)} ${presentStepOf(this.core.plant.procedures.get(id) as ProcedureDef, course)?.id ?? '-'}`;
  }
}

/** Three procedures at different places: one chosen way under a deadline, one in its handling with a permit, one that awaits its safe state. */
function story(): House {
  const house = new House(T0);
  house.do((c) => commands.takePost(c, 'commander', supervisor));
  house.do((c) => commands.takePost(c, 'watch', operator));
  house.core.record([{ type: 'link.changed', atMs: house.nowMs, by: null, data: { phase: 'connected', reason: null } }]);
  house.tell();
  for (const id of ['P-1', 'P-2', 'P-3']) {
    house.do((c) => commands.raiseByHand(c, id, 'a story', 'post'));
    house.do((c) => commands.startProcedure(c, house.run(id).instance, 'post'));
  }
  house.tell({ 'FI-4902': 35 }, 10_000);
  house.do((c) => commands.chooseOption(c, { instance: house.run('P-1').instance, step: 'D', option: 'TWO', reason: 'nearer' }, 'li.na', false));
  house.do((c) => commands.investigate(c, house.run('P-2').instance, 'post'));
  house.do((c) => commands.recordCause(c, house.run('P-2').instance, 'a plug', engineer));
  house.do((c) => commands.assessZone(c, 'Z-4200', 'handling', 'clear', supervisor));
  expect(house.do((c) => commands.permitStep(c, house.run('P-2').instance, 'H1', supervisor)).outcome).toBe('done');
  house.do((c) => commands.assessProof(c, { instance: house.run('P-3').instance, proof: 'A.1', assessment: 'contested', reason: 'r' }, engineer));
  house.do((c) => commands.suspendProcedure(c, house.run('P-3').instance, 'P-1 first', 'post'));
  expect([house.at('P-1'), house.at('P-2'), house.at('P-3')]).toEqual(['retreating B', 'investigating H1', 'retreating -']);
  return house;
}

describe('REQ-GATE-14 three procedures at different places over a restart', () => {
  it('the state is equal but for the holding: places, times, choices, causes, what is put aside', () => {
    const before = story();
    const was = before.core.state;
    const after = before.restart(3 * MINUTE);
    const now = after.core.state;
    const bare = (runs: readonly ProcedureRun[]) => runs.map(({ course, ...run }) => ({ ...run, context: course.context, regions: { ...regionsOf(course), authority: '' } }));
    expect(bare(now.runs)).toEqual(bare(was.runs));
    const { runs: _now, lastFactMs: _nowMs, ...rest } = now;
    const { runs: _was, lastFactMs: _wasMs, ...restWas } = was;
    expect(rest).toEqual(restWas);
    expect(now.runs.map((run) => regionsOf(run.course).authority)).toEqual(['held', 'held', 'held']);
    expect(after.run('P-1').course.context).toMatchObject({ chosen: { D: { option: 'TWO', by: 'li.na' } }, deadlines: { T: { state: 'running' } }, continuous: { K: { state: 'inEffect' } } });
  });

  it('deadlines are absolute: they ran while the station was off', () => {
    const before = story();
    const due = before.run('P-1').course.context;
    const after = before.restart(16 * MINUTE);
    after.tell();
    expect(after.run('P-1').course.context.continuous['K']?.state).toBe('overdue');
    const leftMs = (due.deadlines['T']?.dueMs ?? 0) - after.nowMs;
    expect(leftMs).toBeGreaterThan(2 * MINUTE);
    after.tell({}, leftMs - 2_000);
    expect(after.run('P-1').course.context.deadlines['T']).toMatchObject({ state: 'running', dueMs: due.deadlines['T']?.dueMs });
    after.tell({}, 3_000);
    expect(after.run('P-1').course.context.deadlines['T']?.state).toBe('exceeded');
    expect(after.core.state.alarms.get('LATE/P-1')?.active).toBe(true);
    expect(after.at('P-1')).toBe('retreating B');
  });

  it('retreat works as before: steps are proved, a stop reaches all, and nothing of it waits for the re-authorisation', () => {
    const after = story().restart(MINUTE);
    after.tell({ 'XV-4104': 'open' });
    expect(after.at('P-1')).toBe('retreating C');
    expect(after.do((c) => commands.stop(c, 'post', 'people')).outcome).toBe('done');
    // P-2 is safe again at once: its valve has never closed.
    expect(after.core.state.runs.map((run) => [placeOf(run.course), run.course.context.suspended])).toEqual([['stopping', null], ['safe', null], ['stopping', null]]);
    expect([...after.core.tail].filter(({ fact }) => fact.type === 'procedure.moved' && fact.data.event.type === 'STOP').length).toBe(3);
    expect(after.core.state.runs.map((run) => regionsOf(run.course).authority)).toEqual(['held', 'held', 'held']);
    expect(after.do((c) => commands.raiseByHand(c, 'P-1', 'again', 'post')).outcome).toBe('done');
  });

  it('a permit of the handling does not stay valid while held; re-authorised, it is given anew and not by itself', () => {
    const after = story().restart(MINUTE);
    after.tell({ 'XV-4402': 'open' }, 2_000);
    const { instance } = after.run('P-2');
    expect([after.run('P-2').course.context.permits, after.at('P-2'), after.run('P-2').course.context.steps['H1']?.doneMs]).toEqual([{}, 'investigating H1', null]);
    after.core.record([{ type: 'link.changed', atMs: after.nowMs, by: null, data: { phase: 'connected', reason: null } }]);
    const permit = () => after.do((c) => commands.permitStep(c, instance, 'H1', supervisor));
    expect(rulesOf(permit())).toEqual(['G-HELD']);
    expect(rulesOf(after.do((c) => commands.approveReturn(c, instance, supervisor)))).toContain('G-HELD');
    for (const run of after.core.state.runs) after.do((c) => commands.reauthorise(c, run.instance, supervisor));
    after.tell();
    expect(after.run('P-2').course.context.permits).toEqual({});
    expect(permit().outcome).toBe('done');
    after.tell();
    expect(after.at('P-2')).toBe('investigating H2');
  });

  it('a second restart changes nothing more', () => {
    const once = story().restart(MINUTE);
    once.tell();
    const was = once.core.state;
    const twice = once.restart(1_000);
    expect(twice.core.state.runs).toEqual(was.runs);
  });
});
