/**
 * The KPIs of an alarm system by ISA-18.2-2016 and EEMUA 191, each defined in words that say exactly what is computed.
 *
 * They are figures of one operator position: one station is one position. Counted are annunciated alarms: what is raised while
 * shelved, suppressed by design or out of service is not counted in the rates but has a figure of its own. Windows are ten minutes
 * of the wall clock; those without any alarm count, those in which the station did not run do not.
 */
import type { Text } from '../../contract/text.ts';
import type { Tally } from './tally.ts';

export const KPI_IDS = [
  'alarms-per-10-min', 'peak-10-min', 'alarms-per-hour', 'alarms-per-day', 'windows-over-10', 'time-in-flood', 'upset-first-10-min', 'top-ten-share', 'chattering', 'fleeting', 'stale',
  'priority-1-share', 'priority-2-share', 'priority-3-share', 'priority-4-share', 'unauthorised-suppression', 'response-average', 'response-p95', 'unanswered', 'shelved', 'out-of-service', 'not-annunciated',
] as const;
export type KpiId = (typeof KPI_IDS)[number];

export interface KpiDef {
  readonly id: KpiId;
  readonly name: Text;
  readonly definition: Text;
  readonly unit: Text;
  /** What to aim at, and what is no longer manageable; null = the sources name none. */
  readonly target: number | null;
  readonly limit: number | null;
  /** Good is at most, or at least, the target. */
  readonly good: 'atMost' | 'atLeast';
  readonly source: string;
  /** Shorter periods give no value: a rate is not extrapolated from a part of its own unit of time. */
  readonly shortestMs: number;
  /** Null = cannot be said (nothing to take a share of). `periodMs` is the time that the station ran. */
  readonly value: (tally: Tally) => number | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Below this the sources call no figure representative. */
export const REPRESENTATIVE_MS = 30 * DAY_MS;
const TOP = 10;

const text = (zh: string, en: string): Text => ({ zh, en });
const ALARMS = text('条', 'alarms');
const PERCENT = text('%', '%');
const SECONDS = text('s', 's');
const ISA = 'ISA-18.2-2016 / EEMUA 191';

const perMs = (ms: number) => (tally: Tally): number | null => (tally.observedMs > 0 ? (tally.raised / tally.observedMs) * ms : null);
const shareOf = (part: number, whole: number): number | null => (whole > 0 ? (part / whole) * 100 : null);

/** The most frequent alarms, most first; equal ones by id. */
export function topAlarms(tally: Tally, count = TOP): { readonly id: string; readonly raised: number }[] {
  const named = [...tally.byAlarm].filter(([id]) => id !== '').map(([id, raised]) => ({ id, raised }));
  return named.sort((a, b) => b.raised - a.raised || (a.id < b.id ? -1 : 1)).slice(0, count);
}

/** The response time that 95 of 100 responses did not exceed (nearest rank), ms. */
function percentile95(tally: Tally): number | null {
  const times = [...tally.responses].sort(([a], [b]) => a - b);
  const total = times.reduce((sum, [, count]) => sum + count, 0);
  const rank = Math.ceil(total * 0.95);
  let seen = 0;
  for (const [ms, count] of times) {
    seen += count;
    if (seen >= rank) return ms;
  }
  return null;
}

function responseCount(tally: Tally): number {
  let count = 0;
  for (const each of tally.responses.values()) count += each;
  return count;
}

const PRIORITY_TARGETS = [1, 5, 15, 80] as const;
const PRIORITY_NAMES = [text('紧急', 'critical'), text('高', 'high'), text('中', 'medium'), text('低', 'low')] as const;

function priorityShare(priority: 1 | 2 | 3 | 4): KpiDef {
  const name = PRIORITY_NAMES[priority - 1] ?? text('', '');
  const target = PRIORITY_TARGETS[priority - 1] ?? null;
  return {
    id: `priority-${priority}-share`,
    name: text(`${priority} 级（${name.zh}）报警占比`, `Share of priority ${priority} (${name.en})`),
    definition: text(`时段内发出的报警中 ${priority} 级报警所占百分比。没有报警时不给出。`, `Of all alarms annunciated in the period, the percentage of priority ${priority}. Not given when there was none.`),
    unit: PERCENT, target, limit: null, good: priority === 4 ? 'atLeast' : 'atMost', source: `${ISA}: 80/15/5, < 1 % ${name.en === 'critical' ? 'highest of four' : ''}`.trim(), shortestMs: 0,
    value: (tally) => shareOf(tally.byPriority[priority - 1] ?? 0, tally.raised),
  };
}

export const KPI_DEFS: readonly KpiDef[] = [
  { id: 'alarms-per-10-min', name: text('每 10 min 平均报警数', 'Alarms per 10 min, average'), definition: text('发出的报警数除以站点运行时间，折算为每 10 min；没有报警的时间也计入。', 'Annunciated alarms divided by the time that the station ran, for each 10 min; time without alarms counts.'), unit: ALARMS, target: 1, limit: 2, good: 'atMost', source: ISA, shortestMs: 10 * MINUTE_MS, value: perMs(10 * MINUTE_MS) },
  { id: 'peak-10-min', name: text('任意 10 min 最多报警数', 'Most alarms in any 10 min'), definition: text('以时段内每一时刻为终点的 10 min 滚动窗口中发出报警数的最大值。', 'The highest number of alarms annunciated in a rolling window of 10 min that ends within the period.'), unit: ALARMS, target: 10, limit: null, good: 'atMost', source: 'ISA-18.2-2016', shortestMs: 0, value: (tally) => tally.rollingPeak },
  { id: 'alarms-per-hour', name: text('每小时平均报警数', 'Alarms per hour, average'), definition: text('发出的报警数除以站点运行时间，折算为每小时。', 'Annunciated alarms divided by the time that the station ran, for each hour.'), unit: ALARMS, target: 6, limit: 12, good: 'atMost', source: ISA, shortestMs: HOUR_MS, value: perMs(HOUR_MS) },
  { id: 'alarms-per-day', name: text('每天平均报警数', 'Alarms per day, average'), definition: text('发出的报警数除以站点运行时间，折算为每天。2016 版标准已不再列出按天的数字，此处供与旧报告对照。', 'Annunciated alarms divided by the time that the station ran, for each day. The 2016 edition dropped the daily figure; it is here to compare with older reports.'), unit: ALARMS, target: 150, limit: 300, good: 'atMost', source: 'ISA-18.2-2009, dropped in 2016; IEC 62682', shortestMs: DAY_MS, value: perMs(DAY_MS) },
  { id: 'windows-over-10', name: text('超过 10 条的 10 min 窗口占比', '10-min windows with more than 10 alarms'), definition: text('按挂钟划分的 10 min 窗口中，发出报警多于 10 条的窗口所占百分比。空窗口计入；站点未运行的窗口不计。', 'Of the 10-min windows of the wall clock, the percentage with more than 10 annunciated alarms. Empty windows count; windows in which the station did not run do not.'), unit: PERCENT, target: 1, limit: null, good: 'atMost', source: 'ISA-18.2-2016', shortestMs: HOUR_MS, value: (tally) => shareOf(tally.windowsOver, tally.windows) },
  { id: 'time-in-flood', name: text('报警泛滥时间占比', 'Time in flood'), definition: text('处于报警泛滥的时间占站点运行时间的百分比。泛滥：滚动 10 min 内多于 10 条时开始，少于 5 条时结束。', 'The percentage of the time that the station ran which was spent in flood. A flood begins with more than 10 alarms within a rolling 10 min and ends with fewer than 5.'), unit: PERCENT, target: 1, limit: null, good: 'atMost', source: 'ISA-18.2-2016', shortestMs: 0, value: (tally) => shareOf(tally.floodMs, tally.observedMs) },
  { id: 'upset-first-10-min', name: text('异常后首 10 min 报警数', 'Alarms in the first 10 min of an upset'), definition: text('各次异常（事件打开）后 10 min 内发出的报警数，取最多的一次。没有异常时不给出。', 'Alarms annunciated in the 10 min from the opening of an incident; the worst incident of the period. Not given when there was none.'), unit: ALARMS, target: 10, limit: null, good: 'atMost', source: 'EEMUA 191', shortestMs: 0, value: (tally) => tally.upsetPeak },
  { id: 'top-ten-share', name: text('最频繁 10 个报警占比', 'Share of the ten most frequent alarms'), definition: text('发出次数最多的 10 个报警合计占全部发出报警的百分比。没有报警时不给出。', 'The ten alarms annunciated most often, together, as a percentage of all annunciated alarms. Not given when there was none.'), unit: PERCENT, target: 1, limit: 5, good: 'atMost', source: 'ISA-18.2-2016', shortestMs: 0, value: (tally) => shareOf(topAlarms(tally).reduce((sum, { raised }) => sum + raised, 0), tally.raised) },
  { id: 'chattering', name: text('抖动报警', 'Chattering alarms'), definition: text('60 s 内发出 3 次或以上的报警的个数（按报警计，不按次数）。', 'Different alarms that were annunciated three times or more within 60 s.'), unit: ALARMS, target: 0, limit: null, good: 'atMost', source: ISA, shortestMs: 0, value: (tally) => tally.chattering.size },
  { id: 'fleeting', name: text('瞬时报警', 'Fleeting alarms'), definition: text('发出后 60 s 内条件即消失的报警的个数（按报警计），无论是否确认。', 'Different alarms whose condition was gone within 60 s of being raised, acknowledged or not.'), unit: ALARMS, target: 0, limit: null, good: 'atMost', source: ISA, shortestMs: 0, value: (tally) => tally.fleeting.size },
  { id: 'stale', name: text('陈旧报警', 'Stale alarms'), definition: text('在任一 10 min 窗口末同时持续超过 24 h 的报警数的最大值。', 'The most alarms that had been active for more than 24 h at the end of any 10-min window.'), unit: ALARMS, target: 4, limit: null, good: 'atMost', source: 'ISA-18.2-2016: fewer than 5 on any day', shortestMs: 0, value: (tally) => tally.stalePeak },
  priorityShare(1), priorityShare(2), priorityShare(3), priorityShare(4),
  { id: 'unauthorised-suppression', name: text('未经授权的抑制', 'Unauthorised suppression'), definition: text('没有责任人或没有理由的搁置、停用次数。按设计抑制不计。', 'Alarms shelved or taken out of service without a person or without a reason on record. Suppression by design does not count.'), unit: ALARMS, target: 0, limit: null, good: 'atMost', source: 'ISA-18.2-2016', shortestMs: 0, value: (tally) => tally.unauthorised },
  { id: 'response-average', name: text('平均响应时间', 'Response time, average'), definition: text('从发出到确认的平均时间。没有确认时不给出。', 'Mean time from annunciation to acknowledgement. Not given when nothing was acknowledged.'), unit: SECONDS, target: null, limit: null, good: 'atMost', source: 'no figure in the sources', shortestMs: 0, value: (tally) => { const count = responseCount(tally); return count === 0 ? null : tally.responseSumMs / count / 1_000; } },
  { id: 'response-p95', name: text('响应时间第 95 百分位', 'Response time, 95th percentile'), definition: text('95 % 的确认不超过的时间（最近秩法；1 h 以内进位到秒，以上进位到分）。没有确认时不给出。', 'The time that 95 % of the acknowledgements did not exceed (nearest rank; rounded up to the second within an hour, to the minute beyond). Not given when nothing was acknowledged.'), unit: SECONDS, target: null, limit: null, good: 'atMost', source: 'no figure in the sources', shortestMs: 0, value: (tally) => { const ms = percentile95(tally); return ms === null ? null : ms / 1_000; } },
  { id: 'unanswered', name: text('未在可用时间内应答', 'Not answered within the time to act'), definition: text('到应答期限仍未确认的报警次数（可用时间减去所需时间；见报警响应卡）。', 'Alarms that nobody had acknowledged by their deadline: time available less time needed, from the response card.'), unit: ALARMS, target: 0, limit: null, good: 'atMost', source: 'guideline 3.6', shortestMs: 0, value: (tally) => tally.unanswered },
  { id: 'shelved', name: text('同时搁置的报警', 'Shelved at one time'), definition: text('时段内同时搁置的报警数的最大值。', 'The most alarms that were shelved at one time.'), unit: ALARMS, target: null, limit: null, good: 'atMost', source: 'no figure in the sources', shortestMs: 0, value: (tally) => tally.shelvedPeak },
  { id: 'out-of-service', name: text('同时停用的报警', 'Out of service at one time'), definition: text('时段内同时停用的报警数的最大值。', 'The most alarms that were out of service at one time.'), unit: ALARMS, target: null, limit: null, good: 'atMost', source: 'no figure in the sources', shortestMs: 0, value: (tally) => tally.outOfServicePeak },
  { id: 'not-annunciated', name: text('未发出的报警', 'Raised but not annunciated'), definition: text('在搁置、按设计抑制或停用期间触发、因而未计入上述各率的报警次数。', 'Alarms raised while shelved, suppressed by design or out of service, and therefore not in the rates above.'), unit: ALARMS, target: null, limit: null, good: 'atMost', source: 'stated, so that it is not hidden', shortestMs: 0, value: (tally) => tally.hidden },
];

export type KpiVerdict = 'within' | 'near' | 'over' | 'unknown' | 'none';

export interface KpiValue {
  readonly id: KpiId;
  readonly value: number | null;
  /** within the target; near: beyond it and within the limit; over: beyond both; none: the sources name no target. */
  readonly verdict: KpiVerdict;
}

export interface KpiReport {
  readonly fromMs: number;
  readonly toMs: number;
  /** Time within the period that the station ran, ms. */
  readonly observedMs: number;
  /** The station ran for less than 30 days of the period: figures are shown but are not representative. */
  readonly isShort: boolean;
  readonly raised: number;
  readonly values: readonly KpiValue[];
  readonly top: readonly { readonly id: string; readonly raised: number }[];
}

/** The KPIs of a period. `tally` is the sum of its windows. */
export function reportOf(fromMs: number, toMs: number, tally: Tally): KpiReport {
  const values = KPI_DEFS.map((def): KpiValue => {
    const raw = tally.observedMs > 0 && tally.observedMs >= def.shortestMs ? def.value(tally) : null;
    return { id: def.id, value: raw, verdict: verdictOf(def, raw) };
  });
  return { fromMs, toMs, observedMs: tally.observedMs, isShort: tally.observedMs < REPRESENTATIVE_MS, raised: tally.raised, values, top: topAlarms(tally) };
}

function verdictOf(def: KpiDef, value: number | null): KpiVerdict {
  if (value === null) return 'unknown';
  if (def.target === null) return 'none';
  const isGood = (bound: number): boolean => (def.good === 'atMost' ? value <= bound : value >= bound);
  if (isGood(def.target)) return 'within';
  return def.limit !== null && isGood(def.limit) ? 'near' : 'over';
}

