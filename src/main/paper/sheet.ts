/**
 * One running procedure on paper: one self-contained page for A4, in both languages, as it stands at one moment, with tick boxes. It is read
 * when this program is dead, so it asks for nothing: no script, no font, no picture, no colour that must be printed.
 */
import { EVIDENCE_FIELDS } from '../../contract/evidence.ts';
import type { Text } from '../../contract/text.ts';
import type { ProcedureView, ProofView, StepView } from '../../contract/view.ts';
import { GAS_LIMITS } from '../../domain/proof/gas-test.ts';
import { both, escaped, html, NOTHING } from '../markup/markup.ts';
import type { Html } from '../markup/markup.ts';
import { STYLE } from './style.ts';
import { CONTINUOUS, DEADLINE, EVIDENCE, KIND, MODE, MODE_STATE, PLACE, PROHIBITION, PROOF, QUALITY, RESULT, ROLE, STEP_STATE, TRUTH, W } from './words.ts';

export interface PaperHead {
  readonly mode: 'OPERATION' | 'TRAINING';
  readonly plant: Text;
  /** The moment at which it stands so. */
  readonly atMs: number;
  /** IANA name; times on paper are the control room's. */
  readonly timeZone: string;
  readonly zones: Readonly<Record<string, Text>>;
  readonly interlocks: Readonly<Record<string, Text>>;
  /** Set when it is closed: the last sheet of it. */
  readonly closedMs?: number;
}

/** A sheet as one HTML document. */
export function paperSheet(view: ProcedureView, head: PaperHead): string {
  const say = new Sheet(view, head);
  const title = escaped(`${view.id} ${view.title.zh} ${view.title.en}`);
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}${say.footer()}</style></head>
<body>${say.parts()}</body></html>
` as string;
}

/** Reasons why people may not go in: the first are enough to stay out. */
const OBSTACLES_MAX = 5;
const BOX = html`<span class="box"></span>`;
/** The sign for whoever copies the text; what is printed is drawn, because no font is sure to have a good one. */
const TICKED = html`<span class="box tick">√</span>`;
const SKIPPED = html`<span class="box">—</span>`;
const CHOSEN = html`<span class="box">●</span>`;

class Sheet {
  readonly #view: ProcedureView;
  readonly #head: PaperHead;
  readonly #format: Intl.DateTimeFormat;

  constructor(view: ProcedureView, head: PaperHead) {
    this.#view = view;
    this.#head = head;
    this.#format = formatIn(head.timeZone);
  }

  /** Page numbers with the sheet's name and time on every page, so that pages of two sheets are told apart. */
  footer(): Html {
    const { instance } = this.#view;
    // In a string of the style sheet, where HTML's escapes mean nothing: only what an id may hold.
    const plain = (words: string): Html => words.replaceAll(/[^\w\-.:/() +]/gu, '') as Html;
    const mode = this.#head.mode === 'TRAINING' ? '训练 TRAINING' as Html : '运行 OPERATION' as Html;
    return html`@page{@bottom-left{content:"${plain(instance)} · ${mode}";}@bottom-center{content:"${plain(this.#at(this.#head.atMs))}";}@bottom-right{content:counter(page) " / " counter(pages);}}`;
  }

  parts(): Html[] {
    return [
      this.#banner(), this.#identity(), this.#now(), this.#prohibitions(), this.#deadlines(), this.#steps(W.steps, this.#view.steps), this.#continuous(),
      this.#list(W.safety, this.#view.safetyMeasures, true), this.#list(W.shutdown, this.#view.shutdownConditions, false), this.#safeState(), this.#modes(),
      this.#view.handling.length === 0 ? NOTHING : this.#steps(W.handling, this.#view.handling), this.#returning(), this.#led(), this.#signatures(),
    ];
  }

  #at(ms: number): string {
    return this.#format.format(ms).replace(',', '');
  }

  /** The date stands at the head and foot of every page; it is said again where it is another day. */
  #time(ms: number): Html {
    const [date = '', clock = ''] = this.#at(ms).split(' ');
    return html`<time>${escaped(this.#at(this.#head.atMs).startsWith(date) ? clock : `${date} ${clock}`)}</time>`;
  }

  #banner(): Html {
    const { mode, plant, atMs, closedMs } = this.#head;
    const zone = escaped(this.#head.timeZone);
    return html`<header class="${mode === 'TRAINING' ? 'training' as Html : 'operation' as Html}"><p class="mode">${both(MODE[mode])}</p><p class="plant">${both(plant)}</p><p class="asof">${both(W.asOf)} <strong><time>${escaped(this.#at(atMs))}</time></strong> ${zone}</p></header>
<p class="note">${both(W.fallback)}</p><p class="note">${both(W.asOfNote)}</p>${closedMs === undefined ? NOTHING : html`<p class="loud">${both(W.closed)} <time>${escaped(this.#at(closedMs))}</time></p>`}`;
  }

  #identity(): Html {
    const view = this.#view;
    const { zones, interlocks } = this.#head;
    const row = (name: Text, value: Html): Html => html`<tr><th>${both(name)}</th><td>${value}</td></tr>`;
    const named = (ids: readonly string[], titles: Readonly<Record<string, Text>>): Html => joined(ids.map((id) => { const title = ownOf(titles, id); return title === undefined ? escaped(id) : html`${escaped(id)} ${both(title)}`; }));
    return html`<h1>${escaped(view.id)} ${both(view.title)}</h1>
<table class="facts">${[
      row(W.procedure, html`${both(W.version)} ${view.version} · ${both(W.revision)} <code>${escaped(view.revision)}</code> · ${both(W.instance)} <code>${escaped(view.instance)}</code> · ${both(W.priority)} ${view.priority}`),
      row(W.clauses, escaped(view.clauses.join(' · '))),
      row(W.goal, both(view.goal)),
      ...(view.applies === null ? [] : [row(W.applies, both(view.applies))]),
      row(W.place, html`<strong>${both(PLACE[view.place])}</strong>`),
      row(W.owner, view.owner === null ? both(W.nobody) : html`${escaped(view.owner.name)} (${escaped(view.owner.user)}) ${this.#time(view.owner.atMs)}`),
      row(W.raised, this.#time(view.raisedMs)),
      row(W.because, view.because.length === 0 ? both(W.none) : joined(view.because.map(({ condition, title, atMs }) => html`${this.#time(atMs)} ${both(title)} <code>${escaped(condition)}</code>`))),
      row(W.people, html`<strong>${view.peopleLimit}</strong>${view.zones.length === 0 ? NOTHING : html` · ${both(W.zones)} ${named(view.zones, zones)}`}`),
      row(W.interlocks, view.interlocks.length === 0 ? both(W.none) : named(view.interlocks, interlocks)),
      ...(view.suspended === null ? [] : [row(W.suspended, html`<strong>${escaped(view.suspended.by)} ${this.#time(view.suspended.atMs)} ${both(W.reason)} ${escaped(view.suspended.reason)}</strong>`)]),
    ]}</table>${view.held ? html`<p class="loud">${both(W.held)}</p>` : NOTHING}`;
  }

  /** What is to be done at this moment, before all lists. */
  #now(): Html {
    const step = [...this.#view.steps, ...this.#view.handling].find(({ state }) => state === 'now');
    const actions = this.#view.continuous.filter(({ state }) => state === 'inEffect' || state === 'overdue');
    const { safeDueMs } = this.#view;
    const isAwaiting = step === undefined && safeDueMs !== null && (this.#view.place === 'retreating' || this.#view.place === 'stopping');
    const what = step !== undefined ? html`${step.number}. ${both(step.text)}${this.#due(step)}` : isAwaiting ? html`${both(W.awaitSafe)} · ${both(W.by)} <strong>${this.#time(safeDueMs)}</strong>` : both(W.nothingNow);
    return html`<section class="now"><h2>${both(W.now)}</h2><p>${what}</p>${actions.map((action) => html`<p>${both(CONTINUOUS[action.state])}: ${both(action.text)}${action.dueMs === null ? NOTHING : html` · ${both(W.by)} <strong>${this.#time(action.dueMs)}</strong>`}</p>`)}</section>`;
  }

  #prohibitions(): Html {
    const { prohibitions } = this.#view;
    if (prohibitions.length === 0) return NOTHING;
    const rows = prohibitions.map(({ id, clause, text, state, undo }) => html`<tr class="${state === 'violated' ? 'violated' as Html : NOTHING}"><td class="mark">${state === 'violated' ? '✕' as Html : NOTHING}</td><td>${both(text)}${undo === null ? NOTHING : html`<p class="undo">${both(W.undo)}: ${both(undo)}</p>`}</td><td>${both(PROHIBITION[state])}</td><td>${escaped(clause)}<br><code>${escaped(id)}</code></td></tr>`);
    return html`<section><h2>${both(W.prohibitions)}</h2><table class="never">${rows}</table></section>`;
  }

  #deadlines(): Html {
    const { deadlines, safeDueMs, safeOverdue, ifNotSafe } = this.#view;
    if (deadlines.length === 0 && safeDueMs === null) return NOTHING;
    const row = (words: Html, isOver: boolean, due: Html, state: Text, otherwise: Text): Html => html`<tr><td>${BOX}</td><td>${words}<p class="otherwise">${both(W.otherwise)}: ${both(otherwise)}</p></td><td class="${isOver ? 'over' as Html : NOTHING}">${due}<br>${both(state)}</td></tr>`;
    return html`<section><h2>${both(W.deadlines)}</h2><table>${[
      ...deadlines.map(({ clause, text, state, dueMs, otherwise }) => row(html`${both(text)} <code>${escaped(clause)}</code>`, state === 'exceeded', dueMs === null ? NOTHING : html`<strong>${this.#time(dueMs)}</strong>`, DEADLINE[state], otherwise)),
      ...(safeDueMs === null ? [] : [row(both(W.safeBy), safeOverdue, html`<strong>${this.#time(safeDueMs)}</strong>`, safeOverdue ? DEADLINE.exceeded : DEADLINE.running, ifNotSafe)]),
    ]}</table></section>`;
  }

  #steps(title: Text, steps: readonly StepView[]): Html {
    return html`<section><h2>${both(title)}</h2><table class="steps"><thead><tr><th></th><th>${both(W.step)}</th><th>${both(W.state)}</th><th>${both(W.sign)}</th></tr></thead>${steps.map((step, i) => this.#step(step, steps.slice(i + 1).some(({ startedMs }) => startedMs !== null)))}</table></section>`;
  }

  /** Prohibitions and cautions stand before the instruction, never after. */
  #step(step: StepView, isPassed: boolean): Html {
    const box = step.state === 'done' ? TICKED : step.state === 'skipped' ? SKIPPED : BOX;
    const forbidden = step.prohibitions.map((id) => { const found = this.#view.prohibitions.find((each) => each.id === id); return html`<p class="before">${both(W.prohibitions)}: ${found === undefined ? escaped(id) : both(found.text)}</p>`; });
    const cautions = step.cautions.map(({ text, inEffect, readBy }) => html`<p class="before">${both(W.caution)}: ${both(text)}${inEffect === 'true' ? html` <strong>(${both(W.inEffect)})</strong>` : inEffect === 'unknown' ? html` (${both(TRUTH.unknown)})` : NOTHING}${readBy === null ? NOTHING : html` · ${both(W.read)} ${escaped(readBy)}`}</p>`);
    return html`<tbody class="${step.state as Html}"><tr><td>${box}<br><b>${step.number}</b></td><td>${[...forbidden, ...cautions]}${step.givesWay === null ? NOTHING : html`<p class="loud">${both(W.givesWay)}: ${both(step.givesWay.title)} · ${both(step.givesWay.item)} · <code>${escaped(step.givesWay.tag)} = ${escaped(String(step.givesWay.state))}</code></p>`}<p class="do"><i>${both(KIND[step.kind])}</i> ${both(step.text)} <code>${escaped(step.id)}</code></p>${step.raises === null ? NOTHING : html`<p>${both(W.raises)}: ${escaped(step.raises.id)} ${both(step.raises.title)}</p>`}${this.#permit(step)}${this.#options(step)}${this.#proofs(step.proofs)}${step.otherwise === null ? NOTHING : html`<p class="otherwise">${both(W.otherwise)}: ${both(step.otherwise)}</p>`}</td><td>${this.#state(step, isPassed)}</td><td class="sign">${both(ROLE[step.who])}</td></tr></tbody>`;
  }

  /** `isPassed`: a later step has begun; one before it that has not is not on the way that was taken. */
  #state(step: StepView, isPassed: boolean): Html {
    const word = html`<span class="word">${both(step.state === 'next' && isPassed ? W.notOnWay : STEP_STATE[step.state])}</span>`;
    const at = step.doneMs === null ? NOTHING : html`<br>${this.#time(step.doneMs)}<br>${this.#by(step.doneBy)}`;
    const reason = step.skipReason === null ? NOTHING : html`<br>${both(W.reason)}: ${escaped(step.skipReason)}`;
    const begun = step.startedMs === null || step.doneMs !== null ? NOTHING : html`<br>${this.#time(step.startedMs)} →`;
    return html`${word}${begun}${at}${reason}${this.#due(step)}`;
  }

  #due({ dueMs, overdue }: StepView): Html {
    return html`${dueMs === null ? NOTHING : html`<br>${both(W.by)} <strong>${this.#time(dueMs)}</strong>`}${overdue ? html`<br><strong class="over">${both(W.overdue)}</strong>` : NOTHING}`;
  }

  #by(by: string | null): Html {
    return by === null ? NOTHING : by === 'tags' ? both(W.byTags) : by === 'deadline' ? both(W.byDeadline) : escaped(by);
  }

  #permit({ permit }: StepView): Html {
    if (permit === null) return NOTHING;
    if (permit.given !== null) return html`<p>${TICKED} ${both(W.permit)}: ${both(W.permitted)} ${escaped(permit.given.by)} ${this.#time(permit.given.atMs)}</p>`;
    if (permit.verdict.allowed) return html`<p>${BOX} ${both(W.permit)}: ${both(W.mayPermit)}</p>`;
    const obstacles = permit.verdict.refusal.obstacles.slice(0, OBSTACLES_MAX);
    return html`<p>${BOX} ${both(W.permit)}: <strong>${both(W.mayNotPermit)}</strong></p><ul>${obstacles.map(({ fact, clause }) => html`<li>▪ ${both(fact)} <code>${escaped(clause)}</code></li>`)}</ul>`;
  }

  #options({ options, chosen }: StepView): Html {
    if (options.length === 0) return NOTHING;
    const lines = options.map(({ id, text, because, against, seen, isDefault }) => html`<li>${chosen?.option === id ? CHOSEN : BOX} <b>${both(text)}</b> <code>${escaped(id)}</code>${isDefault ? html` <em>(${both(W.default)})</em>` : NOTHING}<p>${both(W.because2)}: ${both(because)}${against === null ? NOTHING : html`<br>${both(W.against)}: ${both(against)}`}<br>${both(W.tags)}: ${both(TRUTH[seen])}</p></li>`);
    const taken = chosen === null ? NOTHING : html`<p>${both(W.chosen)} ${this.#by(chosen.by)} ${this.#time(chosen.atMs)}${chosen.reason === '' ? NOTHING : html` · ${both(W.reason)}: ${escaped(chosen.reason)}`}</p>`;
    return html`<p>${both(W.options)}:</p><ul>${lines}</ul>${taken}`;
  }

  #proofs(proofs: readonly ProofView[]): Html {
    return proofs.length === 0 ? NOTHING : html`<ul>${proofs.map((proof) => html`<li>${this.#proof(proof)}</li>`)}</ul>`;
  }

  #proof({ text, expected, state, reading, signedBy, kind, assessment, figure, record }: ProofView): Html {
    return html`${state === 'true' ? TICKED : BOX} ${both(text)}: <b>${both(expected)}</b>${state === 'true' ? NOTHING : html` · ${both(PROOF[state])}`}${reading === null ? NOTHING : this.#reading(reading)}${kind === 'tag' ? NOTHING : signedBy === null ? html` · ${both(W.toSign)} ______` : html` · ${both(W.signedBy)} ${escaped(signedBy)}`}${figure === null ? NOTHING : html` · ${both(W.figure)} ${figure.value === null ? '______' as Html : figure.value} ${escaped(figure.unit)} (${figure.low}–${figure.high})`}${assessment === null ? NOTHING : html` · <strong>${both(assessment.assessment === 'contested' ? W.contested : W.asserted)} ${escaped(assessment.by)}</strong> ${this.#time(assessment.atMs)}: ${escaped(assessment.reason)}`}${record === null ? NOTHING : this.#record(record)}`;
  }

  /** What was written down with the signature (4.3.3): whoever goes out to look again goes by this sheet. */
  #record({ evidence, untilMs, witness, removed }: NonNullable<ProofView['record']>): Html {
    const told = EVIDENCE_FIELDS.flatMap((field): Html[] => {
      switch (field) {
        case 'points': return (evidence.points ?? []).map(({ place, values }) => html`${escaped(place)}: ${escaped(values.map(({ gas, value }) => `${gas} ${value} ${GAS_LIMITS[gas].unit}`).join(', '))}`);
        case 'sampledMs': return evidence.sampledMs === undefined ? [] : [html`${both(EVIDENCE.sampledMs)} ${this.#time(evidence.sampledMs)}`];
        // How long it holds is said as the time until when: that is what a watch can be held against.
        case 'validForMs': return untilMs === null ? [] : [html`${both(EVIDENCE.validForMs)} <strong>${this.#time(untilMs)}</strong>${untilMs <= this.#head.atMs ? html` <strong>${both(W.ranOut)}</strong>` : NOTHING}`];
        case 'result': return evidence.result === undefined ? [] : [html`${both(EVIDENCE.result)} ${both(RESULT[evidence.result])}`];
        case 'numbers': return evidence.numbers === undefined ? [] : [html`${both(EVIDENCE.numbers)} ${escaped(evidence.numbers.join(' '))}`];
        default: { const words = evidence[field]; return words === undefined ? [] : [html`${both(EVIDENCE[field])} ${escaped(words)}`]; }
      }
    });
    const gone = removed.length === 0 ? [] : [html`<strong>${both(W.removed)} ${escaped(removed.join(' '))}</strong>`];
    const seen = witness === null ? [] : [html`${both(W.witness)} ${escaped(witness)}`];
    return html`<p class="record">${[...told, ...seen, ...gone].join(' · ') as Html}</p>`;
  }

  #reading({ tag, value, unit, quality, sourceMs }: NonNullable<ProofView['reading']>): Html {
    const figure = value === null ? both(W.noValue) : escaped(typeof value === 'number' ? String(Number(value.toPrecision(6))) : String(value));
    return html` <span class="reading"><code>${escaped(tag)}</code> = ${figure}${unit === undefined ? NOTHING : html` ${escaped(unit)}`}${quality === 'good' ? NOTHING : html` <strong>${both(QUALITY[quality])}</strong>`}${sourceMs === null ? NOTHING : html` ${this.#time(sourceMs)}`}</span>`;
  }

  #continuous(): Html {
    const { continuous } = this.#view;
    if (continuous.length === 0) return NOTHING;
    const rows = continuous.map((action) => html`<tr><td>${action.state === 'answered' ? TICKED : BOX}</td><td><p class="do">${both(action.text)} <code>${escaped(action.id)}</code></p>${action.reading === null ? NOTHING : html`<p>${this.#reading(action.reading)}</p>`}${this.#proofs(action.proofs)}<p class="otherwise">${both(W.otherwise)}: ${both(action.otherwise)}</p></td><td><span class="${action.state === 'overdue' || action.state === 'inEffect' ? 'word over' as Html : 'word' as Html}">${both(CONTINUOUS[action.state])}</span>${action.dueMs === null ? NOTHING : html`<br>${both(W.by)} <strong>${this.#time(action.dueMs)}</strong>`}<br>${both(ROLE[action.who])}</td></tr>`);
    return html`<section><h2>${both(W.continuous)}</h2><table>${rows}</table></section>`;
  }

  #list(title: Text, lines: readonly Text[], hasBoxes: boolean): Html {
    return lines.length === 0 ? NOTHING : html`<section><h2>${both(title)}</h2><ul class="plain">${lines.map((line) => html`<li>${hasBoxes ? BOX : '▪' as Html} ${both(line)}</li>`)}</ul></section>`;
  }

  #safeState(): Html {
    return html`<section><h2>${both(W.safeState)}</h2>${this.#proofs(this.#view.safeState)}<p class="otherwise">${both(W.otherwise)}: ${both(this.#view.ifNotSafe)}</p></section>`;
  }

  #modes(): Html {
    const { modes } = this.#view;
    return modes.length === 0 ? NOTHING : html`<section><h2>${both(W.modes)}</h2><ul class="plain">${modes.map(({ title, state, atMs }) => html`<li>${state === 'proved' ? TICKED : BOX} ${both(title)}: ${both(MODE_STATE[state])}${atMs === null ? NOTHING : html` ${this.#time(atMs)}`}</li>`)}</ul></section>`;
  }

  #returning(): Html {
    const { returnConditions, approvals, cause } = this.#view;
    const found = cause === null ? html`<p>${BOX} ${both(W.cause)}: ________________________________________________</p>` : html`<p>${TICKED} ${both(W.cause)}: ${escaped(cause.text)} · ${escaped(cause.by)} ${this.#time(cause.atMs)}</p>`;
    const given = approvals.map(({ user, role, atMs }) => html`<p>${TICKED} ${escaped(user)} · ${both(ROLE[role])} · ${this.#time(atMs)}</p>`);
    return html`<section><h2>${both(W.returning)}</h2>${this.#proofs(returnConditions)}${found}<p>${both(W.approvals)}:</p>${given.length === 0 ? html`<p>${BOX} ______________ ${BOX} ______________</p>` : given}</section>`;
  }

  #led(): Html {
    const { led } = this.#view;
    return led.length === 0 ? NOTHING : html`<section><h2>${both(W.led)}</h2><ul class="plain">${led.map(({ from, procedure, title, atMs }) => html`<li>▪ <b>${escaped(procedure)}</b> ${both(title)} · ${this.#time(atMs)} (${escaped(from)})</li>`)}</ul></section>`;
  }

  #signatures(): Html {
    const rows = [ROLE.operator, ROLE.supervisor, ROLE.engineer, W.commander, W.approver1, W.approver2].map((who) => html`<tr><td>${both(who)}</td><td></td><td></td><td></td></tr>`);
    return html`<section class="signatures"><h2>${both(W.signatures)}</h2><table><thead><tr><th></th><th>${both(W.name)}</th><th>${both(W.signature)}</th><th>${both(W.time)}</th></tr></thead>${rows}</table></section>`;
  }
}

const joined = (parts: readonly Html[]): Html => parts.join('<br>') as Html;

function ownOf<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** 2026-11-29 13:45:07 in this time zone; making a format is dear, and there is one zone. */
export function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  formats.set(timeZone, made);
  return made;
}
