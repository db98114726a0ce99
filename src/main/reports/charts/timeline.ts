/** The incident as one picture: a lane for each kind of thing, the first-out, the deeds of people, and where it became safe. */
import type { IncidentReport } from '../../../contract/report.ts';
import type { Text } from '../../../contract/text.ts';
import { escaped, html, NOTHING } from '../../markup/markup.ts';
import type { Html } from '../../markup/markup.ts';
import type { Pen } from '../pen.ts';
import { cls } from '../pen.ts';
import { LANE, W } from '../words.ts';
import { fitted, hatched, picture, scale, timeAxis, WIDTH, widthOf } from './axes.ts';
import type { Frame, Scale, Span } from './axes.ts';

const NAME = 'timeline';
const LEFT = 84;
const ROW = 15;
const SIZE = 9.5;
/** Rows of bars in one lane; more are told below the lane. */
const ROWS_MAX = 14;
const TICKS_MAX = 600;

interface Bar { readonly fromMs: number; readonly toMs: number; readonly label: string; readonly kind: string; /** Its words stay inside it. */ readonly isTight?: boolean }
interface Tick { readonly atMs: number; readonly kind: string; readonly label?: string }
interface Lane { readonly title: Text; readonly bars: readonly Bar[]; readonly ticks: readonly Tick[] }

/** From shortly before the opening to shortly after the end: half hours of silence would press the rest together. */
export function shownSpan({ incident, conditions }: IncidentReport): Span {
  const end = incident.closedMs ?? incident.toMs;
  const begin = Math.min(incident.openedMs, ...conditions.map(({ onsetMs }) => onsetMs).filter((ms) => ms >= incident.fromMs));
  const padMs = Math.max(60_000, (end - begin) * 0.05);
  return { fromMs: Math.max(incident.fromMs, begin - padMs), toMs: Math.max(begin + 1_000, Math.min(incident.toMs, end + padMs)) };
}

export function timelinePicture(report: IncidentReport, pen: Pen): Html {
  const span = shownSpan(report);
  const lanes = lanesOf(report, pen, span).map((lane) => ({ ...lane, rows: rowsOf(lane.bars) })).filter(({ rows, ticks }) => rows.length > 0 || ticks.length > 0);
  const top = 34;
  const heights = lanes.map(({ rows, ticks }) => Math.max(1, Math.min(rows.length, ROWS_MAX)) * ROW + (ticks.length > 0 && rows.length > 0 ? ROW : 0) + 8);
  const bottom = top + heights.reduce((sum, each) => sum + each, 0);
  const frame: Frame = { left: LEFT, right: WIDTH - 6, top, bottom };
  const x = scale(span.fromMs, span.toMs, frame.left, frame.right);
  let y = top;
  const placed = lanes.map((lane, i) => {
    const at = y;
    y += heights[i] ?? 0;
    return { lane, at, height: heights[i] ?? 0 };
  });
  const drawn = placed.map(({ lane, at }) => drawLane(lane, at, x, pen));
  const ground = placed.map(({ at, height }, i) => html`<rect class="row${cls('odd', i % 2 === 1)}" x="0" y="${at}" width="${WIDTH - 6}" height="${height}"/>`);
  const body = html`${ground}${timeAxis(pen, span, x, frame)}${drawn}<rect class="frame" x="${frame.left}" y="${top}" width="${frame.right - frame.left}" height="${bottom - top}"/>${flags(report, pen, x, frame)}`;
  return picture(NAME, bottom + 20, pen.plain({ zh: '时间线图', en: 'Time line' }), body);
}

/** What divides the whole: opening, stops, safe, closing. */
function flags(report: IncidentReport, pen: Pen, x: Scale, { top, bottom, right }: Frame): Html {
  const safe = report.procedures.flatMap(({ raisedMs, safeAfterMs }) => (safeAfterMs === null ? [] : [raisedMs + safeAfterMs]));
  const all = [
    { atMs: report.incident.openedMs, words: pen.plain(W.opening), kind: '' },
    ...report.command.retreats.slice(0, 20).map(({ atMs, kind }) => ({ atMs, words: pen.plain(kind === 'stop' ? W.stop : W.evacuate), kind: 'red' })),
    ...(safe.length === 0 ? [] : [{ atMs: Math.max(...safe), words: pen.plain(W.safe), kind: 'safe' }]),
    ...(report.incident.closedMs === null ? [] : [{ atMs: report.incident.closedMs, words: pen.plain(W.closing), kind: '' }]),
  ].sort((a, b) => a.atMs - b.atMs);
  const ends = [-Infinity, -Infinity];
  return html`${all.map(({ atMs, words, kind }) => {
    const at = x(atMs);
    const width = widthOf(words, 10) + 6;
    const start = Math.min(at + 3, right - width);
    const row = (ends[0] ?? 0) < start ? 0 : 1;
    ends[row] = start + width;
    return html`<line class="flag${cls(kind, kind !== '')}" x1="${at}" x2="${at}" y1="${top - 22 + row * 11}" y2="${bottom}"/><text class="flagtext${cls(kind, kind !== '')}" x="${start}" y="${top - 15 + row * 11}">${escaped(words)}</text>`;
  })}`;
}

function drawLane(lane: Lane & { rows: readonly (readonly Bar[])[] }, top: number, x: Scale, pen: Pen): Html {
  const shown = lane.rows.slice(0, ROWS_MAX);
  const left = lane.rows.slice(ROWS_MAX).reduce((sum, row) => sum + row.length, 0);
  const tickTop = top + 4 + (lane.rows.length > 0 ? shown.length * ROW : 0);
  return html`<text class="lanetitle" x="4" y="${top + 15}">${escaped(fitted(pen.plain(lane.title), LEFT - 8, 11))}</text>${left > 0 ? html`<text class="tick" x="4" y="${top + 28}">+${left}</text>` : NOTHING}
${shown.flatMap((row, i) => row.map((bar) => drawBar(bar, top + 4 + i * ROW, x)))}
${lane.ticks.slice(0, TICKS_MAX).map((tick) => drawTick(tick, tickTop, x))}`;
}

function drawBar({ fromMs, toMs, label, kind, isTight = false }: Bar, y: number, x: Scale): Html {
  const [start, end] = [x(fromMs), x(toMs)];
  const width = Math.max(2, Math.round((end - start) * 10) / 10);
  const inside = fitted(label, width - 5, SIZE);
  const fill = kind.includes('hatched') ? html` fill="${hatched(NAME)}"` : NOTHING;
  const outside = !isTight && inside.length < Math.min(4, label.length);
  const words = outside ? fitted(label, Math.max(0, WIDTH - 12 - end), SIZE) : inside;
  return html`<rect class="bar ${escaped(kind)}" x="${start}" y="${y + 1}" width="${width}" height="${ROW - 3}"${fill}/><text class="bartext ${escaped(outside ? 'beside' : kind)}" x="${(outside ? end : start) + 3}" y="${y + 10.5}">${escaped(words)}</text>`;
}

function drawTick({ atMs, kind, label }: Tick, y: number, x: Scale): Html {
  const at = x(atMs);
  return html`<line class="event ${escaped(kind)}" x1="${at}" x2="${at}" y1="${y}" y2="${y + 11}"/>${label === undefined ? NOTHING : html`<text class="bartext beside ${escaped(kind)}" x="${at + 3}" y="${y + 9.5}">${escaped(label)}</text>`}`;
}

/** Bars that do not touch share a row; a short bar's words need room as well. */
function rowsOf(bars: readonly Bar[]): Bar[][] {
  const rows: { endMs: number; bars: Bar[] }[] = [];
  const widest = Math.max(1, ...bars.map(({ toMs }) => toMs)) - Math.min(...bars.map(({ fromMs }) => fromMs));
  for (const bar of [...bars].sort((a, b) => a.fromMs - b.fromMs)) {
    const wordsMs = bar.isTight === true ? 0 : (widthOf(bar.label, SIZE) * widest) / (WIDTH - LEFT);
    const row = rows.find(({ endMs }) => endMs <= bar.fromMs);
    const endMs = Math.max(bar.toMs, bar.fromMs + wordsMs);
    if (row === undefined) rows.push({ endMs, bars: [bar] });
    else {
      row.bars.push(bar);
      row.endMs = endMs;
    }
  }
  return rows.map((row) => row.bars);
}

function lanesOf(report: IncidentReport, pen: Pen, { fromMs, toMs }: Span): Lane[] {
  const within = <T extends { atMs: number }>(all: readonly T[]): T[] => all.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  const bar = (startMs: number, endMs: number | null, label: string, kind: string, isTight = false): Bar[] => ((endMs ?? toMs) < fromMs || startMs > toMs ? [] : [{ fromMs: Math.max(fromMs, startMs), toMs: Math.min(toMs, endMs ?? toMs), label, kind, isTight }]);
  const by = (lane: string, kind: string): Tick[] => within(report.timeline.events.filter((each) => each.lane === lane)).map(({ atMs }) => ({ atMs, kind }));
  return [
    { title: LANE.condition, ticks: [], bars: report.conditions.flatMap((c) => bar(c.onsetMs, c.clearedMs, pen.plain(c.title), c.priority <= 2 ? 'abnormal' : 'warn')) },
    { title: LANE.alarm, bars: [], ticks: within(report.alarms.raises.map((a) => ({ atMs: a.sourceMs, kind: a.firstOut === 'first' ? 'firstout' : `p${String(a.priority)}`, ...(a.firstOut === 'first' ? { label: pen.plain(W.firstOut) } : {}) }))) },
    { title: LANE.procedure, ticks: [], bars: report.procedures.flatMap((p) => p.places.flatMap(({ place, atMs }, i) => (place === 'closed' ? [] : bar(atMs, p.places[i + 1]?.atMs ?? null, `${p.id} ${pen.plain(p.title)}`, `place ${place}`, true)))) },
    { title: LANE.interlock, ticks: within(report.interlocks.flatMap((i) => [...i.trips.map(({ atMs }) => ({ atMs, kind: 'trip', label: i.id })), ...i.missed.map(({ atMs }) => ({ atMs, kind: 'red', label: `${i.id} !` }))])), bars: report.interlocks.flatMap((i) => i.bypassed.flatMap((b) => bar(b.fromMs, b.toMs, i.id, b.approved ? 'hatched' : 'hatched abnormal'))) },
    { title: LANE.people, ticks: [], bars: report.people.zones.flatMap((z) => z.course.flatMap(({ atMs, state, count, limit }, i) => (state === 'within' ? [] : bar(atMs, z.course[i + 1]?.atMs ?? null, `${pen.plain(z.title)} ${count === null ? '?' : String(count)}/${limit === null ? '-' : String(limit)}`, state === 'exceeded' ? 'abnormal' : 'hatched', true)))) },
    { title: LANE.person, bars: [], ticks: by('person', 'deed') },
    { title: LANE.refusal, bars: [], ticks: within(report.refusals).map(({ atMs }) => ({ atMs, kind: 'red' })) },
    { title: LANE.station, ticks: [], bars: (report.recording?.gaps ?? []).filter(({ tags }) => tags === null).flatMap((g) => bar(g.fromMs, g.toMs, pen.plain(W.gap), 'hatched')) },
  ];
}
