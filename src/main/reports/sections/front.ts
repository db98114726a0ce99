/** The first page: five lines, and who, where, when. */
import type { IncidentReport } from '../../../contract/report.ts';
import type { Text } from '../../../contract/text.ts';
import { escaped, html, NOTHING } from '../../markup/markup.ts';
import type { Html } from '../../markup/markup.ts';
import type { Pen } from '../pen.ts';
import { JOURNAL, MODE, MODE_NOTE, ROLE, TITLE, W } from '../words.ts';
import type { Section } from './section.ts';

const PEOPLE_SHOWN = 60;

export const summary: Section = { id: 'summary', title: TITLE.summary, body: (report, pen) => html`<ol class="lead">${report.summary.map((line) => html`<li>${pen.say(line)}</li>`)}</ol>${doubts(report, pen)}` };

/** What a reader must know before the first sentence is believed. */
function doubts({ mode, redacted, proof }: IncidentReport, pen: Pen): Html {
  return html`${mode === 'OPERATION' ? NOTHING : html`<p class="notice"><b>${pen.both(MODE[mode])}</b> ${pen.say(MODE_NOTE[mode])}</p>`}
${redacted ? html`<p class="notice"><b>${pen.say(W.redacted)}</b> ${pen.say(W.redactedNote)}</p>` : NOTHING}
${proof.verdict === 'sound' ? NOTHING : html`<p class="notice bad"><b class="red">${pen.say(W.journalVerdict)}: ${pen.say(JOURNAL[proof.verdict])}</b> ${escaped(proof.detail)}</p>`}`;
}

export const identity: Section = { id: 'identity', title: TITLE.identity, body: identityBody };

function identityBody(report: IncidentReport, pen: Pen): Html {
  const { incident, plant, product, mode } = report;
  const row = (name: Text, value: Html): Html => html`<tr><th>${pen.say(name)}</th><td>${value}</td></tr>`;
  const first = report.conditions.find(({ id }) => id === incident.firstCondition);
  return html`<table class="facts"><tbody>${[
    row(W.plant, html`${pen.both(plant.title)} <span class="quiet">${escaped(plant.id)}</span>`),
    ...(plant.site === null ? [] : [row(W.site, pen.both(plant.site))]),
    row(W.incident, html`<b>${escaped(incident.id)}</b>`), row(W.mode, html`<b>${pen.both(MODE[mode])}</b>`),
    row(W.opened, pen.moment(incident.openedMs)),
    row(W.closed, incident.closedMs === null ? html`<b class="red">${pen.say(W.stillOpen)}</b>` : html`${pen.moment(incident.closedMs)} · ${pen.say(W.lasted)} ${pen.duration(incident.closedMs - incident.openedMs)}`),
    row(W.firstCondition, first === undefined ? escaped(incident.firstCondition ?? pen.plain(W.none)) : html`${pen.both(first.title)} <span class="quiet">${escaped(first.id)}</span> ${pen.record(first.n)}`),
    row(W.period, html`${pen.moment(incident.fromMs)} – ${pen.moment(incident.toMs)}`), row(W.timeZone, html`${escaped(pen.timeZone)} · ${pen.say(W.records)}`),
    row(W.version, escaped(product.version)), row(W.pack, html`<span class="mono">${escaped(plant.packHash)}</span>`),
  ]}</tbody></table>${directory(report, pen)}`;
}

function directory({ people, redacted }: IncidentReport, pen: Pen): Html {
  if (people.directory.length === 0) return NOTHING;
  const rows = people.directory.slice(0, PEOPLE_SHOWN).map(({ key, label, name, user, roles }) => html`<tr><td>${name === null ? pen.say(label) : escaped(name)} <span class="quiet">${escaped(key)}</span></td>${redacted ? NOTHING : html`<td>${escaped(user ?? pen.plain(W.none))}</td>`}<td>${escaped(roles.map((role) => pen.plain(ROLE[role])).join(', '))}</td></tr>`);
  return html`${pen.table('people', [[W.person, ''], ...(redacted ? [] : [[W.account, ''] as const]), [W.roles, '']], rows)}${pen.more(people.directory.length - PEOPLE_SHOWN, W.inJson)}`;
}
