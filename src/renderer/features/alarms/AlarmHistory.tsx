import { useSection } from '../../store/console-context.ts';
import { clockTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useWords } from '../../ui/words.ts';

export function AlarmHistory() {
  const { t, text } = useWords();
  const history = useSection('alarms')?.history ?? [];
  return (
    <Panel title={t('alarm.history')} className="alarm-history">
      {history.length === 0 ? <EmptyState>{t('alarm.noHistory')}</EmptyState> : (
        <ol className="history-list">
          {history.map((event) => <li key={`${event.atMs}/${event.id}/${event.change}`}><time>{clockTime(event.atMs)}</time><PrioritySymbol priority={event.priority} /><span>{text(event.title)}<span className="row-sub">{t(`alarm.change.${event.change}`)}{event.by === null ? '' : ` · ${event.by}`}</span></span></li>)}
        </ol>
      )}
    </Panel>
  );
}
