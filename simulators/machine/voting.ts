/** From what the transmitters show to the demands that a safety function votes on. */
import type { Demand } from '../kernel/voter.ts';
import type { Watch } from './definition.ts';

export interface Readings {
  /** null: there is no such tag, the SIS computes the value itself */
  reading(tag: string): { readonly value: number | boolean; readonly good: boolean };
}

/** Where `while` does not hold, the initiator has nothing to say, trusted or not: a bad transmitter of a section that stands is a fault and no blindness. */
export function demandsOf(watches: readonly Watch[], readings: Readings): Demand[][] {
  return watches.map((watch) => {
    const stays = watch.while === undefined || beyond(watch.while.side, watch.while.limit, readings.reading(watch.while.tag).value);
    return watch.tags.map((tag): Demand => {
      const { value, good } = readings.reading(tag);
      if (!good) return stays ? 'bad' : 'bad-idle';
      return stays && beyond(watch.side, watch.limit, value) ? 'trip' : 'healthy';
    });
  });
}

function beyond(side: Watch['side'], limit: number | boolean, value: number | boolean): boolean {
  switch (side) {
    case 'above': return Number(value) >= Number(limit);
    case 'below': return Number(value) <= Number(limit);
    case 'is': return Boolean(value) === limit;
  }
}
