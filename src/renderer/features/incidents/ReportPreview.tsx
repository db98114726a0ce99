/** The HTML of a report in a frame that may do nothing: no script, no form, no way out of it. */
import { useEffect, useMemo, useState } from 'react';
import { useWords } from '../../ui/words.ts';
import { dressPreview, previewOf } from './preview-document.ts';
import { ReadAnswer } from './ReportFileRow.tsx';
import type { ReportFile } from './report-files.ts';
import { useReportFile } from './use-report-file.ts';

export type Previewed = { report: string; file: ReportFile };

export function ReportPreview({ previewed: { report, file } }: { previewed: Previewed }) {
  const { t } = useWords();
  const [html, setHtml] = useState<string | null>(null);
  const { reading, start, cancel } = useReportFile(report, file, (content) => setHtml(new TextDecoder().decode(content)));
  useEffect(() => start(), [start]);
  const preview = useMemo(() => (html === null ? null : previewOf(html)), [html]);
  if (preview !== null) return <iframe className="report-frame" title={t('incidentReport.previewOf', { name: file.name })} sandbox="allow-same-origin" srcDoc={preview.srcDoc} data-testid="report-frame" onLoad={(event) => dressPreview(event.currentTarget, preview)} />;
  if (reading.phase === 'end') return <div className="report-preview-end"><ReadAnswer end={reading.end} done={null} /><button type="button" className="button" data-testid="report-preview-again" onClick={start}>{t('incidentReport.again')}</button></div>;
  return <div className="report-preview-end" role="status"><progress max={1} value={reading.phase === 'busy' ? reading.part : 0} aria-label={t('incidentReport.preview')} /><button type="button" className="button" onClick={cancel}>{t('incidentReport.cancel')}</button></div>;
}
