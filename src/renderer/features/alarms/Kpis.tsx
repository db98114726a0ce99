/** How well the alarm system serves its operator: the figures of ISA-18.2 and EEMUA 191 beside their targets, each with its definition. */
import { Fragment, useState } from 'react';
import type { KpiSection, View } from '../../../contract/view.ts';
import { useConnected, useSection } from '../../store/console-context.ts';
import { BarChartSlow } from '../../ui/charts/BarChartSlow.tsx';
import { clockTime, formatNumber, shortDuration } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';

type Definition = View['kpiWords']['definitions'][number];
type Period = KpiSection['periods'][number];
type Verdict = Period['values'][number]['verdict'];

/** ISA-18.2: more than this within 10 min is no longer manageable. */
const MANAGEABLE_IN_10_MIN = 10;
/** Ink and shape, no colour: the four colours mean alarms and nothing else (hmi rule 1). */
const SHAPES: Record<Verdict, string> = { within: '✓', near: '△', over: '■', unknown: '?', none: '–' };

export function Kpis() {
  const { t } = useWords();
  const words = useSection('kpiWords');
  const kpi = useSection('kpi');
  const connected = useConnected();
  if (words === undefined || kpi === undefined || kpi.periods.length === 0) return <Panel title={t('alarm.list.kpi')} className="alarms-main"><EmptyState>{t(connected ? 'kpi.none' : 'link.unknownData')}</EmptyState></Panel>;
  return (
    <div className="alarms-body kpis" data-testid="kpis">
      <Panel title={t('kpi.title')} aside={t('kpi.onePosition')} className="alarms-main"><KpiTable definitions={words.definitions} periods={kpi.periods} /></Panel>
      <div className="alarms-side kpi-side">
        <Series series={kpi.series} />
        <TopTen periods={kpi.periods} />
      </div>
    </div>
  );
}

function KpiTable({ definitions, periods }: { definitions: readonly Definition[]; periods: readonly Period[] }) {
  const { t, text } = useWords();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t('kpi.title')}>
      <table className="table kpi-table">
        <thead><tr><th scope="col">{t('kpi.figure')}</th><th scope="col">{t('kpi.target')}</th>{periods.map(({ period, observedMs, isShort }) => <th key={period} scope="col">{t(`kpi.period.${period}`)}<span className="row-sub">{t('kpi.observed', { time: shortDuration(observedMs) })}{period === 'month' && isShort ? ` · ${t('kpi.short')}` : ''}</span></th>)}</tr></thead>
        <tbody>
          {definitions.map((definition) => (
            <Fragment key={definition.id}>
              <tr data-testid={`kpi-${definition.id}`}>
                <th scope="row"><button type="button" className="row-open" aria-expanded={open === definition.id} data-testid={`kpi-define-${definition.id}`} onClick={() => setOpen(open === definition.id ? null : definition.id)}><span aria-hidden="true">{open === definition.id ? '▾' : '▸'}</span> {text(definition.name)}</button></th>
                <td className="kpi-target"><Target definition={definition} /></td>
                {periods.map((period) => <td key={period.period}><Figure value={period.values.find(({ id }) => id === definition.id)} unit={text(definition.unit)} /></td>)}
              </tr>
              {open === definition.id ? <tr><td colSpan={periods.length + 2} className="kpi-definition" data-testid="kpi-definition">{text(definition.definition)} <span className="row-sub">{t('kpi.source')}{definition.source}</span></td></tr> : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Target({ definition: { target, limit, good, unit } }: { definition: Definition }) {
  const { t, text } = useWords();
  if (target === null) return <>—</>;
  const sign = good === 'atMost' ? '≤' : '≥';
  return <>{sign} {formatNumber(target)} {text(unit)}{limit === null ? null : <span className="row-sub">{t('kpi.limit')} {sign} {formatNumber(limit)}</span>}</>;
}

/** Value, and its verdict as a shape and a word. What cannot be said is hatched and is never a number. */
function Figure({ value, unit }: { value: Period['values'][number] | undefined; unit: string }) {
  const { t } = useWords();
  const connected = useConnected();
  const verdict = value === undefined || value.value === null ? 'unknown' : value.verdict;
  const number = value === undefined || value.value === null ? '' : `${formatNumber(value.value)} ${unit}`;
  return (
    <span className={`kpi-figure kpi-${verdict}${verdict === 'unknown' || !connected ? ' hatched' : ''}`} data-verdict={verdict}>
      <span className="kpi-shape" aria-hidden="true">{SHAPES[verdict]}</span> {connected ? '' : 'S '}<strong>{number}</strong> <span className="kpi-word">{t(`kpi.verdict.${verdict}`)}</span>
    </span>
  );
}

function Series({ series }: { series: KpiSection['series'] }) {
  const { t } = useWords();
  const gaps = series.filter(({ raised }) => raised === null).length;
  return (
    <Panel title={t('kpi.series')} testId="kpi-series">
      <BarChartSlow bars={series.map(({ startMs, raised }) => ({ name: clockTime(startMs).slice(0, 5), count: raised }))} limit={MANAGEABLE_IN_10_MIN} label={t('kpi.seriesLong', { n: series.at(-1)?.raised ?? 0, limit: MANAGEABLE_IN_10_MIN })} tall />
      <p className="hint">{t('kpi.seriesHint', { limit: MANAGEABLE_IN_10_MIN })}{gaps === 0 ? '' : ` ${t('kpi.gaps', { n: gaps })}`}</p>
    </Panel>
  );
}

function TopTen({ periods }: { periods: readonly Period[] }) {
  const { t, text } = useWords();
  const longest = periods.at(-1);
  return (
    <Panel title={t('kpi.top')} aside={longest === undefined ? undefined : t(`kpi.period.${longest.period}`)}>
      {longest === undefined || longest.top.length === 0 ? <EmptyState>{t('kpi.noTop')}</EmptyState> : <ol className="kpi-top">{longest.top.map(({ id, title, raised }) => <li key={id}><span>{text(title)}<span className="row-sub">{id}</span></span><strong>×{raised}</strong></li>)}</ol>}
    </Panel>
  );
}
