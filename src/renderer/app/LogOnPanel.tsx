/**
 * Log on by two fields, take over for the next shift, log off, change the secret. What counts is decided by the station: this only asks and
 * shows its answer. Secrets live in these fields and nowhere else, and are emptied with every answer.
 */
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import type { SessionView } from '../../contract/session.ts';
import { useCommand, useLoggedOn } from '../store/console-context.ts';
import { CommandAnswer } from '../ui/CommandAnswer.tsx';
import { clockTime } from '../ui/format.ts';
import { useWords } from '../ui/words.ts';
import { SecretField, UserField } from './LogOnFields.tsx';

export function LogOnPanel({ close }: { close(): void }) {
  const { t } = useWords();
  const session = useLoggedOn();
  const [changing, setChanging] = useState<string | null>(null);
  if (changing !== null) return <ChangeSecret user={changing} done={() => setChanging(null)} loggedOn={close} />;
  return (
    <section className="log-on" aria-label={t('logOn.title')} data-testid="log-on-panel">
      {session === null ? <p>{t('logOn.nobody')}</p> : <Present session={session} change={() => setChanging(session.user)} />}
      <LogOn key={`${session?.user ?? ''} ${String(session?.locked)}`} label={t(session === null ? 'logOn.title' : session.locked ? 'logOn.unlock' : 'logOn.takeOver')} user={session?.locked === true ? session.user : ''} mustChange={setChanging} done={close} />
      <p className="hint">{t('logOn.never')}</p>
    </section>
  );
}

function Present({ session, change }: { session: SessionView; change(): void }) {
  const { t } = useWords();
  const { status, run } = useCommand('session.logOff');
  return (
    <div className="log-on-present">
      <p data-testid="log-on-present"><strong>{session.name}</strong> · {session.roles.map((role) => t(`role.${role}`)).join('/')}</p>
      <p className="hint">{session.locked ? t('logOn.lockedLong') : t('logOn.locksAt', { at: clockTime(session.lockAtMs) })}</p>
      <div className="button-row">
        <button type="button" className="button" data-testid="log-off" onClick={() => void run({})}>{t('logOn.off')}</button>
        <button type="button" className="button" data-testid="change-secret" onClick={change}>{t('logOn.change')}</button>
      </div>
      <CommandAnswer status={status} />
    </div>
  );
}

function LogOn({ label, user: known, mustChange, done }: { label: string; user: string; mustChange(user: string): void; done(): void }) {
  const { t } = useWords();
  const { status, run } = useCommand('session.logOn');
  const [user, setUser] = useState(known);
  const [secret, setSecret] = useState('');
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setSecret('');
    void run({ user, secret }).then((accepted) => { if (accepted) done(); });
  };
  const isFirstUse = status.phase === 'failed' && status.problem.code === 'must-change';
  return (
    <form className="log-on-form" aria-label={label} onSubmit={onSubmit}>
      <h2 className="panel-title">{label}</h2>
      <UserField value={user} onChange={setUser} />
      <SecretField label={t('sign.secret')} testId="log-on-secret" value={secret} onChange={setSecret} />
      <div className="button-row"><button type="submit" className="button button-strong" data-testid="log-on-submit" disabled={status.phase === 'busy'}>{label}</button></div>
      <CommandAnswer status={status} />
      {isFirstUse ? <button type="button" className="button" data-testid="first-use" onClick={() => mustChange(user)}>{t('logOn.change')}</button> : null}
    </form>
  );
}

/** Twice the new one, because nobody sees what is typed; then the log-on with it. */
function ChangeSecret({ user: first, done, loggedOn }: { user: string; done(): void; loggedOn(): void }) {
  const { t } = useWords();
  const id = useId();
  const change = useCommand('session.changeSecret');
  const logOn = useCommand('session.logOn');
  const [user, setUser] = useState(first);
  const [fields, setFields] = useState({ secret: '', newSecret: '', again: '' });
  const differs = fields.again !== '' && fields.again !== fields.newSecret;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (fields.newSecret !== fields.again) return;
    const { secret, newSecret } = fields;
    setFields({ secret: '', newSecret: '', again: '' });
    void change.run({ user, secret, newSecret }).then((changed) => (changed ? logOn.run({ user, secret: newSecret }) : false)).then((accepted) => { if (accepted) loggedOn(); });
  };
  const set = (name: keyof typeof fields) => (value: string): void => setFields((old) => ({ ...old, [name]: value }));
  return (
    <section className="log-on" aria-label={t('logOn.change')} data-testid="change-secret-panel">
      <form className="log-on-form" aria-label={t('logOn.change')} aria-describedby={`${id}-rules`} onSubmit={onSubmit}>
        <h2 className="panel-title">{t('logOn.change')}</h2>
        <UserField value={user} onChange={setUser} />
        <SecretField label={t('logOn.old')} testId="old-secret" value={fields.secret} onChange={set('secret')} />
        <SecretField label={t('logOn.new')} testId="new-secret" value={fields.newSecret} minLength={8} onChange={set('newSecret')} />
        <SecretField label={t('logOn.again')} testId="new-secret-again" value={fields.again} minLength={8} onChange={set('again')} />
        <p className="hint" id={`${id}-rules`}>{t('logOn.rules')}</p>
        {differs ? <p role="status">{t('logOn.differs')}</p> : null}
        <div className="button-row">
          <button type="submit" className="button button-strong" data-testid="change-secret-submit" disabled={change.status.phase === 'busy' || differs}>{t('logOn.change')}</button>
          <button type="button" className="button" onClick={done}>{t('sign.cancel')}</button>
        </div>
        <CommandAnswer status={change.status} done={t('logOn.changed')} />
        <CommandAnswer status={logOn.status} />
      </form>
    </section>
  );
}
