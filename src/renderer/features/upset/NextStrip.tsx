/** With two or more procedures: what each of them wants next, seen without switching. A press opens it. */
import type { ProcedureView } from '../../../contract/view.ts';
import { useWords } from '../../ui/words.ts';
import type { Chosen } from './chosen-procedure.ts';
import { TimeLeft } from './Clock.tsx';
import { legOf, nowOf } from './procedure-facts.ts';

export function NextStrip({ procedures, chosen }: { procedures: readonly ProcedureView[]; chosen: Chosen }) {
  const { t } = useWords();
  if (procedures.length < 2) return null;
  return (
    <nav className="next-strip" aria-label={t('upset.nextOfEach')} data-testid="next-strip">
      <ol>{procedures.map((procedure, index) => <Next key={procedure.instance} procedure={procedure} rank={index + 1} isOpen={procedure === chosen.procedure} choose={() => chosen.choose(procedure.instance)} />)}</ol>
    </nav>
  );
}

function Next({ procedure, rank, isOpen, choose }: { procedure: ProcedureView; rank: number; isOpen: boolean; choose: () => void }) {
  const { t, text } = useWords();
  const now = nowOf(procedure);
  const givesWay = now?.givesWay != null;
  return (
    <li>
      <button type="button" className={`next${isOpen ? ' next-open' : ''}${procedure.suspended === null ? '' : ' next-aside'}`} data-testid={`next-${procedure.id}`} aria-current={isOpen} onClick={choose}>
        <span className="next-rank">{rank}</span>
        <span className="next-title">{text(procedure.title)}{now === undefined ? '' : ` · ${now.number}/${legOf(procedure).steps.length}`}</span>
        {procedure.suspended === null ? null : <span className="mark-word">{t('upset.suspended')}</span>}
        {now?.dueMs == null ? null : <TimeLeft dueMs={now.dueMs} overdue={now.overdue} />}
        <span className="next-text">{givesWay ? <strong className="next-not">⊘ {t('upset.notNow')} </strong> : null}{now === undefined ? t(`place.advice.${procedure.place}`) : text(now.text)}</span>
      </button>
    </li>
  );
}

/** A more urgent procedure came while another is open: said, never switched to. */
export function NewerNotice({ chosen }: { chosen: Chosen }) {
  const { t, text } = useWords();
  const newest = chosen.newer[0];
  return (
    <div className="newer-live" role="alert">
      {newest === undefined ? null : (
        <p className="newer" data-testid="newer-procedure">
          <strong>{t('upset.newer', { title: text(newest.title) })}</strong>
          <button type="button" className="button button-strong" data-testid="newer-open" onClick={() => chosen.choose(newest.instance)}>{t('upset.newerOpen')}</button>
          <button type="button" className="button" data-testid="newer-noted" onClick={chosen.note}>{t('upset.newerNoted')}</button>
        </p>
      )}
    </div>
  );
}
