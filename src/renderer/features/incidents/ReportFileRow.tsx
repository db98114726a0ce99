/** One file of a report: its size and hash, and the way to save it, with progress and an end at any moment. */
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { useWords } from '../../ui/words.ts';
import { FILE_TYPES, sizeOf } from './report-files.ts';
import type { ReadEnd, ReportFile } from './report-files.ts';
import { useReportFile } from './use-report-file.ts';

export function ReportFileRow({ report, file, isPreviewed, preview }: { report: string; file: ReportFile; isPreviewed: boolean; preview: (() => void) | null }) {
  const { t } = useWords();
  const { reading, start, cancel } = useReportFile(report, file, (content) => saveFile(file, content));
  return (
    <li className="report-file" data-testid={`report-file-${file.format}`}>
      <span className="report-file-name">{file.name}</span>
      <span className="hint nowrap">{sizeOf(file.bytes)} · <code title={file.sha256}>{file.sha256.slice(0, 8)}</code></span>
      <span className="report-file-acts">
        {preview === null ? null : <button type="button" className="button" aria-pressed={isPreviewed} data-testid="report-preview" onClick={preview}>{t('incidentReport.preview')}</button>}
        {reading.phase === 'busy'
          ? <><progress max={1} value={reading.part} aria-label={file.name} data-testid="report-download-progress" /><button type="button" className="button" data-testid="report-download-cancel" onClick={cancel}>{t('incidentReport.cancel')}</button></>
          : <button type="button" className="button" data-testid="report-download" aria-label={`${t('incidentReport.save')} ${file.name}`} onClick={start}>{t('incidentReport.save')}</button>}
      </span>
      {reading.phase === 'end' ? <ReadAnswer end={reading.end} done={t('incidentReport.saved', { name: file.name })} /> : null}
    </li>
  );
}

export function ReadAnswer({ end, done }: { end: ReadEnd; done: string | null }) {
  const { t } = useWords();
  switch (end.end) {
    case 'done': return done === null ? null : <p className="answer-done" role="status" data-testid="report-saved">{done}</p>;
    case 'cancelled': return <p role="status">{t('incidentReport.cancelled')}</p>;
    case 'altered': return <p className="problem" role="alert" data-testid="report-altered">{t('incidentReport.altered')}</p>;
    case 'failed': return <CommandAnswer status={end.answer.outcome === 'refused' ? { phase: 'refused', refusal: end.answer.refusal } : { phase: 'failed', problem: end.answer.problem }} />;
  }
}

function saveFile({ name, format }: ReportFile, content: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([content], { type: FILE_TYPES[format] }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the data by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
