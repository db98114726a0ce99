/** One row of the alarm list. Drawn again only when its alarm, its place or the second changes. */
import { memo } from 'react';
import type { KeyboardEvent } from 'react';
import type { AlarmView } from '../../../contract/view.ts';
import type { CommandStatus } from '../../store/console-context.ts';
import { useConnected, useReading, useTag, useValue } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { clockTime, comparisonSign, countdown, dateTime, formatNumber, shortDuration, unitSign } from '../../ui/format.ts';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { Age, Value, valueWords } from '../../ui/Value.tsx';
import { useWords } from '../../ui/words.ts';

export type RowActions = { open(id: string): void; acknowledge(id: string): void; forgetAnswer(id: string): void; toStep(alarm: AlarmView): void };
type Props = { alarm: AlarmView; position: number; topPx: number; nowMs: number; isGone: boolean; isNew: boolean; isActive: boolean; isOpen: boolean; answer: CommandStatus<'alarm.acknowledge'> | undefined; actions: RowActions };

export const rowDomId = (id: string): string => `alarm-${id}`;

export const AlarmRow = memo(function AlarmRow({ alarm, position, topPx, nowMs, isGone, isNew, isActive, isOpen, answer, actions }: Props) {
  const { t } = useWords();
  const needsHand = alarm.state === 'unacknowledged' && !isGone;
  const classes = ['alarm-row', isOpen ? 'alarm-row-open' : '', isActive ? 'alarm-row-active' : '', isGone ? 'alarm-row-gone' : '', isNew ? 'alarm-row-new' : ''].filter((each) => each !== '').join(' ');
  return (
    <div className={classes} role="row" id={rowDomId(alarm.id)} aria-rowindex={position + 2} aria-selected={isOpen} style={{ top: topPx }} data-testid={isGone ? `alarm-gone-${alarm.id}` : `alarm-row-${alarm.id}`} data-state={alarm.state} onClick={() => actions.open(alarm.id)}>
      <div role="gridcell" className="cell-priority"><PrioritySymbol priority={alarm.priority} flashing={needsHand} /></div>
      <div role="gridcell" className="cell-time"><time title={dateTime(alarm.raisedMs)}>{clockTime(alarm.raisedMs)}</time><span className="row-sub">{t('value.age', { age: shortDuration(nowMs - alarm.raisedMs) })}</span></div>
      <div role="gridcell" className="cell-title"><TitleCell alarm={alarm} isNew={isNew} actions={actions} /></div>
      <div role="gridcell" className="cell-value"><ValueCell alarm={alarm} /></div>
      <div role="gridcell" className="cell-state">{isGone ? <strong>{t('alarm.gone')}</strong> : <StateCell alarm={alarm} nowMs={nowMs} />}</div>
      <div role="gridcell" className="cell-left">{isGone ? null : <LeftCell alarm={alarm} nowMs={nowMs} />}</div>
      <div role="gridcell" className="cell-action" onClick={(event) => event.stopPropagation()}>
        {isGone ? null : <ActionCell alarm={alarm} answer={answer} actions={actions} />}
      </div>
    </div>
  );
});

function TitleCell({ alarm, isNew, actions }: { alarm: AlarmView; isNew: boolean; actions: RowActions }) {
  const { t, text } = useWords();
  const procedure = alarm.procedures[0];
  return (
    <>
      <span className="cell-line"><FirstOut alarm={alarm} />{isNew ? <span className="first-out">{t('alarm.new')}</span> : null}<button type="button" className="row-open" tabIndex={-1} title={text(alarm.title)}>{text(alarm.title)}</button></span>
      <span className="row-sub cell-line">{alarm.reading?.tag ?? alarm.id}{alarm.area === null ? '' : ` · ${text(alarm.area.title)}`}{alarm.clauses.length === 0 ? '' : ` · ${alarm.clauses.join(' ')}`}
        {procedure === undefined ? null : <> · <a href="#/upset" tabIndex={-1} data-testid={`step-${alarm.id}`} onClick={(event) => { event.stopPropagation(); actions.toStep(alarm); }}>{t('alarm.toStep', { id: procedure })}</a></>}
      </span>
    </>
  );
}

export function FirstOut({ alarm }: { alarm: AlarmView }) {
  const { t } = useWords();
  switch (alarm.firstOut) {
    case null: return null;
    case 'first': return <span className="first-out">{t('alarm.firstOut')}</span>;
    case 'possible': return <span className="first-out first-out-possible">{t('alarm.firstOutPossible', { within: shortDuration(alarm.uncertaintyMs) })}</span>;
  }
}

function ValueCell({ alarm }: { alarm: AlarmView }) {
  const words = useWords();
  const { t } = words;
  if (alarm.reading === null) return <>—</>;
  const limit = alarm.limit === null ? '' : `${comparisonSign(alarm.comparison)} ${formatNumber(alarm.limit)} · `;
  const raised = t('alarm.atRaise', { value: valueWords(alarm.reading.value, words) });
  return (
    <>
      <span className="cell-line"><LiveValue reading={alarm.reading} /></span>
      <span className="row-sub cell-line" title={`${t('evidence.limit')} ${limit}${raised} ${unitSign(alarm.reading.unit)}`}>{limit}{raised}</span>
    </>
  );
}

function LiveValue({ reading }: { reading: NonNullable<AlarmView['reading']> }) {
  // The value at the raise is no value of now: without a live one it is shown as stale.
  const live = useValue(reading.tag);
  const now = useReading(live === undefined ? { ...reading, quality: 'stale' } : { ...reading, value: live[0], quality: live[1], sourceMs: live[2] });
  const tag = useTag(reading.tag);
  return <><Value reading={now} states={tag?.states} span={tag?.low === undefined || tag.high === undefined ? undefined : tag.high - tag.low} /> <Age sourceMs={now.sourceMs} /></>;
}

function StateCell({ alarm, nowMs }: { alarm: AlarmView; nowMs: number }) {
  const { t, text } = useWords();
  const connected = useConnected();
  const condition = connected ? alarm.condition : 'unknown';
  if (alarm.shelved !== null && alarm.list === 'shelved') return <><span className="cell-line"><strong>{t('alarm.shelvedLeft', { left: countdown(alarm.shelved.untilMs - nowMs) })}</strong></span><span className="row-sub cell-line" title={alarm.shelved.reason}>{alarm.shelved.by} · {alarm.shelved.reason}</span></>;
  if (alarm.suppressed !== null && alarm.list === 'suppressed') return <><span className="cell-line"><strong>{t('alarm.suppressedSince', { at: clockTime(alarm.suppressed.sinceMs) })}</strong></span><span className="row-sub cell-line">{alarm.suppressed.by.map(({ title }) => text(title)).join(t('list.and'))}</span></>;
  if (alarm.outOfService !== null && alarm.list === 'outOfService') return <><span className="cell-line"><strong>{t('alarm.outSince', { at: dateTime(alarm.outOfService.sinceMs) })}</strong></span><span className="row-sub cell-line" title={alarm.outOfService.reason}>{alarm.outOfService.permit} · {alarm.outOfService.by} · {alarm.outOfService.reason}</span></>;
  return (
    <>
      <span className="cell-line">{t(`alarm.state.${alarm.state}`)}{alarm.latched ? ` · ${t('alarm.latched')}` : ''}{alarm.count > 1 ? ` · ×${alarm.count}` : ''}</span>
      <span className="row-sub cell-line"><span className={condition === 'unknown' ? 'hatched cell-unknown' : ''}>{t(`alarm.condition.${condition}`)}</span></span>
    </>
  );
}

/** Unanswered: until it must be answered. Answered and still there: until the consequence comes. */
function LeftCell({ alarm, nowMs }: { alarm: AlarmView; nowMs: number }) {
  const { t } = useWords();
  if (!alarm.acknowledged) {
    const left = alarm.answerByMs - nowMs;
    const isOver = alarm.overdueMs !== null || left < 0;
    return <><span className={`cell-line time-left${isOver ? ' time-over' : ''}`}>{countdown(left)}</span><span className="row-sub cell-line">{t(isOver ? 'alarm.left.overdue' : 'alarm.left.answer')}</span></>;
  }
  if (!alarm.active || alarm.respondByMs === null) return <span className="row-sub">—</span>;
  const left = alarm.respondByMs - nowMs;
  return <><span className={`cell-line time-left${left < 0 ? ' time-over' : ''}`}>{countdown(left)}</span><span className="row-sub cell-line">{t('alarm.left.consequence')}</span></>;
}

function ActionCell({ alarm, answer, actions }: { alarm: AlarmView; answer: Props['answer']; actions: RowActions }) {
  const { t } = useWords();
  const close = (event: KeyboardEvent): void => { if (event.key === 'Escape') actions.forgetAnswer(alarm.id); };
  return (
    <>
      {alarm.acknowledged ? <span className="row-sub">{alarm.acknowledgedBy === null || alarm.acknowledgedMs === null ? t('alarm.state.acknowledged') : t('alarm.acknowledgedBy', { by: alarm.acknowledgedBy, at: clockTime(alarm.acknowledgedMs) })}</span>
        : <button type="button" className="button" tabIndex={-1} data-testid={`ack-${alarm.id}`} aria-busy={answer?.phase === 'busy'} onClick={() => actions.acknowledge(alarm.id)}>{t('alarm.acknowledge')}</button>}
      {answer?.phase === 'refused' || answer?.phase === 'failed' ? <div className="row-answer" onKeyDown={close}><CommandAnswer status={answer} /><button type="button" className="button" onClick={() => actions.forgetAnswer(alarm.id)}>{t('retreat.close')}</button></div> : null}
    </>
  );
}
