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
  events: readonly IncidentEvent[]; chosen: number | null; choose: (event: IncidentEvent) => void;
  /** The newest stays in sight. */
  isFollowing: boolean; stopFollowing: () => void;
};

export function TimelineRows({ events, chosen, choose, isFollowing, stopFollowing }: Props) {
  const { t } = useWords();
  const place = useRowWindow(events.length, HEAD_REM);
  const { bringIntoSight } = place;
  const at = chosen === null ? -1 : events.findIndex(({ n }) => n === chosen);
  useEffect(() => { if (at >= 0) bringIntoSight(at); }, [at, bringIntoSight]);
  useEffect(() => { if (isFollowing) bringIntoSight(events.length - 1); }, [isFollowing, events.length, bringIntoSight]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = goal(event.key, { at, count: events.length, page: place.page, seenFrom: place.seenFrom, seenTo: place.seenTo });
    if (to === null) return;
    event.preventDefault();
    const next = events[Math.min(events.length - 1, Math.max(0, to))];
    if (next !== undefined) choose(next);
  };
  return (
    <div className="timeline-rows" ref={place.hostRef} onScroll={place.onScroll} onWheel={stopFollowing} onPointerDown={stopFollowing} onKeyDown={onKeyDown} role="table" tabIndex={0} aria-label={t('incident.inWords')} aria-rowcount={events.length + 1} data-testid="timeline-rows">
      <div role="rowgroup" className="timeline-head"><div role="row" className="timeline-head-row">{(['n', 'at', 'lane', 'by', 'text'] as const).map((column) => <div key={column} role="columnheader">{t(`incident.column.${column}`)}</div>)}</div></div>
      <div role="rowgroup" className="timeline-canvas" style={{ height: place.totalPx }}>
        {events.slice(place.from, place.to).map((event, index) => <EventRow key={event.n} event={event} index={place.from + index} rowPx={place.rowPx} isChosen={event.n === chosen} choose={choose} />)}
      </div>
    </div>
  );
}

/** Where a key leads; from nothing chosen it begins with what is in sight. */
function goal(key: string, { at, count, page, seenFrom, seenTo }: { at: number; count: number; page: number; seenFrom: number; seenTo: number }): number | null {
  const isNone = at < 0;
  switch (key) {
    case 'ArrowDown': return isNone ? seenFrom : at + 1;
    case 'ArrowUp': return isNone ? seenTo - 1 : at - 1;
    case 'PageDown': return isNone ? seenTo - 1 : at + page;
    case 'PageUp': return isNone ? seenFrom : at - page;
    case 'Home': return 0;
    case 'End': return count - 1;
    default: return null;
  }
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
