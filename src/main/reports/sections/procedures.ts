/** Each procedure: its course, its steps with what proved them, what was done otherwise; and the prohibitions of all. */
import type { IncidentReport, ReportProcedure, ReportStep } from '../../../contract/report.ts';
import { escaped, html, NOTHING } from '../../markup/markup.ts';
import type { Html } from '../../markup/markup.ts';
import type { Pen } from '../pen.ts';
import { cls } from '../pen.ts';
import { LIMIT, PLACE, PROHIBITION, PROOF_HOW, ROLE, STEP_STATE, TITLE, W } from '../words.ts';
import type { Section } from './section.ts';

const PROCEDURES_SHOWN = 40;
const PLACES_SHOWN = 40;
const REASONS_SHOWN = 20;

export const procedures: Section = { id: 'procedures', title: TITLE.procedures, body: ({ procedures: all }, pen) => (all.length === 0 ? pen.nothing() : html`${all.slice(0, PROCEDURES_SHOWN).map((each) => one(each, pen))}${pen.more(all.length - PROCEDURES_SHOWN, W.inJson)}`) };

function one(procedure: ReportProcedure, pen: Pen): Html {
  const { because, places, raisedBy, safeAfterMs } = procedure;
  return html`<div class="procedure"><h3>${escaped(procedure.id)} ${pen.both(procedure.title)}</h3><table class="facts"><tbody>
<tr><th>${pen.say(W.raisedAt)}</th><td>${pen.fine(procedure.raisedMs)} · ${pen.say(W.raisedBy)} ${pen.person(raisedBy)} · ${escaped(procedure.instance)} v${procedure.version} · ${pen.say(W.clause)} ${escaped(procedure.clauses.join(', '))} ${pen.evidence(procedure.evidence)}</td></tr>
<tr><th>${pen.say(W.reasons)}</th><td>${escaped(because.slice(0, REASONS_SHOWN).join(', '))}${because.length > REASONS_SHOWN ? html` +${because.length - REASONS_SHOWN}` : NOTHING}</td></tr>
<tr><th>${pen.say(W.safeAfter)}</th><td>${safeAfterMs === null ? html`<b class="red">${pen.say(W.neverSafe)}</b>` : html`<b>${pen.duration(safeAfterMs)}</b>`}</td></tr>
<tr><th>${pen.say(W.course)}</th><td>${places.slice(0, PLACES_SHOWN).map(({ place, atMs, n }, i) => html`${i === 0 ? NOTHING : html` → `}${pen.say(PLACE[place] ?? { zh: place, en: place })} ${pen.clock(atMs)} ${pen.record(n)}`)}${places.length > PLACES_SHOWN ? html` +${places.length - PLACES_SHOWN}` : NOTHING}</td></tr></tbody></table>
${(['steps', 'handling'] as const).map((part) => steps(procedure.steps.filter((step) => step.part === part), part, pen))}${limits(procedure, pen)}</div>`;
}

function steps(all: readonly ReportStep[], part: 'steps' | 'handling', pen: Pen): Html {
  if (all.length === 0) return NOTHING;
  return html`<h4>${pen.say(W[part])}</h4>${pen.table('steps', [[W.number, 'no'], [W.step, ''], [W.state, 'st'], [W.begun, 't'], [W.doneAt, 't'], [W.proofs, 'wide'], [W.record, 'rec']], all.map((step) => stepRow(step, pen)))}`;
}

const isAbnormal = ({ state, deviations }: ReportStep): boolean => state === 'late' || state === 'open' || state === 'skipped' || deviations.length > 0;

function stepRow(step: ReportStep, pen: Pen): Html {
  const { number, text, who, state, startedMs, dueMs, doneMs, by, proof, deviations, evidence } = step;
  const proofs = proof.map(({ text: what, how, by: signer, atMs, note, evidence: records }) => html`<li class="${cls('red', how === 'none')}">${pen.say(what)} <span class="quiet">(${pen.say(PROOF_HOW[how])}${signer === null ? NOTHING : html` ${pen.person(signer)}`}${atMs === null ? NOTHING : html` ${pen.clock(atMs)}`})</span>${note === '' ? NOTHING : html` “${escaped(note)}”`} ${records.length === 0 ? NOTHING : pen.evidence(records)}</li>`);
  const otherwise = deviations.map(({ atMs, what, by: person, evidence: records }) => html`<p class="red">${pen.clock(atMs)} ${pen.say(what)}${person === null ? NOTHING : html` (${pen.person(person)})`} ${pen.evidence(records)}</p>`);
  return html`<tr class="${cls('abnormal', isAbnormal(step))}"><td>${number}</td><td>${pen.say(text)} <span class="quiet">${pen.say(ROLE[who])}</span>${otherwise}</td><td class="${state === 'done' || state === 'notReached' ? NOTHING : ('red' as Html)}">${pen.say(STEP_STATE[state])}</td><td>${pen.clock(startedMs)}</td><td>${pen.clock(doneMs)}${dueMs === null ? NOTHING : html`<br><span class="quiet">${pen.say(W.due)} ${pen.clock(dueMs)}</span>`}${by === null ? NOTHING : html`<br>${pen.person(by)}`}</td><td>${proofs.length === 0 ? NOTHING : html`<ul>${proofs}</ul>`}</td><td>${evidence.length === 0 ? NOTHING : pen.evidence(evidence)}</td></tr>`;
}

function limits({ limits: all }: ReportProcedure, pen: Pen): Html {
  if (all.length === 0) return NOTHING;
  return html`<h4>${pen.say(W.timeLimits)}</h4>${pen.table('limits', [[W.clause, 'cl'], [W.requirement, ''], [W.due, 't'], [W.state, 'st'], [W.evidence, 'rec']], all.map(({ clause, text, dueMs, state, evidence }) => html`<tr class="${cls('abnormal', state === 'exceeded')}"><td>${escaped(clause)}</td><td>${pen.say(text)}</td><td>${pen.clock(dueMs)}</td><td class="${cls('red', state === 'exceeded')}">${pen.say(LIMIT[state])}</td><td>${pen.evidence(evidence)}</td></tr>`))}`;
}

const ORDER = { violated: 0, unknown: 1, unwatched: 2, kept: 3 } as const;

export const prohibitions: Section = { id: 'prohibitions', title: TITLE.prohibitions, body: prohibitionsBody };

/** Broken and unknown ones first: what was kept is read last. */
function prohibitionsBody({ procedures: all }: IncidentReport, pen: Pen): Html {
  const each = all.flatMap((procedure) => procedure.prohibitions.map((prohibition) => ({ procedure: procedure.id, ...prohibition }))).sort((a, b) => ORDER[a.state] - ORDER[b.state]);
  if (each.length === 0) return pen.nothing();
  return pen.table('never', [[W.clause, 'cl'], [W.requirement, ''], [W.state, 'st'], [W.brokenFor, 'num'], [W.evidence, 'rec']], each.slice(0, PROHIBITIONS_SHOWN).map(({ procedure, clause, text, state, brokenMs, evidence }) => html`<tr class="${cls('abnormal', state === 'violated')}"><td>${escaped(clause)}<br><span class="quiet">${escaped(procedure)}</span></td><td>${pen.say(text)}</td><td class="${state === 'violated' || state === 'unknown' ? ('red' as Html) : NOTHING}">${pen.say(PROHIBITION[state])}</td><td class="num">${brokenMs > 0 ? pen.duration(brokenMs) : NOTHING}</td><td>${evidence.length === 0 ? NOTHING : pen.evidence(evidence)}</td></tr>`));
}
const PROHIBITIONS_SHOWN = 400;
