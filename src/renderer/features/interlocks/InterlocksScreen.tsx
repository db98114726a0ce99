/** Interlocks (3.3, 3.5): cause and effect live from tags, what each function is worth and why, its last trip, and the bypass register. */
import type { InterlockView } from '../../../contract/view.ts';
import { useConnected, useSection } from '../../store/console-context.ts';
import { clockTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { RefusalNote } from '../../ui/RefusalNote.tsx';
import { useWords } from '../../ui/words.ts';
import { CauseEffectMatrix } from './CauseEffectMatrix.tsx';
import { BypassRegister } from './BypassRegister.tsx';
import { BypassRequest } from './BypassRequest.tsx';
import { LiveReading } from './LiveReading.tsx';
import { TagReading } from './TagReading.tsx';
import { TripRecord } from './TripRecord.tsx';
import './interlocks.css';

export function InterlocksScreen() {
  const { t } = useWords();
  const section = useSection('interlocks');
  const interlocks = section?.interlocks ?? [];
  return (
    <div className="interlocks">
      <Panel title={t('interlock.functions')} aside={t('interlock.count', { n: interlocks.length })}>
        {interlocks.length === 0 ? <EmptyState>{t('interlock.none')}</EmptyState> : (
          <ul className="interlock-rows">{interlocks.map((interlock) => <Row key={interlock.id} interlock={interlock} />)}</ul>
        )}
      </Panel>
      {interlocks.length === 0 ? null : <Panel title={t('interlock.matrix')}><CauseEffectMatrix interlocks={interlocks} /></Panel>}
      <BypassRegister register={section?.register ?? []} overdue={section?.overdue ?? 0} />
    </div>
  );
}

/** Standings that are nobody's intention: they stand out. */
const WRONG: readonly InterlockView['standing'][] = ['bypassed-unapproved', 'expired', 'faulted', 'unknown'];

function Row({ interlock }: { interlock: InterlockView }) {
  const { t, text } = useWords();
  const connected = useConnected();
  const state = connected ? interlock.state : 'unknown';
  const standing = connected ? interlock.standing : 'unknown';
  const isWrong = WRONG.includes(standing);
  return (
    <li className={`interlock-row${isWrong ? ' interlock-row-unapproved' : ''}`} data-testid={`interlock-row-${interlock.id}`} data-state={state} data-standing={standing} data-approved={interlock.approved}>
      <div className="interlock-name">
        <strong>{interlock.id}</strong> {text(interlock.title)} <span className="hint">{t(`interlock.criticality.${interlock.criticality}`)} · {t('bypassElement.creditShort', { n: interlock.lopaCredit })}</span>
        <p className={`interlock-state interlock-${state}`}>{isWrong ? <PrioritySymbol priority={1} /> : null}{t(`interlock.standing.${standing}`)}{interlock.sinceMs === null ? '' : ` · ${clockTime(interlock.sinceMs)}`}</p>
        {connected && interlock.obstacles.length > 0 ? <ul className="plain-list interlock-obstacles">{interlock.obstacles.map((obstacle) => <li key={obstacle.zh}>{text(obstacle)}</li>)}</ul> : null}
        {interlock.hazards.length === 0 ? null : <p className="hint">{t('interlock.guards')} {interlock.hazards.map(text).join(t('list.and'))}</p>}
        <p className="interlock-readings">{interlock.readings.map((reading) => <LiveReading key={reading.tag} reading={reading} />)}</p>
      </div>
      <Causes interlock={interlock} />
      <Effects interlock={interlock} />
      <div className="interlock-sustain">
        <h3>{t('interlock.sustain')}</h3>
        {!connected ? <span className="hatched">{t('link.unknownData')}</span> : interlock.sustain.allowed ? <p>{t('interlock.maySustain')}</p> : <RefusalNote refusal={interlock.sustain.refusal} compact />}
        <TripRecord interlock={interlock} />
        <BypassRequest interlock={interlock} />
      </div>
    </li>
  );
}

function Causes({ interlock: { causes, tripConditions } }: { interlock: InterlockView }) {
  const { t, text } = useWords();
  return (
    <div>
      <h3>{t('interlock.causes')}</h3>
      <ul className="plain-list">{causes.map((cause) => (
        <li key={cause.zh}>
          {text(cause)}{cause.voting === null ? null : <span className={`voting voting-${cause.channels ?? 'none'}`}> {cause.voting}{cause.channels === null || cause.channels === 'full' ? '' : ` · ${t(`interlock.channels.${cause.channels}`)}`}</span>}
          {cause.tags.length === 0 ? null : <span className="interlock-readings">{cause.tags.map((tag) => <TagReading key={tag} tag={tag} />)}</span>}
        </li>
      ))}</ul>
      <details>
        <summary>{t('interlock.tripConditions', { n: tripConditions.filter(({ state }) => state !== 'false').length, of: tripConditions.length })}</summary>
        <ul className="plain-list">{tripConditions.map(({ condition, title, state, first }) => <li key={condition} className={`measure-${state === 'false' ? 'true' : state}`}>{t(`interlock.condition.${state}`)}{first ? ` · ${t('interlock.firstMark')}` : ''} · {text(title)}</li>)}</ul>
      </details>
    </div>
  );
}

function Effects({ interlock: { effects, sets, procedures, prohibitions } }: { interlock: InterlockView }) {
  const { t, text } = useWords();
  return (
    <div>
      <h3>{t('interlock.effects')}</h3>
      <ul className="plain-list">{effects.map((effect) => <li key={effect.zh}>{text(effect)}</li>)}</ul>
      {sets.length === 0 ? null : <details><summary>{t('interlock.sets', { n: sets.length })}</summary><ul className="plain-list">{sets.map(({ tag, wanted }) => <li key={tag}><TagReading tag={tag} /> → {wanted}</li>)}</ul></details>}
      <details><summary>{t('interlock.linked', { n: procedures.length, m: prohibitions.length })}</summary><p>{procedures.join(', ')}</p><ul className="plain-list">{prohibitions.map(({ clause, text: words }, index) => <li key={`${clause}/${index}`}>{text(words)} ({clause})</li>)}</ul></details>
    </div>
  );
}
