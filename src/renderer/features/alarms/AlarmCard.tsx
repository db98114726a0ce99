/** The response card: cause, consequence, action, time to act. Words agreed in quiet times, for a time that is not. */
import type { AlarmView } from '../../../contract/view.ts';
import { useNow } from '../../store/console-context.ts';
import { countdown } from '../../ui/format.ts';
import { Clauses, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useWords } from '../../ui/words.ts';

export function AlarmCard({ alarm }: { alarm: AlarmView }) {
  const { t, text } = useWords();
  const nowMs = useNow();
  const { cause, consequence, action, timeToActMs } = alarm.card;
  const left = timeToActMs === null ? null : alarm.raisedMs + timeToActMs - nowMs;
  return (
    <Panel title={t('alarm.card')} aside={<Clauses clauses={alarm.clauses} />} testId="alarm-card">
      <p className="card-title"><PrioritySymbol priority={alarm.priority} /> {text(alarm.title)}</p>
      <dl className="card-facts">
        <dt>{t('alarm.do')}</dt><dd className="card-action">{text(action)}</dd>
        <dt>{t('alarm.timeToAct')}</dt><dd>{left === null ? '—' : left < 0 ? t('alarm.timePassed', { ago: countdown(-left) }) : countdown(left)}</dd>
        <dt>{t('alarm.cause')}</dt><dd>{text(cause)}</dd>
        <dt>{t('alarm.consequence')}</dt><dd>{text(consequence)}</dd>
        {alarm.procedures.length === 0 ? null : <><dt>{t('alarm.procedures')}</dt><dd><a href="#/upset">{alarm.procedures.join(' · ')}</a></dd></>}
      </dl>
    </Panel>
  );
}
