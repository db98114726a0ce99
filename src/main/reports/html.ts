/**
 * The report as one self-contained page: no script, nothing from elsewhere, and a policy that would stop either. What it may use is named
 * by the hash of the one style sheet, so that even words that got past the escaping could neither run nor dress up the page.
 */
import { hash } from 'node:crypto';
import type { IncidentReport } from '../../contract/report.ts';
import { escaped, html, NOTHING } from '../markup/markup.ts';
import type { Html } from '../markup/markup.ts';
import { Pen } from './pen.ts';
import type { PenOptions } from './pen.ts';
import { alarms } from './sections/alarms.ts';
import { identity, summary } from './sections/front.ts';
import { interlocks } from './sections/interlocks.ts';
import { actions, causes, clauses, followUps, kpi, whatIf } from './sections/judgement.ts';
import { command, people, refusals } from './sections/people.ts';
import { procedures, prohibitions } from './sections/procedures.ts';
import { proof, recording, signatures } from './sections/record.ts';
import type { Section } from './sections/section.ts';
import { picture, words } from './sections/timeline.ts';
import { trends } from './sections/trends.ts';
import { styleOf } from './style.ts';
import { MODE, W } from './words.ts';

/** In the order in which they are read. */
export const SECTIONS: readonly Section[] = [
  summary, identity, picture, clauses, words, alarms, trends, interlocks, procedures, prohibitions, refusals, people, command, kpi, causes, actions, followUps, whatIf, signatures, recording, proof,
];

export function reportHtml(report: IncidentReport, options: PenOptions): string {
  const pen = new Pen(report, options);
  const style = styleOf(report, pen);
  const policy = `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; base-uri 'none'; form-action 'none'`;
  const shown = SECTIONS.filter(({ isShown }) => isShown === undefined || isShown(report));
  const title = `${pen.plain(W.report)} ${report.incident.id} ${MODE[report.mode].en} ${MODE[report.mode].zh}`;
  const [first, ...rest] = shown;
  return html`<!doctype html>
<html lang="${pen.language === 'zh' ? 'zh-CN' as Html : 'en' as Html}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy as Html}"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer"><title>${escaped(title)}</title><style>${style}</style></head>
<body>${banner(report, pen)}<h1>${pen.both(W.report)}</h1>
${first === undefined ? NOTHING : section(first, 1, report, pen)}<nav><h3>${pen.say(W.contents)}</h3>${shown.map(({ id, title: name }, i) => html`<p><a href="#${escaped(id)}"><span class="no">${i + 1}</span>${pen.both(name)}</a></p>`)}</nav>
${rest.map((each, i) => section(each, i + 2, report, pen))}
</body></html>
` as string;
}

function section({ id, title, body }: Section, number: number, report: IncidentReport, pen: Pen): Html {
  return html`<section id="${escaped(id)}"><h2><span class="no">${number}</span>${pen.both(title)}</h2>${body(report, pen)}</section>
`;
}

function banner(report: IncidentReport, pen: Pen): Html {
  return html`<header class="banner ${escaped(report.mode.toLowerCase())}"><span class="mode">${escaped(MODE[report.mode].en)} ${escaped(MODE[report.mode].zh)}</span><span class="plant">${pen.say(report.plant.title)}</span><span class="id">${escaped(report.incident.id)}</span></header>`;
}
