/**
 * Slow and static trends with their limits, by Recharts: at most 300 points a line, no animation; the caller redraws at
 * most four times a second and only while visible (Recharts costs 30-60 ms a redraw). Gaps are gaps.
 */
import { useMemo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceArea, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { clockTime, formatNumber } from '../format.ts';
import { decimate, rangeOf } from './decimate.ts';
import type { ChartPoint } from './decimate.ts';
import { remPx } from './rem.ts';

export const TREND_POINTS_MAX = 300;
export type ChartLimit = { value: number; priority: number };
export type ChartLine = { id: string; points: readonly ChartPoint[] };

const DASHES = ['', '7 3', '2 3', '10 3 2 3', '4 4', '1 2', '12 4', '6 2 2 2', '3 6', '9 6'];
export const lineDash = (index: number): string => DASHES[index % DASHES.length] ?? '';

/** `spark`: no axes, for beside a value. `full`: axes and grid. */
export function TrendChart({ lines, limits, fromMs, toMs, label, kind, beyond = false, bands = [], tick: tickText = clockTime }: { lines: readonly ChartLine[]; limits: readonly ChartLimit[]; fromMs: number; toMs: number; label: string; kind: 'spark' | 'full'; beyond?: boolean; /** Stretches with a darker ground, ms from and to. */ bands?: readonly (readonly [number, number])[]; /** How a moment is written on the axis. */ tick?: (ms: number) => string }) {
  const { rows, domain } = useMemo(() => rowsOf(lines, limits), [lines, limits]);
  const spark = kind === 'spark';
  const rem = remPx();
  const tick = { fontSize: 0.875 * rem, fill: 'var(--ink-2)' };
  return (
    <div className={`chart chart-${kind}`} role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 300, height: spark ? 52 : 220 }}>
        <LineChart data={rows} margin={spark ? { top: 4, right: 2.75 * rem, bottom: 4, left: 2 } : { top: 10, right: 3.5 * rem, bottom: 4, left: 4 }} accessibilityLayer={false}>
          {spark ? null : <CartesianGrid stroke="var(--line-soft)" />}
          <XAxis dataKey="ms" type="number" domain={[fromMs, toMs]} hide={spark} tickFormatter={tickText} tick={tick} minTickGap={40} allowDataOverflow />
          <YAxis domain={domain} hide={spark} width={3.5 * rem} tickFormatter={(value: number) => formatNumber(value, domain[1] - domain[0])} tick={tick} allowDataOverflow />
          {bands.map(([from, to]) => <ReferenceArea key={from} x1={Math.max(from, fromMs)} x2={Math.min(to, toMs)} fill="var(--ink)" fillOpacity={0.14} ifOverflow="hidden" />)}
          {limits.map((limit) => <ReferenceLine key={`${limit.priority}/${limit.value}`} y={limit.value} stroke="var(--ink)" strokeDasharray="6 4" label={{ value: formatNumber(limit.value), position: 'right', fontSize: 0.875 * rem, fill: 'var(--ink)' }} />)}
          {lines.map((line, index) => <Line key={line.id} dataKey={line.id} stroke={beyond ? 'var(--ink)' : 'var(--ink-2)'} strokeWidth={2} strokeDasharray={lineDash(index)} dot={false} isAnimationActive={false} connectNulls={false} type="linear" />)}
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}

type Row = { ms: number } & Record<string, number | null>;

function rowsOf(lines: readonly ChartLine[], limits: readonly ChartLimit[]): { rows: Row[]; domain: [number, number] } {
  const thinned = lines.map(({ id, points }) => ({ id, points: decimate(points, TREND_POINTS_MAX) }));
  const domain = rangeOf(thinned.flatMap(({ points }) => points), limits.map(({ value }) => value));
  if (thinned.length === 1 && thinned[0] !== undefined) {
    const { id, points } = thinned[0];
    return { rows: points.map(([ms, value]) => ({ ms, [id]: value })), domain };
  }
  return { rows: merged(thinned), domain };
}

/** Several lines share one time axis; between its own samples a line holds its last value, and a gap holds as a gap. */
function merged(lines: readonly ChartLine[]): Row[] {
  const times = [...new Set(lines.flatMap(({ points }) => points.map(([ms]) => ms)))].sort((a, b) => a - b);
  const next = lines.map(() => 0);
  return times.map((ms) => {
    const row: Row = { ms };
    lines.forEach(({ id, points }, index) => {
      let at = next[index] ?? 0;
      while (at + 1 < points.length && (points[at + 1]?.[0] ?? Infinity) <= ms) at += 1;
      next[index] = at;
      const point = points[at];
      row[id] = point !== undefined && point[0] <= ms ? point[1] : null;
    });
    return row;
  });
}
