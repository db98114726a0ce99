/** Any tags, up to ten pens, from one minute to one hour, limits drawn in; live strips, or all on one picture to compare. */
import { useMemo, useState } from 'react';
import type { View } from '../../../contract/view.ts';
import { usePreference, useReading, useSection, useTrend, useValue } from '../../store/console-context.ts';
import { LiveStrip } from '../../ui/charts/LiveStrip.tsx';
import { TrendChart } from '../../ui/charts/TrendChart.tsx';
import { useVisible } from '../../ui/charts/visible.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { Value } from '../../ui/Value.tsx';
import { useWords } from '../../ui/words.ts';
import { TagPicker } from './TagPicker.tsx';
import './trends.css';

type Tag = View['plant']['tags'][number];
const PENS_MAX = 10;
const WINDOWS_MIN = [1, 5, 10, 30, 60] as const;

export function TrendsScreen() {
  const { t } = useWords();
  const tags = useSection('plant')?.tags;
  const [chosenText, setChosenText] = usePreference('trend-tags', '');
  const [windowText, setWindowText] = usePreference('trend-window', '10');
  const [compare, setCompare] = useState(false);
  const chosen = useMemo(() => chosenText.split(' ').flatMap((id) => tags?.find((tag) => tag.id === id) ?? []).slice(0, PENS_MAX), [chosenText, tags]);
  const minutes = WINDOWS_MIN.find((each) => String(each) === windowText) ?? 10;
  const setChosen = (ids: readonly string[]): void => setChosenText(ids.slice(0, PENS_MAX).join(' '));
  return (
    <div className="trends">
      <TagPicker tags={tags ?? []} chosen={chosen.map(({ id }) => id)} setChosen={setChosen} max={PENS_MAX} />
      <Panel title={t('trend.title')} aside={t('trend.gaps')} className="trends-main">
        <div className="toolbar" role="group" aria-label={t('trend.window')}>
          {WINDOWS_MIN.map((each) => <button key={each} type="button" className="button" aria-pressed={each === minutes} data-testid={`window-${each}`} onClick={() => setWindowText(String(each))}>{each} min</button>)}
          <button type="button" className="button" aria-pressed={compare} data-testid="trend-compare" onClick={() => setCompare(!compare)}>{t('trend.compare')}</button>
        </div>
        {chosen.length === 0 ? <EmptyState>{t('trend.none')}</EmptyState> : compare ? <Compared tags={chosen} windowMs={minutes * 60_000} /> : <div className="strips">{chosen.map((tag) => <Strip key={tag.id} tag={tag} windowMs={minutes * 60_000} remove={() => setChosen(chosen.map(({ id }) => id).filter((id) => id !== tag.id))} />)}</div>}
      </Panel>
    </div>
  );
}

function Strip({ tag, windowMs, remove }: { tag: Tag; windowMs: number; remove(): void }) {
  const { t, text } = useWords();
  const [ref, visible] = useVisible<HTMLDivElement>();
  const ids = useMemo(() => [tag.id], [tag.id]);
  const { nowMs, series } = useTrend(ids, windowMs, 500, visible);
  const limits = useMemo(() => tag.limits.map(({ limit, priority }) => ({ value: limit, priority })), [tag]);
  return (
    <div className="strip" ref={ref} data-testid={`strip-${tag.id}`}>
      <p className="strip-head"><strong>{tag.id}</strong><span className="strip-title">{text(tag.title)}</span><Now tag={tag} /><button type="button" className="button" aria-label={t('trend.remove', { tag: tag.id })} onClick={remove}>✕</button></p>
      <LiveStrip points={series.get(tag.id) ?? []} limits={limits} fromMs={nowMs - windowMs} toMs={nowMs} label={t('evidence.trend', { tag: tag.id })} />
    </div>
  );
}

function Now({ tag }: { tag: Tag }) {
  const value = useValue(tag.id);
  const reading = useReading({ tag: tag.id, value: value?.[0] ?? null, quality: value?.[1] ?? 'stale', sourceMs: value?.[2] ?? null, ...(tag.unit === undefined ? {} : { unit: tag.unit }) });
  return <Value reading={reading} states={tag.states} span={tag.low === undefined || tag.high === undefined ? undefined : tag.high - tag.low} />;
}

/** All pens on one picture, each in per cent of its own range, so that different units can be laid over each other. */
function Compared({ tags, windowMs }: { tags: readonly Tag[]; windowMs: number }) {
  const { t, text } = useWords();
  const [ref, visible] = useVisible<HTMLDivElement>();
  const ids = useMemo(() => tags.map(({ id }) => id), [tags]);
  const { nowMs, series } = useTrend(ids, windowMs, 1_000, visible);
  const lines = useMemo(() => tags.map((tag) => ({ id: tag.id, points: (series.get(tag.id) ?? []).map(([ms, value]): [number, number | null] => [ms, value === null ? null : percentOf(tag, value)]) })), [tags, series]);
  return (
    <div className="compared" ref={ref} data-testid="compared">
      <TrendChart kind="full" lines={lines} limits={[]} fromMs={nowMs - windowMs} toMs={nowMs} label={t('trend.compare')} />
      <p className="hint">{t('trend.percent')}</p>
      <ul className="compared-key">{tags.map((tag, index) => <li key={tag.id}><svg viewBox="0 0 48 8" className="dash-key" aria-hidden="true"><line x1="0" x2="48" y1="4" y2="4" className={`dash dash-${index}`} /></svg><strong>{tag.id}</strong> {text(tag.title)} <Now tag={tag} /></li>)}</ul>
    </div>
  );
}

const percentOf = (tag: Tag, value: number): number => (tag.low === undefined || tag.high === undefined || tag.high === tag.low ? value : ((value - tag.low) / (tag.high - tag.low)) * 100);
