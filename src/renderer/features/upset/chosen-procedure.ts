/**
 * Which procedure is open in the middle. The choice is the person's: a more urgent one that is raised says so and flashes, and is never
 * switched to. What was there when the person last chose counts as seen.
 */
import { useCallback, useEffect, useMemo } from 'react';
import type { ProcedureView } from '../../../contract/view.ts';
import { usePreference } from '../../store/console-context.ts';

const NONE: readonly ProcedureView[] = [];

export type Chosen = { procedure: ProcedureView | undefined; newer: readonly ProcedureView[]; choose: (instance: string) => void; note: () => void };

export function useChosenProcedure(procedures: readonly ProcedureView[]): Chosen {
  const [chosen, setChosen] = usePreference('procedure', '');
  const [seenWords, setSeen] = usePreference('procedures-seen', '');
  const seen = useMemo(() => new Set(seenWords.split(' ')), [seenWords]);
  const at = procedures.findIndex(({ instance }) => instance === chosen);
  const newer = useMemo(() => (at < 0 ? NONE : procedures.slice(0, at).filter(({ instance, suspended }) => suspended === null && !seen.has(instance))), [procedures, at, seen]);
  const first = procedures[0]?.instance;
  // The first one is held as soon as it is shown, so that the next one cannot push it aside.
  useEffect(() => {
    if (at >= 0 || first === undefined) return;
    setChosen(first);
    setSeen(procedures.map(({ instance }) => instance).join(' '));
  }, [at, first, procedures, setChosen, setSeen]);
  const choose = useCallback((instance: string) => {
    setChosen(instance);
    setSeen(procedures.filter((each) => each.instance === instance || !newer.includes(each)).map((each) => each.instance).join(' '));
  }, [procedures, newer, setChosen, setSeen]);
  const note = useCallback(() => setSeen(procedures.map(({ instance }) => instance).join(' ')), [procedures, setSeen]);
  return { procedure: procedures[at < 0 ? 0 : at], newer, choose, note };
}
