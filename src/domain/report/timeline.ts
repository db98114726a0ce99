/** The time line: every record of the incident in a sentence, in the journal's order. */
import type { IncidentReport } from '../../contract/report.ts';
import { TIMELINE_MAX } from '../../contract/report.ts';
import type { FactType } from '../station/facts.ts';
import { laneOf } from './lane.ts';
import { clipText } from './step.ts';
import type { Section, Setting, Step } from './step.ts';

/** Rules in parts are no event: their text is megabytes, and the report says by their hash which they were. */
const UNTOLD: readonly FactType[] = ['pack.recorded'];

export class Timeline implements Section<IncidentReport['timeline']> {
  readonly #setting: Setting;
  readonly #events: IncidentReport['timeline']['events'] = [];
  #left = 0;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  see({ n, wallMs, fact }: Step): void {
    if (UNTOLD.includes(fact.type)) return;
    if (this.#events.length >= TIMELINE_MAX) { this.#left += 1; return; }
    const { directory, tell } = this.#setting;
    this.#events.push({ n, atMs: fact.atMs, wallMs, lane: laneOf(fact), type: fact.type, by: directory.ofUser(fact.by), text: clipText(tell(fact)) });
  }

  end(): IncidentReport['timeline'] {
    return { events: this.#events, left: this.#left };
  }
}
