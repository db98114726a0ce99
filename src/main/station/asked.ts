/**
 * What was asked for and refused in an exercise: with the request itself on record a script can be made of it (`haven drill --from-journal`), and the person asks
 * again and is refused again. Never in OPERATION, and never a secret: of a signature the name.
 */
import type { JsonValue } from '../../domain/journal/canonical-json.ts';
import type { Decision } from '../../domain/station/decision.ts';

export interface AskedFor { readonly command: string; readonly input: unknown }

/** As JSON; a longer request stands in the record without its input. */
const INPUT_MAX_LENGTH = 4_000;

/** The refusal with what was asked for; every other decision as it is. */
export function withAsked<Output>(decision: Decision<Output>, { command, input }: AskedFor): Decision<Output> {
  if (decision.outcome !== 'refused') return decision;
  const told = plain(input);
  if (JSON.stringify(told).length > INPUT_MAX_LENGTH) return decision;
  return { ...decision, facts: decision.facts.map((each) => (each.type === 'refused' ? { ...each, data: { ...each.data, asked: { command, input: told } } } : each)) };
}

/** Wherever a secret stands, the name beside it is left. */
function plain(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    if ('secret' in value) return { as: 'user' in value && typeof value.user === 'string' ? value.user : '' };
    return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined).map(([key, each]) => [key, plain(each)]));
  }
  if (typeof value === 'string') return value.toWellFormed();
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)) ? value : null;
}
