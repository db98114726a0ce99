/** H.2: the instructor's signed word on what one person has shown. Who took part signs for nobody. */
import { useState } from 'react';
import type { Debrief } from '../../../contract/drill.ts';
import { useCommand, useLoggedOn } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, SelectField } from '../../ui/Field.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

export function Assess({ debrief: { score, participants } }: { debrief: Debrief }) {
  const { t } = useWords();
  const { status, run } = useCommand('instructor.assess');
  const isInstructor = useLoggedOn()?.roles.includes('instructor') === true;
  const [user, setUser] = useState('');
  const [comment, setComment] = useState('');
  const person = user === '' ? (participants[0]?.user ?? '') : user;
  if (!isInstructor || person === '') return <p className="hint">{t('training.assess.who')}</p>;
  return (
    <SignedAction label={t('training.assess.label')} testId="assess" busy={status.phase === 'busy'} onSign={(signature) => run({ exercise: score.exercise, user: person, passed: score.passed, comment, signature })} answer={<CommandAnswer status={status} done={t('training.assess.done')} />}>
      <SelectField label={t('training.assess.person')} value={person} onChange={setUser} testId="assess-user">{participants.map((each) => <option key={each.user} value={each.user}>{each.name} · {t(`training.post.${each.post}`)}</option>)}</SelectField>
      <AreaField label={t('training.assess.comment')} value={comment} onChange={setComment} required={false} testId="assess-comment" />
    </SignedAction>
  );
}
