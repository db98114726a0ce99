/** One thing that stands open at a hand-over, as the function of its kind says it. */
import type { Text } from '../../contract/text.ts';
import type { Plant } from '../station/plant.ts';
import type { StationState } from '../station/state.ts';

/** What a kind says of one open thing; the table adds the kind. */
export interface OpenThing {
  /** Within its kind. */
  readonly id: string;
  readonly text: Text;
  /** null = nobody can say. */
  readonly sinceMs: number | null;
  readonly untilMs?: number;
  readonly worst?: boolean;
}
export type OpenThings = (plant: Plant, state: StationState, nowMs: number) => readonly OpenThing[];

/** In the order in which they stand on the sheet: the worst to overlook first. */
export const HANDOVER_KINDS = [
  'incident', 'retreat', 'prohibition', 'procedure', 'held', 'person', 'post', 'interlock', 'bypass', 'unanswered', 'shelved', 'outOfService', 'permit', 'camera', 'fault', 'action', 'analysis', 'followUp', 'training',
] as const;
export type HandoverKind = (typeof HANDOVER_KINDS)[number];

/** Items of one kind; what is beyond stands as one item of its own, so that it is ticked like the others. */
export const HANDOVER_KIND_MAX = 60;

/** One item of the sheet. */
export interface HandoverItem {
  readonly id: string;
  readonly kind: HandoverKind;
  readonly text: Text;
  readonly sinceMs: number | null;
  readonly untilMs: number | null;
  /** It stands against the guideline as it is now. */
  readonly worst: boolean;
}
