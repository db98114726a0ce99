/** Work permits (3.7) and the register of evidence (4.3.3): what is open, what has run out, what stands on the spot. */
import { useSection } from '../../store/console-context.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { RefusalNote } from '../../ui/RefusalNote.tsx';
import { useWords } from '../../ui/words.ts';
import { EvidenceRegister } from './EvidenceRegister.tsx';
import { PermitForm } from './PermitForm.tsx';
import { PermitRow } from './PermitRow.tsx';
import './permits.css';

export function PermitsScreen() {
  const { t } = useWords();
  const work = useSection('work');
  const permits = work?.permits ?? [];
  return (
    <div className="permits">
      <Panel title={t('work.permits')} aside={t('work.openPermits', { n: permits.filter(({ state }) => state === 'valid' || state === 'not-yet').length })} testId="permits-panel">
        <div className="permit-new">{work === undefined ? null : work.issue.allowed ? <PermitForm kinds={work.kinds} /> : <RefusalNote refusal={work.issue.refusal} compact />}</div>
        {permits.length === 0 ? <EmptyState>{t('work.noPermits')}</EmptyState> : <ul className="permit-rows">{permits.map((permit) => <PermitRow key={permit.number} permit={permit} />)}</ul>}
      </Panel>
      <EvidenceRegister evidence={work?.evidence ?? []} />
    </div>
  );
}
