/** The link, its certificate, accounts, lost tags, language and version. */
import type { View } from '../../../contract/view.ts';
import { useCommand, useConnected, useLink, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { clockTime, dateTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';
import './setup.css';

export function SetupScreen() {
  return <div className="setup"><LinkPanel /><CertificatePanel /><PlatformPanel /><LostTags /><Accounts /><Version /></div>;
}

function LinkPanel() {
  const { t, text } = useWords();
  const connected = useConnected();
  const { downSinceMs, dropped } = useLink();
  const link = useSection('link');
  return (
    <Panel title={t('setup.link')}>
      <dl className="card-facts">
        <dt>{t('setup.console')}</dt><dd>{connected ? t('setup.consoleConnected') : downSinceMs === null ? t('link.neverConnected') : t('link.lostSince', { at: clockTime(downSinceMs), ago: '' })}{dropped > 0 ? ` · ${t('link.dropped', { n: dropped })}` : ''}</dd>
        {link === undefined ? null : <LinkFacts link={link} reason={link.reason === null ? '' : text(link.reason)} />}
      </dl>
    </Panel>
  );
}

function LinkFacts({ link, reason }: { link: View['link']; reason: string }) {
  const { t } = useWords();
  return (
    <>
      <dt>{t('setup.endpoint')}</dt><dd><code>{link.endpointUrl}</code></dd>
      <dt>{t('setup.phase')}</dt><dd>{t(`link.phase.${link.phase}`)} · {dateTime(link.sinceMs)} {reason}</dd>
      <dt>{t('setup.lastData')}</dt><dd>{link.lastDataMs === null ? '—' : dateTime(link.lastDataMs)}</dd>
      <dt>{t('setup.skew')}</dt><dd>{link.skewMs === null ? '—' : `${(link.skewMs / 1_000).toFixed(2)} s`}</dd>
      <dt>{t('link.good')}</dt><dd>{link.goodTags} / {link.totalTags}</dd>
    </>
  );
}

function CertificatePanel() {
  const { t } = useWords();
  const { status, run } = useCommand('link.trust');
  const untrusted = useSection('link')?.untrusted ?? null;
  return (
    <Panel title={t('setup.certificate')}>
      {untrusted === null ? <EmptyState>{t('setup.noUntrusted')}</EmptyState> : (
        <>
          <p><strong>{t('setup.untrusted')}</strong></p>
          <dl className="card-facts">
            <dt>{t('setup.thumbprint')}</dt><dd><code>{untrusted.thumbprint}</code></dd>
            <dt>{t('setup.subject')}</dt><dd>{untrusted.subject}</dd>
            <dt>{t('setup.applicationUri')}</dt><dd><code>{untrusted.applicationUri}</code></dd>
            <dt>{t('setup.validity')}</dt><dd>{untrusted.validFrom} – {untrusted.validTo}</dd>
          </dl>
          <SignedAction label={t('setup.trust')} testId="trust" busy={status.phase === 'busy'} onSign={(signature) => run({ thumbprint: untrusted.thumbprint, signature })} answer={<CommandAnswer status={status} done={t('command.done')} />} />
        </>
      )}
    </Panel>
  );
}

/** D.2: whether incidents reach the supervising platform, and what waits. */
function PlatformPanel() {
  const { t, text } = useWords();
  const platform = useSection('platform');
  if (platform === undefined) return null;
  const { state, behind, sinceMs, reason, station, host, lastReceiptMs, lastSeq } = platform;
  return (
    <Panel title={t('setup.platform')}>
      <dl className="card-facts" data-testid="platform" data-state={state}>
        <dt>{t('setup.phase')}</dt><dd>{t(`platform.state.${state}`)}{reason === null ? '' : ` · ${text(reason)}`}</dd>
        {state === 'off' ? null : (
          <>
            <dt>{t('platform.station')}</dt><dd>{station ?? '—'}{host === null ? '' : ` · ${host}`}</dd>
            <dt>{t('platform.behind')}</dt><dd>{behind === 0 ? '0' : t('platform.waiting', { n: behind, at: sinceMs === null ? '—' : dateTime(sinceMs) })}</dd>
            <dt>{t('platform.lastReceipt')}</dt><dd>{lastReceiptMs === null ? '—' : `${dateTime(lastReceiptMs)} · ${lastSeq ?? '—'}`}</dd>
          </>
        )}
      </dl>
    </Panel>
  );
}

function LostTags() {
  const { t } = useWords();
  const lost = useSection('link')?.lostTags ?? [];
  return (
    <Panel title={t('link.lostTags')} aside={lost.length}>
      {lost.length === 0 ? <EmptyState>{t('setup.noLost')}</EmptyState> : <p className="lost-tags">{lost.slice(0, 500).map((tag) => <span key={tag} className="lost-tag hatched">{tag}</span>)}</p>}
    </Panel>
  );
}

function Accounts() {
  const { t } = useWords();
  const accounts = useSection('station')?.accounts ?? [];
  return (
    <Panel title={t('setup.accounts')} aside={accounts.length}>
      <ul className="plain-list accounts">{accounts.map((account) => <li key={account.user}><strong>{account.name}</strong><span className="hint">{account.user}</span><span>{account.roles.map((role) => t(`role.${role}`)).join(' / ')}</span></li>)}</ul>
    </Panel>
  );
}

function Version() {
  const { t, text } = useWords();
  const station = useSection('station');
  const plant = useSection('plant');
  return (
    <Panel title={t('setup.about')}>
      <dl className="card-facts">
        <dt>{t('setup.version')}</dt><dd>Haven {station?.version ?? '—'}</dd>
        <dt>{t('setup.started')}</dt><dd>{station === undefined ? '—' : dateTime(station.startedMs)}</dd>
        <dt>{t('setup.plant')}</dt><dd>{plant === undefined ? '—' : `${text(plant.title)} (${plant.id})`}</dd>
        <dt>{t('setup.language')}</dt><dd>{t('setup.languageHint')}</dd>
      </dl>
    </Panel>
  );
}
