/** The paper fallback: this procedure as it stands now, on A4, in both languages, with tick boxes and the mode word (hmi rule 12). */
import { useTranslation } from 'react-i18next';
import type { ProcedureView, StepView } from '../../../contract/view.ts';
import type { Text } from '../../../contract/text.ts';
import { useNow, useSection } from '../../store/console-context.ts';
import { dateTime } from '../../ui/format.ts';

export function PrintSheet({ procedure }: { procedure: ProcedureView }) {
  const { i18n } = useTranslation();
  const zh = i18n.getFixedT('zh'), en = i18n.getFixedT('en');
  const both = (key: string): string => `${zh(key)} ${en(key)}`;
  const station = useSection('station');
  const plant = useSection('plant');
  const nowMs = useNow();
  return (
    <div className="print-sheet" aria-hidden="true">
      <p className="print-mode">{both(`mode.${station?.mode ?? 'unknown'}`)}</p>
      <h1><Both text={procedure.title} /></h1>
      <p>{plant === undefined ? '' : `${plant.title.zh} ${plant.title.en}`} · {dateTime(nowMs)} · {procedure.id} v{procedure.version} · {procedure.clauses.join(' · ')} · {both(`place.${procedure.place}`)}</p>
      <Part title={both('upset.prohibitions')} items={procedure.prohibitions.map(({ text, clause }) => ({ text, mark: '⊘', note: clause }))} />
      <Part title={both('upset.measures')} items={procedure.safetyMeasures.map((text) => ({ text, mark: '☐', note: '' }))} />
      <Part title={both('upset.shutdown')} items={procedure.shutdownConditions.map((text) => ({ text, mark: '!', note: '' }))} />
      <h2>{both('upset.steps')}</h2>
      <ol className="print-steps">{procedure.steps.map((step) => <PrintStep key={step.id} step={step} prohibitions={procedure.prohibitions} who={both(`role.${step.who}`)} />)}</ol>
      <Part title={both('wayBack.safeState')} items={procedure.safeState.map(({ text, state, expected }) => ({ text, mark: state === 'true' ? '☑' : '☐', note: inBoth(expected) }))} />
      <Part title={both('wayBack.conditions')} items={procedure.returnConditions.map(({ text, state, expected }) => ({ text, mark: state === 'true' ? '☑' : '☐', note: inBoth(expected) }))} />
      <p className="print-sign">{both('post.commander')} ____________　{both('post.watch')} ____________　{both('print.time')} ____________</p>
      <p className="print-mode">{both(`mode.${station?.mode ?? 'unknown'}`)}</p>
    </div>
  );
}

const inBoth = (text: Text): string => (text.zh === text.en ? text.zh : `${text.zh} / ${text.en}`);
const Both = ({ text }: { text: Text }) => <><span lang="zh-CN">{text.zh}</span> <span className="print-en" lang="en">{text.en}</span></>;

function Part({ title, items }: { title: string; items: readonly { text: Text; mark: string; note: string }[] }) {
  return items.length === 0 ? null : <><h2>{title}</h2><ul className="print-list">{items.map(({ text, mark, note }) => <li key={text.zh}><span>{mark}</span><span><Both text={text} /> <small>{note}</small></span></li>)}</ul></>;
}

const STEP_MARKS = { done: '☑', now: '☐', open: '☐', next: '☐', skipped: '⊟' } as const;

function PrintStep({ step, prohibitions, who }: { step: StepView; prohibitions: ProcedureView['prohibitions']; who: string }) {
  return (
    <li className={step.state === 'now' ? 'print-step print-step-now' : 'print-step'}>
      <span>{STEP_MARKS[step.state]} {step.number}</span>
      <div>
        {step.prohibitions.map((id) => prohibitions.find((each) => each.id === id)).map((each) => (each === undefined ? null : <p key={each.id}>⊘ <Both text={each.text} /></p>))}
        {step.cautions.map((caution) => <p key={caution.id}>⚠ <Both text={caution.text} /></p>)}
        <p><strong><Both text={step.text} /></strong> <small>{who}</small></p>
        <ul className="print-list">{step.proofs.map((proof) => <li key={proof.id}><span>{proof.state === 'true' ? '☑' : '☐'}</span><span><Both text={proof.text} /> <small>{inBoth(proof.expected)}</small></span></li>)}</ul>
        {step.otherwise === null ? null : <p>→ <Both text={step.otherwise} /></p>}
      </div>
    </li>
  );
}
