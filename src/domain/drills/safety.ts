/** What it cost: people beyond their limit, alarms without an answer, margins lost, hints asked for. */
import type { TruthTrack } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';
import { unitSign } from '../../contract/unit-sign.ts';
import type { ExerciseCase } from './exercise.ts';
import { t, unseen } from './item.ts';
import type { Found } from './item.ts';

type Counted = ReadonlyMap<string, readonly { readonly atMs: number; readonly count: number }[]>;

/** People by the simulator, who knows where they are; where it was not asked, by what the station was shown. */
function countsOf({ truth, draft }: ExerciseCase): Counted {
  const zones = truth === null ? [] : zonesOf(truth);
  if (truth !== null && zones.length > 0) return new Map(zones.map((zone) => [zone, truth.samples.flatMap(({ atMs, people }) => (people[zone] === undefined ? [] : [{ atMs, count: people[zone] }]))]));
  return new Map(draft.people.zones.map(({ zone, course }) => [zone, course.flatMap(({ atMs, count }) => (count === null ? [] : [{ atMs, count }]))]));
}
const zonesOf = ({ samples }: TruthTrack): string[] => [...new Set(samples.flatMap(({ people }) => Object.keys(people)))];

export interface Exposure { readonly zone: string; /** Beyond the limit, after the time that walking out takes. */ readonly headMinutes: number; /** All of them since the fault began, where the zone had a limit at all. */ readonly inZoneHeadMinutes: number; readonly records: readonly number[]; readonly sent: readonly { readonly atMs: number; readonly count: number; readonly limit: number }[] }

/** By zone: head-minutes beyond the limit after the time that walking out takes, those that anybody spent in it, and every time that somebody more went in beyond it. */
export function exposures(file: ExerciseCase): Exposure[] {
  const { draft, clock, faultMs, endedMs, scenario: { scoring: { walkOutS } } } = file;
  return [...countsOf(file)].map(([zone, counts]) => {
    const course = draft.people.zones.find((each) => each.zone === zone)?.course ?? [];
    let [over, inZone, last] = [0, 0, null as number | null];
    const isLimited = course.some(({ limit }) => limit !== null);
    let owedS: number | null = null;
    const sent: { atMs: number; count: number; limit: number }[] = [];
    for (const [i, { atMs, count }] of counts.entries()) {
      const limit = course.findLast((each) => each.atMs <= atMs)?.limit ?? null;
      const [fromS, toS] = [clock.secondAt(atMs), clock.secondAt(counts[i + 1]?.atMs ?? endedMs)];
      const excess = limit === null ? 0 : Math.max(0, count - limit);
      // It is to be left from the moment at which more were in it than may be; the clock of walking out starts anew only after it was.
      owedS = excess === 0 ? null : (owedS ?? fromS + walkOutS);
      const lateS = owedS === null ? 0 : Math.max(0, toS - Math.max(fromS, owedS));
      over += (excess * lateS) / 60;
      if (isLimited) inZone += (count * Math.max(0, toS - Math.max(fromS, clock.secondAt(faultMs)))) / 60;
      if (excess > 0 && limit !== null && last !== null && count > last) sent.push({ atMs, count, limit });
      last = count;
    }
    return { zone, headMinutes: over, inZoneHeadMinutes: inZone, sent, records: course.filter(({ state }) => state === 'exceeded').map(({ n }) => n) };
  });
}

/** Head-minutes beyond the limit. Those who were sent in while it was exceeded are a breach as well. */
export function exposure(file: ExerciseCase): Found {
  const zones = exposures(file);
  if (zones.length === 0) return unseen('head-min', t('各区人数没有记录', 'Nobody counted the people in any zone'));
  const figure = zones.reduce((sum, { headMinutes }) => sum + headMinutes, 0);
  const inZones = zones.reduce((sum, { inZoneHeadMinutes }) => sum + inZoneHeadMinutes, 0);
  const list = (of: (each: Exposure) => number): string => { const named = zones.filter((each) => of(each) >= 0.05).map((each) => `${each.zone} ${of(each).toFixed(1)}`).join(', '); return named === '' ? '' : ` (${named})`; };
  const [beyond, all] = [list(({ headMinutes }) => headMinutes), list(({ inZoneHeadMinutes }) => inZoneHeadMinutes)];
  return {
    figure, unit: 'head-min', records: zones.flatMap(({ records }) => records),
    because: t(`超限 ${figure.toFixed(1)} 人·分钟${beyond}；故障后限人区内共 ${inZones.toFixed(1)} 人·分钟${all}，含撤离途中`, `${figure.toFixed(1)} head-minutes beyond the limits${beyond}; ${inZones.toFixed(1)} in zones with a limit since the fault${all}, walking out included`),
  };
}

/** % of the alarms answered in the time that their priority leaves. One whose time has not run out at the end is not due. */
export function alarms({ draft, faultMs, endedMs }: ExerciseCase): Found {
  const raised = draft.alarms.raises.filter(({ raisedMs, hidden }) => raisedMs >= faultMs && !hidden);
  const due = raised.filter(({ acknowledgedMs, answerByMs }) => acknowledgedMs !== null || (answerByMs !== null && answerByMs <= endedMs));
  // Nothing stood unanswered. What nobody took part in is no merit of theirs (`DONE_BY_NOBODY`).
  if (raised.length === 0) return { figure: 100, unit: '%', because: t('没有报警要应答', 'There was no alarm to answer'), records: [] };
  if (due.length === 0) return unseen('%', t('报警都还未到应答时限，也没有应答', 'No alarm was answered, and none was due yet'));
  const good = due.filter(({ acknowledgedMs, answerByMs, inTime }) => acknowledgedMs !== null && (inTime ?? (answerByMs === null || acknowledgedMs <= answerByMs)));
  const bad = due.filter((each) => !good.includes(each));
  return {
    figure: (good.length / due.length) * 100, unit: '%', records: (bad.length > 0 ? bad : good).map(({ n }) => n),
    because: t(`${String(due.length)} 条报警中 ${String(good.length)} 条按时应答${bad.length === 0 ? '' : `；未按时：${bad.slice(0, 5).map(({ id }) => id).join('、')}`}`, `${String(good.length)} of ${String(due.length)} alarms answered in time${bad.length === 0 ? '' : `; not: ${bad.slice(0, 5).map(({ id }) => id).join(', ')}`}`),
  };
}

export interface LostMargin { readonly id: string; readonly title: Text; readonly atMs: number; readonly atS: number; readonly value: number }

/** When each margin was first lost: to the second where the simulator told it, else at the first look that showed it. */
export function lostMargins({ truth }: Pick<ExerciseCase, 'truth'>): LostMargin[] {
  if (truth === null) return [];
  return truth.margins.flatMap(({ id, title, side, lostAt }) => {
    const at = truth.samples.find(({ margins, lost }) => lost.includes(id) || isBeyond(margins[id], side, lostAt));
    if (at === undefined) return [];
    const told = truth.events.find(({ kind, subject, atMs }) => kind === 'margin-lost' && subject === id && atMs <= at.atMs);
    return [{ id, title, atMs: (told ?? at).atMs, atS: (told ?? at).atS, value: at.margins[id] ?? lostAt }];
  });
}
const isBeyond = (value: number | undefined, side: 'above' | 'below', lostAt: number): boolean => value !== undefined && (side === 'above' ? value >= lostAt : value <= lostAt);

/** Of many margins the nearest are told. */
const MARGINS_TOLD = 4;
/** The part of the way to a margin that was used up; 1 = lost. What is not above zero is told last: of it there is no such part. */
const nearness = ({ side, lostAt, value }: { readonly side: 'above' | 'below'; readonly lostAt: number; readonly value: number }): number => (lostAt <= 0 || value <= 0 ? 0 : side === 'above' ? value / lostAt : lostAt / value);

/** s beyond any margin; within it, how near it came. */
export function envelope({ truth }: ExerciseCase): Found {
  if (truth === null || truth.samples.length === 0 || truth.margins.length === 0) return unseen('s', t('没有保留仿真的真值，离开安全边界多久无从得知', "The simulator's truth was not kept, so nobody knows how long a margin was left"));
  const { samples, margins } = truth;
  let beyondS = 0;
  for (const [i, sample] of samples.entries()) {
    const next = samples[i + 1];
    if (margins.some(({ id, side, lostAt }) => sample.lost.includes(id) || isBeyond(sample.margins[id], side, lostAt))) beyondS += next === undefined ? 1 : Math.max(0, next.atS - sample.atS);
  }
  const lost = lostMargins({ truth });
  const worst = margins.map(({ id, side, lostAt, unit, title }) => ({ title, unit, side, lostAt, value: (side === 'above' ? Math.max : Math.min)(...samples.flatMap(({ margins: values }) => (values[id] === undefined ? [] : [values[id]]))) })).filter(({ value }) => Number.isFinite(value)).toSorted((a, b) => nearness(b) - nearness(a));
  const words = (language: 'zh' | 'en'): string => worst.slice(0, MARGINS_TOLD).map(({ title, value, unit, lostAt }) => `${title[language]} ${String(Math.round(value * 100) / 100)} / ${String(lostAt)} ${unitSign(unit)}`.trimEnd()).join('; ');
  return {
    figure: beyondS, unit: 's', records: [],
    because: t(lost.length === 0 ? `没有越过边界；最近时：${words('zh')}` : `越过边界 ${String(Math.round(beyondS))} s（${lost.map(({ title, atS }) => `${title.zh}，${String(Math.round(atS))} s 时`).join('；')}）`, lost.length === 0 ? `No margin was lost; at the nearest: ${words('en')}` : `${String(Math.round(beyondS))} s beyond a margin (${lost.map(({ title, atS }) => `${title.en} at ${String(Math.round(atS))} s`).join(', ')})`),
  };
}

/** What help cost. */
export function hints({ records }: ExerciseCase): Found {
  const asked = records.filter(({ fact }) => fact.type === 'training.hinted');
  return { figure: asked.length, unit: '', because: asked.length === 0 ? t('没有用提示', 'No hint was asked for') : t(`用了 ${String(asked.length)} 次提示`, `${String(asked.length)} hints asked for`), records: asked.map(({ n }) => n) };
}
