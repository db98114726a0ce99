/**
 * Causes against final elements, live: a row for each cause of each function, a column for each tag that a trip moves. A mark stands where the
 * function acts on the element; it says what it commands and, once it has tripped, whether the tag shows it.
 */
import type { InterlockView } from '../../../contract/view.ts';
import { useConnected } from '../../store/console-context.ts';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useWords } from '../../ui/words.ts';
import { stateWord } from '../../ui/Value.tsx';
import { TagReading } from './TagReading.tsx';

export function CauseEffectMatrix({ interlocks }: { interlocks: readonly InterlockView[] }) {
  const { t } = useWords();
  const elements = [...new Set(interlocks.flatMap(({ sets }) => sets.map(({ tag }) => tag)))].sort();
  if (elements.length === 0) return null;
  return (
    <div className="cause-effect" role="region" aria-label={t('interlock.matrix')} tabIndex={0} data-testid="cause-effect">
      <table>
        <thead><tr><th scope="col">{t('interlock.causes')}</th>{elements.map((tag) => <th key={tag} scope="col"><TagReading tag={tag} /></th>)}</tr></thead>
        {interlocks.map((interlock) => <Rows key={interlock.id} interlock={interlock} elements={elements} />)}
      </table>
    </div>
  );
}

function Rows({ interlock, elements }: { interlock: InterlockView; elements: readonly string[] }) {
  const { t, text } = useWords();
  const connected = useConnected();
  const standing = connected ? interlock.standing : 'unknown';
  return (
    <tbody data-standing={standing}>
      {interlock.causes.map((cause, index) => (
        <tr key={cause.zh}>
          <th scope="row">{index === 0 ? <strong>{interlock.id} · {t(`interlock.standing.${standing}`)} </strong> : null}{text(cause)}{cause.voting === null ? '' : ` · ${cause.voting}`}</th>
          {elements.map((tag) => <Cell key={tag} interlock={interlock} tag={tag} />)}
        </tr>
      ))}
    </tbody>
  );
}

function Cell({ interlock, tag }: { interlock: InterlockView; tag: string }) {
  const words = useWords();
  const connected = useConnected();
  const set = interlock.sets.find((each) => each.tag === tag);
  if (set === undefined) return <td />;
  const word = stateWord(set.wanted, words);
  // Only after a trip does it matter whether the element stands there; before it, it is what would happen.
  const shown = !connected ? 'unknown' : interlock.state === 'tripped' ? set.reached : 'armed';
  return <td className={`effect-${shown}`} data-testid={`effect-${interlock.id}-${tag}`} data-reached={shown}>{shown === 'false' ? <PrioritySymbol priority={1} /> : null}{shown === 'true' ? '✓ ' : ''}{word}{shown === 'false' ? ` · ${words.t('interlock.notReached')}` : ''}</td>;
}
