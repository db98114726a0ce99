/** One of the four lists of alarms with its filter, its keys, and the response card of the alarm that is open. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { AlarmList, AlarmView } from '../../../contract/view.ts';
import { useAlarm, useAlarmHead, useConnected, usePreference, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField } from '../../ui/Field.tsx';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useRowWindow } from '../../ui/row-window.ts';
import type { RowWindow } from '../../ui/row-window.ts';
import { useWords } from '../../ui/words.ts';
import { AlarmCard } from './AlarmCard.tsx';
import type { CardForm } from './CardActions.tsx';
import { AlarmRows, HEAD_REM, placeOf } from './AlarmRows.tsx';
import type { Active } from './AlarmRows.tsx';
import type { RowActions } from './AlarmRow.tsx';
import { PAGE, useAcknowledge } from './acknowledge.ts';
import type { Arrangement } from './arrangement.ts';
import { FilterBar } from './FilterBar.tsx';
import { isFiltering, NO_FILTER } from './filter.ts';
import { FloodBanner } from './FloodBanner.tsx';
import { HeldBar } from './HeldBar.tsx';
import { actionOf, LIST_KEYS } from './keys.ts';
import type { ListAction } from './keys.ts';
import { orderOf, orderText } from './order.ts';
import type { AlarmOrder } from './order.ts';
import { useArrangement, useHand } from './use-arrangement.ts';

const GROUPINGS = ['auto', 'on', 'off'] as const;

export function ListView({ list }: { list: AlarmList }) {
  const { t } = useWords();
  const head = useAlarmHead();
  const [orderWords, setOrderWords] = usePreference('alarm-sort', 'priority');
  const [grouping, setGrouping] = usePreference('alarm-groups', 'auto');
  const [filter, setFilter] = useState(NO_FILTER);
  const order = useMemo(() => orderOf(orderWords), [orderWords]);
  const setOrder = useCallback((next: AlarmOrder) => setOrderWords(orderText(next)), [setOrderWords]);
  const isGrouped = list === 'active' && (grouping === 'on' || (grouping === 'auto' && head?.flood === true));
  const arrangement = useArrangement({ list, order, filter, isGrouped });
  const hand = useHand(arrangement);
  const rows = useRowWindow(arrangement.length, HEAD_REM);
  const { answers, acknowledge, forget } = useAcknowledge();
  const [active, setActive] = useState<Active | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const [form, setForm] = useState<CardForm | null>(null);
  const searchRef = useRef<HTMLInputElement | null>(null);
  const toStep = useToStep();
  const shownId = openId ?? (active?.kind === 'row' ? active.id : null) ?? firstRow(arrangement)?.id ?? null;
  const open = useLastKnown(shownId);

  const actions = useMemo((): RowActions => ({
    open: (id) => { setOpenId(id); setForm(null); setActive({ kind: 'row', id }); },
    acknowledge: (id) => { setActive({ kind: 'row', id }); acknowledge([id], id); },
    forgetAnswer: forget,
    toStep,
  }), [acknowledge, forget, toStep]);
  const seen = arrangement.slice(rows.seenFrom, rows.seenTo);
  const waiting = seen.flatMap((item) => (item.kind === 'row' && !item.isGone && !item.alarm.acknowledged ? [item.alarm.id] : []));

  // A key acknowledges what somebody chose, never what just came to stand first.
  const chosen = active?.kind === 'row' ? active.id : openId;
  const focused = chosen ?? shownId;
  useListKeys({
    acknowledge: () => { if (chosen !== null) acknowledge([chosen], chosen); },
    page: () => acknowledge(waiting, PAGE),
    shelve: () => { if (focused !== null) { setOpenId(focused); setForm('shelve'); } },
    step: () => { if (open !== undefined) toStep(open); },
    sortIn: () => arrangement.sortIn(),
    filter: () => searchRef.current?.focus(),
  });
  const total = head === undefined ? 0 : totalOf(head, list);
  return (
    <div className="alarms-body">
      <Panel title={t(`alarm.list.${list}`)} aside={<>{list === 'active' ? <FloodBanner grouped={arrangement.current.isGrouped} /> : null}<Counts arrangement={arrangement} total={total} beyond={list === 'active' ? (head?.beyond ?? 0) : 0} /></>} className="alarms-main" testId={`alarm-list-${list}`}>
        <div className="alarms-hand" {...hand}>
          <FilterBar filter={filter} setFilter={setFilter} order={order} setOrder={setOrder} searchRef={searchRef} matching={arrangement.matching} total={arrangement.total}>
            {list === 'active' ? <SelectField label={t('alarm.groups')} value={grouping} onChange={setGrouping} testId="alarm-groups">{GROUPINGS.map((each) => <option key={each} value={each}>{t(`alarm.grouping.${each}`)}</option>)}</SelectField> : null}
            {isGrouped ? <span className="group-buttons"><button type="button" className="button" data-testid="groups-open" title={t('alarm.openAll')} aria-label={t('alarm.openAll')} onClick={() => arrangement.setAllOpen(true)}>▾▾</button><button type="button" className="button" data-testid="groups-close" title={t('alarm.closeAll')} aria-label={t('alarm.closeAll')} onClick={() => arrangement.setAllOpen(false)}>▸▸</button></span> : null}
            <div className="toolbar-action">
              <CommandAnswer status={answers.get(PAGE) ?? { phase: 'idle' }} done={t('alarm.pageAcknowledged')} />
              <button type="button" className="button" data-testid="ack-page" aria-keyshortcuts={LIST_KEYS.page} aria-disabled={waiting.length === 0} onClick={() => acknowledge(waiting, PAGE)}>{t('alarm.acknowledgePage', { n: waiting.length })}</button>
            </div>
          </FilterBar>
          {arrangement.length === 0 ? <Nothing list={list} isFiltered={isFiltering(filter)} rows={rows} />
            : <AlarmRows arrangement={arrangement} rows={rows} label={t(`alarm.list.${list}`)} order={order} setOrder={setOrder} active={active} setActive={setActive} openId={shownId} answers={answers} actions={actions} />}
          {/* Below the list: what comes and goes above it would move the rows under the hand. */}
          <HeldBar arrangement={arrangement} />
        </div>
        <HelpLine />
      </Panel>
      <div className="alarms-side">{open === undefined ? null : <AlarmCard alarm={open} form={form} setForm={setForm} answer={answers.get(open.id)} acknowledge={actions.acknowledge} toStep={toStep} leave={() => { setForm(null); focusList(rows.hostRef); }} isListed={placeOf(arrangement, { kind: 'row', id: open.id }) >= 0} />}</div>
    </div>
  );
}

const focusList = (hostRef: RefObject<HTMLDivElement | null>): void => hostRef.current?.focus({ preventScroll: true });
const totalOf = (head: NonNullable<ReturnType<typeof useAlarmHead>>, list: AlarmList): number => (list === 'active' ? head.counts.active : head.counts[list]);

function firstRow(arrangement: Arrangement): AlarmView | undefined {
  const item = arrangement.slice(0, 3).find(({ kind }) => kind === 'row');
  return item?.kind === 'row' ? item.alarm : undefined;
}

/** The alarm as it is, or as it was when it went: a card that is being read does not vanish. */
function useLastKnown(id: string | null): AlarmView | undefined {
  const alarm = useAlarm(id);
  const [known, setKnown] = useState<AlarmView | undefined>(undefined);
  if (alarm !== undefined && alarm !== known) setKnown(alarm);
  return alarm ?? (known?.id === id ? known : undefined);
}

/** Opens the Upset screen at the procedure that answers the alarm. */
function useToStep(): (alarm: AlarmView) => void {
  const procedures = useSection('upset')?.procedures;
  const [, choose] = usePreference('procedure', '');
  return useCallback((alarm: AlarmView) => {
    const running = procedures?.find(({ id }) => alarm.procedures.includes(id));
    if (alarm.procedures.length === 0) return;
    if (running !== undefined) choose(running.instance);
    location.hash = '#/upset';
  }, [procedures, choose]);
}

function useListKeys(handlers: Partial<Record<ListAction, () => void>>): void {
  const now = useRef(handlers);
  useEffect(() => { now.current = handlers; });
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      const action = actionOf(event);
      const handler = action === null ? undefined : now.current[action];
      if (handler === undefined) return;
      event.preventDefault();
      handler();
    };
    window.addEventListener('keydown', down);
    return () => window.removeEventListener('keydown', down);
  }, []);
}

/** How many there are and how many of them stand in the list: always both, so that nothing can be missing unseen. */
function Counts({ arrangement, total, beyond }: { arrangement: Arrangement; total: number; beyond: number }) {
  const { t } = useWords();
  return <span data-testid="alarm-counts" data-held={arrangement.isHeld} data-total={total} data-listed={arrangement.matching}>{arrangement.isHeld ? `${t('alarm.held')} · ` : ''}{t('alarm.countListed', { n: arrangement.matching, total })}{beyond === 0 ? '' : ` · ${t('alarm.beyond', { n: beyond })}`}</span>;
}

function Nothing({ list, isFiltered, rows }: { list: AlarmList; isFiltered: boolean; rows: RowWindow }) {
  const { t } = useWords();
  const connected = useConnected();
  return <div className="alarm-rows alarm-rows-empty" ref={rows.hostRef}><EmptyState>{t(isFiltered ? 'alarm.noneMatch' : !connected ? 'link.unknownData' : list === 'active' ? 'alarm.noneLong' : `alarm.noneIn.${list}`)}</EmptyState></div>;
}

function HelpLine() {
  const { t } = useWords();
  const keys: [string, string][] = [['↑↓ PgUp PgDn', 'move'], ['Enter', 'card'], ...(Object.entries(LIST_KEYS) as [ListAction, string][]).map(([action, key]): [string, string] => [key, action]), ['M', 'silence']];
  return <p className="alarm-help" data-testid="alarm-help">{keys.map(([key, word]) => <span key={word}><kbd>{key}</kbd> {t(`alarm.key.${word}`)}</span>)}</p>;
}
