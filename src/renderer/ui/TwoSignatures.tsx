/** Two people sign in one panel, each with a name and a secret of their own; the station checks both. Never a modal (hmi rule 3). */
import { useContext, useId, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { SigningContext } from './SignatureForm.tsx';
import { useWords } from './words.ts';

type Signature = { user: string; secret: string };
type Signatures = { first: Signature; second: Signature };

/** `labels` say for what each signs: who gives, who takes. */
export function TwoSignaturesForm({ labels, submit, label, busy, onSign, onCancel, children, testId }: {
  labels: readonly [string, string]; submit: string; label: string; busy: boolean; onSign(signatures: Signatures): void; onCancel?: (() => void) | undefined; children?: ReactNode; testId: string;
}) {
  const { t } = useWords();
  const { prefilledSecret } = useContext(SigningContext);
  const empty = { user: '', secret: prefilledSecret };
  const [first, setFirst] = useState<Signature>(empty);
  const [second, setSecond] = useState<Signature>(empty);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    onSign({ first, second });
    setFirst({ ...first, secret: prefilledSecret });
    setSecond({ ...second, secret: prefilledSecret });
  };
  return (
    <form className="signature-form" aria-label={label} onSubmit={onSubmit} data-testid={testId}>
      {children}
      <SignatureRow label={labels[0]} value={first} onChange={setFirst} testId="first" />
      <SignatureRow label={labels[1]} value={second} onChange={setSecond} testId="second" />
      <div className="button-row">
        <button type="submit" className="button button-strong" data-testid="sign-both" disabled={busy}>{submit}</button>
        {onCancel === undefined ? null : <button type="button" className="button" onClick={onCancel}>{t('sign.cancel')}</button>}
      </div>
      {prefilledSecret === '' ? null : <p className="hint">{t('sign.training')}</p>}
    </form>
  );
}

function SignatureRow({ label, value, onChange, testId }: { label: string; value: Signature; onChange(value: Signature): void; testId: 'first' | 'second' }) {
  const { t } = useWords();
  const id = useId();
  const { signers } = useContext(SigningContext);
  return (
    <div className="signature-row">
      <label htmlFor={`${id}-user`}>{label}</label>
      <select id={`${id}-user`} data-testid={`sign-${testId}-user`} required value={value.user} onChange={(event) => onChange({ ...value, user: event.target.value })}>
        <option value="">{t('sign.choose')}</option>
        {signers.map((signer) => <option key={signer.user} value={signer.user}>{signer.name} · {signer.roles.map((role) => t(`role.${role}`)).join('/')}</option>)}
      </select>
      <label htmlFor={`${id}-secret`}>{t('sign.secret')}</label>
      <input id={`${id}-secret`} data-testid={`sign-${testId}-secret`} type="password" autoComplete="off" required maxLength={200} value={value.secret} onChange={(event) => onChange({ ...value, secret: event.target.value })} />
    </div>
  );
}

/** A button that opens the two signatures in place, and folds them again once the station has accepted. */
export function TwoSignaturesAction({ label, formLabel, labels, testId, busy, onSign, answer, children }: {
  label: string; formLabel: string; labels: readonly [string, string]; testId: string; busy: boolean; onSign(signatures: Signatures): Promise<boolean>; answer?: ReactNode; children?: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <div className="signed-action">
      <button type="button" className="button" data-testid={testId} aria-expanded={open} onClick={() => setOpen(!open)}>{label}</button>
      {open ? <TwoSignaturesForm label={formLabel} submit={label} labels={labels} busy={busy} testId={`${testId}-form`} onCancel={() => setOpen(false)} onSign={(signatures) => { void onSign(signatures).then((accepted) => { if (accepted) setOpen(false); }); }}>{children}</TwoSignaturesForm> : null}
      {answer}
    </div>
  );
}
