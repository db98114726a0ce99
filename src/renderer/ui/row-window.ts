/**
 * Draws of a long list only what is in sight and a few rows more: all rows have one height, so a place is a multiplication.
 * The height comes from the style sheet (`--row-height` in rem on the host), so that it grows with the glass like everything else.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { remPx } from './charts/rem.ts';

const OVERSCAN_ROWS = 4;
type Geometry = { topPx: number; heightPx: number; rowPx: number };

export type RowWindow = {
  hostRef: RefObject<HTMLDivElement | null>;
  onScroll(): void;
  rowPx: number;
  totalPx: number;
  /** Rows to draw: `from` up to but without `to`. */
  from: number;
  to: number;
  /** Rows that are wholly in sight. */
  seenFrom: number;
  seenTo: number;
  /** Rows that fit in sight, at least 1. */
  page: number;
  bringIntoSight(position: number): void;
};

/** `aboveRem`: height of what sticks to the top of the host, rem. */
export function useRowWindow(count: number, aboveRem: number): RowWindow {
  const hostRef = useRef<HTMLDivElement | null>(null);
  const [geometry, setGeometry] = useState<Geometry>({ topPx: 0, heightPx: 0, rowPx: 52 });
  const measure = useCallback(() => {
    const host = hostRef.current;
    if (host === null) return;
    const rem = remPx();
    const next = { topPx: host.scrollTop, heightPx: Math.max(0, host.clientHeight - aboveRem * rem), rowPx: Math.max(1, Number.parseFloat(getComputedStyle(host).getPropertyValue('--row-height')) * rem || 52) };
    setGeometry((old) => (old.topPx === next.topPx && old.heightPx === next.heightPx && old.rowPx === next.rowPx ? old : next));
  }, [aboveRem]);
  useEffect(() => {
    const host = hostRef.current;
    if (host === null) return undefined;
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(host);
    return () => observer.disconnect();
  }, [measure]);

  const { topPx, heightPx, rowPx } = geometry;
  const bringIntoSight = useCallback((position: number) => {
    const host = hostRef.current;
    if (host === null || position < 0) return;
    const top = position * rowPx;
    if (top < host.scrollTop) host.scrollTop = top;
    else if (top + rowPx > host.scrollTop + heightPx) host.scrollTop = top + rowPx - heightPx;
    measure();
  }, [rowPx, heightPx, measure]);
  // One pixel of grace: a row whose edge lies on half a pixel is seen.
  const seenFrom = Math.min(count, Math.ceil((topPx - 1) / rowPx)), seenTo = Math.max(seenFrom, Math.min(count, Math.floor((topPx + heightPx + 1) / rowPx)));
  return {
    hostRef, onScroll: measure, rowPx, totalPx: count * rowPx, seenFrom, seenTo, page: Math.max(1, Math.floor(heightPx / rowPx)), bringIntoSight,
    from: Math.max(0, Math.floor(topPx / rowPx) - OVERSCAN_ROWS), to: Math.min(count, Math.ceil((topPx + heightPx) / rowPx) + OVERSCAN_ROWS),
  };
}
