/** People in a zone as steps against the limit that held at each moment; an unknown count is hatched, never drawn as none. */
import type { IncidentReport } from '../../../contract/report.ts';
import { html, NOTHING } from '../../markup/markup.ts';
import type { Html } from '../../markup/markup.ts';
import type { Pen } from '../pen.ts';
import { hatched, picture, scale, tenth, timeAxis, valueAxis, WIDTH } from './axes.ts';
import type { Frame, Span } from './axes.ts';

const HEIGHT = 120;
type Zone = IncidentReport['people']['zones'][number];

export function peoplePicture(zone: Zone, span: Span, index: number, pen: Pen): Html {
  const name = `people${String(index)}`;
  const frame: Frame = { left: 52, right: WIDTH - 12, top: 10, bottom: HEIGHT - 20 };
  const course = zone.course.map((each, i) => ({ ...each, endMs: zone.course[i + 1]?.atMs ?? span.toMs })).filter(({ atMs, endMs }) => endMs > span.fromMs && atMs < span.toMs);
  const most = Math.max(2, ...course.flatMap(({ count, limit }) => [count ?? 0, limit ?? 0])) + 1;
  const x = scale(span.fromMs, span.toMs, frame.left, frame.right);
  const y = scale(0, most, frame.bottom, frame.top);
  const boxes = course.map(({ atMs, endMs, count, limit }) => {
    const [start, width] = [x(atMs), tenth(Math.max(1, x(endMs) - x(atMs)))];
    if (count === null) return html`<rect class="gap" x="${start}" y="${frame.top}" width="${width}" height="${frame.bottom - frame.top}" fill="${hatched(name)}"/>`;
    const over = limit !== null && count > limit ? html`<rect class="over" x="${start}" y="${y(count)}" width="${width}" height="${tenth(y(limit) - y(count))}"/>` : NOTHING;
    return html`<rect class="count" x="${start}" y="${y(count)}" width="${width}" height="${tenth(frame.bottom - y(count))}"/>${over}`;
  });
  const limits = course.map(({ atMs, endMs, limit }) => (limit === null ? NOTHING : html`<line class="limit red" x1="${x(atMs)}" x2="${x(endMs)}" y1="${y(limit)}" y2="${y(limit)}"/>`));
  return picture(name, HEIGHT, pen.plain(zone.title), html`${timeAxis(pen, span, x, frame)}${valueAxis(0, most, y, frame)}${boxes}${limits}<polyline class="frame" points="${frame.left},${frame.top} ${frame.left},${frame.bottom} ${frame.right},${frame.bottom}"/>`);
}
