/** Counts over time as bars, by Recharts; for KPIs that change once a minute. */
import { remPx } from './rem.ts';
import { Bar, BarChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';

export function BarChartSlow({ bars, limit, label }: { bars: readonly { name: string; count: number }[]; limit: number; label: string }) {
  const rem = remPx();
  const tick = { fontSize: 0.875 * rem, fill: 'var(--ink-2)' };
  return (
    <div className="chart chart-bars" role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 300, height: 120 }}>
        <BarChart data={[...bars]} margin={{ top: 8, right: 2.25 * rem, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <XAxis dataKey="name" tick={tick} interval="preserveStartEnd" />
          <YAxis allowDecimals={false} width={2.125 * rem} domain={[0, (most: number) => Math.max(most, limit)]} tick={tick} />
          <ReferenceLine y={limit} stroke="var(--ink)" strokeDasharray="6 4" label={{ value: limit, position: 'right', fontSize: 0.875 * rem, fill: 'var(--ink)' }} />
          <Bar dataKey="count" fill="var(--ink-3)" isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
