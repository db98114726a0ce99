/** The response card: what to do first, how long there is, why. Words agreed in quiet times, for a time that is not. */
import type { AlarmView } from '../../../contract/view.ts';
import type { CommandStatus } from '../../store/console-context.ts';
import { useNow } from '../../store/console-context.ts';
import { clockTime, countdown, dateTime, shortDuration } from '../../ui/format.ts';
import { Clauses, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useWords } from '../../ui/words.ts';
import { CardActions } from './CardActions.tsx';
import type { CardForm } from './CardActions.tsx';
import { FirstOut } from './AlarmRow.tsx';
import { LIST_KEYS } from './keys.ts';

type Props = { alarm: AlarmView; form: CardForm | null; setForm(form: CardForm | null): void; answer: CommandStatus<'alarm.acknowledge'> | undefined; acknowledge(id: string): void; toStep(alarm: AlarmView): void; leave(): void; isListed: boolean };

export function AlarmCard({ alarm, isListed, toStep, ...acting }: Props) {
  const { t, text } = useWords();
  return (
    <Panel title={t('alarm.card')} aside={<Clauses clauses={alarm.clauses} />} testId="alarm-card" className="alarm-card">
      <p className="card-title"><PrioritySymbol priority={alarm.priority} /> <span>{text(alarm.title)}</span></p>
      <p className="hint"><FirstOut alarm={alarm} />{alarm.reading?.tag ?? alarm.id} · {t(`alarm.class.${alarm.class}`)}{alarm.area === null ? '' : ` · ${text(alarm.area.title)}`} · {dateTime(alarm.raisedMs)}{isListed ? '' : ` · ${t('alarm.notListed')}`}</p>
      <dl className="card-facts">
        <dt>{t('alarm.do')}</dt><dd className="card-action">{text(alarm.card.action)}</dd>
        {alarm.procedures.length === 0 ? null : <><dt>{t('alarm.procedures')}</dt><dd>{alarm.procedures.join(' · ')} <a href="#/upset" className="button" data-testid="card-step" aria-keyshortcuts={LIST_KEYS.step} onClick={() => toStep(alarm)}>{t('alarm.openStep')} ({LIST_KEYS.step})</a></dd></>}
        <Times alarm={alarm} />
        <dt>{t('alarm.cause')}</dt><dd>{text(alarm.card.cause)}</dd>
        <dt>{t('alarm.consequence')}</dt><dd>{text(alarm.card.consequence)}</dd>
        {alarm.acknowledgedMs === null ? null : <><dt>{t('alarm.state.acknowledged')}</dt><dd>{alarm.acknowledgedBy} {clockTime(alarm.acknowledgedMs)}{alarm.answeredInTime === false ? ` · ${t('alarm.answeredLate')}` : ''}</dd></>}
      </dl>
      <CardActions alarm={alarm} {...acting} />
    </Panel>
  );
}

function Times({ alarm }: { alarm: AlarmView }) {
  const { t } = useWords();
  const nowMs = useNow();
  const { timeToActMs, timeNeededMs } = alarm.card;
  const left = alarm.respondByMs === null ? null : alarm.respondByMs - nowMs;
  return (
    <>
      <dt>{t('alarm.timeLeft')}</dt>
      <dd className={left !== null && left < 0 ? 'time-over' : ''}><strong>{left === null ? t('alarm.noTime') : left < 0 ? t('alarm.timePassed', { ago: countdown(-left) }) : countdown(left)}</strong></dd>
      <dt>{t('alarm.timeToAct')}</dt><dd>{timeToActMs === null ? '—' : shortDuration(timeToActMs)}{alarm.delayMs === 0 ? '' : ` · ${t('alarm.delayTook', { s: shortDuration(alarm.delayMs) })}`}</dd>
      <dt>{t('alarm.timeNeeded')}</dt><dd>{timeNeededMs === null ? '—' : shortDuration(timeNeededMs)}</dd>
    </>
  );
}
