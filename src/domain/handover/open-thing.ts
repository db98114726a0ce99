/** One thing that stands open at a hand-over, as the function of its kind says it. */
import type { HandoverKind } from '../../contract/handover.ts';
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
