/** One tag over time: limits dashed with their figure, deeds marked, what is not known hatched. */
import type { IncidentReport, ReportTrend } from '../../../contract/report.ts';
import { escaped, html, NOTHING } from '../../markup/markup.ts';
import type { Html } from '../../markup/markup.ts';
import type { Pen } from '../pen.ts';
import { numberText } from '../pen.ts';
import { COMPARISON } from '../words.ts';
import { fitted, hatched, marks, picture, scale, tenth, timeAxis, valueAxis, WIDTH } from './axes.ts';
import type { Frame, Mark, Scale, Span } from './axes.ts';

const HEIGHT = 180;

export function trendPicture(trend: ReportTrend, span: Span, allMarks: readonly Mark[], gaps: readonly Span[], index: number, pen: Pen): Html {
  const name = `trend${String(index)}`;
  const frame: Frame = { left: 52, right: WIDTH - 44, top: 46, bottom: HEIGHT - 20 };
  const [low, high] = rangeOf(trend, span);
  const x = scale(span.fromMs, span.toMs, frame.left, frame.right);
  const y = scale(low, high, frame.bottom, frame.top);
  const body = html`${timeAxis(pen, span, x, frame)}${valueAxis(low, high, y, frame)}
${[...gaps, ...unknownSpans(trend, span)].map((gap) => gapBox(gap, span, x, frame, name))}
${limitLines(trend, y, frame, low, high)}<polyline class="frame" points="${frame.left},${frame.top} ${frame.left},${frame.bottom} ${frame.right},${frame.bottom}"/>
${linesOf(trend, span).map((points) => html`<polyline class="line" points="${escaped(points.map(([ms, value]) => `${String(x(ms))},${String(y(value))}`).join(' '))}"/>`)}
${marks(allMarks.filter(({ atMs }) => atMs >= span.fromMs && atMs <= span.toMs), x, frame, 3)}<text class="unit" x="${frame.left - 4}" y="${frame.top - 6}" text-anchor="end">${escaped(fitted(trend.unit, 50, 10))}</text>`;
  return picture(name, HEIGHT, `${trend.tag} ${pen.plain(trend.title)}`, body);
}

/** The gaps that concern a tag: those of all, and its own. */
export function gapsOf(recording: IncidentReport['recording'], tag: string): Span[] {
  return (recording?.gaps ?? []).filter(({ tags }) => tags === null || tags.includes(tag)).map(({ fromMs, toMs }) => ({ fromMs, toMs }));
}

function rangeOf({ points, limits, low, high }: ReportTrend, { fromMs, toMs }: Span): [number, number] {
  const values = [...points.flatMap(([ms, value]) => (value !== null && ms >= fromMs && ms <= toMs ? [value] : [])), ...limits.map(({ limit }) => limit)].filter(Number.isFinite);
  if (values.length === 0) return [low ?? 0, high ?? 1];
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  const pad = most > least ? (most - least) * 0.08 : Math.max(1, Math.abs(most) * 0.1);
  return [least - pad, most + pad];
}

/** Stretches of the line between which nothing was known. */
function linesOf({ points }: ReportTrend, { fromMs, toMs }: Span): [number, number][][] {
  const lines: [number, number][][] = [];
  let line: [number, number][] = [];
  for (const [ms, value] of points) {
    if (ms > toMs) break;
    if (value === null) {
      if (line.length > 0) lines.push(line);
      line = [];
    } else if (ms >= fromMs) line.push([ms, value]);
    else line = [[fromMs, value]]; // What was known before the picture begins holds into it.
  }
  if (line.length > 0) lines.push(line);
  return lines;
}

function unknownSpans({ points }: ReportTrend, { fromMs, toMs }: Span): Span[] {
  return points.flatMap(([ms, value], i) => (value === null && ms < toMs && (points[i + 1]?.[0] ?? toMs) > fromMs ? [{ fromMs: ms, toMs: points[i + 1]?.[0] ?? toMs }] : []));
}

function gapBox(gap: Span, { fromMs, toMs }: Span, x: Scale, { top, bottom }: Frame, name: string): Html {
  if (gap.toMs <= fromMs || gap.fromMs >= toMs) return NOTHING;
  const start = x(gap.fromMs);
  return html`<rect class="gap" x="${start}" y="${top}" width="${tenth(Math.max(1.5, x(gap.toMs) - start))}" height="${bottom - top}" fill="${hatched(name)}"/>`;
}

/** The figure stands at the right; two that would lie on each other are moved apart. */
function limitLines({ limits }: ReportTrend, y: Scale, { left, right, top }: Frame, low: number, high: number): Html {
  let lastY = Infinity;
  const seen = new Set<string>();
  const own = limits.filter(({ comparison, limit }) => limit >= low && limit <= high && !seen.has(`${comparison}${String(limit)}`) && seen.add(`${comparison}${String(limit)}`)).sort((a, b) => a.limit - b.limit);
  return html`${own.map(({ comparison, limit, priority }) => {
    const at = y(limit);
    const labelY = Math.max(top, Math.min(at, lastY - 11));
    lastY = labelY;
    return html`<line class="limit${priority <= 2 ? (' red' as Html) : NOTHING}" x1="${left}" x2="${right}" y1="${at}" y2="${at}"/><text class="limittext${priority <= 2 ? (' red' as Html) : NOTHING}" x="${right + 4}" y="${labelY + 3}">${escaped(fitted(`${COMPARISON[comparison] ?? ''} ${numberText(limit)}`, WIDTH - right - 4, 9))}</text>`;
  })}`;
}
