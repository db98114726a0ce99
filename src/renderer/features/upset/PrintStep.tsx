/** A step on paper: what guards it first, then what to do, then how it is proved, with what is known of each at the moment of printing. */
import type { ProcedureView, StepView } from '../../../contract/view.ts';
import { clockTime } from '../../ui/format.ts';
import { Both, PrintProof, PrintReading, inBoth, useBoth } from './print-words.tsx';

const STEP_MARKS = { done: '☑', now: '▶ ☐', open: '! ☐', next: '☐', skipped: '⊟' } as const;
const SEEN = { true: '✓', false: '✗', unknown: '?', none: '' } as const;

export function PrintStep({ step, prohibitions }: { step: StepView; prohibitions: ProcedureView['prohibitions'] }) {
  const both = useBoth();
  return (
    <li className={`print-step print-step-${step.state}`}>
      <span>{STEP_MARKS[step.state]} {step.number}</span>
      <div>
        {prohibitions.filter(({ id }) => step.prohibitions.includes(id)).map((each) => <p key={each.id}>⊘ <Both text={each.text} /></p>)}
        {step.cautions.map((caution) => <p key={caution.id}>⚠ <Both text={caution.text} /> <small>{caution.inEffect === null ? '' : both(`caution.${caution.inEffect}`)} {caution.readBy === null ? '' : both('caution.readBy', { who: caution.readBy })}</small></p>)}
        {step.givesWay === null ? null : <p className="print-alert">⊘ {both('givesWay.not')}: <Both text={step.givesWay.title} /> {step.givesWay.tag} → {String(step.givesWay.state)}</p>}
        <p><strong><Both text={step.text} /></strong> <small>{both(`kind.${step.kind}`)} · {both(`role.${step.who}`)}</small></p>
        <p><small><Standing step={step} /></small></p>
        {step.options.map((option) => (
          <p key={option.id} className="print-option">{step.chosen?.option === option.id ? '☑' : '☐'} <Both text={option.text} /> <small>{SEEN[option.seen]} {option.reading === null ? null : <PrintReading reading={option.reading} />} ＋ {inBoth(option.because)}{option.against === null ? '' : ` − ${inBoth(option.against)}`}{option.isDefault ? ` · ${both('decide.default')}` : ''}</small></p>
        ))}
        {step.raises === null ? null : <p>{both('kind.raises')} {step.raises.id} <Both text={step.raises.title} /></p>}
        {step.proofs.length === 0 ? null : <ul className="print-list">{step.proofs.map((proof) => <PrintProof key={proof.id} proof={proof} />)}</ul>}
        {step.otherwise === null ? null : <p>→ {both('upset.otherwise')} <strong><Both text={step.otherwise} /></strong></p>}
      </div>
    </li>
  );
}

/** What is known of it: since when, until when, by whom, or why not. */
function Standing({ step }: { step: StepView }) {
  const both = useBoth();
  const parts = [
    both(`step.state.${step.state}`),
    ...(step.doneMs === null ? [] : [`${clockTime(step.doneMs)} ${step.doneBy === 'tags' ? both('step.byTags') : (step.doneBy ?? '')}`]),
    ...(step.skipReason === null ? [] : [step.skipReason]),
    ...(step.dueMs === null ? [] : [`${both('print.until')} ${clockTime(step.dueMs)}${step.overdue ? ` ${both('upset.overdue')}` : ''}`]),
    ...(step.chosen === null ? [] : [`${step.chosen.by} ${clockTime(step.chosen.atMs)} ${step.chosen.reason}`]),
    ...(step.permit === null ? [] : [step.permit.given === null ? `${both('permit.needed')} ____________` : both('permit.by', { who: step.permit.given.by, at: clockTime(step.permit.given.atMs) })]),
  ];
  return <>{parts.join(' · ')}</>;
}
