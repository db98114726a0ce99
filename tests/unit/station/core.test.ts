/** REQ-GATE-13, REQ-GATE-14: the station's heart over a real journal on a real disk, and over one that cannot write. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { placeOf, regionsOf } from '../../../src/domain/procedures/machine.ts';
import * as stationCommands from '../../../src/domain/station/commands.ts';
import * as procedureCommands from '../../../src/domain/station/procedure-commands.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import { openJournal } from '../../../src/main/journal/journal.ts';
import type { AppendResult, Journal } from '../../../src/main/journal/journal.ts';
import type { StationClock } from '../../../src/main/station/clock.ts';
import { StationCore } from '../../../src/main/station/core.ts';
import { calmValues, PEOPLE, sample, shippedPack, T0 } from '../domain/bench.ts';

const commands = { ...stationCommands, ...procedureCommands };

const folders: string[] = [];
const open: Journal[] = [];
afterEach(() => {
  for (const journal of open.splice(0)) journal.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

class TurnedClock implements StationClock {
  now = T0;
  steppedMs = 0;
  nowMs(): number { return this.now; }
  wallMs(): number { return this.now; }
  stepMs(): number {
    const byMs = this.steppedMs;
    this.steppedMs = 0;
    return byMs;
  }
}

/** The real journal behind a switch: while `isBroken`, appends fail as a full disk makes them fail, and are counted. */
class BreakableJournal implements Journal {
  isBroken = false;
  failures = 0;
  /** Entries of this type are such as the journal never takes. */
  refusedType: string | null = null;
  readonly batches: string[][] = [];
  readonly #inner: Journal;
  onAppend: (() => void) | null = null;
  constructor(inner: Journal) { this.#inner = inner; }
  append(entries: Parameters<Journal['append']>[0]): AppendResult {
    this.onAppend?.();
    if (entries.some((e) => e.type === this.refusedType)) return { ok: false, problem: { code: 'bad-entry', message: { zh: '记录不合格', en: 'The entry is not such as the journal takes.' } } };
    if (this.isBroken) {
      this.failures += 1;
      return { ok: false, problem: { code: 'disk-full', message: { zh: '磁盘已满', en: 'The disk is full.' } } };
    }
    this.batches.push(entries.map((e) => e.type));
    return this.#inner.append(entries);
  }
  records(fromN?: number) { return this.#inner.records(fromN); }
  tail(count: number) { return this.#inner.tail(count); }
  status() { return this.#inner.status(); }
  checkpoint() { return this.#inner.checkpoint(); }
  close() { this.#inner.close(); }
}

interface House {
  readonly core: StationCore;
  readonly journal: BreakableJournal;
  readonly clock: TurnedClock;
  readonly told: Fact[];
  readonly dir: string;
}

function house(dir = mkdtempSync(path.join(tmpdir(), 'haven-core-')), clock = new TurnedClock()): House {
  if (!folders.includes(dir)) folders.push(dir);
  const opened = openJournal({ dir, mode: 'OPERATION', nowMs: () => clock.nowMs() });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  const journal = new BreakableJournal(opened.value);
  open.push(journal);
  const told: Fact[] = [];
  const core = new StationCore({ plant: makePlant(shippedPack()), journal, clock, onFacts: (facts) => told.push(...facts) });
  core.restore({ version: 'test', mode: 'OPERATION' });
  return { core, journal, clock, told, dir };
}

function tell({ core, clock }: House, values: Readonly<Record<string, number | boolean | string>> = {}): void {
  clock.now += 1_000;
  core.ingest([...new Map([...calmValues(shippedPack()), ...Object.entries(values)])].map(([tag, value]) => sample(tag, value, clock.now)));
}
const typesIn = (journal: Journal): string[] => [...journal.records()].map((r) => r.type);
const stop = ({ core }: House) => core.decide(commands.stop(core.context(), 'post', 'people'), true);
const seen = ({ core }: House) => core.decide(commands.reportSeen(core.context(), 'UNFORESEEN', true, '', 'post'));

describe('REQ-GATE-13 journal first', () => {
  it('when a fact changes the state, it stands in the journal already', () => {
    const subject = house();
    tell(subject);
    const during: { runs: number; alarms: number }[] = [];
    subject.journal.onAppend = () => during.push({ runs: subject.core.state.runs.length, alarms: subject.core.state.alarms.size });
    tell(subject, { 'TI-4202': 60 });
    expect(during).toEqual([{ runs: 0, alarms: 0 }]);
    expect([subject.core.state.runs.length, subject.core.waiting]).toEqual([1, 0]);
    expect(typesIn(subject.journal)).toEqual(expect.arrayContaining(['condition.changed', 'alarm.raised', 'procedure.raised', 'incident.opened']));
  });

  it('what is told to the screens is what the journal holds, in its order', () => {
    const subject = house();
    tell(subject, { 'TI-4202': 60 });
    stop(subject);
    expect([...subject.journal.records()].slice(1).map((r) => [r.type, r.atMs])).toEqual(subject.told.map((f) => [f.type, f.atMs]));
  });

  it('4.1.2 what a person reports or enters is a sample like any other: its procedure is raised with the request', () => {
    const subject = house();
    tell(subject);
    expect(seen(subject)).toMatchObject({ outcome: 'done' });
    for (let i = 0; i < 2; i += 1) {
      subject.clock.now += 1_000;
      subject.core.decide(commands.enterLab(subject.core.context(), 'RAFFINATE-H2O2', 0.31, subject.clock.now, PEOPLE.engineer));
    }
    expect(subject.core.state.runs.map((run) => run.procedure)).toEqual(['P-4.1.2', 'P-A4.2']);
  });

  it('an ordinary request that cannot be made durable changes nothing at all', () => {
    const subject = house();
    tell(subject);
    subject.journal.isBroken = true;
    const before = subject.core.state;
    const unseen = subject.core.plant.engine.truthOf('C-4.1.2-UNFORESEEN');
    expect(seen(subject)).toBe('journal-failed');
    expect(subject.core.decide(commands.takePost(subject.core.context(), 'commander', PEOPLE.supervisor))).toBe('journal-failed');
    expect([subject.core.state, subject.core.waiting]).toEqual([before, 0]);
    expect([unseen, subject.core.plant.engine.truthOf('C-4.1.2-UNFORESEEN')]).not.toContain(1);
    expect(subject.core.plant.engine.truthOf('C-4.1.2-UNFORESEEN')).toBe(unseen);
    expect(subject.journal.failures).toBe(2);
  });

  it('3.4 a retreat takes effect all the same, and is written later, in order, before what comes then', () => {
    const subject = house();
    tell(subject);
    const written = typesIn(subject.journal).length;
    subject.journal.isBroken = true;
    expect(stop(subject)).toMatchObject({ outcome: 'done' });
    expect(subject.journal.failures).toBeGreaterThan(0);
    expect([subject.core.state.runs.map((run) => placeOf(run.course)), subject.core.state.retreats.length]).toEqual([['stopping'], 1]);
    expect([typesIn(subject.journal).length, subject.core.waiting > 0]).toEqual([written, true]);
    expect(seen(subject)).toBe('journal-failed');
    subject.journal.isBroken = false;
    expect(seen(subject)).toMatchObject({ outcome: 'done' });
    expect(subject.core.waiting).toBe(0);
    const late = typesIn(subject.journal).slice(written);
    expect(late.slice(0, 3)).toEqual(['retreat.stop', 'procedure.raised', 'procedure.moved']);
    expect(late.indexOf('seen.reported')).toBeGreaterThan(late.indexOf('procedure.moved'));
  });

  it('what the plant shows is shown even then, waits, and a tick writes it when the disk has room', () => {
    const subject = house();
    tell(subject);
    subject.journal.isBroken = true;
    tell(subject, { 'TI-4202': 60 });
    expect([subject.core.state.alarms.get('C-A4.2(2)-TI-4202')?.state, subject.core.waiting > 0]).toEqual(['unacknowledged', true]);
    subject.journal.isBroken = false;
    subject.clock.now += 100;
    subject.core.tick();
    expect([subject.core.waiting, typesIn(subject.journal).includes('alarm.raised')]).toEqual([0, true]);
  });

  it('a fact that the journal will never take does not keep all others from it for good', () => {
    const subject = house();
    subject.journal.refusedType = 'condition.changed';
    tell(subject, { 'TI-4202': 60 });
    expect([subject.core.waiting, subject.core.state.alarms.get('C-A4.2(2)-TI-4202')?.state]).toEqual([0, 'unacknowledged']);
    const types = typesIn(subject.journal);
    expect([types.includes('alarm.raised'), types.includes('procedure.raised'), types.includes('effect.failed'), types.includes('condition.changed')]).toEqual([true, true, true, false]);
    expect(seen(subject)).toMatchObject({ outcome: 'done' });
    subject.journal.refusedType = 'post.taken';
    expect(subject.core.decide(commands.takePost(subject.core.context(), 'commander', PEOPLE.supervisor))).toBe('journal-failed');
    expect(subject.core.state.commander).toBe(null);
  });

  it('a refusal is written down as well', () => {
    const subject = house();
    tell(subject, { 'TI-4202': 60 });
    const { core } = subject;
    expect(core.decide(commands.approveReturn(core.context(), core.state.runs[0]?.instance ?? '', PEOPLE.supervisor))).toMatchObject({ outcome: 'refused' });
    expect([...subject.journal.records()].at(-1)).toMatchObject({ type: 'refused', by: 'wang.wei', data: { operation: 'procedure.return' } });
  });

  it('a wall clock that is set is a record', () => {
    const subject = house();
    subject.clock.steppedMs = -3_600_000;
    subject.core.tick();
    expect([...subject.journal.records()].at(-1)).toMatchObject({ type: 'clock.stepped', data: { byMs: -3_600_000 } });
  });
});

describe('REQ-GATE-14 REQ-PROC-09 after a restart', () => {
  it('the state is the same, running procedures are held for the way back and not for retreat', () => {
    const first = house();
    tell(first, { 'TI-4202': 60, 'PC-4200': 1 });
    first.core.decide(commands.startProcedure(first.core.context(), first.core.state.runs[0]?.instance ?? '', 'post'), true);
    first.core.decide(commands.takePost(first.core.context(), 'commander', PEOPLE.supervisor));
    first.core.decide(commands.enterLab(first.core.context(), 'RAFFINATE-H2O2', 0.31, first.clock.now, PEOPLE.engineer));
    const before = first.core.state;
    first.journal.close();
    open.splice(0);

    const clock = new TurnedClock();
    clock.now = first.clock.now + 60_000;
    const second = house(first.dir, clock);
    const { runs, lastFactMs: _last, ...rest } = second.core.state;
    const { runs: runsBefore, lastFactMs: _lastBefore, ...restBefore } = before;
    expect(rest).toEqual(restBefore);
    expect(runs.map((run) => [run.instance, placeOf(run.course), run.course.context, regionsOf(run.course).authority])).toEqual(runsBefore.map((run) => [run.instance, placeOf(run.course), run.course.context, 'held']));
    expect(second.core.tail[0]?.fact.type).toBe('procedure.moved');
    expect(stop(second)).toMatchObject({ outcome: 'done' });
    expect(placeOf((second.core.state.runs[0] as (typeof runs)[number]).course)).toBe('stopping');
    expect(regionsOf((second.core.state.runs[0] as (typeof runs)[number]).course).authority).toBe('held');
    expect(second.core.decide(commands.reauthorise(second.core.context(), runs[0]?.instance ?? '', PEOPLE.operator))).toMatchObject({ outcome: 'refused' });
    second.core.decide(commands.reauthorise(second.core.context(), runs[0]?.instance ?? '', PEOPLE.supervisor));
    expect(regionsOf((second.core.state.runs[0] as (typeof runs)[number]).course).authority).toBe('granted');
  });

  it('a raised alarm is not raised again by the same value, and its condition not forgotten by none', () => {
    const first = house();
    tell(first, { 'TI-4202': 60 });
    first.journal.close();
    open.splice(0);
    const clock = new TurnedClock();
    clock.now = first.clock.now + 60_000;
    const second = house(first.dir, clock);
    second.core.tick();
    expect(second.core.state.conditions.get('C-A4.2(2)-TI-4202')?.held).toBe(true);
    tell(second, { 'TI-4202': 60 });
    expect(second.told.filter((f) => f.type === 'alarm.raised' && f.data.id === 'C-A4.2(2)-TI-4202')).toEqual([]);
    tell(second, { 'TI-4202': 45 });
    expect(second.core.state.alarms.get('C-A4.2(2)-TI-4202')?.state).toBe('returned');
  });
});
