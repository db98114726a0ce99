/** Looking ahead: a procedure as it would stand now, its proofs evaluated now. Marked on every side as not running; nothing can be signed here. */
import { Fragment, useEffect, useRef } from 'react';
import type { ReactNode, RefObject } from 'react';
import type { ProcedureView, StepView } from '../../../contract/view.ts';
import { MARKS } from '../../../contract/aftermath.ts';
import { useAnswer, useSection } from '../../store/console-context.ts';
import { ReadinessMark } from '../../ui/ReadinessMark.tsx';
import { ProblemNote } from '../../ui/RefusalNote.tsx';
import { useWords } from '../../ui/words.ts';
import { Cautions } from './Cautions.tsx';
import { LiveProof } from './LiveProof.tsx';
import { Options } from './Options.tsx';
import { Prohibitions } from './Prohibitions.tsx';
import { ProofRow } from './ProofRow.tsx';
import { usePagePrint } from './page-print.ts';

const REFRESH_MS = 5_000;

export function BrowserPage({ procedure, back }: { procedure: string; back: () => void }) {
  const { t } = useWords();
  const { output, problem } = useAnswer('procedure.page', { procedure }, REFRESH_MS);
  const print = usePagePrint();
  const head = useRef<HTMLHeadingElement | null>(null);
  const isThere = output !== undefined;
  useEffect(() => head.current?.focus(), [isThere]);
  return (
    <div className="browser-page" data-testid="browser-page">
      <div className="ahead-bar">
        <strong data-testid="ahead">{t('browser.ahead')}</strong>
        <button type="button" className="button button-small" data-testid="page-print" onClick={() => void print(procedure)}>{t('upset.print')}</button>
        <button type="button" className="button button-small" data-testid="page-back" onClick={back}>{t('browser.back')}</button>
      </div>
      {problem === null ? null : <ProblemNote problem={problem} />}
      {output === undefined ? null : <Ahead procedure={output.procedure} head={head} />}
    </div>
  );
}

function Ahead({ procedure, head }: { procedure: ProcedureView; head: RefObject<HTMLHeadingElement | null> }) {
  const { t, text } = useWords();
  return (
    <>
      <h3 ref={head} tabIndex={-1} className="ahead-title">{text(procedure.title)}</h3>
      <p className="hint">{procedure.id} v{procedure.version} · {t('upset.revision')} {procedure.revision} · {procedure.clauses.join(' · ')}</p>
      <Ready procedure={procedure.id} />
      <p>{t('upset.goal')}{text(procedure.goal)}</p>
      {procedure.applies === null ? null : <p>{t('upset.applies')}{text(procedure.applies)}</p>}
      <Prohibitions procedure={procedure} only={procedure.prohibitions.map(({ id }) => id)} />
      <Steps title={t('upset.steps')} procedure={procedure} steps={procedure.steps} />
      <Steps title={t('upset.handling')} procedure={procedure} steps={procedure.handling} />
      <Part title={t('upset.watched')} items={procedure.continuous.map((each) => <>{text(each.text)} {each.reading === null ? null : <LiveProof reading={each.reading} />} <span className="hint">{t(`role.${each.who}`)}</span></>)} />
      <Part title={t('upset.times')} items={procedure.deadlines.map((each) => <>{each.clause} {text(each.text)} <span className="hint">{t('upset.otherwise')}{text(each.otherwise)}</span></>)} />
      <Proofs title={t('wayBack.safeState')} proofs={procedure.safeState} />
      <p><span className="hint">{t('upset.ifNotSafe')}</span> {text(procedure.ifNotSafe)}</p>
      <Proofs title={t('wayBack.conditions')} proofs={procedure.returnConditions} />
    </>
  );
}

/** 3.1: what of it was assessed, reviewed, taught and practised, and when; not known by the station is said too. */
function Ready({ procedure }: { procedure: string }) {
  const { t } = useWords();
  const found = useSection('readiness')?.procedures.find(({ id }) => id === procedure);
  if (found === undefined) return <p className="hint">{t('link.unknownData')}</p>;
  return <dl className="card-facts ahead-ready" data-testid="ahead-ready">{MARKS.map((mark) => <Fragment key={mark}><dt>{t(`readiness.mark.${mark}`)}</dt><dd><ReadinessMark mark={found.marks[mark]} version={mark === 'procedure' ? found.version : undefined} /></dd></Fragment>)}</dl>;
}

function Steps({ title, procedure, steps }: { title: string; procedure: ProcedureView; steps: readonly StepView[] }) {
  const { t, text } = useWords();
  if (steps.length === 0) return null;
  return (
    <section className="ahead-steps" aria-label={title}>
      <h4>{title}</h4>
      <ol>
        {steps.map((step) => (
          <li key={step.id} className="ahead-step" data-testid={`ahead-${step.id}`}>
            <Prohibitions procedure={procedure} only={step.prohibitions} />
            <Cautions instance={null} cautions={step.cautions} />
            <p className="ahead-text"><strong>{step.number}</strong> <span>{text(step.text)}</span> <span className="hint">{t(`kind.${step.kind}`)} · {t(`role.${step.who}`)}{step.permit === null ? '' : ` · ${t('permit.needed')}`}</span></p>
            {step.options.length === 0 ? null : <Options instance={null} step={step} />}
            {step.raises === null ? null : <p>{t('kind.raises')} {step.raises.id} {text(step.raises.title)}</p>}
            {step.proofs.length === 0 ? null : <ul className="proofs proofs-small">{step.proofs.map((proof) => <ProofRow key={proof.id} proof={proof} />)}</ul>}
            {step.otherwise === null ? null : <p className="hint">{t('upset.otherwise')}{text(step.otherwise)}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Part({ title, items }: { title: string; items: readonly ReactNode[] }) {
  return items.length === 0 ? null : <section><h4>{title}</h4><ul className="ahead-list">{items.map((item, index) => <li key={index}>{item}</li>)}</ul></section>;
}

function Proofs({ title, proofs }: { title: string; proofs: ProcedureView['safeState'] }) {
  return proofs.length === 0 ? null : <section><h4>{title}</h4><ul className="proofs proofs-small">{proofs.map((proof) => <ProofRow key={proof.id} proof={proof} />)}</ul></section>;
}
