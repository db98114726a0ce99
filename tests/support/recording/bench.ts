/** A recorder on a real folder, with a clock that is turned by hand, and the facts that it gave to the journal. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Recorder } from '../../../src/main/recorder/recorder.ts';
import type { RecorderOptions } from '../../../src/main/recorder/recorder.ts';
import { openRecording } from '../../../src/main/recorder/reader.ts';
import type { Recording } from '../../../src/main/recorder/reader.ts';
import type { Sample, SampleValue } from '../../../src/domain/samples/sample.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact, FactMap, FactType } from '../../../src/domain/station/facts.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import type { StationState } from '../../../src/domain/station/state.ts';

export const T0 = 1_790_000_000_000;
export const MINUTE = 60_000;
export const TAGS = [{ id: 'TI-1' }, { id: 'TI-2' }, { id: 'XV-1', states: ['closed', 'open'] }, { id: 'ZS-1' }];

export class RecorderBench {
  readonly dir: string;
  readonly facts: Fact[] = [];
  nowMs = T0;
  recorder: Recorder;
  incident: StationState['incident'] = null;
  pastIncidents: StationState['pastIncidents'] = [];
  readonly #options: Partial<RecorderOptions>;

  constructor(options: Partial<RecorderOptions> = {}, dir = mkdtempSync(join(tmpdir(), 'haven-recorder-'))) {
    this.dir = dir;
    this.#options = options;
    this.recorder = this.#make();
    this.recorder.start(EMPTY_STATE);
  }

  #make(): Recorder {
    return new Recorder({ dir: this.dir, tags: TAGS, nowMs: () => this.nowMs, record: (facts) => { this.facts.push(...facts); }, ...this.#options });
  }

  sample(tag: string, value: SampleValue, status = 0): Sample {
    return { tag, value, status, sourceMs: this.nowMs - 40, receivedMs: this.nowMs };
  }

  /** So many seconds pass; each second the samples that `of` gives come. */
  run(seconds: number, of: (second: number) => readonly (readonly [string, SampleValue, number?])[] = plain): void {
    for (let s = 0; s < seconds; s += 1) {
      this.nowMs += 1_000;
      this.recorder.take(of(Math.round((this.nowMs - T0) / 1_000)).map(([tag, value, status]) => this.sample(tag, value, status)));
      this.recorder.tick();
    }
  }

  open(id: string): void {
    this.incident = { id, openedMs: this.nowMs, firstCondition: null };
    this.recorder.tell([fact('incident.opened', this.nowMs, null, { incident: id, firstCondition: null })]);
  }

  close(id: string): void {
    this.pastIncidents = [{ id, openedMs: this.incident?.openedMs ?? 0, closedMs: this.nowMs }, ...this.pastIncidents];
    this.incident = null;
    this.recorder.tell([fact('incident.closed', this.nowMs, null, { incident: id })]);
  }

  /** As after a kill: nothing is said, nothing is written; another one begins. */
  restart(afterMs: number, { clean = false } = {}): void {
    if (clean) this.recorder.stop();
    this.nowMs += afterMs;
    this.recorder = this.#make();
    this.recorder.start({ incident: this.incident, pastIncidents: this.pastIncidents, lastFactMs: this.nowMs - afterMs });
  }

  read(incident: string): Recording {
    return openRecording(this.dir, incident, this.facts);
  }

  of<T extends FactType>(type: T): FactMap[T][] {
    return this.facts.filter((f) => f.type === type).map((f) => f.data as FactMap[T]);
  }

  end(): void {
    this.recorder.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** TI-1 each second, TI-2 every tenth, a valve and a switch once in a while. */
export function plain(second: number): (readonly [string, SampleValue, number?])[] {
  return [
    ['TI-1', 20 + (second % 50) / 10], ...(second % 10 === 0 ? [['TI-2', second / 100] as const] : []), ...(second % 100 === 0 ? [['XV-1', second % 200 === 0 ? 'open' : 'closed'] as const] : []),
    ...(second === 1 ? [['ZS-1', true] as const] : []),
  ];
}
