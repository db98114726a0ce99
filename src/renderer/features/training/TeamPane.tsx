/** Several consoles of one station: who has which post. Each takes its own at its own console; the instructor stands apart. */
import { TRAINING_POSTS } from '../../../contract/training.ts';
import type { TrainingSection } from '../../../contract/training.ts';
import { useCommand, useLoggedOn } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';

export function TeamPane({ training: { available, participants, apart } }: { training: TrainingSection }) {
  const { t } = useWords();
  const session = useLoggedOn();
  const join = useCommand('training.join');
  const leave = useCommand('training.leave');
  if (!available) return <EmptyState>{t('training.whatToDo')}</EmptyState>;
  const mine = participants.find(({ user }) => user === session?.user);
  return (
    <Panel title={t('training.team.title')}>
      <p>{session === null ? t('training.team.logOn') : t('training.team.here', { name: session.name })}</p>
      <ul className="posts">
        {TRAINING_POSTS.map((post) => {
          const holder = participants.find((each) => each.post === post);
          return (
            <li key={post} className="post" data-testid={`post-${post}`} data-held={holder?.user ?? ''}>
              <strong>{t(`training.post.${post}`)}</strong>
              <span>{holder === undefined ? t('post.vacant') : holder.name}</span>
              {session === null ? null : holder?.user === session.user
                ? <button type="button" className="button" data-testid={`post-leave-${post}`} onClick={() => void leave.run({})}>{t('training.team.leave')}</button>
                : <button type="button" className="button" data-testid={`post-join-${post}`} onClick={() => void join.run({ post })}>{t('training.team.join')}</button>}
            </li>
          );
        })}
        <li className="post" data-testid="post-instructor"><strong>{t('training.post.instructor')}</strong><span>{apart === null || apart.instructors.length === 0 ? t('post.vacant') : apart.instructors.map(({ name }) => name).join(t('list.and'))}</span></li>
      </ul>
      {mine?.post === 'alone' ? <p className="hint">{t('training.team.alone')}</p> : null}
      <CommandAnswer status={join.status} /><CommandAnswer status={leave.status} />
    </Panel>
  );
}
