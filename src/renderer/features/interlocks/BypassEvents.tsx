/** Abnormal events while a bypass was in use (3.3): told with the entry for good, oldest first. */
import type { BypassView } from '../../../contract/view.ts';
import { dateTime } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';

export function BypassEvents({ bypass: { id, events, hasMore } }: { bypass: Pick<BypassView, 'id' | 'events' | 'hasMore'> }) {
  const { t, text } = useWords();
  if (events.length === 0) return null;
  return (
    <details className="bypass-effects" data-testid={`bypass-events-${id}`}>
      <summary>{t(hasMore ? 'bypassEvent.orMore' : 'bypassEvent.count', { n: events.length })}</summary>
      <ul className="plain-list">{events.map(({ kind, id: of, title, atMs }, index) => <li key={index}>{dateTime(atMs)} · {t(`bypassEvent.${kind}`)} · {text(title)} <span className="hint">{of}</span></li>)}</ul>
    </details>
  );
}
