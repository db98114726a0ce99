/** What a person has shown, on paper: a page for each person, of each scenario the latest record. */
import type { CompetenceRecord } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';
import { currentRecords, standingOf } from '../../domain/drills/competence.ts';
import { escaped, html, NOTHING } from '../markup/markup.ts';
import type { Html } from '../markup/markup.ts';
import { cls, numberText, Pen } from '../reports/pen.ts';
import type { PenOptions } from '../reports/pen.ts';
import type { SignedRecord } from './read-exercise.ts';
import { sheet } from './sheet.ts';
import { STANDING, W } from './words.ts';

export function certificateHtml(records: readonly SignedRecord[], nowMs: number, version: string, options: PenOptions): string {
  const pen = new Pen({ incident: { openedMs: nowMs }, people: { directory: [] } }, options);
  const numbers = new Map(records.map(({ record, n }) => [record, n]));
  const byUser = Map.groupBy(currentRecords({ records: records.map(({ record }) => record).toReversed() }), ({ user }) => user);
  const pages = [...byUser].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, own], i) => person(own, numbers, nowMs, pen, i));
  const plants = [...new Set(records.map(({ record }) => record.plant))].join(', ');
  return sheet({ title: pen.plain(W.certificate), left: plants, right: pen.plain(W.certificate), foot: `Haven 退守 ${version}` }, pen, pages.length === 0 ? html`<h1>${pen.both(W.certificate)}</h1>${pen.nothing(W.noRecords)}` : html`${pages}`);
}

function person(records: readonly CompetenceRecord[], numbers: ReadonlyMap<CompetenceRecord, number>, nowMs: number, pen: Pen, index: number): Html {
  const [first] = records;
  if (first === undefined) return NOTHING;
  const columns: readonly (readonly [Text, string])[] = [[W.title, 'wide'], [W.clauses, 'cl'], [W.held, 't'], [W.total, 'no'], [W.standing, 'st'], [W.validUntil, 't'], [W.retrainBy, 't'], [W.instructor, 'who'], [W.record, 'no']];
  return html`<section class="person${cls('next', index > 0)}"><h1>${pen.both(W.certificate)}</h1><p class="lead"><b>${escaped(first.name)}</b> <span class="n">${escaped(first.user)}</span></p><p class="note">${pen.both(W.certNote)}</p><p class="note">${pen.say(W.printed)} ${pen.moment(nowMs)}</p>
${pen.table('records', columns, records.map((record) => {
    const standing = standingOf(record, nowMs);
    return html`<tr class="${cls('abnormal', standing !== 'valid')}"><td>${pen.both(record.title)}${record.breaches.length === 0 ? NOTHING : html`<br><span class="bad">${pen.say(W.breaches)}: ${escaped(record.breaches.join(', '))}</span>`}${record.comment === '' ? NOTHING : html`<br><span class="quiet">${escaped(record.comment)}</span>`}</td><td>${escaped(record.clauses.join(', '))}</td><td>${pen.moment(record.atMs)}</td><td>${escaped(numberText(record.total))}</td><td>${standing === 'valid' ? pen.say(STANDING.valid) : html`<span class="bad">${pen.say(STANDING[standing])}</span>`}</td><td>${pen.moment(record.validUntilMs)}</td><td>${pen.moment(record.retrainByMs)}</td><td>${escaped(record.instructor ?? '')}</td><td>${pen.record(numbers.get(record) ?? 0)}</td></tr>`;
  }))}</section>`;
}
