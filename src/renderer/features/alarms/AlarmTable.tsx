import type { AlarmView } from '../../../contract/view.ts';
import { useCommand, useConnected, useNow } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { clockTime, comparisonSign, countdown, formatNumber, unitSign } from '../../ui/format.ts';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { valueWords } from '../../ui/Value.tsx';
import { useWords } from '../../ui/words.ts';

const COLUMNS = ['priority', 'title', 'value', 'state', 'raised', 'action'] as const;

export function AlarmTable({ alarms, openId, open }: { alarms: readonly AlarmView[]; openId: string | null; open: (id: string) => void }) {
  const { t } = useWords();
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{t('alarm.active')}</caption>
        <thead><tr>{COLUMNS.map((column) => <th key={column} scope="col">{t(`alarm.column.${column}`)}</th>)}</tr></thead>
        <tbody>{alarms.map((alarm) => <Row key={alarm.id} alarm={alarm} selected={alarm.id === openId} open={() => open(alarm.id)} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ alarm, selected, open }: { alarm: AlarmView; selected: boolean; open(): void }) {
  const words = useWords();
  const { t, text } = words;
  const nowMs = useNow();
  const connected = useConnected();
  const { status, run } = useCommand('alarm.acknowledge');
  const condition = connected ? alarm.condition : 'unknown';
  return (
    <tr className={`alarm-row${selected ? ' row-selected' : ''}`} data-testid={`alarm-row-${alarm.id}`} data-state={alarm.state}>
      <td><PrioritySymbol priority={alarm.priority} flashing={alarm.state === 'unacknowledged'} /></td>
      <td><button type="button" className="row-open" aria-pressed={selected} onClick={open}>{text(alarm.title)}</button><span className="row-sub">{alarm.firstOut ? <span className="first-out">{t('alarm.firstOut')}</span> : null}{[alarm.reading?.tag ?? alarm.id, ...alarm.clauses].join(' · ')}</span></td>
      <td>{alarm.reading === null ? '—' : <>{valueWords(alarm.reading.value, words)} {unitSign(alarm.reading.unit)}</>}{alarm.limit === null ? null : <span className="row-sub">{t('evidence.limit')} {comparisonSign(alarm.comparison)} {formatNumber(alarm.limit)}</span>}</td>
      <td>{t(`alarm.state.${alarm.state}`)}<span className={condition === 'unknown' ? 'row-sub hatched' : 'row-sub'}>{t(`alarm.condition.${condition}`)}</span></td>
      <td>{clockTime(alarm.raisedMs)}<span className="row-sub">{countdown(nowMs - alarm.raisedMs)}</span></td>
      <td>
        {alarm.acknowledgedMs === null ? <button type="button" className="button" data-testid={`ack-${alarm.id}`} onClick={() => void run({ alarms: [alarm.id] })}>{t('alarm.acknowledge')}</button> : <span className="row-sub">{t('alarm.acknowledgedBy', { by: alarm.acknowledgedBy ?? '', at: clockTime(alarm.acknowledgedMs) })}</span>}
        <CommandAnswer status={status} />
      </td>
    </tr>
  );
}
