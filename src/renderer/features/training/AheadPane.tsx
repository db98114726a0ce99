/** What if, ahead: the plant run on from now under each way to safety, faster than real time, and the outcomes side by side. */
import { useState } from 'react';
import type { AheadRun, TrainingSection } from '../../../contract/training.ts';
import { useAnswer, useCommand } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField } from '../../ui/Field.tsx';
import { countdown, formatNumber, unitSign } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { useLeads } from './InstructorPane.tsx';
import { momentName } from './moment-name.ts';

const RESULT_EVERY_MS = 700;
const HORIZONS_MIN = [10, 30, 60, 120] as const;
/** So long ago: the automatic moment before it. */
const AGO_S = [60, 300, 900, 1_800] as const;
const TREE_EVERY_MS = 10_000;
const MOMENTS_SHOWN = 30;

export function AheadPane({ training }: { training: TrainingSection }) {
  const { t } = useWords();
  const begin = useCommand('training.ahead');
  const [minutes, setMinutes] = useState('30');
  const [from, setFrom] = useState('');
  const leads = useLeads(training);
  if (!training.available) return <EmptyState>{t('training.whatToDo')}</EmptyState>;
  return (
    <Panel title={t('training.ahead.title')}>
      <form className="toolbar" onSubmit={(event) => { event.preventDefault(); void begin.run({ horizonS: Number(minutes) * 60, ...fromOf(from) }); }}>
        <From from={from} choose={setFrom} leads={leads} />
        <SelectField label={t('training.ahead.horizon')} value={minutes} onChange={setMinutes} testId="ahead-horizon">{HORIZONS_MIN.map((each) => <option key={each} value={each}>{each} min</option>)}</SelectField>
        <button type="submit" className="button button-strong" data-testid="ahead-begin">{t('training.ahead.begin')}</button>
      </form>
      <p className="hint">{t('training.ahead.hint')}</p>
      <CommandAnswer status={begin.status} />
      {begin.status.phase === 'done' ? <Outcomes key={begin.status.output.ahead} ahead={begin.status.output.ahead} /> : null}
    </Panel>
  );
}

const fromOf = (from: string): { node?: number; backS?: number } => (from === '' ? {} : from.startsWith('-') ? { backS: -Number(from) } : { node: Number(from) });

/** From now, from so long ago, or (who leads) from a snapshot of any branch. */
function From({ from, choose, leads }: { from: string; choose(from: string): void; leads: boolean }) {
  const { t } = useWords();
  return (
    <SelectField label={t('training.ahead.from')} value={from} onChange={choose} required={false} testId="ahead-from">
      <option value="">{t('training.ahead.now')}</option>
      {AGO_S.map((backS) => <option key={backS} value={`-${backS}`}>{t('training.ahead.ago', { at: countdown(backS * 1_000) })}</option>)}
      {leads ? <Snapshots /> : null}
    </SelectField>
  );
}

function Snapshots() {
  const { t } = useWords();
  const { output } = useAnswer('instructor.tree', {}, TREE_EVERY_MS);
  return <>{(output?.moments ?? []).filter(({ kind }) => kind === 'named').slice(-MOMENTS_SHOWN).map((moment) => <option key={moment.node} value={moment.node}>{momentName(moment, t)} · {countdown(moment.timeS * 1_000)} · {t('training.time.branch', { n: moment.branch })}</option>)}</>;
}

function Outcomes({ ahead }: { ahead: number }) {
  const { t, text } = useWords();
  const { output, problem } = useAnswer('training.aheadResult', { ahead }, RESULT_EVERY_MS);
  const cancel = useCommand('training.aheadCancel');
  if (problem !== null) return <p className="problem">{t('training.ahead.gone')}</p>;
  if (output === undefined) return <p className="answer-busy" role="status">{t('command.busy')}</p>;
  return (
    <>
      {output.state !== 'running' ? null : <button type="button" className="button" data-testid="ahead-cancel" onClick={() => void cancel.run({ ahead })}>{t('training.ahead.cancel')}</button>}
      <p role="status" data-testid="ahead-state" data-from={output.fromS}>{t('training.ahead.ranFrom', { at: countdown(output.fromS * 1_000) })}{t(`training.ahead.state.${output.state}`)}{output.state === 'running' ? ` ${Math.round(output.part * 100)} %` : ''}{output.reason === null ? '' : ` ${text(output.reason)}`}</p>
      <ul className="outcomes" data-testid="ahead-outcomes" data-state={output.state}>{output.runs.map((run) => <Outcome key={run.mode} run={run} />)}</ul>
    </>
  );
}

function Outcome({ run }: { run: AheadRun }) {
  const { t, text } = useWords();
  const lost = run.margins.filter(({ lostS }) => lostS !== null);
  return (
    <li className={`outcome${lost.length > 0 ? ' outcome-lost' : ''}`} data-testid={`ahead-${run.mode}`} data-lost={lost.length > 0}>
      <h3>{text(run.title)}</h3>
      {run.supposed === undefined ? null : <p className="hint">{text(run.supposed)}</p>}
      <p><strong>{lost.length === 0 ? t('training.ahead.held') : t('training.ahead.lost', { what: lost.map(({ title }) => text(title)).join(t('list.and')), at: countdown((lost[0]?.lostS ?? 0) * 1_000) })}</strong></p>
      <table className="table">
        <thead><tr><th>{t('training.ahead.worst')}</th><th>{t('training.ahead.value')}</th><th>{t('training.ahead.limit')}</th></tr></thead>
        <tbody>
          {run.margins.map(({ id, title, unit, worst, lostAt, side }) => <tr key={id}><td>{text(title)}</td><td className="figure">{formatNumber(worst)} {unitSign(unit)}</td><td className="figure">{side === 'above' ? '<' : '>'} {formatNumber(lostAt)} {unitSign(unit)}</td></tr>)}
          {run.worst.map(({ tag, title, unit, value, atS, limit }) => <tr key={tag}><td>{tag} {text(title)}</td><td className="figure">{formatNumber(value)} {unitSign(unit)} · {countdown(atS * 1_000)}</td><td className="figure">{limit === null ? '—' : `${formatNumber(limit)} ${unitSign(unit)}`}</td></tr>)}
        </tbody>
      </table>
      {run.refused.length === 0 ? null : <p className="hint">{t('training.ahead.refused', { n: run.refused.length })}</p>}
      {run.tripped.length === 0 ? null : <p className="hint">{t('training.ahead.tripped', { ids: run.tripped.join(t('list.and')) })}</p>}
    </li>
  );
}
