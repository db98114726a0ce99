/** The reading of one file: one at a time, to be ended at any moment, and ended when its place on the screen goes. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useConsole } from '../../store/console-context.ts';
import { readReportFile } from './report-files.ts';
import type { ReadEnd, ReportFile } from './report-files.ts';

export type Reading = { phase: 'idle' } | { phase: 'busy'; part: number } | { phase: 'end'; end: ReadEnd };

export function useReportFile(report: string, file: ReportFile, onDone: (content: Uint8Array<ArrayBuffer>) => void): { reading: Reading; start: () => void; cancel: () => void } {
  const { client } = useConsole();
  const [reading, setReading] = useState<Reading>({ phase: 'idle' });
  /** Counts the readings: one that was ended has nothing more to say. */
  const turn = useRef(0);
  const use = useRef(onDone);
  useEffect(() => { use.current = onDone; });
  useEffect(() => () => { turn.current += 1; }, []);
  const start = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    setReading({ phase: 'busy', part: 0 });
    void readReportFile((input) => client.request('report.read', input), report, file, (part) => { if (mine === turn.current) setReading({ phase: 'busy', part }); }, () => mine !== turn.current).then((end) => {
      if (mine !== turn.current) return;
      if (end.end === 'done') use.current(end.content);
      setReading({ phase: 'end', end });
    });
  }, [client, report, file]);
  const cancel = useCallback(() => {
    turn.current += 1;
    setReading({ phase: 'end', end: { end: 'cancelled' } });
  }, []);
  return { reading, start, cancel };
}
