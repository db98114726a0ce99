/**
 * One exercise from its begin to its end: who takes part, what was noted and hinted, and the truth behind the transmitters, which lives here, in
 * TRAINING, and nowhere in the view that consoles share. Everything in it is bounded: the longest exercise thins its truth, it never stops it.
 */
import type { Margin, TruthEvent, TruthSample, TruthTrack } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';
import { HINTS_MAX } from '../../contract/training.ts';
import type { Scenario } from './scenario.ts';

/** Samples that are kept; beyond it every other one goes, so that the whole course stays. About 5 h at one a second. */
const SAMPLES_MAX = 20_000;
const EVENTS_MAX = 5_000;
export const NOTES_MAX = 200;

export interface Begun {
  readonly id: string;
  readonly scenario: Scenario;
  readonly startedMs: number;
  readonly start: string;
  readonly seed: number | null;
  readonly team: boolean;
  readonly instructor: { readonly user: string; readonly name: string } | null;
}

export class Exercise {
  readonly begun: Begun;
  readonly notes: { readonly atS: number; readonly by: string; readonly text: string }[] = [];
  hints = 0;
  #samples: TruthSample[] = [];
  #margins: readonly Margin[] = [];
  readonly #events: TruthEvent[] = [];

  constructor(begun: Begun) {
    this.begun = begun;
  }

  get track(): TruthTrack {
    return { margins: [...this.#margins], samples: [...this.#samples], events: [...this.#events] };
  }
  get margins(): readonly Margin[] { return this.#margins; }
  get last(): TruthSample | null { return this.#samples.at(-1) ?? null; }
  get events(): readonly TruthEvent[] { return this.#events; }
  /** Seconds of plant time since it began, as last seen. */
  get atS(): number { return this.last?.atS ?? 0; }

  /** A look behind the transmitters. One that lies before the last (the plant was led back) cuts off what lies after it: that course did not happen. */
  saw(sample: TruthSample): void {
    while ((this.#samples.at(-1)?.atS ?? -1) >= sample.atS) this.#samples.pop();
    this.#samples.push(sample);
    if (this.#samples.length > SAMPLES_MAX) this.#samples = this.#samples.filter((_, index) => index % 2 === 0);
  }

  knows(margins: readonly Margin[]): void {
    this.#margins = margins.slice(0, 50);
  }

  happened(event: TruthEvent): void {
    if (this.#events.length < EVENTS_MAX) this.#events.push(event);
  }

  note(by: string, text: string, atMs: number): boolean {
    if (this.notes.length >= NOTES_MAX) return false;
    this.notes.push({ atS: this.atS, by, text });
    this.happened({ atS: this.atS, atMs, kind: 'note', subject: by.slice(0, 80), text: { zh: text, en: text }, clauses: [] });
    return true;
  }

  /** The next hint: from the clause it is about to the stop that always helps. Null when there are no more to be had. */
  hint(titleOf: (procedure: string) => Text | null, atMs: number): Text | null {
    if (this.hints >= HINTS_MAX) return null;
    const ladder = hintsOf(this.begun.scenario, titleOf);
    const hint = ladder[Math.min(this.hints, ladder.length - 1)] ?? STOP_HINT;
    this.hints += 1;
    this.happened({ atS: this.atS, atMs, kind: 'hint', subject: `hint-${this.hints}`, text: hint, clauses: [] });
    return hint;
  }
}

const STOP_HINT: Text = { zh: '拿不准就先停：按住“紧急停车”一秒，再看当前步骤卡', en: 'When in doubt, stop first: hold EMERGENCY STOP for a second, then read the now-card' };

function hintsOf({ clauses, expect }: Scenario, titleOf: (procedure: string) => Text | null): readonly Text[] {
  const [clause] = clauses;
  const title = expect?.procedure === undefined ? null : titleOf(expect.procedure);
  return [
    { zh: '先看“报警”页的首出报警，再看“处置”页哪些值在朝限值走', en: 'Look at the first-out on Alarms, then at Upset for the values that are moving towards a limit' },
    ...(clause === undefined ? [] : [{ zh: `想一想条款 ${clause} 说的工况`, en: `Think of the condition that clause ${clause} speaks of` }]),
    ...(title === null ? [] : [{ zh: `适用的程序是“${title.zh}”`, en: `The procedure that fits is “${title.en}”` }]),
    STOP_HINT,
  ];
}
