/** Prints a procedure that may not run: its page as it stands now is asked for first. */
import { useCallback } from 'react';
import { useConsole } from '../../store/console-context.ts';
import { usePrinting } from './printing.ts';

export function usePagePrint(): (procedure: string) => Promise<void> {
  const { client, model } = useConsole();
  const { print } = usePrinting();
  return useCallback(async (procedure) => {
    const running = model.section('upset')?.procedures.find(({ id }) => id === procedure);
    if (running !== undefined) { print(running); return; }
    const answer = await client.request('procedure.page', { procedure });
    if (answer.outcome === 'done') print(answer.output.procedure);
  }, [client, model, print]);
}
