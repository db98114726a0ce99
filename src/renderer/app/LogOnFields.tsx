/** The two fields of a log-on: whose account, and its secret. */
import { useContext, useId } from 'react';
import { SigningContext } from '../ui/SignatureForm.tsx';
import { useWords } from '../ui/words.ts';

export function UserField({ value, onChange }: { value: string; onChange(user: string): void }) {
  const { t } = useWords();
  const id = useId();
  const { signers } = useContext(SigningContext);
  return (
    <div className="field">
      <label htmlFor={id}>{t('logOn.account')}</label>
      <select id={id} data-testid="log-on-user" required value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('sign.choose')}</option>
        {signers.map((signer) => <option key={signer.user} value={signer.user}>{signer.name} · {signer.roles.map((role) => t(`role.${role}`)).join('/')}</option>)}
      </select>
    </div>
  );
}

export function SecretField({ label, testId, value, minLength, onChange }: { label: string; testId: string; value: string; minLength?: number; onChange(secret: string): void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} data-testid={testId} type="password" autoComplete="off" required minLength={minLength} maxLength={200} value={value} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}
