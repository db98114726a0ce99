/** The history as a file: progress while it is read, an end at any moment, and exactly what the list was filtered by. */
import { useEffect, useRef, useState } from 'react';
import { ALARM_CHANGES } from '../../../contract/view.ts';
import { useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { useWords } from '../../ui/words.ts';
import type { Words } from '../../ui/words.ts';
import { EXPORT_ROWS_MAX, historyCsv, isoLocal, readAll } from './history-query.ts';
import type { Ask, ExportEnd, HistoryFilter, Progress } from './history-query.ts';

type Phase = { phase: 'idle' } | { phase: 'busy'; progress: Progress } | { phase: 'end'; end: ExportEnd };

export function HistoryExport({ filter, ask }: { filter: HistoryFilter; ask: Ask }) {
  const words = useWords();
  const { t } = words;
  const mode = useSection('station')?.mode ?? 'unknown';
  const [phase, setPhase] = useState<Phase>({ phase: 'idle' });
  /** Counts the exports: one that was cancelled has nothing more to say, also while its last question is still on the way. */
  const turn = useRef(0);
  useEffect(() => () => { turn.current += 1; }, []);
  const cancel = (): void => {
    turn.current += 1;
    setPhase({ phase: 'end', end: { end: 'cancelled' } });
  };
  const start = async (): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    setPhase({ phase: 'busy', progress: { rows: 0, part: 0 } });
    const end = await readAll(ask, filter, (progress) => { if (mine === turn.current) setPhase({ phase: 'busy', progress }); }, () => mine !== turn.current);
    if (mine !== turn.current) return;
    if (end.end === 'done') save(`haven-alarms_${mode === 'TRAINING' ? 'TRAINING_' : ''}${isoLocal(filter.fromMs).slice(0, 10)}_${isoLocal(filter.toMs).slice(0, 10)}.csv`, historyCsv(end.rows, csvWords(words, mode)));
    setPhase({ phase: 'end', end });
  };
  if (phase.phase === 'busy') {
    return (
      <div className="history-export" role="status">
        <progress max={1} value={phase.progress.part} aria-label={t('alarm.export.do')} data-testid="export-progress" />
        <span>{t('alarm.export.rows', { n: phase.progress.rows })}</span>
        <button type="button" className="button" data-testid="export-cancel" onClick={cancel}>{t('sign.cancel')}</button>
      </div>
    );
  }
  return (
    <div className="history-export">
      <button type="button" className="button" data-testid="export" onClick={() => void start()}>{t('alarm.export.do')}</button>
      {phase.phase === 'end' ? <ExportAnswer end={phase.end} /> : <span className="hint">{t('alarm.export.hint')}</span>}
    </div>
  );
}

function ExportAnswer({ end }: { end: ExportEnd }) {
  const { t } = useWords();
  switch (end.end) {
    case 'done': return <p className="answer-done" role="status" data-testid="export-done">{t('alarm.export.done', { n: end.rows.length })}{end.isCut ? ` ${t('alarm.export.cut', { max: EXPORT_ROWS_MAX })}` : ''}</p>;
    case 'cancelled': return <p role="status" data-testid="export-cancelled">{t('alarm.export.cancelled')}</p>;
    case 'failed': return <CommandAnswer status={end.answer.outcome === 'refused' ? { phase: 'refused', refusal: end.answer.refusal } : { phase: 'failed', problem: end.answer.problem }} />;
  }
}

const CSV_COLUMNS = ['at', 'n', 'id', 'priority', 'titleZh', 'titleEn', 'change', 'by', 'mode'] as const;
function csvWords({ t }: Words, mode: string): Parameters<typeof historyCsv>[1] {
  const changes = new Map(ALARM_CHANGES.map((each) => [each, t(`alarm.change.${each}`)]));
  return { columns: CSV_COLUMNS.map((column) => t(`alarm.column.${column}`)), change: (change) => changes.get(change) ?? change, mode };
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the data by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
