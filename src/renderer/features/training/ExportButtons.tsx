/** Records and debriefs as files: CSV, PDF, xAPI. */
import { useState } from 'react';
import type { CommandInput } from '../../../contract/commands.ts';
import { EXPORT_FORMATS } from '../../../contract/training.ts';
import { useConsole } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { useWords } from '../../ui/words.ts';
import type { ClientProblem } from '../../transport/client.ts';
import { saveFile } from './save-file.ts';

type State = { phase: 'idle' } | { phase: 'busy' } | { phase: 'done'; atMs: number } | { phase: 'failed'; problem: ClientProblem };

export function ExportButtons({ what }: { what: CommandInput<'training.export'>['what'] }) {
  const { t, language } = useWords();
  const { client, model } = useConsole();
  const [state, setState] = useState<State>({ phase: 'idle' });
  const fetchFile = async (format: (typeof EXPORT_FORMATS)[number]): Promise<void> => {
    setState({ phase: 'busy' });
    const answer = await client.request('training.export', { format, what, language });
    if (answer.outcome === 'done') saveFile(answer.output);
    setState(answer.outcome === 'failed' ? { phase: 'failed', problem: answer.problem } : { phase: 'done', atMs: model.nowMs() });
  };
  return (
    <div className="button-row">
      <span>{t('training.export')}</span>
      {EXPORT_FORMATS.map((format) => <button key={format} type="button" className="button" data-testid={`export-${format}`} onClick={() => void fetchFile(format)}>{t(`training.format.${format}`)}</button>)}
      <CommandAnswer status={state} done={t('training.saved')} />
    </div>
  );
}
