/** The machine's course as a line with the present place on it. */
import { PLACES } from '../../../contract/view.ts';
import type { Place } from '../../../contract/view.ts';
import { useWords } from '../../ui/words.ts';

const DRAWN = PLACES.filter((place) => place !== 'standby');

export function Course({ place }: { place: Place }) {
  const { t } = useWords();
  // `stopping` can be reached from everywhere; on the line it stands where retreating stands.
  const at = DRAWN.findIndex((drawn) => drawn === (place === 'stopping' ? 'retreating' : place));
  return (
    <ol className="course" data-testid="course" data-place={place} aria-label={t('upset.course')}>
      {DRAWN.map((drawn, index) => (
        <li key={drawn} className={index < at ? 'course-done' : index === at ? 'course-now' : 'course-next'} aria-current={index === at ? 'step' : undefined}>
          {index === at && place === 'stopping' ? t('place.stopping') : t(`place.${drawn}`)}
        </li>
      ))}
    </ol>
  );
}
