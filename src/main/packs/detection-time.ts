/** How long a condition takes to be seen: its delays and windows, through its parts. This time is taken from the people who must act. */
import type { ConditionSource } from '../../domain/packs/schema.ts';
import { partsOf } from './draft.ts';

/** Depth at which adding up stops: a circle is told elsewhere. */
const MAX_DEPTH = 20;

/** Longest way to the alarm, ms. A holding time (`duration`) is not counted: it is what the condition is about, not a delay in seeing it. */
export function detectionMs(condition: Pick<ConditionSource, 'measure' | 'onDelay'>, conditions: ReadonlyMap<string, ConditionSource>, depth = 0): number {
  const { measure } = condition;
  const windowMs = 'window' in measure ? measure.window : 0;
  const parts = depth > MAX_DEPTH ? [] : partsOf(measure).flatMap((id) => conditions.get(id) ?? []);
  // `not` turns true when its part clears, after that one's off-delay.
  const partMs = (part: ConditionSource): number => detectionMs(part, conditions, depth + 1) + (measure.kind === 'not' ? part.offDelay : 0);
  return condition.onDelay + windowMs + Math.max(0, ...parts.map(partMs));
}
