/** Whether compensating measures and process limits hold, from tags and from the rounds that were signed. Not known is not held, and not lost. */
import type { Text } from '../../contract/text.ts';
import type { Truth } from '../conditions/truth.ts';
import { FALSE, TRUE, UNKNOWN } from '../conditions/truth.ts';
import { walkDueMs } from './bypass.ts';
import type { BypassEntry, ProcessLimit, Watch } from './bypass.ts';
import type { SampleValue } from '../samples/sample.ts';

const truthOf = (holds: boolean): Truth => (holds ? TRUE : FALSE);

export function watchTruth(watch: Watch, value: SampleValue): Truth {
  if (value === null) return UNKNOWN;
  if ('is' in watch) return typeof value === typeof watch.is ? truthOf(value === watch.is) : UNKNOWN;
  if (typeof value !== 'number') return UNKNOWN;
  return truthOf('below' in watch ? value < watch.below : value > watch.above);
}

export function limitTruth({ low, high }: ProcessLimit, value: SampleValue): Truth {
  if (typeof value !== 'number') return UNKNOWN;
  return truthOf((low === undefined || value >= low) && (high === undefined || value <= high));
}

/** Tags that an entry in force looks at. */
export function watchedTags({ measures, limits }: BypassEntry): string[] {
  return [...measures.flatMap(({ watch }) => (watch === undefined ? [] : [watch.tag])), ...limits.map(({ tag }) => tag)];
}

export interface Watched {
  /** The first thing that is lost; null = nothing. */
  readonly lost: Text | null;
  /** Tags that tell nothing. */
  readonly unknown: readonly string[];
}

/** The moment at which a round that was not signed is missed counts as missed. */
export function lookAtMeasures(entry: BypassEntry, valueOf: (tag: string) => SampleValue, nowMs: number): Watched {
  const lost: Text[] = [];
  const unknown: string[] = [];
  for (const [index, { text, owner, watch }] of entry.measures.entries()) {
    const truth = watch === undefined ? TRUE : watchTruth(watch, valueOf(watch.tag));
    if (watch !== undefined && truth === FALSE) lost.push({ zh: `补偿措施丧失：${text}（${watch.tag} = ${String(valueOf(watch.tag))}，责任人 ${owner}）`, en: `Compensating measure lost: ${text} (${watch.tag} = ${String(valueOf(watch.tag))}, owner ${owner})` });
    if (watch !== undefined && truth === UNKNOWN) unknown.push(watch.tag);
    const dueMs = walkDueMs(entry, index);
    if (dueMs !== null && nowMs >= dueMs) lost.push({ zh: `补偿措施的巡查未按时签字：${text}（责任人 ${owner}）`, en: `A round of a compensating measure was missed: ${text} (owner ${owner})` });
  }
  for (const limit of entry.limits) {
    const value = valueOf(limit.tag);
    const truth = limitTruth(limit, value);
    const range = `${limit.low ?? ''}..${limit.high ?? ''}`;
    if (truth === FALSE) lost.push({ zh: `超出旁路期间工艺限值：${limit.tag} = ${String(value)}，限值 ${range}`, en: `Process limit of the bypass left: ${limit.tag} = ${String(value)}, limit ${range}` });
    if (truth === UNKNOWN) unknown.push(limit.tag);
  }
  return { lost: lost[0] ?? null, unknown: [...new Set(unknown)] };
}
