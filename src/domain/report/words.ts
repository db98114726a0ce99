/**
 * Which strings of a report people wrote, or may have been written about in: free words. All others are ids, titles and words out of the
 * rules, where a name that reads like a common word is the common word.
 */

type Json = unknown;
type Path = readonly (string | number)[];

/** Fields that hold words of the rules, of the product, or keys: nothing that a person wrote. `[]`: the items of a list. */
const FIXED: ReadonlySet<string> = new Set([
  'id', 'title', 'clauses[]', 'clause', 'class', 'group', 'input', 'value', 'unit', 'tag', 'tags[]', 'because[]', 'condition', 'comparison', 'first', 'first[]', 'possible[]', 'zone', 'place', 'state', 'kind', 'lane', 'type', 'mode', 'verdict', 'post', 'how', 'actedOn',
  'operation', 'direction', 'rule', 'whoCanChange[]', 'part', 'instance', 'packHash', 'firstCondition', 'format', 'entry', 'element', 'incident', 'scenario', 'about', 'procedures[]', 'as', 'outcome',
]);
/** Whole parts that are words of the rules or of the product, or are dealt with by themselves. */
const FIXED_PARTS: ReadonlySet<string> = new Set(['proof', 'kpi', 'plant', 'product', 'whatIf', 'recording', 'people.directory']);
/** The same field name holds words of the rules here and words of people elsewhere, and the other way round. */
const FIXED_TEXTS: ReadonlySet<string> = new Set(['steps.text', 'proof.text', 'limits.text', 'prohibitions.text', 'missed.because', 'clauses.text', 'gaps.reason']);
const FREE_TEXTS: ReadonlySet<string> = new Set(['followUps.title']);
/** Fields that hold the key of a person. */
const PERSONS: ReadonlySet<string> = new Set(['by', 'by[]', 'who', 'from', 'to', 'requestedBy', 'assessedBy', 'approvedBy[]', 'acknowledgedBy', 'raisedBy', 'openedBy']);

/** What a string at this place is. `path` ends in its field, with `zh` or `en` below a text. */
export function kindOf(path: Path): 'fixed' | 'person' | 'free' {
  const plain = path.filter((each) => each !== 'zh' && each !== 'en');
  const named = plain.filter((each): each is string => typeof each === 'string');
  const [field, parent] = [named.at(-1) ?? '', named.at(-2) ?? ''];
  if (FIXED_PARTS.has(named[0] ?? '') || FIXED_PARTS.has(`${named[0] ?? ''}.${named[1] ?? ''}`)) return 'fixed';
  if (FREE_TEXTS.has(`${parent}.${field}`)) return 'free';
  const name = typeof plain.at(-1) === 'number' ? `${field}[]` : field;
  // Of a step `who` is the role that does it.
  if (PERSONS.has(name)) return parent === 'steps' && name === 'who' ? 'fixed' : 'person';
  return FIXED.has(name) || FIXED_TEXTS.has(`${parent}.${field}`) ? 'fixed' : 'free';
}

/** Every string with where it stands. */
export function* strings(value: Json, path: Path = []): Generator<{ readonly path: Path; readonly words: string }> {
  if (typeof value === 'string') yield { path, words: value };
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* strings(item, [...path, i]);
  else if (typeof value === 'object' && value !== null) for (const [key, item] of Object.entries(value)) yield* strings(item, [...path, key]);
}

/** All free words of a report. */
export const wordsOf = (report: object): readonly string[] => strings(report).filter(({ path }) => kindOf(path) === 'free').map(({ words }) => words).toArray();
