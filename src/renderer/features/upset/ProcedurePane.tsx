/** One procedure: its course with the present place, the step to do now, what follows, and the way back. */
import type { ReactNode } from 'react';
import type { ProcedureView, StepView } from '../../../contract/view.ts';
import { useCommand, useConnected, useDraft } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField } from '../../ui/Field.tsx';
import { clockTime } from '../../ui/format.ts';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useVisible } from '../../ui/charts/visible.ts';
import { useWords } from '../../ui/words.ts';
import { Bars } from './Bars.tsx';
import { Course, LegPath } from './Course.tsx';
import { TimeLeft } from './Clock.tsx';
import { NOW_CARD_ID, UPSET_KEYS, toPresentStep } from './keys.ts';
import { NowCard } from './NowCard.tsx';
import { Ownership, SuspendedBar } from './Ownership.tsx';
import { nowOf } from './procedure-facts.ts';
import { OpenRail, TimesRail, WatchedRail } from './Rails.tsx';
import { StepLists } from './StepList.tsx';
import { WayBack } from './WayBack.tsx';

export function ProcedurePane({ procedure, choose, browse }: { procedure: ProcedureView; choose: (instance: string) => void; browse: ReactNode }) {
  const { t } = useWords();
  const connected = useConnected();
  const now = nowOf(procedure);
  const [card, inSight] = useVisible<HTMLDivElement>(true);
  const lists = <StepLists procedure={procedure} />, wayBack = <WayBack procedure={procedure} />;
  return (
    <div className={`procedure${connected ? '' : ' procedure-stale'}`} role="tabpanel" aria-label={t('upset.middle')}>
      {inSight || now === undefined ? null : <OutOfSight step={now} />}
      <Course place={procedure.place} />
      <LegPath procedure={procedure}>{browse}</LegPath>
      {procedure.held ? <Held instance={procedure.instance} /> : null}
      <SuspendedBar procedure={procedure} />
      <Bars procedure={procedure} />
      <div ref={card}>{now === undefined ? <BetweenSteps procedure={procedure} /> : <NowCard key={now.id} procedure={procedure} step={now} choose={choose} />}</div>
      <OpenRail procedure={procedure} />
      <CourseActions procedure={procedure} />
      <TimesRail procedure={procedure} />
      <WatchedRail procedure={procedure} />
      {/* Once nothing is left to do, the way back is what people look for; before that, the steps are. */}
      {now === undefined && procedure.steps.length > 0 ? <>{wayBack}{lists}</> : <>{lists}{wayBack}</>}
      <Ownership procedure={procedure} choose={choose} />
    </div>
  );
}

/** While people read further down, the step to do now stays at the top in one line, and a key leads back. */
function OutOfSight({ step }: { step: StepView }) {
  const { t, text } = useWords();
  return (
    <div className="out-of-sight">
      <button type="button" data-testid="out-of-sight" aria-keyshortcuts={UPSET_KEYS.present} onClick={toPresentStep}>
        <span aria-hidden="true">▶</span><strong>{step.number} {text(step.text)}</strong>{step.dueMs === null ? null : <TimeLeft dueMs={step.dueMs} overdue={step.overdue} />}<span className="hint">{t('upset.toPresent')} ({UPSET_KEYS.present})</span>
      </button>
    </div>
  );
}

function BetweenSteps({ procedure }: { procedure: ProcedureView }) {
  const { t, text } = useWords();
  return (
    <div className="now-card" id={NOW_CARD_ID} tabIndex={-1} data-testid="now-card" data-step="">
      <p className="now-instruction">{t(`place.advice.${procedure.place}`)}</p>
      <p className="now-goal">{t('upset.goal')}{text(procedure.goal)}</p>
    </div>
  );
}

/** After a restart of the station: held for going in and going back, never for retreat (architecture rule 2). */
function Held({ instance }: { instance: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('procedure.reauthorise');
  return (
    <div className="held" role="alert">
      <p>{t('upset.held')}</p>
      <SignedAction label={t('upset.reauthorise')} testId="reauthorise" busy={status.phase === 'busy'} onSign={(signature) => run({ instance, signature })} answer={<CommandAnswer status={status} done={t('command.done')} />} />
    </div>
  );
}

function CourseActions({ procedure }: { procedure: ProcedureView }) {
  const { t } = useWords();
  const start = useCommand('procedure.start');
  const investigate = useCommand('procedure.investigate');
  const { place, instance } = procedure;
  return (
    <div className="course-actions">
      {place === 'raised' || place === 'standby' ? (
        <div>
          <button type="button" className="button button-strong button-large" data-testid="start-retreat" onClick={() => void start.run({ instance })}>{t('upset.startRetreat')}</button>
          <CommandAnswer status={start.status} done={t('command.done')} />
        </div>
      ) : null}
      {place === 'safe' ? (
        <div>
          <button type="button" className="button button-large" data-testid="investigate" onClick={() => void investigate.run({ instance })}>{t('upset.investigate')}</button>
          <CommandAnswer status={investigate.status} done={t('command.done')} />
        </div>
      ) : null}
      {place === 'investigating' || place === 'readyToReturn' ? <Cause procedure={procedure} /> : null}
    </div>
  );
}

function Cause({ procedure }: { procedure: ProcedureView }) {
  const { t } = useWords();
  const { status, run } = useCommand('procedure.cause');
  const { fields, setField, clear } = useDraft(`cause/${procedure.instance}`);
  return (
    <div className="cause" data-testid="cause-form">
      {procedure.cause === null ? <p>{t('upset.noCause')}</p> : <p><strong>{t('upset.cause')}</strong>{procedure.cause.text}<span className="hint"> · {procedure.cause.by} {clockTime(procedure.cause.atMs)}</span></p>}
      <SignedAction
        label={t('upset.recordCause')} testId="record-cause" busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
        onSign={async (signature) => {
          const accepted = await run({ instance: procedure.instance, text: fields['text'] ?? '', signature });
          if (accepted) clear();
          return accepted;
        }}
      >
        <AreaField label={t('upset.causeText')} value={fields['text'] ?? ''} onChange={(value) => setField('text', value)} testId="cause-text" />
      </SignedAction>
    </div>
  );
}
