/** The report of one incident: what it is to be, how far it has come, what has been made of it, and how it looks. */
import { useState } from 'react';
import type { IncidentRow, ReportsSection } from '../../../contract/incidents.ts';
import { useCommand, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { dateTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { ReportFileRow } from './ReportFileRow.tsx';
import { ReportForm } from './ReportForm.tsx';
import { ReportPreview } from './ReportPreview.tsx';
import type { Previewed } from './ReportPreview.tsx';
import './report.css';

type Made = ReportsSection['made'][number];

export function ReportPane({ row }: { row: IncidentRow }) {
  const { t, text } = useWords();
  const reports = useSection('reports');
  const [previewed, setPreviewed] = useState<Previewed | null>(null);
  const made = reports?.made.filter(({ incident }) => incident === row.id) ?? [];
  return (
    <div className="report-pane">
      <div className="report-side">
        <Panel title={t('incidentReport.make')} testId="report-make-panel">
          {reports === undefined ? <EmptyState>{t('link.unknownData')}</EmptyState> : (
            <>
              {reports.running === null ? <ReportForm incident={row.id} /> : <Running running={reports.running} incident={row.id} />}
              {reports.failed?.incident !== row.id || reports.running !== null ? null : <p className="problem" role="alert" data-testid="report-failed"><strong>{t('incidentReport.failed')}</strong><span className="problem-detail">{text(reports.failed.reason)}</span></p>}
            </>
          )}
        </Panel>
        <Panel title={t('incidentReport.madeTitle')} aside={made.length} testId="report-made">
          {made.length === 0 ? <EmptyState>{t('incidentReport.none')}</EmptyState> : <ul className="report-list">{made.map((each) => <MadeReport key={each.report} made={each} row={row} previewed={previewed} preview={setPreviewed} />)}</ul>}
        </Panel>
      </div>
      <Panel title={t('incidentReport.preview')} className="report-preview-panel" testId="report-preview-panel" aside={previewed === null ? undefined : previewed.file.name}>
        {previewed === null ? <EmptyState>{t(made.some(({ files }) => files.some(({ format }) => format === 'html')) ? 'incidentReport.choosePreview' : 'incidentReport.noPreview')}</EmptyState> : <ReportPreview key={`${previewed.report}/${previewed.file.name}`} previewed={previewed} />}
      </Panel>
    </div>
  );
}

function Running({ running, incident }: { running: NonNullable<ReportsSection['running']>; incident: string }) {
  const { t, text } = useWords();
  const { status, run } = useCommand('report.cancel');
  return (
    <div className="report-running" role="status" data-testid="report-running">
      {running.incident === incident ? null : <p>{t('incidentReport.ofOther', { incident: running.incident })}</p>}
      <p><strong>{text(running.phase)}</strong> {Math.floor(running.done * 100)} %</p>
      <progress max={1} value={running.done} aria-label={t('incidentReport.progress')} data-testid="report-progress" />
      <button type="button" className="button" data-testid="report-cancel" disabled={status.phase === 'busy'} onClick={() => void run({ report: running.report })}>{t('incidentReport.cancel')}</button>
      <CommandAnswer status={status} />
    </div>
  );
}

function MadeReport({ made, row, previewed, preview }: { made: Made; row: IncidentRow; previewed: Previewed | null; preview: (next: Previewed) => void }) {
  const { t } = useWords();
  const records = useSection('station')?.journal.records ?? 0;
  const since = (row.toRecord ?? records) - made.toRecord;
  return (
    <li className="report-made-row" data-testid={`report-${made.report}`}>
      <p className="report-made-head"><strong className="nowrap">{dateTime(made.atMs)}</strong> <span>{t(`incidentReport.language.${made.language}`)}</span> {made.redacted ? <span className="report-tag">{t('incidentReport.redacted')}</span> : null} <span className="hint">{t('incidentReport.upTo', { n: made.toRecord })}</span></p>
      {since > 0 ? <p className="report-stale" data-testid="report-stale">{t('incidentReport.stale', { n: since })}</p> : null}
      <ul>{made.files.map((file) => <ReportFileRow key={file.name} report={made.report} file={file} isPreviewed={previewed?.report === made.report && previewed.file.name === file.name} preview={file.format === 'html' ? () => preview({ report: made.report, file }) : null} />)}</ul>
    </li>
  );
}
