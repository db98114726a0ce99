/** The time line: the picture, then the words. */
import type { IncidentReport, TimelineEvent, TimelineLane } from '../../../contract/report.ts';
import { html, NOTHING } from '../../markup/markup.ts';
import type { Html } from '../../markup/markup.ts';
import { timelinePicture } from '../charts/timeline.ts';
import type { Pen } from '../pen.ts';
import { cls } from '../pen.ts';
import { LANE, TITLE, W } from '../words.ts';
import type { Section } from './section.ts';

/** Rows that a person reads; beyond that a spreadsheet is the better tool. */
export const ROWS_SHOWN = 400;
/** Which lanes come first where not all fit. */
const FIRST: readonly (readonly TimelineLane[])[] = [['person', 'procedure', 'refusal', 'interlock'], ['people', 'station'], ['condition'], ['alarm']];

export const picture: Section = { id: 'picture', title: TITLE.picture, body: (report, pen) => html`<figure>${timelinePicture(report, pen)}</figure>` };

export const words: Section = { id: 'timeline', title: TITLE.words, body };

function body({ timeline }: IncidentReport, pen: Pen): Html {
  const shown = chosen(timeline.events);
  const left = timeline.events.length - shown.length + timeline.left;
  if (shown.length === 0) return pen.nothing();
  return html`${left > 0 ? html`<p class="note">${pen.say(W.chosen)}</p>` : NOTHING}${pen.table('timeline', [[W.time, 'tf'], [W.track, 'lane'], [W.what, ''], [W.who, 'who'], [W.record, 'no']], shown.map((each) => row(each, pen)))}${pen.more(left)}`;
}

function row({ n, atMs, lane, by, text }: TimelineEvent, pen: Pen): Html {
  return html`<tr class="${cls('abnormal', lane === 'refusal')}"><td>${pen.fine(atMs)}</td><td class="quiet">${pen.say(LANE[lane])}</td><td>${pen.say(text)}</td><td>${by === null ? NOTHING : pen.person(by)}</td><td>${pen.record(n)}</td></tr>`;
}

function chosen(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  if (events.length <= ROWS_SHOWN) return events;
  const shown: TimelineEvent[] = [];
  for (const lanes of FIRST) {
    const room = ROWS_SHOWN - shown.length;
    shown.push(...events.filter(({ lane }) => lanes.includes(lane)).slice(0, Math.max(0, room)));
  }
  return shown.sort((a, b) => a.n - b.n);
}
