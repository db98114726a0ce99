/**
 * The rows in sight, out of any number. One stop for Tab: the list has the focus and says which row is meant
 * (aria-activedescendant), so that a row that scrolls away or goes takes no focus with it.
 */
import { useEffect, useMemo, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { CommandStatus } from '../../store/console-context.ts';
import { useAlarmHead, useNow } from '../../store/console-context.ts';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import type { RowWindow } from '../../ui/row-window.ts';
import { useWords } from '../../ui/words.ts';
import { AlarmRow, rowDomId } from './AlarmRow.tsx';
import type { RowActions } from './AlarmRow.tsx';
import { PINNED } from './arrangement.ts';
import type { Arrangement, ListItem } from './arrangement.ts';
import { moved } from './keys.ts';
import type { AlarmOrder, AlarmSort } from './order.ts';

/** Height of the column heads, rem; the style sheet says the same. */
export const HEAD_REM = 1.75;
const COLUMNS: readonly { key: string; sort: AlarmSort | null }[] = [
  { key: 'priority', sort: 'priority' }, { key: 'time', sort: 'time' }, { key: 'title', sort: 'title' }, { key: 'value', sort: null }, { key: 'state', sort: 'state' }, { key: 'left', sort: 'left' }, { key: 'action', sort: null },
];

export const groupDomId = (key: string): string => `alarm-group-${key}`;
/** What the keyboard means: a row or the head of a group. */
export type Active = { kind: 'row'; id: string } | { kind: 'group'; key: string };
export const activeOf = (item: ListItem): Active => (item.kind === 'row' ? { kind: 'row', id: item.alarm.id } : { kind: 'group', key: item.key });
export const placeOf = (arrangement: Arrangement, active: Active | null): number => (active === null ? -1 : active.kind === 'row' ? arrangement.positionOf(active.id) : arrangement.positionOfGroup(active.key));

type Props = {
  arrangement: Arrangement; rows: RowWindow; label: string; order: AlarmOrder; setOrder(order: AlarmOrder): void; active: Active | null; setActive(active: Active): void;
  openId: string | null; answers: ReadonlyMap<string, CommandStatus<'alarm.acknowledge'>>; actions: RowActions;
};

export function AlarmRows({ arrangement, rows, label, order, setOrder, active, setActive, openId, answers, actions }: Props) {
  const { t } = useWords();
  const nowMs = useNow();
  const count = arrangement.length;
  const items = arrangement.slice(rows.from, rows.to);
  const position = placeOf(arrangement, active);
  const lastPosition = useRef(0);
  useEffect(() => { if (position >= 0) lastPosition.current = position; }, [position]);

  const go = (to: number): void => {
    const item = arrangement.at(to);
    if (item === undefined) return;
    setActive(activeOf(item));
    rows.bringIntoSight(to);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    const item = position < 0 ? undefined : arrangement.at(position);
    const to = moved(event.key, position < 0 ? Math.min(lastPosition.current, count - 1) - (event.key === 'ArrowDown' ? 1 : 0) : position, rows.page, count);
    if (to !== null && count > 0) { event.preventDefault(); go(to); return; }
    if (item === undefined) return;
    const isOpening = event.key === 'Enter' || event.key === ' ';
    if (item.kind === 'row' && isOpening) { event.preventDefault(); actions.open(item.alarm.id); }
    if (item.kind === 'group' && item.key !== PINNED && (isOpening || (event.key === 'ArrowLeft' && item.isOpen) || (event.key === 'ArrowRight' && !item.isOpen))) { event.preventDefault(); arrangement.toggle(item.key); }
  };
  const isActiveDrawn = position >= rows.from && position < rows.to;
  return (
    <div
      className="alarm-rows" ref={rows.hostRef} onScroll={rows.onScroll} onKeyDown={onKeyDown} role="grid" tabIndex={0} aria-label={label} aria-rowcount={count + 1} aria-colcount={COLUMNS.length} data-testid="alarm-rows"
      aria-activedescendant={active === null || !isActiveDrawn ? undefined : active.kind === 'row' ? rowDomId(active.id) : groupDomId(active.key)}
      // A press on anything in the list leaves the keyboard with the list, not with a button that may scroll away.
      onClick={(event) => { if (event.target instanceof Element && event.target.closest('.row-answer') === null) rows.hostRef.current?.focus({ preventScroll: true }); }}
      onFocus={(event) => { if (event.target === event.currentTarget && position < 0) { const first = arrangement.at(rows.seenFrom); if (first !== undefined) setActive(activeOf(first)); } }}
    >
      <div role="rowgroup" className="alarm-head">
        <div role="row" className="alarm-head-row" aria-rowindex={1}>
          {COLUMNS.map(({ key, sort }) => (
            <div key={key} role="columnheader" className={`cell-${key}`} aria-sort={sort === null || sort !== order.sort ? undefined : order.reversed ? 'descending' : 'ascending'}>
              {sort === null ? t(`alarm.column.${key}`) : <button type="button" className="column-sort" tabIndex={-1} onClick={() => setOrder({ sort, reversed: order.sort === sort && !order.reversed })}>{t(`alarm.column.${key}`)}{order.sort === sort ? <span aria-hidden="true">{order.reversed ? ' ▴' : ' ▾'}</span> : null}</button>}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="alarm-canvas" style={{ height: rows.totalPx }}>
        {items.map((item, index) => {
          const at = rows.from + index;
          return item.kind === 'group'
            ? <GroupRow key={`group ${item.key}`} item={item} position={at} topPx={at * rows.rowPx} isActive={at === position} toggle={() => arrangement.toggle(item.key)} />
            : <AlarmRow key={item.alarm.id} alarm={item.alarm} position={at} topPx={at * rows.rowPx} nowMs={nowMs} isGone={item.isGone} isNew={item.isNew} isActive={at === position} isOpen={item.alarm.id === openId} answer={answers.get(item.alarm.id)} actions={actions} />;
        })}
      </div>
    </div>
  );
}

function GroupRow({ item, position, topPx, isActive, toggle }: { item: Extract<ListItem, { kind: 'group' }>; position: number; topPx: number; isActive: boolean; toggle(): void }) {
  const { t, text } = useWords();
  const group = useAlarmHead()?.groups.find(({ key }) => key === item.key);
  const isPinned = item.key === PINNED;
  const title = isPinned ? t('alarm.pinned') : group === undefined ? item.key : `${t(`alarm.group.${group.kind}`)}${text(group.title)}`;
  const counts = useMemo(() => t('alarm.groupCount', { n: item.rows, waiting: item.unacknowledged }), [t, item.rows, item.unacknowledged]);
  return (
    <div className={`alarm-row alarm-group${isActive ? ' alarm-row-active' : ''}`} role="row" id={groupDomId(item.key)} aria-rowindex={position + 2} style={{ top: topPx }} data-testid={`alarm-group-${item.key}`}>
      <div role="gridcell" aria-colspan={COLUMNS.length} className="cell-group">
        {isPinned ? <strong>{title}</strong> : <button type="button" className="group-toggle" tabIndex={-1} aria-expanded={item.isOpen} onClick={toggle}><span aria-hidden="true">{item.isOpen ? '▾' : '▸'}</span> {title}</button>}
        {group === undefined || isPinned ? null : <PrioritySymbol priority={group.worst} flashing={!item.isOpen && item.unacknowledged > 0} />}
        <span className="row-sub">{counts}</span>
      </div>
    </div>
  );
}
