/** After it: the truth beside what was shown, the score with its reasons, what was broken, what would have been; and the instructor's word on each person. */
import { useState } from 'react';
import type { Debrief } from '../../../contract/drill.ts';
import type { TrainingSection } from '../../../contract/training.ts';
import { useAnswer } from '../../store/console-context.ts';
import { SelectField } from '../../ui/Field.tsx';
import { clockTime, countdown, dateTime, formatNumber } from '../../ui/format.ts';
import { Clauses, EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { Assess } from './Assess.tsx';
import { endOf, Trend } from './DebriefTrend.tsx';
import { ExportButtons } from './ExportButtons.tsx';
import { ScoreTable } from './ScoreTable.tsx';
import { WhatIf } from './WhatIf.tsx';
import { WhoDidWhat } from './WhoDidWhat.tsx';

/** Made outside of the station; what would have been comes later than the rest. */
const DEBRIEF_EVERY_MS = 2_500;

export function DebriefPane({ training: { past } }: { training: TrainingSection }) {
  const { t, text } = useWords();
  const [chosen, setChosen] = useState('');
  const exercise = past.some((each) => each.exercise === chosen) ? chosen : (past[0]?.exercise ?? '');
  if (exercise === '') return <EmptyState>{t('training.debrief.none')}</EmptyState>;
  return (
    <Panel title={t('training.debrief.title')}>
      <div className="toolbar">
        <SelectField label={t('training.debrief.which')} value={exercise} onChange={setChosen} testId="debrief-which">
          {past.map((each) => <option key={each.exercise} value={each.exercise}>{text(each.title)} · {dateTime(each.endedMs)} · {each.total === null ? '—' : formatNumber(each.total)}</option>)}
        </SelectField>
        <ExportButtons what={{ kind: 'debrief', exercise }} />
      </div>
      <Answer key={exercise} exercise={exercise} />
    </Panel>
  );
}

function Answer({ exercise }: { exercise: string }) {
  const { t, text } = useWords();
  const { output } = useAnswer('training.debrief', { exercise }, DEBRIEF_EVERY_MS);
  if (output === undefined) return <p className="answer-busy" role="status">{t('command.busy')}</p>;
  return output.debrief === null ? <EmptyState>{output.because === null ? '' : text(output.because)}</EmptyState> : <Told debrief={output.debrief} />;
}

function Told({ debrief }: { debrief: Debrief }) {
  const { t, text } = useWords();
  return (
    <div className="debrief" data-testid="debrief">
      <p><strong>{text(debrief.scenario.title)}</strong> <Clauses clauses={debrief.scenario.clauses} /> · {dateTime(debrief.startedMs)} – {clockTime(debrief.endedMs)}{debrief.participants.length === 0 ? '' : ` · ${debrief.participants.map(({ name, post }) => t('training.debrief.who', { name, post: t(`training.post.${post}`) })).join(t('list.and'))}`}</p>
      <ScoreTable score={debrief.score} />
      <WhoDidWhat parts={debrief.parts ?? []} />
      <h3>{t('training.debrief.trends')}</h3>
      {debrief.trends.length === 0 ? <p className="hint">{t('training.debrief.noTruth')}</p> : <p className="hint">{t('training.debrief.trendsHint')}</p>}
      <ul className="debrief-trends">{debrief.trends.map((trend) => <Trend key={trend.tag} trend={trend} endS={endOf(debrief.trends)} />)}</ul>
      <h3>{t('training.debrief.counterfactuals')}</h3>
      <WhatIf debrief={debrief} />
      {debrief.notes.length === 0 ? null : <><h3>{t('training.note.title')}</h3><ul className="plain-list">{debrief.notes.map((note) => <li key={`${note.atS}/${note.text}`}>{countdown(note.atS * 1_000)} · {note.by} · {note.text}</li>)}</ul></>}
      <div className="debrief-courses">
        <div>
          <h3>{t('training.debrief.events')}</h3>
          <ol className="plain-list" data-testid="debrief-events" tabIndex={0} aria-label={t('training.debrief.events')}>{debrief.events.map((event, index) => <li key={`${event.atS}/${index}`}>{countdown(event.atS * 1_000)} · {t(`training.event.${event.kind}`)} · {text(event.text)}{event.left === true ? <> <em>{t('training.debrief.left')}</em></> : null}</li>)}</ol>
        </div>
        <Deeds deeds={debrief.deeds ?? []} />
      </div>
      <Assess debrief={debrief} />
    </div>
  );
}

/** What the crew and the station did, out of the journal; each with the number of its record, so that it can be looked up. */
function Deeds({ deeds }: { deeds: NonNullable<Debrief['deeds']> }) {
  const { t, text } = useWords();
  return (
    <div>
      <h3>{t('training.debrief.deeds')}</h3>
      {deeds.length === 0 ? <p className="hint">{t('training.debrief.noDeeds')}</p> : <ol className="plain-list" data-testid="debrief-deeds" tabIndex={0} aria-label={t('training.debrief.deeds')}>{deeds.map(({ n, atS, by, text: what, left }) => <li key={n}>{countdown(atS * 1_000)} · {by === null ? '' : `${by} · `}{text(what)} {left === true ? <em>{t('training.debrief.left')} </em> : null}<span className="hint">#{n}</span></li>)}</ol>}
    </div>
  );
}
