/**
 * The paper fallback: this procedure as it stands now, on A4, in both languages, with tick boxes and the mode word (hmi rule 12). It must
 * be able to take over in the middle of a procedure, so it says what is done, what is open, what was chosen, who signed and what runs.
 */
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import type { ProcedureView, ProofView } from '../../../contract/view.ts';
import type { Text } from '../../../contract/text.ts';
import { useNow, useSection } from '../../store/console-context.ts';
import { dateTime } from '../../ui/format.ts';
import { Both, PrintProof, inBoth, useBoth } from './print-words.tsx';
import { PrintStep } from './PrintStep.tsx';

export function PrintSheet({ procedure }: { procedure: ProcedureView }) {
  const both = useBoth();
  const station = useSection('station');
  const mode = station?.mode ?? 'unknown';
  // The running head is repeated on every page by being the head of a table.
  return (
    <table className={`print-sheet print-${mode.toLowerCase()}`} aria-hidden="true" data-testid="print-sheet">
      <thead><tr><td><p className="print-running"><strong className="print-mode">{both(`mode.${mode}`)}</strong><span>{procedure.id} v{procedure.version} · {procedure.revision}</span><Printed /></p></td></tr></thead>
      <tbody><tr><td>
        <Head procedure={procedure} />
        <Beside procedure={procedure} />
        <Steps title={both('upset.steps')} procedure={procedure} steps={procedure.steps} />
        <Proofs title={both('wayBack.safeState')} proofs={procedure.safeState} />
        <p>{both('upset.ifNotSafe')} <strong><Both text={procedure.ifNotSafe} /></strong>{procedure.safeDueMs === null ? '' : ` · ${both('upset.safeDue')} ${dateTime(procedure.safeDueMs)}`}{procedure.safeOverdue ? ` · ${both('upset.overdue')}` : ''}</p>
        <Steps title={both('upset.handling')} procedure={procedure} steps={procedure.handling} />
        <Proofs title={both('wayBack.conditions')} proofs={procedure.returnConditions} />
        <Approvals procedure={procedure} />
        <p className="print-sign"><span>{both('post.commander')}</span><i /><span>{both('post.watch')}</span><i /><span>{both('print.time')}</span><i /></p>
      </td></tr></tbody>
    </table>
  );
}

function Printed() {
  const both = useBoth();
  const nowMs = useNow();
  return <span>{both('print.at')} {dateTime(nowMs)}</span>;
}

function Head({ procedure }: { procedure: ProcedureView }) {
  const both = useBoth();
  const plant = useSection('plant');
  const { owner, suspended } = procedure;
  return (
    <>
      <h1><Both text={procedure.title} /></h1>
      {procedure.place === 'standby' ? <p className="print-ahead">{both('browser.ahead')}</p> : null}
      <p>{plant === undefined ? '' : `${inBoth(plant.title)} · `}{procedure.clauses.join(' · ')} · {both('upset.priority')} {procedure.priority} · <strong>{both(`place.${procedure.place}`)}</strong>{procedure.place === 'standby' ? '' : ` · ${both('print.raised')} ${dateTime(procedure.raisedMs)}`}</p>
      <p>{both('upset.goal')} <Both text={procedure.goal} /></p>
      {procedure.applies === null ? null : <p>{both('upset.applies')} <Both text={procedure.applies} /></p>}
      <p>{both('owner.title')}: {owner === null ? '____________' : `${owner.name} ${dateTime(owner.atMs)}`} · {both('print.peopleLimit')}: {procedure.peopleLimit}</p>
      {suspended === null ? null : <p className="print-alert">{both('upset.suspended')}: {suspended.by} {dateTime(suspended.atMs)} · {suspended.reason}</p>}
      {procedure.held ? <p className="print-alert">{both('upset.held')}</p> : null}
      {procedure.because.length === 0 ? null : <p>{both('upset.why')}: {procedure.because.map(({ title, atMs }) => `${dateTime(atMs)} ${inBoth(title)}`).join('; ')}</p>}
      {procedure.led.map((each) => <p key={each.from}>{both('upset.hasRaised')} {each.procedure} <Both text={each.title} /> {dateTime(each.atMs)}</p>)}
    </>
  );
}

/** What stands beside the steps: what is forbidden, what runs, what is watched, what people must have. */
function Beside({ procedure }: { procedure: ProcedureView }) {
  const both = useBoth();
  return (
    <>
      <Part title={both('upset.prohibitions')}>{procedure.prohibitions.map(({ id, text, clause, state, undo }) => (
        <Line key={id} mark="⊘" alert={state === 'violated'}><Both text={text} /> <small>{clause} · {both(`prohibition.${state}`)}</small>{state === 'violated' && undo !== null ? <> <strong>{both('upset.undo')} <Both text={undo} /></strong></> : null}</Line>
      ))}</Part>
      <Part title={both('upset.times')}>{procedure.deadlines.map((each) => (
        <Line key={each.id} mark={each.state === 'met' ? '☑' : '☐'} alert={each.state === 'exceeded'}>{each.clause} <Both text={each.text} /> <small>{both(`deadline.${each.state}`)}{each.dueMs === null ? '' : ` ${dateTime(each.dueMs)}`} · {both('upset.otherwise')} {inBoth(each.otherwise)}</small></Line>
      ))}</Part>
      <Part title={both('upset.watched')}>{procedure.continuous.map((each) => (
        <Line key={each.id} mark="↻" alert={each.state === 'inEffect' || each.state === 'overdue'}><Both text={each.text} /> <small>{both(`role.${each.who}`)} · {both(`continuous.${each.state}`)}{each.dueMs === null ? '' : ` ${dateTime(each.dueMs)}`} · {both('upset.otherwise')} {inBoth(each.otherwise)}</small></Line>
      ))}</Part>
      <Words title={both('upset.measures')} items={procedure.safetyMeasures} mark="☐" />
      <Words title={both('upset.shutdown')} items={procedure.shutdownConditions} mark="!" />
    </>
  );
}

function Steps({ title, procedure, steps }: { title: string; procedure: ProcedureView; steps: ProcedureView['steps'] }) {
  return steps.length === 0 ? null : <><h2>{title}</h2><ol className="print-steps">{steps.map((step) => <PrintStep key={step.id} step={step} prohibitions={procedure.prohibitions} />)}</ol></>;
}

function Part({ title, children }: { title: string; children: readonly ReactNode[] }) {
  return children.length === 0 ? null : <><h2>{title}</h2><ul className="print-list">{children}</ul></>;
}

const Line = ({ mark, alert, children }: { mark: string; alert: boolean; children: ReactNode }) => <li className={alert ? 'print-alert' : undefined}><span>{mark}</span><span>{children}</span></li>;
const Words = ({ title, items, mark }: { title: string; items: readonly Text[]; mark: string }) => <Part title={title}>{items.map((item) => <Line key={item.zh} mark={mark} alert={false}><Both text={item} /></Line>)}</Part>;
const Proofs = ({ title, proofs }: { title: string; proofs: readonly ProofView[] }) => <Part title={title}>{proofs.map((proof) => <PrintProof key={proof.id} proof={proof} />)}</Part>;

function Approvals({ procedure }: { procedure: ProcedureView }) {
  const both = useBoth();
  const { i18n } = useTranslation();
  const { cause, approvals } = procedure;
  return (
    <>
      {cause === null ? null : <p>{both('upset.cause')} {cause.text} ({cause.by} {dateTime(cause.atMs)})</p>}
      {approvals.length === 0 ? null : <p>{both('wayBack.approvedBy')} {approvals.map(({ user, role, atMs }) => `${user} (${i18n.getFixedT('zh')(`role.${role}`)}) ${dateTime(atMs)}`).join('; ')}</p>}
    </>
  );
}
