/** 4.1.2: an abnormal condition that no procedure answers means: stop at once. Never silence. */
import type { UpsetSection } from '../../../contract/view.ts';
import { useWords } from '../../ui/words.ts';

export function NoProcedure({ noProcedure }: { noProcedure: NonNullable<UpsetSection['noProcedure']> }) {
  const { t, text } = useWords();
  return (
    <div className="no-procedure" role="alert" data-testid="no-procedure">
      <p className="no-procedure-title">{t('upset.noProcedure')}</p>
      <p>{text(noProcedure.advice)}</p>
      <p className="hint">{noProcedure.because.map(({ title }) => text(title)).join(' · ')}</p>
    </div>
  );
}
