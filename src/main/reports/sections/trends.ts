/** The tags that decided it, each with its limits, the deeds, and what was not known. */
import type { IncidentReport, ReportTrend } from '../../../contract/report.ts';
import { escaped, html, NOTHING } from '../../markup/markup.ts';
import type { Html } from '../../markup/markup.ts';
import { shownSpan } from '../charts/timeline.ts';
import { gapsOf, trendPicture } from '../charts/trend.ts';
import type { Pen } from '../pen.ts';
import { numberText } from '../pen.ts';
import { COMPARISON, TITLE, W } from '../words.ts';
import type { Section } from './section.ts';

/** More marks than this hide the curve; all deeds stand in the time line. */
const MARKS_SHOWN = 24;

export const trends: Section = { id: 'trends', title: TITLE.trends, body };

function body(report: IncidentReport, pen: Pen): Html {
  if (report.trends.length === 0) return pen.nothing(W.noData);
  const span = shownSpan(report);
  const within = report.marks.filter(({ atMs }) => atMs >= span.fromMs && atMs <= span.toMs);
  const marks = within.slice(0, MARKS_SHOWN).map((mark, i) => ({ ...mark, label: String(i + 1) }));
  // A frame without a line says less than a word: these were wanted, and nothing is on record of them.
  const [drawn, empty] = [report.trends.filter(({ points }) => points.some(([, value]) => value !== null)), report.trends.filter(({ points }) => points.every(([, value]) => value === null))];
  const charts = drawn.map((trend, i) => html`<figure><figcaption><b>${escaped(trend.tag)}</b> ${pen.say(trend.title)} <span class="quiet">${escaped(trend.unit)} · ${pen.say(W.because)}: ${escaped(trend.because.map((why) => pen.plain(W.BECAUSE[why])).join(', '))} · ${escaped(trend.samples.toLocaleString('en'))} ${pen.say(W.samples)}${limitWords(trend, pen)}</span></figcaption>${trendPicture(trend, span, marks, gapsOf(report.recording, trend.tag), i, pen)}</figure>`);
  const legend = marks.length === 0 ? NOTHING : html`<h3>${pen.both(W.marks)}</h3>${pen.table('marks', [[W.number, 'no'], [W.time, 't'], [W.what, ''], [W.record, 'no']], marks.map(({ label, atMs, text, n }) => html`<tr><td>${escaped(label)}</td><td>${pen.clock(atMs)}</td><td>${pen.say(text)}</td><td>${pen.record(n)}</td></tr>`))}${pen.more(within.length - marks.length, W.inJson)}`;
  const without = empty.length === 0 ? NOTHING : html`<p>${pen.say(W.noSamplesOf)}: ${escaped(empty.map(({ tag }) => tag).join(', '))}</p>`;
  return html`${charts}${without}${legend}`;
}

const LIMITS_NAMED = 4;
/** Which condition each dashed line belongs to. */
function limitWords({ limits }: ReportTrend, pen: Pen): Html {
  if (limits.length === 0) return NOTHING;
  return html` · ${pen.say(W.limits)}: ${escaped(limits.slice(0, LIMITS_NAMED).map(({ comparison, limit, condition }) => `${COMPARISON[comparison] ?? ''} ${numberText(limit)} ${condition}`).join('; '))}${limits.length > LIMITS_NAMED ? html` +${limits.length - LIMITS_NAMED}` : NOTHING}`;
}
