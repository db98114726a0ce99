/**
 * Signing: who answers for this, and their secret, checked anew by the station each time. A panel in the page, never a
 * modal: nothing may stand before the retreat buttons (hmi rule 3). The secret lives only in this form.
 */
import { createContext, useContext, useId, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from './words.ts';

export type Signer = { user: string; name: string; roles: readonly string[] };
export type Signing = { signers: readonly Signer[]; prefilledSecret: string; lastSigner: string; rememberSigner(user: string): void };
export const SigningContext = createContext<Signing>({ signers: [], prefilledSecret: '', lastSigner: '', rememberSigner: () => undefined });

type Signature = { user: string; secret: string };

export function SignatureForm({ submit, busy, onSign, onCancel, children, label }: { submit: string; label: string; busy: boolean; onSign(signature: Signature): void; onCancel?: (() => void) | undefined; children?: ReactNode }) {
  const { t } = useWords();
  const id = useId();
  const { signers, prefilledSecret, lastSigner, rememberSigner } = useContext(SigningContext);
  const [user, setUser] = useState(lastSigner);
  const [secret, setSecret] = useState(prefilledSecret);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    rememberSigner(user);
    onSign({ user, secret });
    setSecret(prefilledSecret);
  };
  return (
    <form className="signature-form" aria-label={label} onSubmit={onSubmit}>
      {children}
      <div className="signature-row">
        <label htmlFor={`${id}-user`}>{t('sign.user')}</label>
        <select id={`${id}-user`} data-testid="sign-user" required value={user} onChange={(event) => setUser(event.target.value)}>
          <option value="">{t('sign.choose')}</option>
          {signers.map((signer) => <option key={signer.user} value={signer.user}>{signer.name} · {signer.roles.map((role) => t(`role.${role}`)).join('/')}</option>)}
        </select>
        <label htmlFor={`${id}-secret`}>{t('sign.secret')}</label>
        <input id={`${id}-secret`} data-testid="sign-secret" type="password" autoComplete="off" required maxLength={200} value={secret} onChange={(event) => setSecret(event.target.value)} />
        <button type="submit" className="button button-strong" data-testid="sign-submit" disabled={busy}>{submit}</button>
        {onCancel === undefined ? null : <button type="button" className="button" onClick={onCancel}>{t('sign.cancel')}</button>}
      </div>
      {prefilledSecret === '' ? null : <p className="hint">{t('sign.training')}</p>}
    </form>
  );
}

/** A button that opens its signature form in place, and folds it again once the station has accepted. */
export function SignedAction({ label, testId, formLabel, children, busy, onSign, answer, strong = false }: {
  label: string; testId: string; formLabel?: string; children?: ReactNode; busy: boolean; onSign(signature: Signature): Promise<boolean>; answer?: ReactNode; strong?: boolean;
}) {
  const [open, setOpen] = useState(false);
  return (
    <div className="signed-action">
      <button type="button" className={`button${strong ? ' button-strong' : ''}`} data-testid={testId} aria-expanded={open} onClick={() => setOpen(!open)}>{label}</button>
      {open ? <SignatureForm label={formLabel ?? label} submit={label} busy={busy} onCancel={() => setOpen(false)} onSign={(signature) => { void onSign(signature).then((accepted) => { if (accepted) setOpen(false); }); }}>{children}</SignatureForm> : null}
      {answer}
    </div>
  );
}
