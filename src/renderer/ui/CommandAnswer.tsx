/** The station's answer, shown in the place of the button that asked. */
import type { Refusal } from '../../contract/refusal.ts';
import type { Text } from '../../contract/text.ts';
import { ProblemNote, RefusalNote } from './RefusalNote.tsx';
import { useWords } from './words.ts';

type Status = { phase: 'idle' } | { phase: 'busy' } | { phase: 'done'; atMs: number } | { phase: 'refused'; refusal: Refusal } | { phase: 'failed'; problem: { code: string; message: string; words?: Text | undefined; path?: string | undefined } };

export function CommandAnswer({ status, done }: { status: Status; done?: string }) {
  const { t } = useWords();
  switch (status.phase) {
    case 'idle': return null;
    case 'busy': return <p className="answer-busy" role="status">{t('command.busy')}</p>;
    case 'done': return done === undefined ? null : <p className="answer-done" role="status">{done}</p>;
    case 'refused': return <div role="alert"><RefusalNote refusal={status.refusal} /></div>;
    case 'failed': return <ProblemNote problem={status.problem} />;
  }
}
