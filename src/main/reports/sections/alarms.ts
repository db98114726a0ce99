/** Who was first, and every alarm with the time to its answer. */
import type { IncidentReport } from '../../../contract/report.ts';
import { escaped, html, NOTHING } from '../../markup/markup.ts';
import type { Html } from '../../markup/markup.ts';
import type { Pen } from '../pen.ts';
import { cls, durationText, numberText, valueText } from '../pen.ts';
import { TITLE, W } from '../words.ts';
import type { Section } from './section.ts';

const RAISES_SHOWN = 300;
const CONDITIONS_SHOWN = 200;
const FIRST_OUTS_SHOWN = 40;
const POSSIBLE_SHOWN = 10;

export const alarms: Section = { id: 'alarms', title: TITLE.alarms, body: (report, pen) => html`${firstOuts(report, pen)}${conditions(report, pen)}${raises(report, pen)}` };

function firstOuts({ firstOuts: all, alarms: { raises: known }, conditions: held }: IncidentReport, pen: Pen): Html {
  const titles = new Map([...held, ...known].map(({ id, title }) => [id, title]));
  const named = (id: string): Html => { const title = titles.get(id); return title === undefined ? escaped(id) : html`${pen.say(title)} <span class="quiet">${escaped(id)}</span>`; };
  if (all.length === 0) return NOTHING;
  const rows = all.slice(0, FIRST_OUTS_SHOWN).map(({ title, first, possible, uncertaintyMs, evidence }) => html`<tr><td>${pen.say(title)}</td><td>${first === null ? html`<b>${pen.say(W.possible)}</b><ul>${possible.slice(0, POSSIBLE_SHOWN).map((id) => html`<li>${named(id)}</li>`)}</ul>` : html`<b>${named(first)}</b>`}</td><td class="num">± ${escaped(durationText(uncertaintyMs))}</td><td>${pen.evidence(evidence)}</td></tr>`);
  return html`<h3>${pen.both(W.firstOut)}</h3>${pen.table('firstouts', [[W.group, 'wide'], [W.first, ''], [W.uncertainty, 'num'], [W.evidence, 'rec']], rows)}${pen.more(all.length - FIRST_OUTS_SHOWN, W.inJson)}`;
}

const figures = (value: number | boolean | string | null, limit: number | null, pen: Pen): Html => html`${escaped(valueText(value, pen.plain(W.none)))}${limit === null ? NOTHING : html` <span class="quiet">/ ${escaped(numberText(limit))}</span>`}`;

function conditions({ conditions: all }: IncidentReport, pen: Pen): Html {
  if (all.length === 0) return NOTHING;
  const rows = all.slice(0, CONDITIONS_SHOWN).map((c) => html`<tr class="${cls('abnormal', c.clearedMs === null)}"><td>${pen.fine(c.onsetMs)}</td><td>${pen.say(c.title)} <span class="quiet">${escaped([c.id, ...c.clauses].join(' · '))}</span>${c.startsProcedure ? html` <b>${pen.say(W.startsProcedure)}</b>` : NOTHING}${c.unknown.length > 0 ? html` <b class="red">${pen.say(W.becameUnknown)}</b> ${pen.evidence(c.unknown.map(({ n }) => n))}` : NOTHING}</td><td>${escaped(c.input ?? '')} ${figures(c.value, c.limit, pen)}</td><td>${c.clearedMs === null ? html`<b class="red">${pen.say(W.heldOn)}</b>` : pen.clock(c.clearedMs)}</td><td>${pen.record(c.n)}</td></tr>`);
  return html`<h3>${pen.both(W.condition)}</h3>${pen.table('conditions', [[W.onset, 'tf'], [W.condition, ''], [W.reading, 'wide'], [W.cleared, 't'], [W.record, 'no']], rows)}${pen.more(all.length - CONDITIONS_SHOWN)}`;
}

function raises({ alarms: { raises: all, left }, mode }: IncidentReport, pen: Pen): Html {
  if (all.length === 0) return pen.nothing();
  // Of a trace nobody could answer anything: that is no failing of anybody.
  const isAttended = mode !== 'RECONSTRUCTED';
  const rows = all.slice(0, RAISES_SHOWN).map((a) => html`<tr class="${cls('abnormal', isAttended && (a.acknowledgedMs === null || a.inTime === false))}"><td>${pen.fine(a.sourceMs)}</td><td class="${a.priority <= 2 ? ('red' as Html) : NOTHING}">${a.priority}</td><td>${a.firstOut === null ? NOTHING : html`<b>${pen.say(a.firstOut === 'first' ? W.firstOut : W.possible)}</b> `}${pen.say(a.title)} <span class="quiet">${escaped(a.id)}${a.hidden ? html` · ${pen.say(W.hidden)}` : NOTHING}</span></td><td>${figures(a.value, a.limit, pen)}</td><td>${!isAttended ? escaped('—') : a.acknowledgedMs === null ? html`<b class="red">${pen.say(W.notAnswered)}</b>` : html`${pen.clock(a.acknowledgedMs)} ${pen.person(a.acknowledgedBy)}`}</td><td class="num">${a.responseMs === null ? NOTHING : escaped(durationText(a.responseMs))}${isAttended && a.inTime === false ? html` <b class="red">${pen.say(W.late)}</b>` : NOTHING}</td><td>${a.returnedMs === null ? NOTHING : pen.clock(a.returnedMs)}</td><td>${pen.record(a.n)}</td></tr>`);
  return html`<h3>${pen.both(W.alarm)}</h3>${pen.table('raises', [[W.raised, 'tf'], [W.priority, 'no'], [W.alarm, ''], [W.reading, 'st'], [W.answered, 'who'], [W.response, 'num'], [W.returned, 't'], [W.record, 'no']], rows)}${pen.more(all.length - Math.min(all.length, RAISES_SHOWN) + left)}`;
}
