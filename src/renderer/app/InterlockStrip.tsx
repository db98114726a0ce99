/** Every interlock at a glance; a bypass without approval stands out as a priority 1 matter (clause 3.3). */
import type { InterlockView } from '../../contract/view.ts';
import { useConnected, useSection } from '../store/console-context.ts';
import { clockTime } from '../ui/format.ts';
import { PrioritySymbol } from '../ui/PrioritySymbol.tsx';
import { useWords } from '../ui/words.ts';

export function InterlockStrip() {
  const { t } = useWords();
  const interlocks = useSection('interlocks')?.interlocks ?? [];
  return (
    <nav className="interlock-strip" aria-label={t('interlock.strip')}>
      <span className="interlock-strip-title">{t('interlock.short')}</span>
      {interlocks.map((interlock) => <Chip key={interlock.id} interlock={interlock} />)}
    </nav>
  );
}

function Chip({ interlock }: { interlock: InterlockView }) {
  const { t, text } = useWords();
  const connected = useConnected();
  const state = connected ? interlock.state : 'unknown';
  const unapproved = state === 'bypassed' && !interlock.approved;
  return (
    <a className={`interlock-chip interlock-${state}${unapproved ? ' interlock-unapproved' : ''}`} href="#/interlocks" title={text(interlock.title)} data-testid={`interlock-${interlock.id}`} data-state={state} data-approved={interlock.approved}>
      <span className="interlock-chip-id">{interlock.id}{unapproved ? <PrioritySymbol priority={1} /> : null}</span>
      <span className="interlock-chip-state">{chipWords(interlock, state, t)}</span>
    </a>
  );
}

function chipWords(interlock: InterlockView, state: InterlockView['state'], t: (key: string, values?: Record<string, string>) => string): string {
  switch (state) {
    case 'armed': case 'faulted': case 'unknown': return t(`interlock.state.${state}`);
    case 'tripped': return `${t('interlock.state.tripped')}${interlock.sinceMs === null ? '' : ` ${clockTime(interlock.sinceMs)}`}`;
    case 'bypassed': return interlock.approved
      ? `${t('interlock.state.bypassed')} · ${interlock.bypass === null ? t('interlock.approved') : t('interlock.until', { at: clockTime(interlock.bypass.untilMs).slice(0, 5) })}`
      : `${t('interlock.state.bypassed')} · ${t('interlock.unapproved')}`;
  }
}
