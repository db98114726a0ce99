/**
 * An exercise that has no score yet, out of the journal and the truth as far as it is on the disk. Read on from where it was: a score that is
 * asked for every few seconds does not read the whole journal each time.
 */
import { dirname } from 'node:path';
import type { Text } from '../../contract/text.ts';
import type { ExerciseRecords } from '../../domain/drills/exercise.ts';
import type { RecordedClause } from '../../domain/packs/recorded-pack.ts';
import { PackReader } from '../../domain/packs/recorded-pack.ts';
import { CARRIED_TYPE } from '../../domain/journal/record.ts';
import { folded } from '../../domain/report/read-incident.ts';
import type { NumberedFact } from '../../domain/report/incident.ts';
import { CarriedReader, isUsable } from '../../domain/station/carried-state.ts';
import { makePlant } from '../../domain/station/plant.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { EMPTY_STATE } from '../../domain/station/state.ts';
import type { StationState } from '../../domain/station/state.ts';
import { readRecords } from '../journal/read.ts';
import { toFact } from '../station/core.ts';
import { recordText } from '../station/record-text.ts';
import { scoredScenario } from '../training/scored-scenario.ts';
import { spoolAt } from './truth-spool.ts';
import type { BegunExercise, ExerciseOver, SpoolReader } from './truth-spool.ts';

/** An exercise never has more records than this; a longer one is scored by its first ones. */
const RECORDS_MAX = 100_000;
const NO_RULES: Text = { zh: '日志中没有当时的规则和程序', en: 'The journal holds no rules and procedures of that time' };

interface Rules { readonly hash: string; readonly plant: Plant; readonly clauses: readonly RecordedClause[] }
export type OpenedExercise = { readonly ok: true; readonly value: ExerciseRecords } | { readonly ok: false; readonly reason: Text };

export class OpenExercise {
  readonly #journal: string;
  readonly begun: BegunExercise;
  readonly #spool: SpoolReader | null;
  readonly #records: NumberedFact[] = [];
  #start: { readonly rules: Rules; readonly before: StationState } | null = null;
  #nextN: number;

  /** @param journal its file or folder; throws when it cannot be read */
  constructor(journal: string, begun: BegunExercise) {
    this.#journal = journal;
    this.begun = begun;
    this.#nextN = begun.fromN;
    this.#spool = spoolAt(dirname(journal), begun.exercise);
  }

  /** As it stood at `over`. Throws when the journal cannot be read. */
  asOf({ endedMs, toN }: Pick<ExerciseOver, 'endedMs' | 'toN'>): OpenedExercise {
    this.#start ??= this.#readStart();
    if (this.#start === null) return { ok: false, reason: NO_RULES };
    this.#readOn(toN);
    const { rules: { plant, clauses, hash }, before } = this.#start;
    const { exercise, scenario, startedMs } = this.begun;
    this.#spool?.readOn();
    const track = this.#spool?.course.track ?? null;
    return { ok: true, value: { exercise, scenario: scoredScenario(scenario), plant, clauses, packHash: hash, records: [...this.#records], before, startedMs, endedMs, truth: track === null || track.samples.length === 0 ? null : track, tell: (fact) => recordText(fact, plant) } };
  }

  /** How things stood before its first record, by the rules that the journal held. From the newest state that is carried. */
  #readStart(): { rules: Rules; before: StationState } | null {
    const { fromN } = this.begun;
    const [packs, carried] = [new PackReader(), new CarriedReader()];
    let [state, rules] = [EMPTY_STATE, null as Rules | null];
    for (const record of readRecords(this.#journal)) {
      if (record.n >= fromN && rules !== null) break;
      if (record.type === CARRIED_TYPE && record.n < fromN) {
        const whole = carried.add(record.data);
        if (whole !== null && rules !== null && isUsable(whole, rules.plant.machines)) state = whole;
        continue;
      }
      const fact = toFact(record);
      if (fact === null) continue;
      if (fact.type === 'pack.recorded') rules = rulesWith(packs, fact.data, rules);
      if (record.n < fromN) state = folded(state, fact, rules?.plant.machines ?? new Map());
    }
    return rules === null ? null : { rules, before: state };
  }

  #readOn(toN: number): void {
    if (this.#nextN > toN) return;
    for (const record of readRecords(this.#journal, this.#nextN)) {
      if (record.n > toN || this.#records.length >= RECORDS_MAX) break;
      this.#nextN = record.n + 1;
      const fact = toFact(record);
      if (fact !== null && fact.type !== 'pack.recorded') this.#records.push({ n: record.n, wallMs: record.wallMs, fact });
    }
  }
}

function rulesWith(packs: PackReader, part: Parameters<PackReader['add']>[0], known: Rules | null): Rules | null {
  const read = packs.add(part);
  if (read === null || read.hash === known?.hash) return known;
  try {
    return { hash: read.hash, plant: makePlant(read.recorded.pack), clauses: read.recorded.clauses };
  } catch {
    return known; // Rules of a version that this one cannot read are none.
  }
}
