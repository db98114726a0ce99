/** What the journal does not hold of an incident: times in which nothing was seen, and records that are not where they must be. */
import type { Text } from '../../../contract/text.ts';
import type { JudgedIncident } from '../incident.ts';
import type { Span } from './records.ts';
import { lasting, t } from './wording.ts';

export interface Gap extends Span {
  /** null = of every tag. */
  readonly tags: ReadonlySet<string> | null;
  readonly text: Text;
  /** The records that tell of it. */
  readonly evidence: readonly number[];
}

export interface Hole { readonly text: Text; readonly evidence: readonly number[] }

/** Data that did not come, the station off, samples that were not kept: as far as they lie in the incident. */
export function gapsIn(incident: JudgedIncident, span: Span): Gap[] {
  const all = [...dataGaps(incident), ...offTimes(incident), ...recordingGaps(incident)];
  return all.filter(({ fromMs, toMs }) => fromMs < span.toMs && toMs > span.fromMs).sort((a, b) => a.fromMs - b.fromMs);
}

const gap = (fromMs: number, toMs: number, what: Text, evidence: readonly number[], tags: Gap['tags'] = null): Gap => {
  const long = lasting(toMs - fromMs);
  return { fromMs, toMs, tags, evidence, text: t(`${what.zh} ${long.zh}`, `${what.en} for ${long.en}`) };
};

function dataGaps({ records }: JudgedIncident): Gap[] {
  return records.flatMap(({ n, fact }) => (fact.type === 'data.gap' ? [gap(fact.data.fromMs, fact.data.toMs, t('数据缺失', 'no data came'), [n])] : []));
}

/** From the last that a station wrote to the start of the next one. */
function offTimes({ records, before }: JudgedIncident): Gap[] {
  return records.flatMap(({ n, fact }, index) => {
    if (fact.type !== 'station.started') return [];
    const last = records[index - 1];
    const fromMs = last?.fact.atMs ?? before.lastFactMs;
    return fromMs > 0 && fromMs < fact.atMs ? [gap(fromMs, fact.atMs, t('站点停运', 'the station was off'), last === undefined ? [n] : [last.n, n])] : [];
  });
}

function recordingGaps({ draft: { recording } }: JudgedIncident): Gap[] {
  return (recording?.gaps ?? []).map(({ fromMs, toMs, tags }) => gap(fromMs, toMs, t('记录缺失', 'nothing was recorded'), [], tags === null ? null : new Set(tags)));
}

/** At the edge of what was picked out of the journal a record may lie a little before the one that was written before it. */
const EDGE_MS = 10_000;

/**
 * The journal numbers its records one by one, so one that is missing shows. From the first to the close (or the last) none may be; what was
 * cut off behind the last is told by the journal's own proof.
 */
export function holeIn({ records, incident }: JudgedIncident, openedAt: number, closedAt: number): Hole | null {
  const [first, last] = [records[0], records[closedAt === -1 ? records.length - 1 : closedAt]];
  if (first === undefined || last === undefined) return { text: t('没有任何记录', 'there is no record at all'), evidence: [] };
  if (openedAt === -1) return { text: t('缺少事件开始的记录', 'the record of its opening is missing'), evidence: [first.n] };
  if (incident.closedMs !== null && closedAt === -1) return { text: t('缺少事件结束的记录', 'the record of its close is missing'), evidence: [last.n] };
  for (let index = 1; index < records.length; index += 1) {
    const [a, b] = [records[index - 1], records[index]];
    if (a === undefined || b === undefined || a.n >= last.n) break;
    if (b.n !== a.n + 1 && b.fact.atMs > incident.fromMs + EDGE_MS) return { text: missing(a.n + 1, b.n - 1), evidence: [a.n, b.n] };
  }
  return null;
}

const missing = (from: number, to: number): Text => (from >= to ? t(`缺少第 ${from} 号记录`, `record ${from} is missing`) : t(`缺少第 ${from} 至 ${to} 号记录`, `records ${from} to ${to} are missing`));
