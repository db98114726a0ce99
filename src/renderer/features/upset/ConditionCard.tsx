/** One abnormal condition: value, unit, quality, age, limit, distance, trend with the limit drawn in, time left (hmi rule 6). */
import { useMemo } from 'react';
import type { ConditionView, Reading } from '../../../contract/view.ts';
import { useConnected, useReading, useSection, useTrend } from '../../store/console-context.ts';
import { clockTime, comparisonSign, formatNumber, unitSign } from '../../ui/format.ts';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { TrendChart } from '../../ui/charts/TrendChart.tsx';
import { useVisible } from '../../ui/charts/visible.ts';
import { Age, Value } from '../../ui/Value.tsx';
import { useWords } from '../../ui/words.ts';
import { Motion } from './Motion.tsx';

const TREND_MS = 10 * 60_000;

export function ConditionCard({ condition }: { condition: ConditionView }) {
  const { t, text } = useWords();
  const connected = useConnected();
  const [ref, visible] = useVisible<HTMLLIElement>();
  const state = connected ? condition.state : 'unknown';
  return (
    <li ref={ref} className={`condition condition-${condition.priority} condition-${state}`} data-testid={`condition-${condition.id}`} data-state={state}>
      <p className="condition-head">
        <PrioritySymbol priority={condition.priority} />
        <span className="condition-title">{text(condition.title)}</span>
      </p>
      <p className="condition-meta">{condition.firstOut ? <span className="first-out">{t('alarm.firstOut')}</span> : null}{clockTime(condition.onsetMs)} · {t(`condition.state.${state}`)}{condition.clauses.length === 0 ? '' : ` · ${condition.clauses.join(' ')}`}</p>
      {condition.readings.map((reading, index) => <Evidence key={reading.tag} reading={reading} condition={condition} visible={visible} drawn={index === 0} />)}
    </li>
  );
}

function Evidence({ reading, condition, visible, drawn }: { reading: Reading; condition: ConditionView; visible: boolean; drawn: boolean }) {
  const { t } = useWords();
  const current = useReading(reading);
  const tag = useSection('plant')?.tags.find(({ id }) => id === reading.tag);
  const span = tag?.low === undefined || tag.high === undefined ? undefined : tag.high - tag.low;
  const numeric = typeof current.value === 'number' && tag?.kind !== 'discrete';
  const distance = numeric && condition.limit !== null && typeof current.value === 'number' ? current.value - condition.limit : null;
  return (
    <div className="evidence">
      <p className="evidence-line">
        <span className="evidence-tag">{reading.tag}</span>
        <Value reading={current} span={span} states={tag?.states} size="large" />
      </p>
      <p className="evidence-facts">
        {condition.limit === null ? <span /> : <span>{t('evidence.limit')} {comparisonSign(condition.comparison)} {formatNumber(condition.limit)}{distance === null || current.quality !== 'good' ? '' : ` (${distance > 0 ? '+' : '−'}${formatNumber(Math.abs(distance), span)} ${unitSign(reading.unit)})`}</span>}
        <span><Age sourceMs={current.sourceMs} /> · {t(`quality.${current.quality}`)}</span>
      </p>
      {drawn && numeric ? <Trend reading={reading} limit={condition.limit} priority={condition.priority} visible={visible} /> : null}
    </div>
  );
}

function Trend({ reading, limit, priority, visible }: { reading: Reading; limit: number | null; priority: number; visible: boolean }) {
  const { t } = useWords();
  const tags = useMemo(() => [reading.tag], [reading.tag]);
  const { nowMs, series } = useTrend(tags, TREND_MS, 1_000, visible);
  const points = useMemo(() => series.get(reading.tag) ?? [], [series, reading.tag]);
  const lines = useMemo(() => [{ id: 'value', points }], [points]);
  const limits = useMemo(() => (limit === null ? [] : [{ value: limit, priority }]), [limit, priority]);
  return (
    <>
      <TrendChart kind="spark" lines={lines} limits={limits} fromMs={nowMs - TREND_MS} toMs={nowMs} label={t('evidence.trend', { tag: reading.tag })} beyond />
      <Motion reading={reading} />
    </>
  );
}
