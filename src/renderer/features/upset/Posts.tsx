/** 4.5.1 and 4.5.2: one who commands, one who watches; a vacant post is taken, a held one handed over by both, or relieved by two others. */
import type { PeopleSection } from '../../../contract/view.ts';
import { useCommand, useDraft, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { TextField } from '../../ui/Field.tsx';
import { clockTime } from '../../ui/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { TwoSignaturesAction } from '../../ui/TwoSignatures.tsx';
import { useWords } from '../../ui/words.ts';

const POSTS = ['commander', 'watch'] as const;
type PostName = (typeof POSTS)[number];

export function Posts() {
  const { t } = useWords();
  const people = useSection('people');
  return <Panel title={t('post.title')}>{POSTS.map((post) => <Post key={post} post={post} holder={people?.[post] ?? null} />)}</Panel>;
}

function Post({ post, holder }: { post: PostName; holder: PeopleSection['commander'] }) {
  const { t } = useWords();
  return (
    <div className="post" data-testid={`post-${post}`}>
      <span className="post-label">{t(`post.${post}`)}</span>
      <span className={holder === null ? 'post-holder post-vacant' : 'post-holder'}>{holder === null ? t('post.vacant') : <>{holder.name} <span className="hint">{t('post.since', { at: clockTime(holder.sinceMs) })}</span></>}</span>
      <div className="post-actions">{holder === null ? <Take post={post} /> : <><HandOver post={post} /><Relieve post={post} /></>}</div>
    </div>
  );
}

function Take({ post }: { post: PostName }) {
  const { t } = useWords();
  const { status, run } = useCommand(`post.${post}`);
  return <SignedAction label={t('post.take')} formLabel={t(post === 'commander' ? 'post.takeCommander' : 'post.takeWatch')} testId={`take-${post}`} busy={status.phase === 'busy'} onSign={(signature) => run({ signature })} answer={<CommandAnswer status={status} />} />;
}

function HandOver({ post }: { post: PostName }) {
  const { t } = useWords();
  const { status, run } = useCommand('post.handOver');
  return (
    <TwoSignaturesAction
      label={t('posts.handOver')} formLabel={t('posts.handOver')} labels={[t('posts.from'), t('posts.to')]} testId={`hand-over-${post}`} busy={status.phase === 'busy'}
      onSign={({ first, second }) => run({ post, from: first, to: second })} answer={<CommandAnswer status={status} />}
    />
  );
}

function Relieve({ post }: { post: PostName }) {
  const { t } = useWords();
  const { status, run } = useCommand('post.relieve');
  const { fields, setField, clear } = useDraft(`relieve/${post}`);
  return (
    <TwoSignaturesAction
      label={t('posts.relieve')} formLabel={t('posts.relieve')} labels={[t('posts.to'), t('posts.second')]} testId={`relieve-${post}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} />}
      onSign={async ({ first, second }) => {
        const accepted = await run({ post, reason: fields['reason'] ?? '', to: first, second });
        if (accepted) clear();
        return accepted;
      }}
    >
      <p className="hint">{t('posts.relieveHint')}</p>
      <TextField label={t('posts.reason')} value={fields['reason'] ?? ''} maxLength={500} onChange={(value) => setField('reason', value)} testId="relieve-reason" />
    </TwoSignaturesAction>
  );
}
