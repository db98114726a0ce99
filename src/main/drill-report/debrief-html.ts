/** The debrief as one self-contained page: result, score with its reasons, clauses broken, truth beside what was shown, counterfactuals, what happened, what was done. */
import type { Counterfactual, Debrief } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';
import { unitSign } from '../../contract/unit-sign.ts';
import { escaped, html, NOTHING } from '../markup/markup.ts';
import type { Html } from '../markup/markup.ts';
import { cls, numberText, Pen } from '../reports/pen.ts';
import type { PenOptions } from '../reports/pen.ts';
import { postTitle } from '../training/authority.ts';
import { sheet } from './sheet.ts';
import { truthChart } from './truth-chart.ts';
import { BREACH, EVENT, ITEM, unitText, W } from './words.ts';

/** Rows on paper; the JSON has all. */
const ROWS_SHOWN = 300;
const EVIDENCE_SHOWN = 8;

export interface DebriefProof { readonly plant: Text; readonly record: number | null; readonly version: string }

export function debriefHtml(debrief: Debrief, { plant, record, version }: DebriefProof, options: PenOptions): string {
  const { score, participants } = debrief;
  const pen = new Pen({ incident: { openedMs: debrief.startedMs }, people: { directory: participants.map(({ user, name }) => ({ key: user, label: { zh: name, en: name }, user, name, roles: [] })) } }, options);
  const parts: readonly (readonly [Text, Html])[] = [
    [W.score, scoreTable(debrief, pen)], [W.parts, whoDidWhat(debrief, pen)], [W.breaches, breaches(debrief, pen)], [W.trends, trends(debrief, pen)], [W.whatIf, counterfactuals(debrief, pen)], [W.notes, notes(debrief, pen)], [W.events, events(debrief, pen)], [W.deeds, deeds(debrief, pen)],
  ];
  return sheet({ title: `${pen.plain(W.debrief)} ${score.exercise}`, left: pen.plain(plant), right: `${pen.plain(W.exercise)} ${score.exercise}`, foot: `Haven 退守 ${version}${record === null ? '' : ` · #${String(record)}`}` }, pen, html`<h1>${pen.both(W.debrief)}</h1><p class="note">${pen.both(W.note)}</p>
${front(debrief, pen)}${parts.map(([title, body], i) => html`<section><h2><span class="no">${i + 1}</span>${pen.both(title)}</h2>${body}</section>
`)}`);
}

const seconds = (value: number | null, pen: Pen): Html => (value === null ? pen.say(W.never) : escaped(String(Math.round(value))));
const clausesOf = (clauses: readonly string[]): Html => escaped(clauses.join(', '));
const evidence = (numbers: readonly number[], pen: Pen): Html => html`${numbers.slice(0, EVIDENCE_SHOWN).map((n) => html`${pen.record(n)} `)}${numbers.length > EVIDENCE_SHOWN ? html`<span class="n">+${numbers.length - EVIDENCE_SHOWN}</span>` : NOTHING}`;
const left = (all: readonly unknown[], pen: Pen): Html => (all.length <= ROWS_SHOWN ? NOTHING : html`<p class="more">${pen.say(W.more(all.length - ROWS_SHOWN))}</p>`);

function front({ score, scenario, participants, startedMs, endedMs }: Debrief, pen: Pen): Html {
  const verdict = score.passed ? pen.say(W.passed) : html`<span class="bad">${pen.say(W.notPassed)}</span>`;
  const row = (title: Text, body: Html): Html => html`<tr><th>${pen.say(title)}</th><td>${body}</td></tr>`;
  return html`<table class="facts"><tbody>${row(W.result, html`<b>${escaped(numberText(score.total))} / 100</b> ${verdict} <span class="quiet">${pen.say(W.passMark)} ${escaped(numberText(score.passMark))}</span>`)}${score.aborted === null ? NOTHING : row(W.aborted, html`<span class="bad">${escaped(String(Math.round(score.aborted.atS)))} s: ${pen.say(score.aborted.because)}</span>`)}${row(W.scenario, html`${pen.both(scenario.title)} <span class="n">${escaped(scenario.id)}</span>`)}${row(W.clauses, clausesOf(scenario.clauses))}${row(W.participants, participants.length === 0 ? pen.say(W.noParts) : html`${participants.map(({ name, user, post }, i) => html`${i === 0 ? NOTHING : escaped('; ')}${escaped(name)} <span class="n">${escaped(user)}</span> ${pen.say(postTitle(post))}`)}`)}${row(W.held, html`${pen.moment(startedMs)} – ${pen.clock(endedMs)}`)}</tbody></table>`;
}

function scoreTable({ score }: Debrief, pen: Pen): Html {
  return pen.table('score', [[W.item, 'mid'], [W.figure, 'num'], [W.marks, 'num'], [W.weight, 'no'], [W.got, 'no'], [W.because, ''], [W.record, 'rec']], score.items.map(({ item, figure, unit, full, none, weight, points, because, records }) => html`<tr class="${cls('abnormal', points < weight)}"><td>${pen.both(ITEM[item])}</td><td class="num">${figure === null ? pen.say(W.unknown) : html`${escaped(numberText(figure))} ${pen.say(unitText(unit))}`}</td><td class="num">${full === null || none === null ? pen.say(W.none) : escaped(`${numberText(full)} / ${numberText(none)}`)}</td><td>${escaped(numberText(weight))}</td><td><b>${escaped(numberText(points))}</b></td><td>${pen.say(because)}</td><td>${evidence(records, pen)}</td></tr>`));
}

function whoDidWhat({ parts = [] }: Debrief, pen: Pen): Html {
  if (parts.length === 0) return pen.nothing(W.noParts);
  return html`<p class="note">${pen.say(W.partsNote)}</p>${pen.table('parts', [[W.who, 'who'], [W.post, 'wide'], [W.first, 'num'], [W.deedsDone, 'num'], [W.acknowledged, 'num'], [W.refused, 'num'], [W.hints, 'num'], [W.clauses, 'cl']], parts.map(({ name, user, posts, firstAtS, deeds: done, acknowledged, refused, hints, breaches: broken }) => html`<tr class="${cls('abnormal', broken.length > 0)}"><td>${escaped(name)} <span class="n">${escaped(user)}</span></td><td>${posts.map((post, i) => html`${i === 0 ? NOTHING : html`, `}${pen.say(postTitle(post))}`)}</td><td class="num">${seconds(firstAtS, pen)}</td><td class="num">${done}</td><td class="num">${acknowledged}</td><td class="num">${refused}</td><td class="num">${hints}</td><td>${clausesOf(broken)}</td></tr>`))}`;
}

function breaches({ score }: Debrief, pen: Pen): Html {
  if (score.breaches.length === 0) return pen.nothing(W.noBreaches);
  return pen.table('breaches', [[W.at, 'no'], [W.clauses, 'cl'], [W.kind, 'st'], [W.what, ''], [W.record, 'rec']], score.breaches.map(({ atS, clause, kind, text, records }) => html`<tr class="abnormal"><td>${escaped(String(Math.round(atS)))}</td><td>${escaped(clause)}</td><td>${pen.say(BREACH[kind])}</td><td>${pen.say(text)}</td><td>${evidence(records, pen)}</td></tr>`));
}

function trends(debrief: Debrief, pen: Pen): Html {
  if (debrief.trends.length === 0) return pen.nothing(W.noTruth);
  const endS = Math.max(1, ...debrief.trends.flatMap(({ truth }) => truth.slice(-1).map(([s]) => s)));
  return html`<p class="note">${pen.say(W.legend)}</p>${debrief.trends.map((trend, i) => html`<figure><figcaption>${trend.shown.length === 0 ? html`<b>${pen.say(trend.title)}</b>` : html`<b>${escaped(trend.tag)}</b> ${pen.say(trend.title)}`} <span class="quiet">${pen.say(unitText(trend.unit))}</span>${(trend.deceived ?? []).length === 0 ? NOTHING : html` <span class="bad">${pen.say(W.deceived)}: ${escaped((trend.deceived ?? []).map(([from, to]) => `${String(Math.round(from))}–${String(Math.round(to))} s`).join(', '))}</span>`}</figcaption>${truthChart(trend, endS, i, trend.shown.length === 0 ? pen.plain(trend.title) : `${trend.tag} ${pen.plain(trend.title)}`)}</figure>`)}`;
}

function counterfactuals({ counterfactuals: all, noCounterfactuals, fidelity = [] }: Debrief, pen: Pen): Html {
  if (all.length === 0) return html`<p class="nothing">${pen.say(noCounterfactuals ?? W.noWhatIf)}</p>`;
  const shift = ({ shiftMs, supposed }: Counterfactual): Html => (shiftMs === 0 ? pen.say(supposed === true ? W.supposed : W.asItWas) : escaped(`${shiftMs > 0 ? '+' : '−'}${numberText(Math.abs(shiftMs) / 60_000)} min`));
  return html`<p class="note">${pen.say(W.simulated)}${all.some(({ supposed }) => supposed === true) ? html` ${pen.say(W.supposedNote)}` : NOTHING}${fidelity.length === 0 ? NOTHING : html` ${pen.say(W.fidelity)} ${escaped(fidelity.map(({ tag, atMost, unit }) => `${tag} ${numberText(atMost)} ${unitSign(unit)}`).join('; '))}`}</p>${pen.table('whatif', [[W.run, 'st'], [W.stop, 'num'], [W.safe, 'num'], [W.worst, ''], [W.result, 'wide']], all.map((each) => html`<tr><td>${shift(each)}</td><td class="num">${seconds(each.stopS, pen)}</td><td class="num">${seconds(each.safeAfterS, pen)}</td><td>${escaped(each.worst.map(({ tag, value, unit, limit }) => `${tag} ${numberText(value)} ${unitSign(unit)}${limit === null ? '' : ` (${numberText(limit)})`}`).join('; '))}</td><td>${pen.say(each.outcome)}</td></tr>`))}`;
}

function notes({ notes: all }: Debrief, pen: Pen): Html {
  if (all.length === 0) return pen.nothing(W.nothing);
  return pen.table('notes', [[W.at, 'no'], [W.who, 'who'], [W.what, '']], all.map(({ atS, by, text }) => html`<tr><td>${escaped(String(Math.round(atS)))}</td><td>${escaped(by)}</td><td>${escaped(text)}</td></tr>`));
}

/** The sentence says of what it is; the id of a margin is nobody's word. */
const isNamed = (subject: string, { zh, en }: Text, kind: Debrief['events'][number]['kind']): boolean => kind === 'margin-lost' || (zh.includes(subject) && en.includes(subject));

function events({ events: all }: Debrief, pen: Pen): Html {
  if (all.length === 0) return pen.nothing(W.nothing);
  return html`${pen.table('events', [[W.at, 'no'], [W.kind, 'lane'], [W.what, ''], [W.clauses, 'cl']], all.slice(0, ROWS_SHOWN).map(({ atS, kind, subject, text, clauses, left: isLeft }) => html`<tr class="${cls('abnormal', kind === 'margin-lost')}"><td>${escaped(String(Math.round(atS)))}</td><td>${pen.say(EVENT[kind])}</td><td>${isNamed(subject, text, kind) ? NOTHING : html`${escaped(subject)} `}${pen.say(text)}${isLeft === true ? html` <i>${pen.say(W.left)}</i>` : NOTHING}</td><td>${clausesOf(clauses)}</td></tr>`))}${left(all, pen)}`;
}

function deeds({ deeds: all = [] }: Debrief, pen: Pen): Html {
  if (all.length === 0) return pen.nothing(W.nothing);
  return html`${pen.table('deeds', [[W.at, 'no'], [W.who, 'who'], [W.what, ''], [W.record, 'rec']], all.slice(0, ROWS_SHOWN).map(({ n, atS, by, text, left: isLeft }) => html`<tr><td>${escaped(String(Math.round(atS)))}</td><td>${by === null ? NOTHING : pen.person(by)}</td><td>${pen.say(text)}${isLeft === true ? html` <i>${pen.say(W.left)}</i>` : NOTHING}</td><td>${pen.record(n)}</td></tr>`))}${left(all, pen)}`;
}
