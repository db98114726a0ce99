/** Acknowledging, with each answer kept for the row (or the page) that asked, so that a "no" stands where the button is (hmi rule 5). */
import { useCallback, useState } from 'react';
import type { CommandStatus } from '../../store/console-context.ts';
import { useConsole } from '../../store/console-context.ts';

/** The contract's own limit. */
const AT_ONCE_MAX = 500;
export const PAGE = 'page';
type Answers = ReadonlyMap<string, CommandStatus<'alarm.acknowledge'>>;

export function useAcknowledge(): { answers: Answers; acknowledge: (ids: readonly string[], asker: string) => void; forget: (asker: string) => void } {
  const { client, model } = useConsole();
  const [answers, setAnswers] = useState<Answers>(new Map());
  const put = useCallback((asker: string, status: CommandStatus<'alarm.acknowledge'> | null) => setAnswers((old) => {
    const next = new Map(old);
    if (status === null) next.delete(asker);
    else next.set(asker, status);
    return next;
  }), []);
  const acknowledge = useCallback((ids: readonly string[], asker: string) => {
    if (ids.length === 0) return;
    put(asker, { phase: 'busy' });
    void client.request('alarm.acknowledge', { alarms: ids.slice(0, AT_ONCE_MAX) }).then((answer) => {
      switch (answer.outcome) {
        case 'done': put(asker, asker === PAGE ? { phase: 'done', output: answer.output, atMs: model.nowMs() } : null); break;
        case 'refused': put(asker, { phase: 'refused', refusal: answer.refusal }); break;
        case 'failed': put(asker, { phase: 'failed', problem: answer.problem }); break;
      }
    });
  }, [client, model, put]);
  return { answers, acknowledge, forget: useCallback((asker: string) => put(asker, null), [put]) };
}
