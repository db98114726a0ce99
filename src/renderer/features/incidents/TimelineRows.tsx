/** The same events in words, as far as they are in the picture: only the rows in sight are drawn. Arrows go through them. */
import { useEffect } from 'react';
import type { KeyboardEvent } from 'react';
import type { IncidentEvent } from '../../../contract/incidents.ts';
import { clockTime, dateTime } from '../../ui/format.ts';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useRowWindow } from '../../ui/row-window.ts';
import { useWords } from '../../ui/words.ts';
import { priorityOf } from './row-words.ts';

const HEAD_REM = 1.75;

type Props = {
  events: readonly IncidentEvent[]; outOf: number; chosen: number | null; choose: (event: IncidentEvent) => void;
  /** The newest stays in sight. */
  isFollowing: boolean; stopFollowing: () => void; showAll: () => void;
};

export function TimelineRows({ events, outOf, chosen, choose, isFollowing, stopFollowing, showAll }: Props) {
  const { t } = useWords();
  const place = useRowWindow(events.length, HEAD_REM);
  const { bringIntoSight } = place;
  const at = chosen === null ? -1 : events.findIndex(({ n }) => n === chosen);
  useEffect(() => { if (at >= 0) bringIntoSight(at); }, [at, bringIntoSight]);
  useEffect(() => { if (isFollowing) bringIntoSight(events.length - 1); }, [isFollowing, events.length, bringIntoSight]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: place.page, PageUp: -place.page, Home: -events.length, End: events.length };
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = events[at < 0 ? (by > 0 ? place.seenFrom : place.seenTo - 1) : Math.min(events.length - 1, Math.max(0, at + by))];
    if (next !== undefined) choose(next);
  };
  return (
    <>
      <p className="timeline-count-line" role="status" data-testid="timeline-count">
        {t('incident.inPicture', { n: events.length, of: outOf })}
        {events.length < outOf ? <button type="button" className="button timeline-tool" data-testid="timeline-show-all" onClick={showAll}>{t('incident.showAll')}</button> : null}
      </p>
      <div className="timeline-rows" ref={place.hostRef} onScroll={place.onScroll} onWheel={stopFollowing} onPointerDown={stopFollowing} onKeyDown={onKeyDown} role="table" tabIndex={0} aria-label={t('incident.inWords')} aria-rowcount={events.length + 1} data-testid="timeline-rows">
        <div role="rowgroup" className="timeline-head"><div role="row" className="timeline-head-row">{(['n', 'at', 'lane', 'by', 'text'] as const).map((column) => <div key={column} role="columnheader">{t(`incident.column.${column}`)}</div>)}</div></div>
        <div role="rowgroup" className="timeline-canvas" style={{ height: place.totalPx }}>
          {events.slice(place.from, place.to).map((event, index) => <EventRow key={event.n} event={event} index={place.from + index} rowPx={place.rowPx} isChosen={event.n === chosen} choose={choose} />)}
        </div>
      </div>
    </>
  );
}

function EventRow({ event, index, rowPx, isChosen, choose }: { event: IncidentEvent; index: number; rowPx: number; isChosen: boolean; choose: (event: IncidentEvent) => void }) {
  const { t, text } = useWords();
  const priority = priorityOf(event.priority);
  return (
    <div role="row" className={`timeline-row${isChosen ? ' timeline-row-chosen' : ''}${event.by === null ? '' : ' timeline-row-deed'}`} aria-rowindex={index + 2} aria-current={isChosen ? 'true' : undefined} style={{ top: index * rowPx }} data-testid="timeline-row" data-n={event.n} onClick={() => choose(event)}>
      <div role="cell" className="row-sub">{event.n}</div>
      <div role="cell"><time title={dateTime(event.atMs)}>{clockTime(event.atMs)}</time></div>
      <div role="cell" className="cell-line">{t(`incident.lane.${event.lane}`)}</div>
      <div role="cell" className="cell-line">{event.by ?? t('journal.system')}</div>
      <div role="cell" className="timeline-words">{priority === null ? null : <PrioritySymbol priority={priority} />}{event.mark === undefined ? null : <span className="first-out">{t(`incident.mark.${event.mark}`)}</span>}<span className="cell-line" title={text(event.text)}>{text(event.text)}</span></div>
    </div>
  );
}
