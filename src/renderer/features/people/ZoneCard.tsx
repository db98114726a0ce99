/** One zone: the count against its limit, both sources, who is inside, whether it is seen and fenced, the ways out, and what may be asked. */
import type { ZoneView } from '../../../contract/people-view.ts';
import { useCommand, useConnected, useDraft, useReading } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, SelectField } from '../../ui/Field.tsx';
import { clockTime } from '../../ui/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { RefusalNote } from '../../ui/RefusalNote.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { Value } from '../../ui/Value.tsx';
import { useWords } from '../../ui/words.ts';
import { CameraRow } from './CameraRow.tsx';
import { EntryForm } from './EntryForm.tsx';
import { ZoneRollCall } from './RollCall.tsx';

const STAGES = ['unclear', 'reconnaissance', 'handling'] as const;

export function ZoneCard({ zone }: { zone: ZoneView }) {
  const { t, text } = useWords();
  const connected = useConnected();
  const reading = useReading(zone.reading);
  const state = connected ? zone.state : 'unknown';
  return (
    <Panel title={text(zone.title)} aside={t(`stage.${zone.stage}`)} className={`zone-card zone-${state}`} testId={`zone-${zone.id}`}>
      <p className="zone-figures">
        <span className={`zone-big${state === 'unknown' ? ' hatched' : ''}`}>{state === 'unknown' ? `S ${zone.count ?? '—'}` : zone.count}</span>
        <span>{zone.limit === null ? t('people.noLimit') : t('people.limit', { n: zone.limit })}</span>
        {state === 'exceeded' ? <span className="zone-over"><PrioritySymbol priority={1} />{t('people.exceeded')}</span> : null}
        {state === 'unknown' ? <span>{t('people.unknown')}</span> : null}
      </p>
      <p className="hint">{t('people.byTag')} <Value reading={reading} /> · {t('people.bySignature', { n: zone.byNames })}</p>
      {zone.differsSinceMs === null ? null : <p className="zone-differs" data-testid={`differs-${zone.id}`}>{t('zone.differ', { tag: zone.byTag ?? '—', names: zone.byNames, at: clockTime(zone.differsSinceMs) })}</p>}
      {zone.rollCall === null ? null : <ZoneRollCall zone={zone.id} rollCall={zone.rollCall} />}
      {zone.entries.length === 0 ? null : <ul className="entries">{zone.entries.map((entry) => <Entry key={entry.id} zone={zone.id} entry={entry} />)}</ul>}
      <dl className="zone-facts">
        <dt>{t('zone.cameras')}</dt>
        <dd>{zone.cameras.length === 0 ? t('zone.noCamera') : zone.cameras.map((camera) => <CameraRow key={camera.id} camera={camera} />)}</dd>
        <dt>{t('zone.fence')}</dt>
        <dd><Fence fence={zone.fence} id={zone.id} /></dd>
        {zone.waysOut.length === 0 ? null : <><dt>{t('zone.waysOut')}</dt><dd><ul className="plain-list">{zone.waysOut.map((way) => <li key={way.en}>{text(way)}</li>)}</ul></dd></>}
      </dl>
      {zone.enter.allowed ? <p>{t('people.mayEnter')}</p> : <div className="zone-refusal"><p><strong>{t('people.mayNotEnter')}</strong></p><RefusalNote refusal={zone.enter.refusal} compact /></div>}
      <div className="button-row"><Assess zone={zone.id} /><EntryForm zone={zone} /></div>
    </Panel>
  );
}

function Fence({ fence, id }: { fence: ZoneView['fence']; id: string }) {
  const { t } = useWords();
  const connected = useConnected();
  if (fence === null) return <>{t('zone.noFence')}</>;
  const state = connected ? fence.state : 'unknown';
  return <span className={`fence fence-${state}${state === 'unknown' ? ' hatched' : ''}`} data-testid={`fence-${id}`} data-state={state} title={fence.reading.tag}>{state === 'broken' ? <PrioritySymbol priority={1} /> : null}{t(`zone.fenceState.${state}`)}</span>;
}

function Entry({ zone, entry }: { zone: string; entry: ZoneView['entries'][number] }) {
  const { t, text } = useWords();
  const { status, run } = useCommand('people.leave');
  return (
    <li className="entry">
      <strong>{entry.name}</strong>
      <span>{entry.task}{entry.part === '' ? null : <> · {entry.part}</>}</span>
      <span className="hint">{clockTime(entry.atMs)}</span>
      <button type="button" className="button" data-testid={`leave-${entry.id}`} onClick={() => void run({ zone, entry: entry.id })}>{t('people.leave')}</button>
      <span className="hint entry-equipment">{entry.protection.length === 0 ? t('zone.nothingConfirmed') : entry.protection.map(text).join(t('list.and'))} · {entry.gasDetector === '' ? t('zone.noDetector') : t('zone.detector', { number: entry.gasDetector })}</span>
      <CommandAnswer status={status} />
    </li>
  );
}

function Assess({ zone }: { zone: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('people.assess');
  const { fields, setField, clear } = useDraft(`zone-assess/${zone}`);
  const stage = STAGES.find((each) => each === fields['stage']) ?? 'unclear';
  return (
    <SignedAction
      label={t('people.assess')} testId={`assess-${zone}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
      onSign={async (signature) => {
        const accepted = await run({ zone, stage, assessment: fields['text'] ?? '', signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <SelectField label={t('people.stage')} value={stage} onChange={(value) => setField('stage', value)}>{STAGES.map((each) => <option key={each} value={each}>{t(`stage.${each}`)}</option>)}</SelectField>
      <AreaField label={t('people.assessment')} value={fields['text'] ?? ''} onChange={(value) => setField('text', value)} testId="assessment-text" />
    </SignedAction>
  );
}
