/** After it: the truth beside what was shown, the score with its reasons, what was broken, what would have been; and the instructor's word on each person. */
import { useState } from 'react';
import type { Debrief } from '../../../contract/drill.ts';
import type { TrainingSection } from '../../../contract/training.ts';
import { useAnswer } from '../../store/console-context.ts';
import { TrendChart } from '../../ui/charts/TrendChart.tsx';
import { SelectField } from '../../ui/Field.tsx';
import { clockTime, countdown, dateTime, formatNumber, unitSign } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { Assess } from './Assess.tsx';
import { ExportButtons } from './ExportButtons.tsx';
import { ScoreTable } from './ScoreTable.tsx';

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
      <p>{text(debrief.scenario.title)} · {debrief.scenario.clauses.join(' · ')} · {dateTime(debrief.startedMs)} – {clockTime(debrief.endedMs)} · {debrief.participants.map(({ name, post }) => `${name}（${t(`training.post.${post}`)}）`).join(t('list.and'))}</p>
      <ScoreTable score={debrief.score} />
      <h3>{t('training.debrief.trends')}</h3>
      <p className="hint">{t('training.debrief.trendsHint')}</p>
      <ul className="debrief-trends">{debrief.trends.map((trend) => <Trend key={trend.tag} trend={trend} />)}</ul>
      <h3>{t('training.debrief.counterfactuals')}</h3>
      {debrief.counterfactuals.length === 0 ? <p className="hint">{debrief.noCounterfactuals == null ? t('training.debrief.noCounterfactuals') : text(debrief.noCounterfactuals)}</p> : (
        <ul className="outcomes" data-testid="counterfactuals">{debrief.counterfactuals.map((each) => (
          <li key={each.shiftMs} className="outcome">
            <h4>{text(each.outcome)}</h4>
            <p>{each.safeAfterS === null ? t('training.debrief.neverSafe') : t('training.debrief.safeAfter', { at: countdown(each.safeAfterS * 1_000) })}</p>
            <ul className="plain-list">{each.worst.map(({ tag, unit, value, atS, limit }) => <li key={tag}>{tag} {formatNumber(value)} {unitSign(unit)} · {countdown(atS * 1_000)}{limit === null ? '' : ` · ${t('training.ahead.limit')} ${formatNumber(limit)}`}</li>)}</ul>
          </li>
        ))}</ul>
      )}
      <h3>{t('training.debrief.events')}</h3>
      <ol className="plain-list" data-testid="debrief-events">{debrief.events.map((event, index) => <li key={`${event.atS}/${index}`}>{countdown(event.atS * 1_000)} · {t(`training.event.${event.kind}`)} · {text(event.text)}</li>)}</ol>
      {debrief.notes.length === 0 ? null : <><h3>{t('training.note.title')}</h3><ul className="plain-list">{debrief.notes.map((note) => <li key={`${note.atS}/${note.text}`}>{countdown(note.atS * 1_000)} · {note.by} · {note.text}</li>)}</ul></>}
      <Assess debrief={debrief} />
    </div>
  );
}

function Trend({ trend }: { trend: Debrief['trends'][number] }) {
  const { t, text } = useWords();
  const inMs = (points: readonly (readonly [number, number | null])[]): [number, number | null][] => points.map(([atS, value]) => [atS * 1_000, value]);
  const times = [...trend.truth, ...trend.shown].map(([atS]) => atS * 1_000);
  return (
    <li className="debrief-trend" data-testid={`debrief-trend-${trend.tag}`}>
      <p><strong>{trend.tag}</strong> {text(trend.title)} {unitSign(trend.unit)}</p>
      <TrendChart kind="full" lines={[{ id: 'truth', points: inMs(trend.truth) }, { id: 'shown', points: inMs(trend.shown) }]} limits={trend.limit === null ? [] : [{ value: trend.limit, priority: 1 }]} fromMs={Math.min(...times, 0)} toMs={Math.max(...times, 1_000)} label={t('training.debrief.trendOf', { tag: trend.tag })} tick={countdown} />
    </li>
  );
}
