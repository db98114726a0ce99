/** Interlocks with causes, effects and state; whether the plant may go on like this; and the bypass register (clause 3.3). */
import type { InterlockView } from '../../../contract/view.ts';
import { useConnected, useSection } from '../../store/console-context.ts';
import { clockTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { RefusalNote } from '../../ui/RefusalNote.tsx';
import { useWords } from '../../ui/words.ts';
import { BypassRegister } from './BypassRegister.tsx';
import { BypassRequest } from './BypassRequest.tsx';
import { LiveReading } from './LiveReading.tsx';
import './interlocks.css';

export function InterlocksScreen() {
  const { t } = useWords();
  const section = useSection('interlocks');
  const interlocks = section?.interlocks ?? [];
  return (
    <div className="interlocks">
      <Panel title={t('interlock.matrix')} aside={t('interlock.count', { n: interlocks.length })}>
        {interlocks.length === 0 ? <EmptyState>{t('interlock.none')}</EmptyState> : (
          <ul className="interlock-rows">{interlocks.map((interlock) => <Row key={interlock.id} interlock={interlock} />)}</ul>
        )}
      </Panel>
      <BypassRegister register={section?.register ?? []} />
    </div>
  );
}

function Row({ interlock }: { interlock: InterlockView }) {
  const { t, text } = useWords();
  const connected = useConnected();
  const state = connected ? interlock.state : 'unknown';
  const unapproved = state === 'bypassed' && !interlock.approved;
  return (
    <li className={`interlock-row${unapproved ? ' interlock-row-unapproved' : ''}`} data-testid={`interlock-row-${interlock.id}`} data-state={state} data-approved={interlock.approved}>
      <div className="interlock-name">
        <strong>{interlock.id}</strong> {text(interlock.title)}
        <p className={`interlock-state interlock-${state}`}>{unapproved ? <PrioritySymbol priority={1} /> : null}{t(`interlock.state.${state}`)}{state === 'bypassed' ? ` · ${t(interlock.approved ? 'interlock.approved' : 'interlock.unapproved')}` : ''}{interlock.sinceMs === null ? '' : ` · ${clockTime(interlock.sinceMs)}`}</p>
      </div>
      <div><h3>{t('interlock.causes')}</h3><ul className="plain-list">{interlock.causes.map((cause) => <li key={cause.zh}>{text(cause)}</li>)}</ul><p className="interlock-readings">{interlock.readings.map((reading) => <LiveReading key={reading.tag} reading={reading} />)}</p></div>
      <div><h3>{t('interlock.effects')}</h3><ul className="plain-list">{interlock.effects.map((effect) => <li key={effect.zh}>{text(effect)}</li>)}</ul></div>
      <div className="interlock-sustain">
        <h3>{t('interlock.sustain')}</h3>
        {!connected ? <span className="hatched">{t('link.unknownData')}</span> : interlock.sustain.allowed ? <p>{t('interlock.maySustain')}</p> : <RefusalNote refusal={interlock.sustain.refusal} compact />}
        <BypassRequest interlock={interlock.id} />
      </div>
    </li>
  );
}
