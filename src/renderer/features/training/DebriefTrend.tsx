/** One value of an exercise that is over: the truth beside what was shown, with a darker ground where the two were not the same. */
import type { Debrief } from '../../../contract/drill.ts';
import { TrendChart } from '../../ui/charts/TrendChart.tsx';
import { countdown, unitSign } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';

type DebriefTrend = Debrief['trends'][number];
const inMs = (points: readonly (readonly [number, number | null])[]): [number, number | null][] => points.map(([atS, value]) => [atS * 1_000, value]);

/** `endS`: of the exercise, so that all pictures have one axis. */
export function Trend({ trend, endS }: { trend: DebriefTrend; endS: number }) {
  const { t, text } = useWords();
  const deceived = trend.deceived ?? [];
  // A margin is the truth alone: no transmitter shows it, and what it is called in the model tells nobody anything.
  const isMargin = trend.shown.length === 0;
  const lines = [{ id: 'truth', points: inMs(trend.truth) }, ...(isMargin ? [] : [{ id: 'shown', points: inMs(trend.shown) }])];
  return (
    <li className="debrief-trend" data-testid={`debrief-trend-${trend.tag}`}>
      <p>{isMargin ? <><strong>{text(trend.title)}</strong> {unitSign(trend.unit)} · {t('training.debrief.margin')}</> : <><strong>{trend.tag}</strong> {text(trend.title)} {unitSign(trend.unit)}</>}{deceived.length === 0 ? null : <strong className="debrief-deceived"> · {t('training.debrief.deceived', { spans: deceived.map(([from, to]) => `${countdown(from * 1_000)}–${countdown(to * 1_000)}`).join(t('list.and')) })}</strong>}</p>
      <TrendChart kind="full" lines={lines} limits={trend.limit === null ? [] : [{ value: trend.limit, priority: 1 }]} bands={deceived.map(([from, to]) => [from * 1_000, to * 1_000])} fromMs={0} toMs={endS * 1_000} label={t('training.debrief.trendOf', { tag: isMargin ? text(trend.title) : trend.tag })} tick={countdown} />
    </li>
  );
}

/** The last second that any of them has. */
export const endOf = (trends: readonly DebriefTrend[]): number => Math.max(1, ...trends.flatMap(({ truth, shown }) => [...truth.slice(-1), ...shown.slice(-1)].map(([atS]) => atS)));
