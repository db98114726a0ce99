/** A box for a fact: proved, not proved, unknown. Unknown is hatched and is never good. */
import { useWords } from './words.ts';

export function Tick({ state }: { state: 'true' | 'false' | 'unknown' }) {
  const { t } = useWords();
  return <span className={`tick tick-${state}`} role="img" aria-label={t(`proof.${state}`)}>{state === 'true' ? '✓' : state === 'unknown' ? '?' : ''}</span>;
}
