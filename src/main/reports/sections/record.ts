/** What the report itself stands on: signatures, the recording with its gaps, the proof of the journal. */
import type { IncidentReport } from '../../../contract/report.ts';
import type { Text } from '../../../contract/text.ts';
import { escaped, html, NOTHING } from '../../markup/markup.ts';
import type { Html } from '../../markup/markup.ts';
import type { Pen } from '../pen.ts';
import { cls } from '../pen.ts';
import { JOURNAL, RECORDING, ROLE, TITLE, W } from '../words.ts';
import type { Section } from './section.ts';

const SIGNATURES_SHOWN = 200;
const GAPS_SHOWN = 100;
const GAP_TAGS_SHOWN = 8;

export const signatures: Section = { id: 'signatures', title: TITLE.signatures, body: ({ signatures: all }, pen) => (all.length === 0 ? pen.nothing() : html`${pen.table('signatures', [[W.time, 'tt'], [W.who, 'wide'], [W.signedAs, 'st'], [W.what, ''], [W.record, 'no']], all.slice(0, SIGNATURES_SHOWN).map(({ n, atMs, by, as, what }) => html`<tr><td>${pen.moment(atMs)}</td><td>${pen.person(by)}</td><td>${as === null ? NOTHING : pen.say(ROLE[as])}</td><td>${pen.say(what)}</td><td>${pen.record(n)}</td></tr>`))}${pen.more(all.length - SIGNATURES_SHOWN)}`) };

export const recording: Section = { id: 'recording', title: TITLE.recording, body: recordingBody };

function recordingBody({ recording: kept }: IncidentReport, pen: Pen): Html {
  if (kept === null) return html`<p class="notice"><b>${pen.say(W.noRecording)}</b></p>`;
  const rows = kept.gaps.slice(0, GAPS_SHOWN).map(({ fromMs, toMs, tags, reason }) => html`<tr><td>${pen.clock(fromMs)}</td><td>${pen.clock(toMs)}</td><td class="num">${pen.duration(toMs - fromMs)}</td><td>${tags === null ? pen.say(W.allTags) : html`${escaped(tags.slice(0, GAP_TAGS_SHOWN).join(', '))}${tags.length > GAP_TAGS_SHOWN ? html` +${tags.length - GAP_TAGS_SHOWN}` : NOTHING}`}</td><td>${pen.say(reason)}</td></tr>`);
  return html`<table class="facts"><tbody><tr><th>${pen.say(W.span)}</th><td>${pen.moment(kept.fromMs)} – ${pen.moment(kept.toMs)}</td></tr><tr><th>${pen.say(W.state)}</th><td class="${cls('red', kept.verdict === 'altered' || kept.verdict === 'missing')}">${pen.say(RECORDING[kept.verdict])}</td></tr><tr><th>${pen.say(W.figure)}</th><td>${escaped(kept.samples.toLocaleString('en'))} ${pen.say(W.samples)} · ${escaped(kept.tags.toLocaleString('en'))} ${pen.say(W.tags)} · ${escaped(kept.bytes.toLocaleString('en'))} ${pen.say(W.bytes)}</td></tr><tr><th>${pen.say(W.hash)}</th><td class="mono">${escaped(kept.hash)}</td></tr></tbody></table>
<h3>${pen.both(W.gaps)}</h3>${rows.length === 0 ? pen.nothing(W.noGaps) : pen.table('gaps', [[W.from, 't'], [W.to, 't'], [W.lasted, 'num'], [W.tags, ''], [W.reason, '']], rows)}${pen.more(kept.gaps.length - GAPS_SHOWN, W.inJson)}`;
}

export const proof: Section = { id: 'proof', title: TITLE.proof, body: proofBody };

function proofBody({ proof: found }: IncidentReport, pen: Pen): Html {
  const row = (name: Text, value: Html): Html => html`<tr><th>${pen.say(name)}</th><td>${value}</td></tr>`;
  const { signedBy } = found;
  const [copy, ...rest] = W.verifySteps;
  return html`<table class="facts"><tbody>${[
    row(W.journalVerdict, html`<b class="${cls('red', found.verdict !== 'sound')}">${pen.both(JOURNAL[found.verdict])}</b> <span class="quiet">${escaped(found.detail)}</span>`),
    row(W.recordsUsed, html`#${found.fromRecord} – #${found.toRecord}`), row(W.headHash, html`<span class="mono">${escaped(found.headHash)}</span>`), row(W.genesis, html`<span class="mono">${escaped(found.genesisHash)}</span>`), row(W.publicKey, html`<span class="mono">${escaped(found.publicKey)}</span>`),
    row(W.signedBy, signedBy === null ? html`<b class="red">${pen.say(W.notSigned)}</b>` : html`#${signedBy.records} · ${pen.moment(signedBy.atMs)}<br><span class="mono">${escaped(signedBy.headHash)}</span><br>${pen.say(W.signature)} <span class="mono">${escaped(signedBy.signature)}</span>`),
  ]}</tbody></table><h3>${pen.both(W.verifyHow)}</h3><ol><li>${pen.say(copy)}</li>${rest.slice(0, 1).map((step) => html`<li>${pen.say(step)}<pre>node verify.ts journal.sqlite --key ${escaped(found.publicKey)}</pre></li>`)}${rest.slice(1).map((step) => html`<li>${pen.say(step)}</li>`)}</ol>`;
}
