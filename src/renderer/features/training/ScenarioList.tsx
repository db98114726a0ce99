/** The exercises by clause, with search; alone or as a team, from which state, with which seed. */
import { useMemo, useState } from 'react';
import { isTourScenario } from '../../../contract/training.ts';
import type { TrainingSection } from '../../../contract/training.ts';
import { useAnswer, useCommand } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { Clauses, EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';

type Row = TrainingSection['scenarios'][number];
export interface Plan { readonly team: boolean; readonly start: string; readonly seed: string }

/** In all that is written of it, in both languages: a clause, a tag, a word. */
export function matching(scenarios: readonly Row[], query: string): Row[] {
  const words = query.toLowerCase().split(/\s+/u).filter((word) => word !== '');
  return scenarios.filter(({ id, title, see, clauses }) => {
    const all = [id, title.zh, title.en, see.zh, see.en, ...clauses].join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** The drill of the first visit stands first: whoever looks for it does not know the clauses yet. */
const FIRST = '';

/** By the clause that each is about, in the order of the clauses (A4.2 before A4.10). */
export function byClause(scenarios: readonly Row[]): { clause: string; rows: Row[] }[] {
  const groups = new Map<string, Row[]>();
  for (const row of scenarios) {
    const clause = isTourScenario(row.id) ? FIRST : (row.clauses[0] ?? '').replace(/\(.*$/u, '');
    groups.set(clause, [...(groups.get(clause) ?? []), row]);
  }
  return [...groups].map(([clause, rows]) => ({ clause, rows })).sort((a, b) => a.clause.localeCompare(b.clause, 'en', { numeric: true }));
}

const SEED_MAX = 4_294_967_295;
const STARTS_EVERY_MS = 60_000;

/** The moments that the plant can begin in; without a choice the exercise's own. */
function Starts({ start, choose }: { start: string; choose(start: string): void }) {
  const { t, text } = useWords();
  const { output } = useAnswer('instructor.catalogue', {}, STARTS_EVERY_MS);
  return (
    <SelectField label={t('training.plan.start')} value={start} onChange={choose} required={false} testId="plan-start">
      <option value="">{t('training.plan.ownStart')}</option>
      {(output?.starts ?? []).map(({ id, title }) => <option key={id} value={id}>{text(title)}</option>)}
    </SelectField>
  );
}

export function ScenarioList({ training }: { training: TrainingSection }) {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const [plan, setPlan] = useState<Plan>({ team: false, start: '', seed: '' });
  const groups = useMemo(() => byClause(matching(training.scenarios, query)), [training.scenarios, query]);
  return (
    <Panel title={t('training.scenarios')} aside={training.scenarios.length}>
      <div className="toolbar">
        <TextField label={t('training.find')} value={query} onChange={setQuery} type="search" required={false} testId="scenario-find" />
        <label className="check"><input type="checkbox" checked={plan.team} data-testid="plan-team" onChange={(event) => setPlan({ ...plan, team: event.target.checked })} /> {t('training.plan.team')}</label>
        {training.available ? <Starts start={plan.start} choose={(start) => setPlan({ ...plan, start })} /> : null}
        <TextField label={t('training.plan.seed')} value={plan.seed} onChange={(seed) => setPlan({ ...plan, seed })} type="number" min={0} max={SEED_MAX} required={false} testId="plan-seed" />
      </div>
      {groups.length === 0 ? <EmptyState>{t('training.noScenarios')}</EmptyState> : groups.map(({ clause, rows }) => (
        <section key={clause} aria-label={clause === FIRST ? t('training.first') : clause} className="scenario-group">
          <h3 className="scenario-clause">{clause === FIRST ? t('training.first') : clause}</h3>
          <ul className="scenarios">{rows.map((scenario) => <Scenario key={scenario.id} scenario={scenario} training={training} plan={plan} />)}</ul>
        </section>
      ))}
      {training.unusable.length === 0 ? null : <details><summary>{t('training.unusable', { n: training.unusable.length })}</summary><ul className="plain-list">{training.unusable.map((each) => <li key={each} className="problem-detail">{each}</li>)}</ul></details>}
    </Panel>
  );
}

function Scenario({ scenario, training, plan }: { scenario: Row; training: TrainingSection; plan: Plan }) {
  const { t, text } = useWords();
  const { status, run } = useCommand('training.start');
  const running = training.running?.scenario === scenario.id;
  const seed = Math.trunc(Number(plan.seed));
  const begin = (): void => void run({
    scenario: scenario.id, ...(plan.team ? { team: true } : {}), ...(plan.start === '' ? {} : { start: plan.start }), ...(plan.seed === '' || !(seed >= 0 && seed <= SEED_MAX) ? {} : { seed }),
  });
  return (
    <li className={`scenario${running ? ' scenario-running' : ''}`} data-testid={`scenario-${scenario.id}`} data-running={running}>
      <h4>{text(scenario.title)}</h4>
      <p>{t('training.see')}{text(scenario.see)}</p>
      <p className="scenario-foot"><Clauses clauses={scenario.clauses} />
        {running ? <a className="button button-strong" href="#/upset">{t('training.toUpset')}</a> : training.available ? <button type="button" className="button" data-testid={`scenario-start-${scenario.id}`} onClick={begin}>{t('training.start')}</button> : null}
      </p>
      <CommandAnswer status={status} done={t('training.started')} />
    </li>
  );
}
