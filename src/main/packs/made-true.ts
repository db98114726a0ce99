/** What commands make true: whether setting some tags is, or helps towards, a condition. */
import type { Measure, Sets } from '../../domain/packs/schema.ts';
import { inputsOf } from './draft.ts';
import { truthOf } from './implication.ts';
import type { ConditionsById } from './procedure-parts.ts';

/**
 * What the commands do to a condition. `value`: what they make of it by themselves, whatever else is so; 'open' when that depends. `helps`,
 * `hinders`: some part is pushed towards true, towards false.
 */
interface Effect { readonly value: 'true' | 'false' | 'open'; readonly helps: boolean; readonly hinders: boolean }

const NONE: Effect = { value: 'open', helps: false, hinders: false };
/** Depth at which thinking stops: a circle is told elsewhere. */
const MAX_DEPTH = 20;

/** 'makes': the commands alone make it true. 'helps': together with what they do not command. 'no': neither. */
export function madeTrue(id: string, sets: Sets, conditions: ConditionsById): 'makes' | 'helps' | 'no' {
  const { value, helps } = effectOn(id, sets, conditions, 0);
  return value === 'true' ? 'makes' : value === 'open' && helps ? 'helps' : 'no';
}

function effectOn(id: string, sets: Sets, conditions: ConditionsById, depth: number): Effect {
  const measure = conditions.get(id)?.measure;
  if (measure === undefined || depth > MAX_DEPTH) return NONE;
  const part = (of: string): Effect => effectOn(of, sets, conditions, depth + 1);
  switch (measure.kind) {
    case 'all': return joined(measure.of.map(part), 'false');
    case 'any': return joined(measure.of.map(part), 'true');
    case 'not': { const { value, helps, hinders } = part(measure.of); return { value: value === 'open' ? 'open' : value === 'true' ? 'false' : 'true', helps: hinders, hinders: helps }; }
    // What stays as it was commanded is there for long enough in the end.
    case 'duration': return part(measure.of);
    default: return leaf(measure, sets);
  }
}

/** `all` is decided by one false part, `any` by one true part. */
function joined(parts: readonly Effect[], deciding: 'true' | 'false'): Effect {
  const values = parts.map(({ value }) => value);
  const other = deciding === 'true' ? 'false' : 'true';
  const value = values.includes(deciding) ? deciding : values.every((one) => one === other) ? other : 'open';
  return { value, helps: parts.some(({ helps }) => helps), hinders: parts.some(({ hinders }) => hinders) };
}

/** A state, or a limit on a number that is commanded (the opening of a valve). Anything else moves by itself. */
function leaf(measure: Measure, sets: Sets): Effect {
  const found = truthOf(measure);
  const set = found === null || !inputsOf(measure).some((input) => Object.hasOwn(sets, input)) ? undefined : sets[found.input];
  if (found === null || set === undefined) return NONE;
  const { truth } = found;
  const isTrue = 'words' in truth ? typeof set !== 'number' && truth.words.includes(set)
    : typeof set === 'number' && (set > truth.low || (set === truth.low && !truth.lowOpen)) && (set < truth.high || (set === truth.high && !truth.highOpen));
  return { value: isTrue ? 'true' : 'false', helps: isTrue, hinders: !isTrue };
}
