/** Counts over time as bars, by Recharts; for KPIs that change once a minute. */
import { Bar, BarChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';

export function BarChartSlow({ bars, limit, label }: { bars: readonly { name: string; count: number }[]; limit: number; label: string }) {
  return (
    <div className="chart chart-bars" role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 300, height: 120 }}>
        <BarChart data={[...bars]} margin={{ top: 8, right: 36, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <XAxis dataKey="name" tick={{ fontSize: 14, fill: 'var(--ink-2)' }} interval="preserveStartEnd" />
          <YAxis allowDecimals={false} width={34} domain={[0, (most: number) => Math.max(most, limit)]} tick={{ fontSize: 14, fill: 'var(--ink-2)' }} />
          <ReferenceLine y={limit} stroke="var(--ink)" strokeDasharray="6 4" label={{ value: limit, position: 'right', fontSize: 14, fill: 'var(--ink)' }} />
          <Bar dataKey="count" fill="var(--ink-3)" isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
