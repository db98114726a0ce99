/** What the report is to be. What was chosen outlives leaving the screen. */
import { REPORT_FORMATS, WHAT_IF_MINUTES_MAX, WHAT_IF_RUNS_MAX } from '../../../contract/incidents.ts';
import { useCommand, useDraft, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { useWords } from '../../ui/words.ts';
import { whatIfOf } from './report-files.ts';

const ON = 'yes', OFF = 'no';

export function ReportForm({ incident }: { incident: string }) {
  const { t, language } = useWords();
  const mode = useSection('station')?.mode;
  const { fields, setField } = useDraft('report-make');
  const { status, run } = useCommand('report.make');
  const formats = REPORT_FORMATS.filter((format) => fields[format] !== OFF);
  const whatIf = mode === 'TRAINING' ? whatIfOf(fields['whatIf'] ?? '') : [];
  const reportLanguage = fields['language'] === 'zh' || fields['language'] === 'en' ? fields['language'] : language;
  const canMake = formats.length > 0 && whatIf !== null && status.phase !== 'busy';
  return (
    <form className="report-form" aria-label={t('incidentReport.make')} onSubmit={(event) => { event.preventDefault(); if (canMake) void run({ incident, formats, redacted: fields['redacted'] === ON, language: reportLanguage, whatIf }); }}>
      <fieldset className="report-formats">
        <legend>{t('incidentReport.formats')}</legend>
        {REPORT_FORMATS.map((format) => <label key={format} className="report-check"><input type="checkbox" checked={formats.includes(format)} data-testid={`report-format-${format}`} onChange={(event) => setField(format, event.target.checked ? ON : OFF)} /><span>{t(`incidentReport.format.${format}`)}</span></label>)}
      </fieldset>
      <SelectField label={t('incidentReport.languageLabel')} value={reportLanguage} testId="report-language" onChange={(value) => setField('language', value)}>
        {(['zh', 'en'] as const).map((each) => <option key={each} value={each}>{t(`incidentReport.language.${each}`)}</option>)}
      </SelectField>
      <label className="report-check"><input type="checkbox" checked={fields['redacted'] === ON} data-testid="report-redacted" onChange={(event) => setField('redacted', event.target.checked ? ON : OFF)} /><span>{t('incidentReport.redact')}</span></label>
      {mode === 'TRAINING' ? (
        <>
          <TextField label={t('incidentReport.whatIf')} required={false} maxLength={80} value={fields['whatIf'] ?? ''} testId="report-what-if" onChange={(value) => setField('whatIf', value)} />
          <p className="hint">{t('incidentReport.whatIfHint', { max: WHAT_IF_MINUTES_MAX, runs: WHAT_IF_RUNS_MAX })}</p>
          {whatIf === null ? <p className="report-wrong" role="alert" data-testid="report-what-if-wrong">{t('incidentReport.whatIfWrong', { max: WHAT_IF_MINUTES_MAX, runs: WHAT_IF_RUNS_MAX })}</p> : null}
        </>
      ) : null}
      {formats.length === 0 ? <p className="report-wrong" role="alert">{t('incidentReport.noFormat')}</p> : null}
      <button type="submit" className="button button-strong" data-testid="report-make" disabled={!canMake}>{t('incidentReport.start')}</button>
      <CommandAnswer status={status} />
    </form>
  );
}
