/** Who is in there, against the limit: the larger of what the tags count and what people signed (clauses 4.2, 4.3). */
import type { PeopleSection } from '../../../contract/view.ts';
import { useCommand, useConnected, useDraft, useReading, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, SelectField, TextField } from '../../ui/Field.tsx';
import { clockTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { RefusalNote } from '../../ui/RefusalNote.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { Value } from '../../ui/Value.tsx';
import { useWords } from '../../ui/words.ts';
import './people.css';

type Zone = PeopleSection['zones'][number];
const STAGES = ['unclear', 'reconnaissance', 'handling'] as const;

export function PeopleScreen() {
  const { t } = useWords();
  const people = useSection('people');
  const zones = people?.zones ?? [];
  return (
    <div className="people">
      <p className="people-posts">{t('post.commander')}: <strong>{people?.commander?.name ?? t('post.vacant')}</strong>　{t('post.watch')}: <strong>{people?.watch?.name ?? t('post.vacant')}</strong> <a href="#/upset">{t('post.takeThere')}</a></p>
      {zones.length === 0 ? <EmptyState>{t('people.none')}</EmptyState> : <div className="zone-cards">{zones.map((zone) => <ZoneCard key={zone.id} zone={zone} />)}</div>}
    </div>
  );
}

function ZoneCard({ zone }: { zone: Zone }) {
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
      <p className="hint">{t('people.byTag')} <Value reading={reading} /> · {t('people.bySignature', { n: zone.entries.length })}</p>
      {zone.entries.length === 0 ? null : <ul className="entries">{zone.entries.map((entry) => <Entry key={entry.id} zone={zone.id} entry={entry} />)}</ul>}
      {zone.enter.allowed ? <p>{t('people.mayEnter')}</p> : <div className="zone-refusal"><p><strong>{t('people.mayNotEnter')}</strong></p><RefusalNote refusal={zone.enter.refusal} compact /></div>}
      <div className="button-row"><Assess zone={zone.id} /><Enter zone={zone.id} /></div>
    </Panel>
  );
}

function Entry({ zone, entry }: { zone: string; entry: Zone['entries'][number] }) {
  const { t } = useWords();
  const { status, run } = useCommand('people.leave');
  return (
    <li className="entry"><strong>{entry.name}</strong><span>{entry.task}</span><span className="hint">{clockTime(entry.atMs)}</span>
      <button type="button" className="button" data-testid={`leave-${entry.id}`} onClick={() => void run({ zone, entry: entry.id })}>{t('people.leave')}</button><CommandAnswer status={status} /></li>
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

function Enter({ zone }: { zone: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('people.enter');
  const { fields, setField, clear } = useDraft(`enter/${zone}`);
  return (
    <SignedAction
      label={t('people.enter')} testId={`enter-${zone}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('people.entered')} />}
      onSign={async (signature) => {
        const accepted = await run({ zone, name: fields['name'] ?? '', task: fields['task'] ?? '', protection: fields['protection'] ?? '', signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <TextField label={t('people.name')} value={fields['name'] ?? ''} maxLength={80} onChange={(value) => setField('name', value)} testId="enter-name" />
      <TextField label={t('people.task')} value={fields['task'] ?? ''} onChange={(value) => setField('task', value)} testId="enter-task" />
      <TextField label={t('people.protection')} value={fields['protection'] ?? ''} maxLength={300} onChange={(value) => setField('protection', value)} testId="enter-protection" />
    </SignedAction>
  );
}
