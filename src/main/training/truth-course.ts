/**
 * The truth of one exercise as it grows: looks behind the transmitters and what happened. The same where it is collected and where it is read
 * again from its file, so that both know the same course. Everything in it is bounded: the longest exercise thins its truth, it never stops it.
 */
import type { Margin, TruthEvent, TruthSample, TruthTrack } from '../../contract/drill.ts';

/** Samples that are kept; beyond it every other one goes, so that the whole course stays. About 5 h at one a second. */
const SAMPLES_MAX = 20_000;
const EVENTS_MAX = 5_000;
const MARGINS_MAX = 50;

/** One piece of it, as it came. */
export type TruthTold = { readonly kind: 'sample'; readonly sample: TruthSample } | { readonly kind: 'event'; readonly event: TruthEvent } | { readonly kind: 'margins'; readonly margins: readonly Margin[] };

export class TruthCourse {
  #samples: TruthSample[] = [];
  #margins: readonly Margin[] = [];
  readonly #events: TruthEvent[] = [];

  get track(): TruthTrack {
    return { margins: [...this.#margins], samples: [...this.#samples], events: [...this.#events] };
  }
  get margins(): readonly Margin[] { return this.#margins; }
  get last(): TruthSample | null { return this.#samples.at(-1) ?? null; }
  get events(): readonly TruthEvent[] { return this.#events; }

  tell(told: TruthTold): void {
    switch (told.kind) {
      case 'sample': return this.#saw(told.sample);
      case 'event': if (this.#events.length < EVENTS_MAX) this.#events.push(told.event); return;
      case 'margins': this.#margins = told.margins.slice(0, MARGINS_MAX);
    }
  }

  /** One that lies before the last (the plant was led back) cuts off what lies after it: that course did not happen. */
  #saw(sample: TruthSample): void {
    while ((this.#samples.at(-1)?.atS ?? -1) >= sample.atS) this.#samples.pop();
    this.#samples.push(sample);
    if (this.#samples.length > SAMPLES_MAX) this.#samples = this.#samples.filter((_, index) => index % 2 === 0);
  }
}
