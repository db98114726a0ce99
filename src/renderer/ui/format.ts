/** Numbers, times and units as people read them. No words here: words live in the locales. */

export { unitSign } from '../../contract/unit-sign.ts';

/** No more decimals than a person can act on: by the span of the instrument; a bare number (a limit) as it was written. */
export function formatNumber(value: number, span?: number): string {
  if (span === undefined) return String(Number(value.toPrecision(4)));
  const size = Math.abs(span);
  const decimals = size >= 1_000 ? 0 : size >= 20 ? 1 : size >= 2 ? 2 : 3;
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

const two = (n: number): string => String(Math.trunc(n)).padStart(2, '0');

/** Plant time with seconds (hmi rule 10). */
export function clockTime(ms: number): string {
  const at = new Date(ms);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

export function dateTime(ms: number): string {
  const at = new Date(ms);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${clockTime(ms)}`;
}

/** `01:18`, `1:02:05`; a passed deadline has a minus. */
export function countdown(ms: number): string {
  const total = Math.floor(Math.abs(ms) / 1_000);
  const hours = Math.floor(total / 3_600);
  const text = `${hours > 0 ? `${hours}:` : ''}${two((total % 3_600) / 60)}:${two(total % 60)}`;
  return ms < 0 && total > 0 ? `−${text}` : text;
}

/** `0.8 s`, `28 s`, `4 min`, `3 h`, `2 d`: a length of time with its unit. */
export function shortDuration(ms: number): string {
  const s = Math.max(0, ms) / 1_000;
  if (s < 10) return `${s.toFixed(1)} s`;
  if (s < 120) return `${Math.floor(s)} s`;
  if (s < 7_200) return `${Math.floor(s / 60)} min`;
  return s < 172_800 ? `${Math.floor(s / 3_600)} h` : `${Math.floor(s / 86_400)} d`;
}

const COMPARISON_SIGNS = { above: '>', atOrAbove: '≥', below: '<', atOrBelow: '≤' } as const;
export const comparisonSign = (comparison: keyof typeof COMPARISON_SIGNS | null): string => (comparison === null ? '' : COMPARISON_SIGNS[comparison]);

/** For `<input type="datetime-local">`, in local time. */
export function localInputTime(ms: number): string {
  const at = new Date(ms);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
