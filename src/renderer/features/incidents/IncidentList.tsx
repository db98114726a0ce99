/** The incidents, the open one first, then the newest; each with how bad it was, how long, and what stands out of it. Arrows go through them. */
import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { IncidentRow } from '../../../contract/incidents.ts';
import { useNow } from '../../store/console-context.ts';
import type { ListView } from '../../store/incidents.ts';
import { countdown, dateTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { ProblemNote } from '../../ui/RefusalNote.tsx';
import { useWords } from '../../ui/words.ts';
import { priorityOf } from './row-words.ts';

const KEYS: Readonly<Record<string, (at: number, count: number) => number>> = { ArrowDown: (at) => at + 1, ArrowUp: (at) => at - 1, Home: () => 0, End: (_at, count) => count - 1, PageDown: (at) => at + 5, PageUp: (at) => at - 5 };

export function IncidentList({ list, chosen, choose, older }: { list: ListView; chosen: string | null; choose: (id: string) => void; older: () => void }) {
  const { t } = useWords();
  const host = useRef<HTMLDivElement>(null);
  const { rows, hasMore, phase, problem, asOfMs, isMirrored } = list;
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = KEYS[event.key]?.(rows.findIndex(({ id }) => id === chosen), rows.length);
    const next = to === undefined ? undefined : rows[Math.min(rows.length - 1, Math.max(0, to))];
    if (next === undefined) return;
    event.preventDefault();
    choose(next.id);
    host.current?.querySelector<HTMLElement>(`[data-incident="${CSS.escape(next.id)}"]`)?.focus();
  };
  return (
    <Panel title={t('incident.list')} aside={<span data-testid="incident-count">{t(hasMore ? 'incident.countSome' : 'incident.countAll', { n: rows.length })}</span>} className="incident-list-panel" testId="incident-list-panel">
      {asOfMs === null ? null : <p className="as-of hatched" role="status" data-testid="incidents-as-of"><span>{t('incident.asOf', { at: dateTime(asOfMs) })}</span></p>}
      {isMirrored ? null : <p className="hint" role="status" data-testid="incidents-no-store">{t('incident.noStore')}</p>}
      {problem === null ? null : <ProblemNote problem={problem} />}
      {rows.length === 0 ? <EmptyState>{t(phase === 'loading' ? 'command.busy' : 'incident.noneYet')}</EmptyState> : (
        <div className="incident-rows" ref={host} role="listbox" aria-label={t('incident.list')} onKeyDown={onKeyDown} data-testid="incident-list">
          {rows.map((row) => <Row key={row.id} row={row} isChosen={row.id === chosen} choose={choose} />)}
        </div>
      )}
      {hasMore ? <button type="button" className="button" data-testid="incident-older" disabled={phase === 'loading'} onClick={older}>{t(phase === 'loading' ? 'command.busy' : 'incident.older')}</button> : null}
    </Panel>
  );
}

function Row({ row, isChosen, choose }: { row: IncidentRow; isChosen: boolean; choose: (id: string) => void }) {
  const { t, text } = useWords();
  const priority = priorityOf(row.worst);
  const figures = (['retreats', 'refusals', 'broken'] as const).filter((key) => row[key] > 0);
  return (
    <div className={`incident-row${row.closedMs === null ? ' incident-open' : ''}`} role="option" aria-selected={isChosen} tabIndex={isChosen ? 0 : -1} data-incident={row.id} data-testid={`incident-${row.id}`} onClick={() => choose(row.id)} onKeyDown={(event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(row.id); } }}>
      <span className="incident-worst">{priority === null ? <span className="hint" title={t('incident.noAlarm')}>–</span> : <PrioritySymbol priority={priority} />}</span>
      <span className="incident-title">{row.firstCondition === null ? t('incident.noCondition') : text(row.firstCondition.title)}</span>
      <span className="incident-time">{dateTime(row.openedMs)} · {row.closedMs === null ? <OpenFor sinceMs={row.openedMs} /> : countdown(row.closedMs - row.openedMs)}</span>
      {row.procedures.length === 0 ? null : <span className="incident-procedures">{row.procedures.map(({ id, title }) => `${id} ${text(title)}`).join(t('list.and'))}</span>}
      {figures.length === 0 ? null : <span className="incident-figures">{figures.map((key) => <span key={key} className={`incident-figure incident-figure-${key}`}>{t(`incident.figure.${key}`, { n: row[key] })}</span>)}</span>}
    </div>
  );
}

function OpenFor({ sinceMs }: { sinceMs: number }) {
  const { t } = useWords();
  const nowMs = useNow();
  return <strong>{t('incident.running', { for: countdown(nowMs - sinceMs) })}</strong>;
}
