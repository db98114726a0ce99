/** What the interlocks did, should have done, and were kept from doing (3.3, 3.5). Those with something to tell come first. */
import type { IncidentReport, ReportInterlock } from '../../../contract/report.ts';
import { escaped, html, NOTHING } from '../../markup/markup.ts';
import type { Html } from '../../markup/markup.ts';
import type { Pen } from '../pen.ts';
import { cls } from '../pen.ts';
import { TITLE, W } from '../words.ts';
import type { Section } from './section.ts';

const SHOWN_EACH = 40;

export const interlocks: Section = { id: 'interlocks', title: TITLE.interlocks, body };

const isCalm = ({ trips, missed, bypassed, entries }: ReportInterlock): boolean => trips.length + missed.length + bypassed.length + entries.length === 0;
const weight = ({ missed, bypassed, trips }: ReportInterlock): number => missed.length * 1_000 + bypassed.filter(({ approved }) => !approved).length * 100 + trips.length;

function body({ interlocks: all }: IncidentReport, pen: Pen): Html {
  if (all.length === 0) return pen.nothing();
  const calm = all.filter(isCalm);
  return html`${[...all].filter((each) => !isCalm(each)).sort((a, b) => weight(b) - weight(a)).map((each) => one(each, pen))}${calm.length === 0 ? NOTHING : html`<p>${escaped(calm.map(({ id }) => id).join(', '))}: ${pen.say(W.calm)}</p>`}`;
}

function one(interlock: ReportInterlock, pen: Pen): Html {
  const isBad = interlock.missed.length > 0 || interlock.bypassed.some(({ approved }) => !approved);
  return html`<div class="card${cls('bad', isBad)}"><h3>${escaped(interlock.id)} ${pen.both(interlock.title)}</h3>${missed(interlock, pen)}${trips(interlock, pen)}${bypassed(interlock, pen)}${entries(interlock, pen)}</div>`;
}

function missed({ missed: all }: ReportInterlock, pen: Pen): Html {
  if (all.length === 0) return NOTHING;
  return html`<h4 class="red">${pen.say(W.missed)}</h4>${pen.table('missed', [[W.time, 't'], [W.why, ''], [W.evidence, 'rec']], all.slice(0, SHOWN_EACH).map(({ atMs, because, evidence }) => html`<tr class="abnormal"><td>${pen.clock(atMs)}</td><td>${pen.say(because)}</td><td>${pen.evidence(evidence)}</td></tr>`))}${pen.more(all.length - SHOWN_EACH, W.inJson)}`;
}

function trips({ trips: all }: ReportInterlock, pen: Pen): Html {
  if (all.length === 0) return NOTHING;
  return html`<h4>${pen.say(W.trips)}</h4>${pen.table('trips', [[W.time, 'tf'], [W.first, ''], [W.released, 'wide'], [W.evidence, 'rec']], all.slice(0, SHOWN_EACH).map(({ n, atMs, first, releasedMs, forced, evidence }) => html`<tr class="${cls('abnormal', forced)}"><td>${pen.fine(atMs)}</td><td>${escaped(first.join('; '))}</td><td>${releasedMs === null ? pen.say(W.none) : pen.clock(releasedMs)}${forced ? html` <b class="red">${pen.say(W.forced)}</b>` : NOTHING}</td><td>${pen.evidence([...new Set([n, ...evidence])])}</td></tr>`))}${pen.more(all.length - SHOWN_EACH, W.inJson)}`;
}

function bypassed({ bypassed: all }: ReportInterlock, pen: Pen): Html {
  if (all.length === 0) return NOTHING;
  return html`<h4>${pen.say(W.bypassed)}</h4>${pen.table('bypassed', [[W.from, 't'], [W.to, 't'], [W.state, ''], [W.evidence, 'rec']], all.slice(0, SHOWN_EACH).map(({ fromMs, toMs, approved, entry, evidence }) => html`<tr class="${cls('abnormal', !approved)}"><td>${pen.clock(fromMs)}</td><td>${toMs === null ? html`<b>${pen.say(W.stillOn)}</b>` : pen.clock(toMs)}</td><td>${approved ? pen.say(W.approved) : html`<b class="red">${pen.say(W.notApproved)}</b>`} ${escaped(entry ?? '')}</td><td>${pen.evidence(evidence)}</td></tr>`))}${pen.more(all.length - SHOWN_EACH, W.inJson)}`;
}

function entries({ entries: all }: ReportInterlock, pen: Pen): Html {
  if (all.length === 0) return NOTHING;
  return html`<h4>${pen.say(W.entries)}</h4>${all.slice(0, SHOWN_EACH).map((entry) => html`<table class="facts"><tbody><tr><th>${escaped(entry.id)}</th><td>${entry.element === null ? pen.say(W.wholeFunction) : escaped(entry.element)} · ${pen.say(entry.outcome)} ${pen.evidence(entry.evidence)}</td></tr><tr><th>${pen.say(W.reason)}</th><td>${escaped(entry.reason)}</td></tr><tr><th>${pen.say(W.requestedBy)} / ${pen.say(W.assessedBy)} / ${pen.say(W.approvedBy)}</th><td>${entry.requestedBy === null ? pen.say(W.nobody) : pen.person(entry.requestedBy)} / ${entry.assessedBy === null ? html`<b class="red">${pen.say(W.nobody)}</b>` : pen.person(entry.assessedBy)} / ${entry.approvedBy.length === 0 ? html`<b class="red">${pen.say(W.nobody)}</b>` : pen.people(entry.approvedBy)} · ${pen.say(W.validUntil)} ${pen.clock(entry.untilMs)}</td></tr></tbody></table>`)}${pen.more(all.length - SHOWN_EACH, W.inJson)}`;
}
