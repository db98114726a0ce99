/**
 * One exercise from its begin to its end: who takes part, what was noted and hinted, and the truth behind the transmitters, which lives here, in
 * TRAINING, and nowhere in the view that consoles share.
 */
import type { Margin, TruthEvent, TruthSample, TruthTrack } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';
import { HINTS_MAX } from '../../contract/training.ts';
import type { Scenario } from './scenario.ts';
import { TruthCourse } from './truth-course.ts';
import type { TruthTold } from './truth-course.ts';

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

/** Its id: one for each time that a scenario was put on. */
export const exerciseIdAt = (startedMs: number): string => `EX-${String(startedMs)}`;

export class Exercise {
  readonly begun: Begun;
  readonly notes: { readonly atS: number; readonly by: string; readonly text: string }[] = [];
  hints = 0;
  readonly #course = new TruthCourse();
  readonly #keep: (told: TruthTold) => void;

  /** `keep`: hears every piece of the truth as it comes, for whoever writes it down. */
  constructor(begun: Begun, keep: (told: TruthTold) => void = () => undefined) {
    this.begun = begun;
    this.#keep = keep;
  }

  get track(): TruthTrack { return this.#course.track; }
  get margins(): readonly Margin[] { return this.#course.margins; }
  get last(): TruthSample | null { return this.#course.last; }
  get events(): readonly TruthEvent[] { return this.#course.events; }
  /** Seconds of plant time since it began, as last seen. */
  get atS(): number { return this.last?.atS ?? 0; }

  /** A look behind the transmitters. */
  saw(sample: TruthSample): void {
    this.#tell({ kind: 'sample', sample });
  }

  knows(margins: readonly Margin[]): void {
    if (JSON.stringify(margins) !== JSON.stringify(this.#course.margins)) this.#tell({ kind: 'margins', margins });
  }

  happened(event: TruthEvent): void {
    this.#tell({ kind: 'event', event });
  }

  #tell(told: TruthTold): void {
    this.#course.tell(told);
    this.#keep(told);
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
