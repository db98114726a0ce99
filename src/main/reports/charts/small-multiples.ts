/** The simulated runs side by side: for each tag a row of small charts on one scale, so that the eye compares. */
import type { WhatIf } from '../../../contract/report.ts';
import { escaped, html, NOTHING } from '../../markup/markup.ts';
import type { Html } from '../../markup/markup.ts';
import type { Pen } from '../pen.ts';
import { numberText } from '../pen.ts';
import { fitted, picture, scale, tenth, valueTicks, WIDTH } from './axes.ts';

const HEIGHT = 104;
type Run = WhatIf['runs'][number];

export function smallMultiples(tag: string, runs: readonly Run[], title: (run: Run) => string, index: number, pen: Pen): Html {
  const series = runs.map((run) => ({ run, points: run.series.find((each) => each.tag === tag)?.points ?? [] }));
  const all = series.flatMap(({ points }) => points);
  if (all.length === 0) return NOTHING;
  let [low, high, endS] = [Infinity, -Infinity, 1];
  for (const [atS, value] of all) [low, high, endS] = [Math.min(low, value), Math.max(high, value), Math.max(endS, atS)];
  const limit = runs.flatMap(({ worst }) => worst).find((each) => each.tag === tag)?.limit ?? null;
  if (limit !== null) [low, high] = [Math.min(low, limit), Math.max(high, limit)];
  const pad = high > low ? (high - low) * 0.06 : 1;
  const y = scale(low - pad, high + pad, HEIGHT - 16, 18);
  const cell = tenth((WIDTH - 44) / series.length);
  const ticks = valueTicks(low, high).map((at) => html`<text class="tick" x="40" y="${y(at) + 3}" text-anchor="end">${escaped(numberText(at))}</text><line class="grid" x1="44" x2="${WIDTH}" y1="${y(at)}" y2="${y(at)}"/>`);
  const cells = series.map(({ run, points }, i) => {
    const left = tenth(44 + i * cell);
    const x = scale(0, endS, left + 2, left + cell - 6);
    return html`<rect class="frame${run.shiftMs === 0 ? (' asitwas' as Html) : NOTHING}" x="${left}" y="18" width="${tenth(cell - 4)}" height="${HEIGHT - 34}"/><text class="celltitle" x="${tenth(left + 2)}" y="13">${escaped(fitted(title(run), cell - 6, 10))}</text>${limit === null ? NOTHING : html`<line class="limit red" x1="${left}" x2="${tenth(left + cell - 4)}" y1="${y(limit)}" y2="${y(limit)}"/>`}${run.stopS === null ? NOTHING : html`<line class="flag red" x1="${x(run.stopS)}" x2="${x(run.stopS)}" y1="18" y2="${HEIGHT - 16}"/>`}<polyline class="line" points="${escaped(points.map(([atS, value]) => `${String(x(atS))},${String(y(value))}`).join(' '))}"/><text class="tick" x="${tenth(left + cell - 6)}" y="${HEIGHT - 4}" text-anchor="end">${escaped(`${numberText(Math.round(endS))} s`)}</text>`;
  });
  return picture(`whatif${String(index)}`, HEIGHT, `${tag} ${pen.plain({ zh: '模拟', en: 'simulated' })}`, html`${ticks}${cells}`);
}
