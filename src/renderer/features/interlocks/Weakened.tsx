/** Which causes a bypassed initiator weakens, and how they vote without it; a cause that protects no more stands out. */
import type { BypassView } from '../../../contract/view.ts';
import { useWords } from '../../ui/words.ts';

export function Weakened({ weakened }: { weakened: BypassView['weakened'] }) {
  const { t, text } = useWords();
  return (
    <ul className="plain-list">{weakened.map(({ cause, voting, left }) => (
      <li key={cause.zh} className={left === null ? 'measure-false' : ''}>{text(cause)} · {left === null ? t('bypassElement.protectsNoMore', { voting }) : t('bypassElement.votesAs', { voting, left })}</li>
    ))}</ul>
  );
}
