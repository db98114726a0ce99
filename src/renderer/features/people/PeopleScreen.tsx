/** Who is in there, against the limit, with what, seen by whom: the larger of what the tags count and what people signed (clauses 4.2, 4.3, V). */
import { useSection } from '../../store/console-context.ts';
import { EmptyState } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { RollCallBanner } from './RollCall.tsx';
import { ZoneCard } from './ZoneCard.tsx';
import './people.css';

export function PeopleScreen() {
  const { t } = useWords();
  const people = useSection('people');
  const zones = people?.zones ?? [];
  return (
    <div className="people">
      {people?.rollCall == null ? null : <RollCallBanner rollCall={people.rollCall} />}
      <p className="people-posts">{t('post.commander')}: <strong>{people?.commander?.name ?? t('post.vacant')}</strong>　{t('post.watch')}: <strong>{people?.watch?.name ?? t('post.vacant')}</strong> <a href="#/upset">{t('post.takeThere')}</a></p>
      {zones.length === 0 ? <EmptyState>{t('people.none')}</EmptyState> : <div className="zone-cards">{zones.map((zone) => <ZoneCard key={zone.id} zone={zone} />)}</div>}
    </div>
  );
}
