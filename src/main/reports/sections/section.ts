/** What a section of the report is. */
import type { IncidentReport } from '../../../contract/report.ts';
import type { Text } from '../../../contract/text.ts';
import type { Html } from '../../markup/markup.ts';
import type { Pen } from '../pen.ts';

export interface Section {
  /** Stable: the anchor in the page. */
  readonly id: string;
  readonly title: Text;
  readonly body: (report: IncidentReport, pen: Pen) => Html;
  /** Left out where the report has nothing of the kind and nobody would miss it. */
  readonly isShown?: (report: IncidentReport) => boolean;
}
