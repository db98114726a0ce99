/** One value over the exercise: the truth solid, what was shown dashed, red ground where the two were not the same. Seconds of plant time. */
import type { DebriefTrend } from '../../contract/drill.ts';
import { escaped, html, NOTHING } from '../markup/markup.ts';
import type { Html } from '../markup/markup.ts';
import { fitted, picture, scale, tenth, valueAxis, WIDTH } from '../reports/charts/axes.ts';
import { numberText } from '../reports/pen.ts';

const HEIGHT = 160;
const STEPS_S = [10, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400];

export function truthChart(trend: DebriefTrend, endS: number, index: number, label: string): Html {
  const { truth, shown, limit, deceived = [] } = trend;
  const frame = { left: 52, right: WIDTH - 44, top: 14, bottom: HEIGHT - 20 };
  const values = [...truth.map(([, value]) => value), ...shown.flatMap(([, value]) => (value === null ? [] : [value])), ...(limit === null ? [] : [limit])];
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (values.length === 0) [low, high] = [0, 1];
  const pad = high > low ? (high - low) * 0.08 : Math.max(1, Math.abs(high) * 0.1);
  const x = scale(0, Math.max(1, endS), frame.left, frame.right);
  const y = scale(low - pad, high + pad, frame.bottom, frame.top);
  const step = STEPS_S.find((each) => endS / each <= 10) ?? endS;
  const ticks = Array.from({ length: Math.floor(endS / Math.max(1, step)) + 1 }, (_, i) => i * step);
  const line = (points: readonly (readonly [number, number])[], kind: string): Html => html`<polyline class="${escaped(kind)}" points="${escaped(points.map(([s, value]) => `${String(x(s))},${String(y(value))}`).join(' '))}"/>`;
  return picture(`truth${String(index)}`, HEIGHT, label, html`${ticks.map((s) => html`<line class="grid" x1="${x(s)}" x2="${x(s)}" y1="${frame.top}" y2="${frame.bottom}"/><text class="tick" x="${x(s)}" y="${frame.bottom + 13}" text-anchor="middle">${s} s</text>`)}${valueAxis(low - pad, high + pad, y, frame)}
${deceived.map(([fromS, toS]) => html`<rect class="deceived" x="${x(fromS)}" y="${frame.top}" width="${tenth(Math.max(1.5, x(toS) - x(fromS)))}" height="${frame.bottom - frame.top}"/>`)}${limit === null ? NOTHING : html`<line class="limit red" x1="${frame.left}" x2="${frame.right}" y1="${y(limit)}" y2="${y(limit)}"/><text class="limittext red" x="${frame.right + 4}" y="${y(limit) + 3}">${escaped(fitted(numberText(limit), WIDTH - frame.right - 4, 9))}</text>`}
<polyline class="frame" points="${frame.left},${frame.top} ${frame.left},${frame.bottom} ${frame.right},${frame.bottom}"/>${stretches(shown).map((points) => line(points, 'line shown'))}${line(truth, 'line')}`);
}

/** Between two gaps. */
function stretches(points: DebriefTrend['shown']): [number, number][][] {
  const all: [number, number][][] = [[]];
  for (const [s, value] of points) {
    if (value === null) all.push([]);
    else all.at(-1)?.push([s, value]);
  }
  return all.filter((each) => each.length > 1);
}
