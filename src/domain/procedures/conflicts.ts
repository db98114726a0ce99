/**
 * Two procedures at once may command one tag to different states. The one with the smaller priority number is followed, then the one
 * raised first; the other's step gives way, and its card says to what. Pure; the pairs are proved in domain/prove.
 */
import type { Sets } from '../packs/schema.ts';

/** What is commanded now: by the present step of a run, by steps that stay open behind it, by continuous actions in effect. */
export interface Commanding {
  readonly instance: string;
  readonly item: string;
  readonly priority: number;
  readonly raisedMs: number;
  readonly sets: Sets;
}

export interface GivesWay {
  readonly instance: string;
  readonly item: string;
  readonly tag: string;
  readonly to: { readonly instance: string; readonly item: string; readonly state: string | number | boolean };
}

/** Negative: `a` is followed before `b`. Never 0 between two runs. */
export function byUrgency(a: Pick<Commanding, 'instance' | 'priority' | 'raisedMs'>, b: Pick<Commanding, 'instance' | 'priority' | 'raisedMs'>): number {
  return a.priority - b.priority || a.raisedMs - b.raisedMs || (a.instance < b.instance ? -1 : a.instance > b.instance ? 1 : 0);
}

/** Every command that gives way, to the most urgent that contradicts it. */
export function conflictsOf(commanding: readonly Commanding[]): GivesWay[] {
  return commanding.flatMap((one) => Object.entries(one.sets).flatMap(([tag, state]): GivesWay[] => {
    const against = commanding.filter((other) => other.instance !== one.instance && Object.hasOwn(other.sets, tag) && other.sets[tag] !== state && byUrgency(other, one) < 0).sort(byUrgency)[0];
    return against === undefined ? [] : [{ instance: one.instance, item: one.item, tag, to: { instance: against.instance, item: against.item, state: against.sets[tag] as string | number | boolean } }];
  }));
}
