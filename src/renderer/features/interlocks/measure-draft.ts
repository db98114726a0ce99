/** A request in the making: what was typed, row by row, and the measures and limits that it comes to. The station judges them. */
import type { CommandInput } from '../../../contract/commands.ts';

type Fields = Readonly<Record<string, string>>;
type Request = CommandInput<'bypass.request'>;
export type Measure = Request['measures'][number];
export type Limit = NonNullable<Request['limits']>[number];

export const MEASURES_MAX = 10;
export const LIMITS_MAX = 10;
export const HOW = ['walk', 'is', 'below', 'above'] as const;
const MINUTE_MS = 60_000;
const USUAL_ROUND_MIN = '60';

export const rowCount = (fields: Fields, what: 'measure' | 'limit'): number => Math.min(what === 'measure' ? MEASURES_MAX : LIMITS_MAX, Math.max(what === 'measure' ? 1 : 0, Number(fields[`${what}s`] ?? 0) || 0));
export const fieldOf = (fields: Fields, what: 'measure' | 'limit', index: number, name: string): string => fields[`${what}${index}.${name}`] ?? (name === 'how' ? 'walk' : name === 'every' ? USUAL_ROUND_MIN : '');

/** A boolean tag is on or off; every other state is a word. */
const stateOf = (value: string, isBoolean: boolean): string | boolean => (isBoolean ? value.trim() === 'true' : value.trim());

export function measuresOf(fields: Fields, isBoolean: (tag: string) => boolean): Measure[] {
  return Array.from({ length: rowCount(fields, 'measure') }, (_, index): Measure => {
    const of = (name: string): string => fieldOf(fields, 'measure', index, name);
    const [text, owner, tag, value] = [of('text'), of('owner'), of('tag').trim(), of('value')];
    switch (of('how')) {
      case 'is': return { text, owner, watch: { tag, is: stateOf(value, isBoolean(tag)) } };
      case 'below': return { text, owner, watch: { tag, below: Number(value) } };
      case 'above': return { text, owner, watch: { tag, above: Number(value) } };
      default: return { text, owner, everyMs: Math.round(Number(of('every')) * MINUTE_MS) };
    }
  });
}

export function limitsOf(fields: Fields): Limit[] {
  return Array.from({ length: rowCount(fields, 'limit') }, (_, index): Limit => {
    const of = (name: string): string => fieldOf(fields, 'limit', index, name).trim();
    return { tag: of('tag'), ...(of('low') === '' ? {} : { low: Number(of('low')) }), ...(of('high') === '' ? {} : { high: Number(of('high')) }) };
  });
}
