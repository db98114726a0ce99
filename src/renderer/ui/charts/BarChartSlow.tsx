/** Counts over time as bars, by Recharts; for KPIs that change once a minute. Unknown (null) is a grey ground, never a bar of nothing. */
import { remPx } from './rem.ts';
import { Bar, BarChart, ReferenceArea, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';

/** `name`s must differ: they are the places of the axis. */
export type CountBar = { name: string; count: number | null };

export function BarChartSlow({ bars, limit, label, tall = false }: { bars: readonly CountBar[]; limit: number; label: string; tall?: boolean }) {
  const rem = remPx();
  const tick = { fontSize: 0.875 * rem, fill: 'var(--ink-2)' };
  return (
    <div className={`chart chart-bars${tall ? ' chart-bars-tall' : ''}`} role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 300, height: 120 }}>
        <BarChart data={[...bars]} margin={{ top: 8, right: 2.25 * rem, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <XAxis dataKey="name" tick={tick} interval="preserveStartEnd" minTickGap={2 * rem} />
          <YAxis allowDecimals={false} width={2.5 * rem} domain={[0, (most: number) => Math.max(most, limit)]} tick={tick} />
          {gapsOf(bars).map(([from, to]) => <ReferenceArea key={from} x1={from} x2={to} fill="var(--line)" fillOpacity={0.6} />)}
          <Bar dataKey="count" fill="var(--ink-3)" isAnimationActive={false} />
          <ReferenceLine y={limit} stroke="var(--ink)" strokeDasharray="6 4" label={{ value: limit, position: 'right', fontSize: 0.875 * rem, fill: 'var(--ink)' }} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

/** First and last name of each run of unknown bars. */
function gapsOf(bars: readonly CountBar[]): [string, string][] {
  const gaps: [string, string][] = [];
  bars.forEach(({ name, count }, index) => {
    if (count !== null) return;
    const last = gaps.at(-1);
    if (last !== undefined && bars[index - 1]?.name === last[1]) last[1] = name;
    else gaps.push([name, name]);
  });
  return gaps;
}
