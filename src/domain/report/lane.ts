/** Which track of the time line a fact stands in. */
import type { TimelineLane } from '../../contract/report.ts';
import type { Fact, FactType } from '../station/facts.ts';

/** By the first word of the type. What a person did or signed stands in `person`, whatever it was about. */
const LANES: Readonly<Record<string, TimelineLane>> = {
  condition: 'condition', 'no-procedure': 'condition', lab: 'condition', seen: 'condition', alarm: 'alarm', flood: 'alarm', procedure: 'procedure', prohibition: 'procedure', incident: 'procedure',
  interlock: 'interlock', bypass: 'interlock', people: 'people', 'roll-call': 'people', camera: 'people', refused: 'refusal', retreat: 'person', post: 'person', shift: 'person', permit: 'person', action: 'person', analysis: 'person', 'follow-up': 'person',
};

export function laneOf({ type, by }: { readonly type: FactType; readonly by: Fact['by'] }): TimelineLane {
  const lane = LANES[type.split('.')[0] ?? ''] ?? 'station';
  return by !== null && lane !== 'refusal' ? 'person' : lane;
}
