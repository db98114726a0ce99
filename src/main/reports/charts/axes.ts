/** Scales, ticks and words that fit, for all charts of the report. Inline SVG, no script, colours by class: the style sheet is the one place that knows them. */
import { escaped, html } from '../../markup/markup.ts';
import type { Html } from '../../markup/markup.ts';
import type { Pen } from '../pen.ts';
import { numberText } from '../pen.ts';

/** Drawing units of a whole line of A4: four to the millimetre, so that nine of them are letters of 6.5 pt. */
export const WIDTH = 720;

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A tenth of a unit is finer than any printer. */
export const tenth = (value: number): number => Math.round(value * 10) / 10;

export type Scale = (value: number) => number;

export function scale(from: number, to: number, start: number, end: number): Scale {
  const span = to > from ? to - from : 1;
  return (value) => Math.round((start + ((Math.min(Math.max(value, from), to) - from) / span) * (end - start)) * 10) / 10;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const TIME_STEPS_MS = [SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 24 * HOUR];

/** Round times within a span, at most `most`. Hours of the plant's zone fall on round ones in all zones of whole hours. */
export function timeTicks({ fromMs, toMs }: Span, most: number): number[] {
  const span = toMs - fromMs;
  const step = TIME_STEPS_MS.find((each) => span / each <= most) ?? Math.max(24 * HOUR, Math.ceil(span / most / (24 * HOUR)) * 24 * HOUR);
  const ticks: number[] = [];
  for (let at = Math.ceil(fromMs / step) * step; at <= toMs && ticks.length <= most; at += step) ticks.push(at);
  return ticks;
}

/** Round figures within a range, three to six of them. */
export function valueTicks(low: number, high: number): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => span / each <= 5) ?? span;
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step / 1e6 && ticks.length < 12; at += step) ticks.push(Number(at.toPrecision(12)));
  return ticks;
}

export function timeAxis(pen: Pen, span: Span, x: Scale, { top, bottom }: Frame): Html {
  return html`${timeTicks(span, 8).map((at) => html`<line class="grid" x1="${x(at)}" x2="${x(at)}" y1="${top}" y2="${bottom}"/><text class="tick" x="${x(at)}" y="${bottom + 13}" text-anchor="middle">${escaped(pen.clockText(at).replace(/:00$/u, ''))}</text>`)}`;
}

export function valueAxis(low: number, high: number, y: Scale, { left, right }: Frame): Html {
  return html`${valueTicks(low, high).map((at) => html`<line class="grid" x1="${left}" x2="${right}" y1="${y(at)}" y2="${y(at)}"/><text class="tick" x="${left - 4}" y="${y(at) + 3.5}" text-anchor="end">${escaped(numberText(at))}</text>`)}`;
}

/** An SVG of the whole width with the frame's own hatches. `name` makes ids that no other picture has. */
export function picture(name: string, height: number, about: string, body: Html): Html {
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(about)}"><defs><pattern id="${escaped(name)}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>${body}</svg>`;
}
export const hatched = (name: string): Html => html`url(#${escaped(name)}-hatch)`;

const isWide = (sign: string): boolean => (sign.codePointAt(0) ?? 0) > 0x2e7f;
/** About how wide words are, in drawing units. */
export function widthOf(words: string, size: number): number {
  let width = 0;
  for (const sign of words) width += isWide(sign) ? size : size * 0.56;
  return width;
}

/** As much of it as fits. */
export function fitted(words: string, room: number, size: number): string {
  if (widthOf(words, size) <= room) return words;
  let kept = '';
  let width = size;
  for (const sign of words) {
    width += isWide(sign) ? size : size * 0.56;
    if (width > room) break;
    kept += sign;
  }
  return kept === '' ? '' : `${kept.trimEnd()}…`;
}

/** Circles with a number for what is explained below the picture. Those that would lie on each other go up a row. */
export interface Mark { readonly atMs: number; readonly label: string }
export function marks(all: readonly Mark[], x: Scale, { top, bottom }: Frame, rows = 3): Html {
  const lastX = Array.from({ length: rows }, () => -Infinity);
  return html`${all.map(({ atMs, label }) => {
    const at = x(atMs);
    const free = lastX.findIndex((last) => at - last > 15);
    const row = free < 0 ? rows - 1 : free;
    lastX[row] = at;
    const y = top - 8 - row * 15;
    return html`<line class="mark" x1="${at}" x2="${at}" y1="${y + 7}" y2="${bottom}"/><circle class="mark" cx="${at}" cy="${y}" r="7"/><text class="marklabel" x="${at}" y="${y + 3}" text-anchor="middle">${escaped(label)}</text>`;
  })}`;
}

