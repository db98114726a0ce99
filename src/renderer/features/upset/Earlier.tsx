/** What the step stands on and earlier steps proved: what runs out is counted down, what holds no longer is proved again here. */
import type { StepView } from '../../../contract/view.ts';
import { useWords } from '../../ui/words.ts';
import { ProofRow } from './ProofRow.tsx';
import { SignProof } from './SignProof.tsx';

export function Earlier({ instance, earlier }: { instance: string; earlier: StepView['earlier'] }) {
  const { t } = useWords();
  if (earlier.length === 0) return null;
  return (
    <section className="earlier" data-testid="earlier" aria-label={t('work.earlier')}>
      <h3>{t('work.earlier')}</h3>
      <ul className="proofs proofs-small">
        {earlier.map(({ step, takesWitness, proof }) => (
          <ProofRow key={proof.id} proof={proof}>{proof.kind === 'tag' ? null : <SignProof instance={instance} step={step} takesWitness={takesWitness} proof={proof} isAgain />}</ProofRow>
        ))}
      </ul>
    </section>
  );
}
