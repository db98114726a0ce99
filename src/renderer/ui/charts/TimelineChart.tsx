/**
 * Events in lanes over time, drawn as SVG: what has no room stands together with its number, what is outside is counted at the edge, so
 * nothing is left out in silence. Wheel and keys zoom and move it, a drag chooses a range or pushes the picture along. Knows no domain.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { clockTime, dateTime } from '../format.ts';
import { remPx } from './rem.ts';
import { clustersOf, panned, placeOf, ticksOf, timeAt, within, zoomed } from './timeline-scale.ts';
import type { Cluster, Span, Spot } from './timeline-scale.ts';

export type TimelineDrag = 'range' | 'pan';
export type ChartLane<E extends Spot> = { key: string; label: ReactNode; events: readonly E[]; isShown: boolean; /** Of what is not set off in it. */ shape?: ChartShape };
export type ChartLine = { atMs: number; label: string };
/** Shapes of marks are the chart's; what they mean is said by the screen. Later ones win where several stand together. */
export const CHART_SHAPES = ['dot', 'deed', 'possiblyFirst', 'firstOut', 'refused', 'broken', 'retreat'] as const;
export type ChartShape = (typeof CHART_SHAPES)[number];

const ROOM_REM = 2.375;
const LANE_REM = 1.75;
const AXIS_REM = 1.625;
const TICK_REM = 6;
/** Less than this is a press, not a drag, rem. */
const DRAG_REM = 0.375;
const WHEEL_FACTOR = 1.25;

type Props<E extends Spot> = {
  lanes: readonly ChartLane<E>[];
  toggleLane: (key: string) => void;
  span: Span;
  bounds: Span;
  setSpan: (span: Span) => void;
  /** What is chosen; its time is the cursor. */
  cursor: { atMs: number; text: string } | null;
  choose: (event: E) => void;
  /** To the event before (-1) or after (1) the chosen one. */
  step: (by: -1 | 1) => void;
  fit: () => void;
  lines: readonly ChartLine[];
  drag: TimelineDrag;
  label: string;
  clusterLabel: (cluster: Cluster, lane: string) => string;
};

export function TimelineChart<E extends Spot>({ lanes, toggleLane, span, bounds, setSpan, cursor, choose, step, fit, lines, drag, label, clusterLabel }: Props<E>) {
  const host = useRef<HTMLDivElement | null>(null);
  const width = useWidth(host);
  const rem = remPx();
  const [hoverPx, setHoverPx] = useState<number | null>(null);
  const dragging = useDrag(host, width, { span, bounds, setSpan, drag, rem });
  useWheel(host, width, { span, bounds, setSpan });
  const heightPx = lanes.length * LANE_REM * rem, axisPx = AXIS_REM * rem;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const act = keyAct(event, { span, bounds, setSpan, step, fit, cursorMs: cursor?.atMs ?? null });
    if (act === null) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="timeline">
      <div className="timeline-lanes">
        {lanes.map((lane) => <button key={lane.key} type="button" className="timeline-lane" aria-pressed={lane.isShown} data-testid={`lane-${lane.key}`} onClick={() => toggleLane(lane.key)}><span>{lane.label}</span><span className="timeline-lane-count">{lane.events.length}</span></button>)}
      </div>
      <div
        className={`timeline-picture timeline-drag-${drag}`} ref={host} role="slider" tabIndex={0} aria-label={label} data-testid="timeline" data-from={Math.round(span.fromMs)} data-to={Math.round(span.toMs)}
        aria-valuemin={Math.round(span.fromMs)} aria-valuemax={Math.round(span.toMs)} aria-valuenow={Math.round(Math.min(span.toMs, Math.max(span.fromMs, cursor?.atMs ?? span.fromMs)))} aria-valuetext={cursor === null ? `${dateTime(span.fromMs)} – ${dateTime(span.toMs)}` : `${dateTime(cursor.atMs)} ${cursor.text}`}
        onKeyDown={onKeyDown} onPointerMove={(event) => setHoverPx(event.clientX - event.currentTarget.getBoundingClientRect().left)} onPointerLeave={() => setHoverPx(null)} {...dragging.handlers}
      >
        <svg className="timeline-svg" width={width} height={heightPx + axisPx} aria-hidden="true">
          <Ground lanes={lanes} span={span} width={width} rem={rem} lines={lines} />
          {lanes.map((lane, index) => (lane.isShown ? <LaneMarks key={lane.key} lane={lane} span={span} width={width} rem={rem} y={(index + 0.5) * LANE_REM * rem} choose={(event) => { if (!dragging.wasDragged()) choose(event); }} labelOf={(cluster) => clusterLabel(cluster, lane.key)} /> : null))}
          {cursor === null || cursor.atMs < span.fromMs || cursor.atMs > span.toMs ? null : <line className="timeline-cursor" x1={placeOf(cursor.atMs, span, width)} x2={placeOf(cursor.atMs, span, width)} y1={0} y2={heightPx} />}
          {hoverPx === null || dragging.range !== null ? null : <Hover px={hoverPx} span={span} width={width} heightPx={heightPx} rem={rem} />}
          {dragging.range === null ? null : <rect className="timeline-range" x={dragging.range[0]} width={dragging.range[1] - dragging.range[0]} y={0} height={heightPx} />}
        </svg>
      </div>
    </div>
  );
}

function Ground({ lanes, span, width, rem, lines }: { lanes: readonly { key: string; isShown: boolean }[]; span: Span; width: number; rem: number; lines: readonly ChartLine[] }) {
  const heightPx = lanes.length * LANE_REM * rem;
  const ticks = ticksOf(span, Math.max(1, Math.floor(width / (TICK_REM * rem))), -new Date(span.fromMs).getTimezoneOffset() * 60_000);
  const isLong = span.toMs - span.fromMs > 20 * 3_600_000;
  return (
    <g>
      {lanes.map(({ key, isShown }, index) => <rect key={key} className={`timeline-ground${isShown ? '' : ' timeline-ground-off'}`} x={0} y={index * LANE_REM * rem} width={width} height={LANE_REM * rem - 1} />)}
      {ticks.map((ms) => {
        const px = placeOf(ms, span, width);
        return <g key={ms}><line className="timeline-tick" x1={px} x2={px} y1={0} y2={heightPx + 0.25 * rem} /><text className="timeline-tick-text" x={Math.min(width - 2.6 * rem, Math.max(2.6 * rem, px))} y={heightPx + 1.25 * rem} textAnchor="middle">{isLong ? dateTime(ms).slice(5, 16) : clockTime(ms)}</text></g>;
      })}
      {lines.map(({ atMs, label }) => {
        const px = placeOf(atMs, span, width);
        return px < -1 || px > width + 1 ? null : <g key={label}><line className="timeline-line" x1={px} x2={px} y1={0} y2={heightPx}><title>{label}</title></line></g>;
      })}
    </g>
  );
}

function Hover({ px, span, width, heightPx, rem }: { px: number; span: Span; width: number; heightPx: number; rem: number }) {
  const half = 2.5 * rem;
  const at = Math.min(width - half, Math.max(half, px));
  return (
    <g className="timeline-hover">
      <line x1={px} x2={px} y1={0} y2={heightPx} />
      <rect x={at - half} y={heightPx + 0.125 * rem} width={half * 2} height={1.375 * rem} />
      <text x={at} y={heightPx + 1.25 * rem} textAnchor="middle">{clockTime(timeAt(px, span, width))}</text>
    </g>
  );
}

function LaneMarks<E extends Spot>({ lane, span, width, rem, y, choose, labelOf }: { lane: ChartLane<E>; span: Span; width: number; rem: number; y: number; choose: (event: E) => void; labelOf: (cluster: Cluster) => string }) {
  const { clusters, before, after } = useMemo(() => clustersOf(lane.events, span, width, ROOM_REM * rem), [lane.events, span, width, rem]);
  const press = (cluster: Cluster) => () => { const event = lane.events[cluster.first]; if (event !== undefined) choose(event); };
  return (
    <g data-testid={`lane-marks-${lane.key}`} data-shown={clusters.reduce((sum, { count }) => sum + count, 0)} data-before={before} data-after={after}>
      {clusters.map((cluster) => (
        <g key={cluster.key} className="timeline-mark" transform={`translate(${cluster.px} ${y})`} data-count={cluster.count} data-shape={shapeOf(cluster, lane.shape)} onClick={press(cluster)}>
          <title>{labelOf(cluster)}</title>
          <rect className="timeline-press" x={-ROOM_REM * rem / 2} y={-LANE_REM * rem / 2} width={ROOM_REM * rem} height={LANE_REM * rem} />
          <Mark shape={shapeOf(cluster, lane.shape)} worst={cluster.worst} count={cluster.count} rem={rem} />
        </g>
      ))}
      {before === 0 ? null : <Beyond text={`‹ ${before}`} px={0.25 * rem} y={y} anchor="start" rem={rem} />}
      {after === 0 ? null : <Beyond text={`${after} ›`} px={width - 0.25 * rem} y={y} anchor="end" rem={rem} />}
    </g>
  );
}

function Beyond({ text, px, y, anchor, rem }: { text: string; px: number; y: number; anchor: 'start' | 'end'; rem: number }) {
  return <text className="timeline-beyond" x={px} y={y + 0.3 * rem} textAnchor={anchor}>{text}</text>;
}

export function shapeOf({ marks, byPerson }: Pick<Cluster, 'marks' | 'byPerson'>, plain?: ChartShape): ChartShape {
  return CHART_SHAPES.findLast((shape) => marks.includes(shape)) ?? plain ?? (byPerson ? 'deed' : 'dot');
}

const PRIORITY_PATHS: Readonly<Record<number, string>> = { 1: 'M-9-9H9V9H-9Z', 2: 'M0-10L11 9H-11Z', 3: 'M-11-9H11L0 10Z', 4: 'M0-10A10 10 0 1 1-.01-10Z' };
const SHAPE_PATHS: Readonly<Record<ChartShape, string>> = {
  dot: 'M0-5A5 5 0 1 1-.01-5Z', deed: 'M0-7A7 7 0 1 1-.01-7Z', possiblyFirst: 'M-6-9H8L4-4L8 1H-6Z', firstOut: 'M-6-9H8L4-4L8 1H-6Z', refused: 'M0-8A8 8 0 1 1-.01-8Z', broken: 'M-8-8L8 8M8-8L-8 8', retreat: 'M0-10L10 0L0 10L-10 0Z',
};

/** One mark. An alarm has the shape, the colour and the number of its priority; first-out flies a flag; several have their number in a box. */
export function Mark({ shape, worst, count, rem }: { shape: ChartShape; worst: number | null; count: number; rem: number }) {
  const scale = rem / 16;
  const isFlag = shape === 'firstOut' || shape === 'possiblyFirst';
  const body = worst === null ? null : <g className={`priority-${worst}`}><path className="timeline-priority" d={PRIORITY_PATHS[worst] ?? ''} /><text className="timeline-priority-number" y={worst === 2 ? 7 : worst === 3 ? 2.5 : 4.5} textAnchor="middle" fontSize={12}>{worst}</text></g>;
  if (count > 1) {
    const text = String(count), half = 4 + text.length * 4.4;
    return (
      <g transform={`scale(${scale})`}>
        {body === null ? <path className={`timeline-shape timeline-${shape}`} d={SHAPE_PATHS[shape]} transform={`translate(${-half / 2 - 4} 0) scale(.8)`} /> : <g transform={`translate(${-half / 2 - 4} 0) scale(.72)`}>{body}</g>}
        {body !== null && isFlag ? <Flag shape={shape} /> : null}
        <g transform="translate(6 0)"><rect className="timeline-count" x={-half + 1} y={-9} width={half * 2 - 2} height={18} rx={2} /><text className="timeline-count-text" y={5} textAnchor="middle" fontSize={14}>{text}</text></g>
      </g>
    );
  }
  return <g transform={`scale(${scale})`}>{body ?? (isFlag ? <g><path className="timeline-pole" d="M-6-9V10" /><path className={`timeline-shape timeline-${shape}`} d={SHAPE_PATHS[shape]} /></g> : <path className={`timeline-shape timeline-${shape}`} d={SHAPE_PATHS[shape]} />)}{body !== null && isFlag ? <Flag shape={shape} /> : null}</g>;
}

/** Beside the symbol of the priority. */
function Flag({ shape }: { shape: 'firstOut' | 'possiblyFirst' }) {
  return <g transform="translate(13 -3) scale(.8)"><path className="timeline-pole" d="M-6-9V13" /><path className={`timeline-shape timeline-${shape}`} d={SHAPE_PATHS[shape]} /></g>;
}

function useWidth(host: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const measure = (): void => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [host]);
  return width;
}

type Movable = { span: Span; bounds: Span; setSpan: (span: Span) => void };

/** Not by React, whose wheel listeners may not keep the page from scrolling. */
function useWheel(host: { readonly current: HTMLElement | null }, width: number, movable: Movable): void {
  const now = useRef({ width, ...movable });
  useEffect(() => { now.current = { width, ...movable }; });
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      const { span, bounds, setSpan, width: widthPx } = now.current;
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (sideways !== 0) { setSpan(panned(span, ((span.toMs - span.fromMs) * Math.sign(sideways)) / 10, bounds)); return; }
      const aboutMs = timeAt(event.clientX - element.getBoundingClientRect().left, span, widthPx);
      setSpan(zoomed(span, event.deltaY > 0 ? WHEEL_FACTOR : 1 / WHEEL_FACTOR, aboutMs, bounds));
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [host]);
}

function useDrag(host: { readonly current: HTMLElement | null }, width: number, { span, bounds, setSpan, drag, rem }: Movable & { drag: TimelineDrag; rem: number }) {
  const begun = useRef<{ px: number; span: Span; isDrag: boolean } | null>(null);
  const dragged = useRef(false);
  const [range, setRange] = useState<[number, number] | null>(null);
  const pxOf = (event: PointerEvent<HTMLElement>): number => Math.min(width, Math.max(0, event.clientX - event.currentTarget.getBoundingClientRect().left));
  const end = (): void => { begun.current = null; setRange(null); };
  return {
    range,
    /** Whether the press that ends now was a drag: then it chooses nothing. */
    wasDragged: () => dragged.current,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        begun.current = { px: pxOf(event), span, isDrag: false };
        dragged.current = false;
      },
      onPointerMoveCapture: (event: PointerEvent<HTMLElement>) => {
        const start = begun.current;
        if (start === null) return;
        const px = pxOf(event);
        if (!start.isDrag && Math.abs(px - start.px) < DRAG_REM * rem) return;
        if (!start.isDrag) { start.isDrag = true; dragged.current = true; host.current?.setPointerCapture(event.pointerId); }
        if (drag === 'pan') setSpan(panned(start.span, ((start.px - px) / Math.max(1, width)) * (start.span.toMs - start.span.fromMs), bounds));
        else setRange([Math.min(start.px, px), Math.max(start.px, px)]);
      },
      onPointerUp: () => {
        if (range !== null && begun.current?.isDrag === true) setSpan(within({ fromMs: timeAt(range[0], span, width), toMs: timeAt(range[1], span, width) }, bounds));
        end();
      },
      onPointerCancel: end,
    },
  };
}

function keyAct(event: KeyboardEvent, { span, bounds, setSpan, step, fit, cursorMs }: Movable & { step: (by: -1 | 1) => void; fit: () => void; cursorMs: number | null }): (() => void) | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const length = span.toMs - span.fromMs;
  const aboutMs = cursorMs !== null && cursorMs >= span.fromMs && cursorMs <= span.toMs ? cursorMs : span.fromMs + length / 2;
  switch (event.key) {
    case 'ArrowLeft': return event.shiftKey ? () => setSpan(panned(span, -length / 5, bounds)) : () => step(-1);
    case 'ArrowRight': return event.shiftKey ? () => setSpan(panned(span, length / 5, bounds)) : () => step(1);
    case 'PageUp': return () => setSpan(panned(span, -length, bounds));
    case 'PageDown': return () => setSpan(panned(span, length, bounds));
    case '+': case '=': return () => setSpan(zoomed(span, 0.5, aboutMs, bounds));
    case '-': return () => setSpan(zoomed(span, 2, aboutMs, bounds));
    case '0': return fit;
    default: return null;
  }
}
