/** The bypass register (3.3): what is overdue first and counted; each entry with its measures live, its effects before approval, and what may be done next. */
import type { BypassView } from '../../../contract/view.ts';
import { useNow } from '../../store/console-context.ts';
import { clockTime, countdown, dateTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { useWords } from '../../ui/words.ts';
import { BypassActs } from './BypassActs.tsx';
import { BypassEvents } from './BypassEvents.tsx';
import { TagReading } from './TagReading.tsx';
import { Weakened } from './Weakened.tsx';

export function BypassRegister({ register, overdue }: { register: readonly BypassView[]; overdue: number }) {
  const { t } = useWords();
  return (
    <Panel title={t('bypass.register')} aside={overdue === 0 ? register.length : t('bypass.overdueCount', { n: overdue })}>
      {register.length === 0 ? <EmptyState>{t('bypass.none')}</EmptyState> : <ul className="bypass-rows" data-testid="bypass-register" data-overdue={overdue}>{register.map((bypass) => <Row key={bypass.id} bypass={bypass} />)}</ul>}
    </Panel>
  );
}

function Row({ bypass }: { bypass: BypassView }) {
  const { t } = useWords();
  const nowMs = useNow();
  const isRunning = bypass.phase === 'approved' || bypass.phase === 'active';
  return (
    <li className={`bypass bypass-${bypass.phase}${bypass.overdue === null ? '' : ' bypass-overdue'}`} data-testid={`bypass-${bypass.id}`} data-phase={bypass.phase} data-overdue={bypass.overdue ?? ''}>
      <p className="bypass-head">
        <strong>{bypass.interlock}{bypass.element === null ? '' : ` · ${bypass.element}`}</strong> <span className="hint">{bypass.id}</span><span className="bypass-phase">{bypass.overdue === null ? null : <PrioritySymbol priority={1} />}{t(`bypass.phase.${bypass.phase}`)}</span>
        {bypass.overdue === null ? null : <strong>{t(`bypass.overdue.${bypass.overdue}`)}</strong>}
        <span>{dateTime(bypass.startMs)} – {dateTime(bypass.untilMs)}{isRunning ? ` (${countdown(bypass.untilMs - nowMs)})` : ''}</span>
      </p>
      {bypass.lapse === null ? null : <LapseLine lapse={bypass.lapse} />}
      <dl className="card-facts">
        <dt>{t('bypass.requestedBy')}</dt><dd>{bypass.requestedBy} · {dateTime(bypass.requestedMs)} · {t(`bypass.kind.${bypass.kind}`)}</dd>
        <dt>{t('bypassElement.scope')}</dt><dd>{bypass.element === null ? t('bypassElement.whole') : <Weakened weakened={bypass.weakened} />}{bypass.lopaCredit === null ? null : <p className="hint">{t('bypassElement.credit', { n: bypass.lopaCredit })}</p>}</dd>
        {bypass.workOrder === null ? null : <><dt>{t('bypassElement.workOrder')}</dt><dd>{bypass.workOrder}</dd></>}
        <dt>{t('bypass.reason')}</dt><dd>{bypass.reason}</dd>
        <dt>{t('bypass.hazard')}</dt><dd>{bypass.hazard}</dd>
        <dt>{t('bypass.measuresShort')}</dt><dd><ul className="plain-list">{bypass.measures.map((measure, index) => <MeasureLine key={index} measure={measure} />)}</ul></dd>
        {bypass.limits.length === 0 ? null : <><dt>{t('bypass.limits')}</dt><dd><ul className="plain-list">{bypass.limits.map(({ tag, low, high, state }) => <li key={tag} className={`measure-${state}`}><TagReading tag={tag} /> {low ?? ''} … {high ?? ''}</li>)}</ul></dd></>}
        <dt>{t('bypass.assessment')}</dt><dd>{bypass.assessment === null ? <strong>{t('bypass.notYet')}</strong> : `${bypass.assessment.text} · ${bypass.assessment.by} · ${dateTime(bypass.assessment.atMs)}`}</dd>
        <dt>{t('bypass.approval')} {bypass.approvals.length}/{bypass.approvers.count}</dt><dd>{bypass.approvals.length === 0 ? <strong>{t('bypass.notYet')} ({bypass.approvers.roles.map((role) => t(`role.${role}`)).join(t('list.or'))})</strong> : bypass.approvals.map(({ by, atMs }) => `${by} · ${dateTime(atMs)}`).join(t('list.and'))}</dd>
        <dt>{t('bypass.acceptance')}</dt><dd>{bypass.acceptance === null ? <strong>{t('bypass.notYet')}</strong> : `${bypass.acceptance.by} · ${dateTime(bypass.acceptance.atMs)}`}</dd>
        {bypass.extension === null ? null : <><dt>{t('bypass.extension')}</dt><dd>{dateTime(bypass.extension.untilMs)} · {bypass.extension.reason} · {bypass.extension.requestedBy}{bypass.extension.assessment === null ? '' : ` · ${bypass.extension.assessment.text} (${bypass.extension.assessment.by})`}</dd></>}
        {bypass.restoration === null ? null : <><dt>{t('bypass.restoration')}</dt><dd>{bypass.restoration.by} · {dateTime(bypass.restoration.atMs)}</dd></>}
        {bypass.test === null ? null : <><dt>{t('bypass.testText')}</dt><dd>{t(bypass.test.passed ? 'bypass.passed' : 'bypass.failed')} · {bypass.test.text} · {bypass.test.by}</dd></>}
        {bypass.verification === null ? null : <><dt>{t('bypass.verification')}</dt><dd>{bypass.verification.by} · {dateTime(bypass.verification.atMs)}</dd></>}
      </dl>
      <BypassEvents bypass={bypass} />
      {bypass.effects.length === 0 ? null : <Effects bypass={bypass} />}
      <BypassActs bypass={bypass} />
    </li>
  );
}

function LapseLine({ lapse }: { lapse: NonNullable<BypassView['lapse']> }) {
  const { text } = useWords();
  return <p className="bypass-lapse"><strong>{text(lapse.reason)}</strong> {dateTime(lapse.atMs)}</p>;
}

function MeasureLine({ measure }: { measure: BypassView['measures'][number] }) {
  const { t, text } = useWords();
  return (
    <li className={`measure-${measure.state}`}>
      {measure.text} · {measure.owner}{measure.tag === null ? null : <> · <TagReading tag={measure.tag} /> {measure.expected === null ? '' : text(measure.expected)}</>}
      {measure.walkDueMs === null ? null : ` · ${t('bypass.walkDue', { at: clockTime(measure.walkDueMs) })}`}
    </li>
  );
}

/** What it means for every procedure: read before anybody approves. */
function Effects({ bypass: { effects, id, element, weakened } }: { bypass: BypassView }) {
  const { t, text } = useWords();
  return (
    <details open className="bypass-effects" data-testid={`bypass-effects-${id}`}>
      <summary>{t('bypass.effects', { n: effects.length })}</summary>
      {element === null ? null : <><p>{t('bypassElement.weakens', { element })}</p><Weakened weakened={weakened} /></>}
      <ul className="plain-list">{effects.map((effect) => (
        <li key={effect.procedure}>
          <strong>{effect.procedure}</strong> {text(effect.title)}
          <p className="hint">{t('bypass.effectRefused')}</p>
          {effect.notActing.length === 0 ? null : <p>{t('bypass.notActing')} {effect.notActing.map(text).join(t('list.and'))}</p>}
          {effect.byHand.length === 0 ? null : <p>{t('bypass.byHand')} {effect.byHand.map(text).join(t('list.and'))}</p>}
          {effect.prohibitions.length === 0 ? null : <p>{t('bypass.stillForbidden')} {effect.prohibitions.map((each) => `${text(each.text)} (${each.clause})`).join(' ')}</p>}
        </li>
      ))}</ul>
    </details>
  );
}
