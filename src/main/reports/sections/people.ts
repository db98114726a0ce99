/** People by zone, roll-calls, refusals, and who had the say: posts, orders, stops, hand-overs. */
import type { IncidentReport } from '../../../contract/report.ts';
import { escaped, html, NOTHING } from '../../markup/markup.ts';
import type { Html } from '../../markup/markup.ts';
import { peoplePicture } from '../charts/people.ts';
import { shownSpan } from '../charts/timeline.ts';
import type { Pen } from '../pen.ts';
import { cls } from '../pen.ts';
import { ACTED_ON, DIRECTION, POST, POST_HOW, RETREAT, TITLE, W } from '../words.ts';
import type { Section } from './section.ts';

const ZONES_SHOWN = 30;
const ENTRIES_SHOWN = 60;
const REFUSALS_SHOWN = 200;
const ORDERS_SHOWN = 200;
const OBSTACLES_SHOWN = 8;

export const people: Section = { id: 'people', title: TITLE.people, body: peopleBody };

function peopleBody(report: IncidentReport, pen: Pen): Html {
  const { zones, rollCalls } = report.people;
  if (zones.length === 0 && rollCalls.length === 0) return pen.nothing();
  const span = shownSpan(report);
  const charts = zones.slice(0, ZONES_SHOWN).map((zone, i) => html`<figure><figcaption><b>${pen.both(zone.title)}</b> <span class="quiet">${escaped(zone.zone)}</span> · ${pen.say(W.most)} ${zone.most === null ? pen.say(W.unknown) : zone.most} · <span class="${cls('red', zone.overMs > 0)}">${pen.say(W.over)} ${pen.duration(zone.overMs)}</span> · <span class="${cls('red', zone.unknownMs > 0)}">${pen.say(W.unknownFor)} ${pen.duration(zone.unknownMs)}</span> · ${pen.say(W.headMinutes)} ${escaped(zone.headMinutes.toFixed(1))}</figcaption>${peoplePicture(zone, span, i, pen)}${entries(zone, pen)}</figure>`);
  const calls = rollCalls.length === 0 ? NOTHING : html`<h3>${pen.both(W.rollCalls)}</h3>${pen.table('rollcalls', [[W.from, 't'], [W.ended, 't'], [W.zone, ''], [W.evidence, 'rec']], rollCalls.map(({ openedMs, endedMs, zones: called, evidence }) => html`<tr><td>${pen.clock(openedMs)}</td><td>${endedMs === null ? html`<b class="red">${pen.say(W.stillOpen)}</b>` : pen.clock(endedMs)}</td><td><ul>${called.map(({ title, clearedMs }) => html`<li>${pen.say(title)}: ${clearedMs === null ? html`<b class="red">${pen.say(W.notCleared)}</b>` : html`${pen.say(W.clearedZone)} ${pen.clock(clearedMs)}`}</li>`)}</ul></td><td>${pen.evidence(evidence)}</td></tr>`))}`;
  return html`${charts}${pen.more(zones.length - ZONES_SHOWN, W.inJson)}${calls}`;
}

function entries({ entries: all }: IncidentReport['people']['zones'][number], pen: Pen): Html {
  if (all.length === 0) return NOTHING;
  return html`${pen.table('entries', [[W.entered, 't'], [W.left, 't'], [W.who, 'wide'], [W.task, ''], [W.evidence, 'rec']], all.slice(0, ENTRIES_SHOWN).map(({ who, task, enteredMs, leftMs, evidence }) => html`<tr><td>${pen.clock(enteredMs)}</td><td>${leftMs === null ? html`<b class="red">${pen.say(W.stillInside)}</b>` : pen.clock(leftMs)}</td><td>${pen.person(who)}</td><td>${escaped(task)}</td><td>${pen.evidence(evidence)}</td></tr>`))}${pen.more(all.length - ENTRIES_SHOWN)}`;
}

export const refusals: Section = { id: 'refusals', title: TITLE.refusals, body: refusalsBody };

function refusalsBody({ refusals: all }: IncidentReport, pen: Pen): Html {
  if (all.length === 0) return pen.nothing();
  const rows = all.slice(0, REFUSALS_SHOWN).map(({ n, atMs, by, operation, direction, obstacles, instead }) => html`<tr><td>${pen.clock(atMs)}</td><td>${escaped(operation)} <span class="quiet">${pen.say(DIRECTION[direction])}</span><br>${pen.person(by)} ${pen.record(n)}</td><td><ul>${obstacles.slice(0, OBSTACLES_SHOWN).map(({ clause, fact }) => html`<li>${pen.say(fact)} <span class="quiet">${escaped(clause)}</span></li>`)}${obstacles.length > OBSTACLES_SHOWN ? html`<li>+${obstacles.length - OBSTACLES_SHOWN}</li>` : NOTHING}</ul></td><td>${instead === null ? html`<span class="quiet">${pen.say(W.nothingInstead)}</span>` : html`${pen.clock(instead.atMs)} ${pen.say(instead.text)} ${pen.record(instead.n)}`}</td></tr>`);
  return html`${pen.table('refusals', [[W.time, 't'], [W.asked, 'wide'], [W.refusedBecause, ''], [W.instead, 'wide']], rows)}${pen.more(all.length - REFUSALS_SHOWN)}`;
}

export const command: Section = { id: 'command', title: TITLE.command, body: commandBody };

function commandBody({ command: { retreats, posts, handOvers, orders } }: IncidentReport, pen: Pen): Html {
  const part = (title: { zh: string; en: string }, table: Html, count: number): Html => (count === 0 ? NOTHING : html`<h3>${pen.both(title)}</h3>${table}`);
  const all = [
    part(W.retreats, pen.table('retreats', [[W.time, 'tf'], [W.what, ''], [W.who, 'wide'], [W.record, 'no']], retreats.slice(0, ORDERS_SHOWN).map(({ n, kind, atMs, by, actedOn }) => html`<tr><td>${pen.fine(atMs)}</td><td><b class="red">${pen.say(RETREAT[kind])}</b> <span class="quiet">${pen.say(ACTED_ON[actedOn])}</span></td><td>${pen.person(by)}</td><td>${pen.record(n)}</td></tr>`)), retreats.length),
    part(W.posts, pen.table('posts', [[W.from, 't'], [W.to, 't'], [W.name, 'st'], [W.who, ''], [W.how, 'st'], [W.record, 'no']], posts.map(({ post, who, fromMs, toMs, how, n }) => html`<tr><td>${pen.clock(fromMs)}</td><td>${toMs === null ? NOTHING : pen.clock(toMs)}</td><td>${pen.say(POST[post])}</td><td>${who === null ? html`<b class="red">${pen.say(W.nobody)}</b>` : pen.person(who)}</td><td>${pen.say(POST_HOW[how])}</td><td>${pen.record(n)}</td></tr>`)), posts.length),
    part(W.orders, pen.table('orders', [[W.time, 't'], [W.what, ''], [W.who, 'wide'], [W.record, 'no']], orders.slice(0, ORDERS_SHOWN).map(({ n, atMs, by, text }) => html`<tr><td>${pen.clock(atMs)}</td><td>${pen.say(text)}</td><td>${pen.person(by)}</td><td>${pen.record(n)}</td></tr>`)), orders.length),
    pen.more(orders.length - ORDERS_SHOWN),
    part(W.handOvers, pen.table('handovers', [[W.time, 't'], [W.from, 'wide'], [W.to, 'wide'], [W.openThings, ''], [W.record, 'no']], handOvers.map(({ n, atMs, from, to, items }) => html`<tr><td>${pen.clock(atMs)}</td><td>${pen.person(from)}</td><td>${pen.person(to)}</td><td>${items}</td><td>${pen.record(n)}</td></tr>`)), handOvers.length),
  ];
  return retreats.length + posts.length + orders.length + handOvers.length === 0 ? pen.nothing() : html`${all}`;
}
