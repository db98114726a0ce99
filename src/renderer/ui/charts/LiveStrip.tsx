/** One live pen over time, by uPlot: cheap enough for ten pens at once. Limits are drawn in; gaps are never bridged. */
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { clockTime, formatNumber } from '../format.ts';
import { decimate, rangeOf } from './decimate.ts';
import type { ChartPoint } from './decimate.ts';
import { remPx } from './rem.ts';
import type { ChartLimit } from './TrendChart.tsx';

const STRIP_POINTS_MAX = 1_200;

export function LiveStrip({ points, limits, fromMs, toMs, label }: { points: readonly ChartPoint[]; limits: readonly ChartLimit[]; fromMs: number; toMs: number; label: string }) {
  const host = useRef<HTMLDivElement | null>(null);
  const plot = useRef<uPlot | null>(null);
  const limitsNow = useRef(limits);
  useEffect(() => { limitsNow.current = limits; });

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const made = new uPlot(stripOptions(element, () => limitsNow.current), [[], []], element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => { observer.disconnect(); made.destroy(); plot.current = null; };
  }, []);

  useEffect(() => {
    if (plot.current === null) return;
    const shown = decimate(points, STRIP_POINTS_MAX);
    const [low, high] = rangeOf(shown, limits.map(({ value }) => value));
    plot.current.batch(() => {
      plot.current?.setData([shown.map(([ms]) => ms / 1_000), shown.map(([, value]) => value)], false);
      plot.current?.setScale('x', { min: fromMs / 1_000, max: toMs / 1_000 });
      plot.current?.setScale('y', { min: low, max: high });
    });
  }, [points, limits, fromMs, toMs]);

  return <div className="live-strip" ref={host} role="img" aria-label={label} />;
}

function stripOptions(element: HTMLElement, limits: () => readonly ChartLimit[]): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue('--ink').trim() || 'black';
  const soft = style.getPropertyValue('--line-soft').trim() || 'grey';
  const rem = remPx();
  const font = `${0.875 * rem}px ${getComputedStyle(element).fontFamily}`;
  const axis = { stroke: ink, font, grid: { stroke: soft, width: 1 }, ticks: { stroke: soft } };
  return {
    width: element.clientWidth || 400, height: element.clientHeight || 140, legend: { show: false }, cursor: { drag: { x: false, y: false } },
    scales: { x: { time: true }, y: { auto: false } },
    axes: [
      { ...axis, size: 2.2 * rem, values: (_plot, ticks) => ticks.map((s) => clockTime(s * 1_000)), space: 5.6 * rem },
      { ...axis, size: 3.75 * rem, values: (plot, ticks) => ticks.map((value) => formatNumber(value, (plot.scales['y']?.max ?? 1) - (plot.scales['y']?.min ?? 0))) },
    ],
    series: [{}, { stroke: ink, width: 2, spanGaps: false, points: { show: false } }],
    hooks: { draw: [(plot) => drawLimits(plot, limits(), ink)] },
  };
}

function drawLimits(plot: uPlot, limits: readonly ChartLimit[], ink: string): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = ink;
  ctx.fillStyle = ink;
  ctx.setLineDash([8, 5]);
  ctx.font = `${0.875 * remPx() * devicePixelRatio}px sans-serif`;
  ctx.textAlign = 'right';
  for (const { value } of limits) {
    const y = Math.round(plot.valToPos(value, 'y', true));
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.fillText(formatNumber(value), bbox.left + bbox.width - 4, y - 6 * devicePixelRatio);
  }
  ctx.restore();
}
