/** What happened to alarms, out of the station's journal, page by page; and the same as a file. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AlarmEventView } from '../../../contract/view.ts';
import { ALARM_CHANGES } from '../../../contract/view.ts';
import { useConsole } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { clockTime, dateTime, localInputTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useRowWindow } from '../../ui/row-window.ts';
import { useWords } from '../../ui/words.ts';
import type { Outcome } from '../../transport/client.ts';
import { AreaSelect, PriorityToggles } from './FilterBar.tsx';
import { NO_AREA } from './filter.ts';
import { HistoryExport } from './HistoryExport.tsx';
import { readPage } from './history-query.ts';
import type { Ask, HistoryFilter } from './history-query.ts';

const DAY_MS = 24 * 3_600_000;
/** So many rows are kept on screen; the file holds all. */
const ROWS_MAX = 20_000;
type Problem = Exclude<Outcome<'alarm.history'>, { outcome: 'done' }>;
type Shown = { rows: AlarmEventView[]; next: number | null; phase: 'busy' | 'idle' | Problem };

export function AlarmHistory() {
  const { t } = useWords();
  const { client, model } = useConsole();
  const [filter, setFilter] = useState<HistoryFilter>(() => ({ fromMs: model.nowMs() - DAY_MS, toMs: model.nowMs(), id: '', priorities: [], area: '', change: '', by: '' }));
  const [asked, setAsked] = useState(filter);
  const [shown, setShown] = useState<Shown>({ rows: [], next: null, phase: 'busy' });
  const turn = useRef(0);
  const ask = useCallback<Ask>((query) => client.request('alarm.history', query), [client]);
  const load = useCallback((of: HistoryFilter, cursor: number | null) => {
    const mine = turn.current;
    setShown((old) => ({ ...(cursor === null ? { rows: [], next: null } : old), phase: 'busy' }));
    void readPage(ask, of, cursor, () => mine !== turn.current).then((answer) => {
      // A newer question was asked meanwhile: this answer belongs to nobody.
      if (mine !== turn.current) return;
      setShown((old) => (answer.outcome !== 'done' ? { ...old, phase: answer } : { rows: [...(cursor === null ? [] : old.rows), ...answer.output.events].slice(0, ROWS_MAX), next: answer.output.next, phase: 'idle' }));
    });
  }, [ask]);
  const search = useCallback((of: HistoryFilter) => { turn.current += 1; setAsked(of); load(of, null); }, [load]);
  useEffect(() => { search(asked); return () => { turn.current += 1; }; /* once, when the view opens: everything after is asked for by hand */ }, []); // eslint-disable-line react-hooks/exhaustive-deps
  const more = shown.next !== null && shown.phase === 'idle' && shown.rows.length < ROWS_MAX ? () => load(asked, shown.next) : null;
  return (
    <Panel title={t('alarm.history')} aside={<span data-testid="history-count">{t(shown.next === null ? 'alarm.historyAll' : 'alarm.historySome', { n: shown.rows.length })}</span>} className="alarms-main alarm-history" testId="alarm-history">
      <form className="alarm-filter" aria-label={t('alarm.historyFilter')} onSubmit={(event) => { event.preventDefault(); search(filter); }}>
        <TimeField label={t('alarm.from')} ms={filter.fromMs} testId="history-from" onChange={(fromMs) => setFilter({ ...filter, fromMs })} />
        <TimeField label={t('alarm.to')} ms={filter.toMs} testId="history-to" onChange={(toMs) => setFilter({ ...filter, toMs })} />
        <PriorityToggles chosen={filter.priorities} choose={(priorities) => setFilter({ ...filter, priorities })} />
        <AreaSelect value={filter.area} choose={(area) => setFilter({ ...filter, area: area === NO_AREA ? '' : area })} />
        <SelectField label={t('alarm.column.change')} required={false} value={filter.change} testId="history-change" onChange={(value) => setFilter({ ...filter, change: ALARM_CHANGES.find((each) => each === value) ?? '' })}>
          <option value="">{t('alarm.any')}</option>{ALARM_CHANGES.map((each) => <option key={each} value={each}>{t(`alarm.change.${each}`)}</option>)}
        </SelectField>
        <TextField label={t('alarm.column.id')} value={filter.id} required={false} maxLength={80} testId="history-id" onChange={(id) => setFilter({ ...filter, id })} />
        <TextField label={t('alarm.column.by')} value={filter.by} required={false} maxLength={80} testId="history-by" onChange={(by) => setFilter({ ...filter, by })} />
        <button type="submit" className="button button-strong" data-testid="history-search">{t('alarm.search')}</button>
      </form>
      <div className="history-tools">
        <button type="button" className="button" data-testid="history-now" onClick={() => { const next = { ...filter, fromMs: model.nowMs() - DAY_MS, toMs: model.nowMs() }; setFilter(next); search(next); }}>{t('alarm.lastDay')}</button>
        <HistoryExport filter={asked} ask={ask} />
      </div>
      {typeof shown.phase === 'object' ? <CommandAnswer status={shown.phase.outcome === 'refused' ? { phase: 'refused', refusal: shown.phase.refusal } : { phase: 'failed', problem: shown.phase.problem }} /> : null}
      {shown.rows.length === 0 ? <EmptyState>{t(shown.phase === 'busy' ? 'command.busy' : 'alarm.noHistory')}</EmptyState> : <HistoryRows rows={shown.rows} more={more} isBusy={shown.phase === 'busy'} />}
    </Panel>
  );
}

function TimeField({ label, ms, onChange, testId }: { label: string; ms: number; onChange(ms: number): void; testId: string }) {
  return <TextField label={label} type="datetime-local" value={Number.isFinite(ms) ? localInputTime(ms) : ''} testId={testId} onChange={(value) => { const next = new Date(value).getTime(); if (Number.isFinite(next)) onChange(next); }} />;
}

function HistoryRows({ rows, more, isBusy }: { rows: readonly AlarmEventView[]; more: (() => void) | null; isBusy: boolean }) {
  const { t, text } = useWords();
  const place = useRowWindow(rows.length, 1.75);
  // The next page is asked for when the reader comes near the end; the button is for those who do not scroll.
  const isNearEnd = place.to >= rows.length;
  useEffect(() => { if (isNearEnd && more !== null && place.from > 0) more(); }, [isNearEnd, more, place.from]);
  return (
    <>
      <div className="alarm-rows history-rows" ref={place.hostRef} onScroll={place.onScroll} role="table" tabIndex={0} aria-label={t('alarm.history')} aria-rowcount={rows.length + 1}>
        <div role="rowgroup" className="alarm-head"><div role="row" className="alarm-head-row">{(['priority', 'at', 'title', 'change', 'by', 'n'] as const).map((column) => <div key={column} role="columnheader">{t(`alarm.column.${column}`)}</div>)}</div></div>
        <div role="rowgroup" className="alarm-canvas" style={{ height: place.totalPx }}>
          {rows.slice(place.from, place.to).map((event, index) => (
            <div key={place.from + index} role="row" className="alarm-row history-row" aria-rowindex={place.from + index + 2} style={{ top: (place.from + index) * place.rowPx }} data-testid="history-row">
              <div role="cell"><PrioritySymbol priority={event.priority} /></div>
              <div role="cell"><time title={dateTime(event.atMs)}>{dateTime(event.atMs).slice(5, 10)} {clockTime(event.atMs)}</time></div>
              <div role="cell" className="cell-title"><span className="cell-line" title={text(event.title)}>{text(event.title)}</span><span className="row-sub cell-line">{event.id}</span></div>
              <div role="cell">{t(`alarm.change.${event.change}`)}</div>
              <div role="cell">{event.by ?? t('journal.system')}</div>
              <div role="cell" className="row-sub">{event.n ?? ''}</div>
            </div>
          ))}
        </div>
      </div>
      {more === null ? <p className="hint">{t(isBusy ? 'command.busy' : rows.length >= ROWS_MAX ? 'alarm.historyFull' : 'alarm.historyEnd')}</p> : <button type="button" className="button" data-testid="history-more" onClick={more}>{t('alarm.more')}</button>}
    </>
  );
}
