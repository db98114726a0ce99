/** What is concluded: clause by clause, KPIs, causes, what is to be done, and what the simulator says of another stop. */
import type { ClauseVerdict, IncidentReport, WhatIf } from '../../../contract/report.ts';
import { escaped, html, NOTHING } from '../../markup/markup.ts';
import type { Html } from '../../markup/markup.ts';
import { smallMultiples } from '../charts/small-multiples.ts';
import type { Pen } from '../pen.ts';
import { cls, durationText, numberText } from '../pen.ts';
import { KPI_VERDICT, TITLE, VERDICT, W } from '../words.ts';
import type { Section } from './section.ts';

/** Not met and unknown first: they are what a reader must not have to look for. */
const ORDER = ['notMet', 'unknown', 'met', 'notApplicable'] as const;

export const clauses: Section = { id: 'clauses', title: TITLE.clauses, body: clausesBody };

function clausesBody({ clauses: all }: IncidentReport, pen: Pen): Html {
  if (all.length === 0) return pen.nothing();
  const of = (verdict: ClauseVerdict['verdict']): ClauseVerdict[] => all.filter((each) => each.verdict === verdict);
  const counts = html`<p class="counts">${ORDER.map((verdict) => html`<span class="${verdict === 'notMet' && of(verdict).length > 0 ? ('red' as Html) : NOTHING}"><b>${of(verdict).length}</b> ${pen.say(VERDICT[verdict])}</span>`)}</p>`;
  return html`${counts}${ORDER.map((verdict) => (of(verdict).length === 0 ? NOTHING : html`<h3>${pen.both(VERDICT[verdict])}</h3>${verdict === 'notApplicable' ? shortList(of(verdict), pen) : clauseTable(of(verdict), pen)}`))}`;
}

const clauseTable = (all: readonly ClauseVerdict[], pen: Pen): Html => pen.table('clauses', [[W.clause, 'cl'], [W.requirement, ''], [W.verdict, 'st'], [W.why, 'wide'], [W.evidence, 'rec']], all.map(({ id, text, verdict, because, evidence }) => html`<tr class="${cls('abnormal', verdict === 'notMet')}"><td><b>${escaped(id)}</b></td><td>${pen.say(text)}</td><td class="${verdict === 'notMet' || verdict === 'unknown' ? ('red' as Html) : NOTHING}">${pen.say(VERDICT[verdict])}</td><td>${pen.say(because)}</td><td>${evidence.length === 0 ? NOTHING : pen.evidence(evidence)}</td></tr>`));
const shortList = (all: readonly ClauseVerdict[], pen: Pen): Html => pen.table('clauses', [[W.clause, 'cl'], [W.requirement, ''], [W.why, 'wide']], all.map(({ id, text, because }) => html`<tr class="quiet"><td>${escaped(id)}</td><td>${pen.say(text)}</td><td>${pen.say(because)}</td></tr>`));

export const kpi: Section = { id: 'kpi', title: TITLE.kpi, body: ({ kpi: all }, pen) => (all.length === 0 ? pen.nothing() : pen.table('kpi', [[W.name, ''], [W.figure, 'num'], [W.target, 'mid'], [W.verdict, 'st']], all.map(({ name, value, unit, target, verdict }) => html`<tr class="${cls('abnormal', verdict === 'over')}"><td>${pen.say(name)}</td><td class="num">${value === null ? pen.say(W.unknown) : escaped(`${numberText(value)} ${unit}`)}</td><td>${escaped(target ?? pen.plain(W.none))}</td><td class="${cls('red', verdict === 'over')}">${pen.say(KPI_VERDICT[verdict] ?? { zh: verdict, en: verdict })}</td></tr>`))) };

export const causes: Section = { id: 'causes', title: TITLE.causes, body: causesBody };

function causesBody({ causes: { stated, chains, factors, concluded } }: IncidentReport, pen: Pen): Html {
  const conclusion = concluded === null ? html`<p class="notice"><b>${pen.say(W.notConcluded)}</b></p>` : html`<p class="notice"><b>${pen.say(W.concluded)}</b> ${escaped(concluded.text)} <span class="quiet">${pen.moment(concluded.atMs)} ${pen.people(concluded.by)}</span> ${pen.record(concluded.n)}</p>`;
  const ofChains = chains.map(({ event, problem, whys, root }) => html`<div class="card"><p><b>${pen.say(W.problem)}:</b> ${escaped(problem)}${event === null ? NOTHING : html` <span class="quiet">${pen.say(event.text)}</span> ${pen.record(event.n)}`}</p><ol class="why">${whys.map(({ n, text, by }) => html`<li>${pen.say(W.whyN)}? ${escaped(text)} <span class="quiet">${pen.person(by)}</span> ${pen.record(n)}</li>`)}</ol><p><b>${pen.say(W.root)}:</b> ${root === null ? html`<span class="red">${pen.say(W.noRoot)}</span>` : escaped(root)}</p></div>`);
  const ofFactors = factors.length === 0 ? NOTHING : html`<h3>${pen.both(W.factors)}</h3>${pen.table('factors', [[W.kind, 'mid'], [W.what, ''], [W.who, 'who'], [W.evidence, 'rec']], factors.map(({ n, kind, text, by, evidence }) => html`<tr><td>${escaped(kind)}</td><td>${escaped(text)}</td><td>${pen.person(by)}</td><td>${pen.evidence([...new Set([n, ...evidence])])}</td></tr>`))}`;
  const ofStated = stated.length === 0 ? NOTHING : html`<h3>${pen.both(W.stated)}</h3>${pen.table('stated', [[W.time, 't'], [W.about, 'mid'], [W.what, ''], [W.who, 'who'], [W.record, 'no']], stated.map(({ n, atMs, by, about, text }) => html`<tr><td>${pen.clock(atMs)}</td><td>${escaped(about)}</td><td>${escaped(text)}</td><td>${pen.person(by)}</td><td>${pen.record(n)}</td></tr>`))}`;
  return html`${conclusion}${chains.length === 0 ? NOTHING : html`<h3>${pen.both(W.chains)}</h3>${ofChains}`}${ofFactors}${ofStated}`;
}

export const actions: Section = { id: 'actions', title: TITLE.actions, body: actionsBody };

function actionsBody({ actions: all }: IncidentReport, pen: Pen): Html {
  if (all.length === 0) return pen.nothing();
  const rows = all.map(({ id, measure, responsible, funding, dueMs, contingency, procedures, overdue, extended, closed, openedBy, openedMs }) => html`<tr class="${cls('abnormal', overdue)}"><td><b>${escaped(id)}</b></td><td>${escaped(measure)}<br><span class="quiet">${pen.say(W.funding)}: ${escaped(funding)} · ${pen.say(W.contingency)}: ${escaped(contingency)}${procedures.length === 0 ? NOTHING : html` · ${pen.say(W.procedures)}: ${escaped(procedures.map((each) => each.id).join(', '))}`} · ${pen.person(openedBy)} ${pen.moment(openedMs)}</span></td><td>${pen.person(responsible)}</td><td>${pen.moment(dueMs)}${extended.map(({ fromMs, reason }) => html`<br><span class="quiet">${pen.say(W.extendedTo)} (${pen.moment(fromMs)}): ${escaped(reason)}</span>`)}</td><td>${closed === null ? (overdue ? html`<b class="red">${pen.say(W.overdue)}</b>` : pen.say(W.openAction)) : html`${pen.say(W.closedWith)}: ${escaped(closed.evidence)} <span class="quiet">${pen.person(closed.by)} ${pen.moment(closed.atMs)}</span>`}</td></tr>`);
  return pen.table('actions', [[W.number, 'cl'], [W.measure, ''], [W.responsible, 'who'], [W.deadline, 'tt'], [W.state, 'mid']], rows);
}

export const followUps: Section = { id: 'follow-ups', title: TITLE.followUps, body: ({ followUps: all }, pen) => (all.length === 0 ? pen.nothing() : pen.table('followups', [[W.number, 'cl'], [W.kind, 'mid'], [W.what, ''], [W.responsible, 'who'], [W.deadline, 'tt'], [W.state, 'tt'], [W.evidence, 'rec']], all.map(({ id, kind, title, procedures, responsible, dueMs, doneMs, evidence }) => html`<tr><td>${escaped(id)}</td><td>${escaped(kind)}</td><td>${escaped(title)} <span class="quiet">${escaped(procedures.join(', '))}</span></td><td>${pen.person(responsible)}</td><td>${pen.moment(dueMs)}</td><td>${doneMs === null ? html`<b>${pen.say(W.notDone)}</b>` : pen.moment(doneMs)}</td><td>${pen.evidence(evidence)}</td></tr>`))) };

export const whatIf: Section = { id: 'what-if', title: TITLE.whatIf, isShown: (report) => report.whatIf !== null, body: ({ whatIf: run }, pen) => (run === null ? NOTHING : whatIfBody(run, pen)) };

function whatIfBody(whatIfRuns: WhatIf, pen: Pen): Html {
  const runs = [...whatIfRuns.runs].sort((a, b) => a.shiftMs - b.shiftMs);
  const title = ({ shiftMs }: WhatIf['runs'][number]): string => (shiftMs === 0 ? pen.plain(W.asItWas) : `${durationText(Math.abs(shiftMs))} ${pen.plain(shiftMs < 0 ? W.earlier : W.later)}`);
  const tags = [...new Map(runs.flatMap(({ worst }) => worst).map((each) => [each.tag, each])).values()];
  const charted = [...new Set(runs.flatMap(({ series }) => series.map(({ tag }) => tag)))];
  const nameOf = (tag: string): Html => { const known = tags.find((each) => each.tag === tag); return known === undefined ? NOTHING : html` ${pen.say(known.title)} <span class="quiet">${escaped(known.unit)}</span>`; };
  return html`<p class="note">${pen.say(W.whatIfNote)} ${pen.say(W.scenario)} ${escaped(whatIfRuns.scenario)}${whatIfRuns.seed === null ? NOTHING : html`, ${pen.say(W.seed)} ${whatIfRuns.seed}`}.</p>
${pen.table('runs', [[W.shift, 'wide'], [W.safeAfter, 'mid'], [W.outcome, ''], [W.worst, 'wide']], runs.map((run) => html`<tr><td>${run.shiftMs === 0 ? html`<b>${escaped(title(run))}</b>` : escaped(title(run))}</td><td>${run.safeAfterS === null ? html`<b class="red">${pen.say(W.neverSafe)}</b>` : escaped(durationText(run.safeAfterS * 1_000))}</td><td>${pen.say(run.outcome)}</td><td><ul>${run.worst.map(({ tag, value, unit, limit }) => html`<li>${escaped(`${tag} ${numberText(value)} ${unit}`)}${limit === null ? NOTHING : html` <span class="quiet">/ ${escaped(numberText(limit))}</span>`}</li>`)}</ul></td></tr>`))}
${charted.map((tag, i) => html`<figure><figcaption><b>${escaped(tag)}</b>${nameOf(tag)}</figcaption>${smallMultiples(tag, runs, title, i, pen)}</figure>`)}
${whatIfRuns.fidelity.length === 0 ? NOTHING : html`<p class="note">${pen.say(W.fidelity)}: ${escaped(whatIfRuns.fidelity.map(({ tag, unit, atMost }) => `${tag} ${numberText(atMost)} ${unit}`).join('; '))}</p>`}`;
}
