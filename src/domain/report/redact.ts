/**
 * The same report without names: of the directory the labels are left, and in free words names and accounts give way to them. Nothing
 * else changes, and the same report gives the same redacted one.
 *
 * Names go whole, by whichever case; those of Chinese from the middle of a sentence, others from inside a word too, unless that word is
 * one of the rules. What cannot be told apart stays: a role's own word is the role. A name that no record ever named as one (somebody is
 * mentioned who has no account and went nowhere) cannot be known; `docs/design/report.md` says so.
 */
import type { IncidentReport } from '../../contract/report.ts';
import { roleSchema } from '../../contract/refusal.ts';
import { clip } from './step.ts';
import { kindOf, strings } from './words.ts';

type Row = IncidentReport['people']['directory'][number];
type Language = 'zh' | 'en' | null;
interface Term { readonly words: string; readonly row: Row; readonly isWhole: boolean; readonly pattern: RegExp }
interface Piece { readonly words: string; readonly isDone: boolean }

/** Shorter ones are in too many words: they go only where they stand alone. */
const INSIDE_LEAST = 3;
const PART_LEAST = 3;
/** Where plain fields of the contract end (the nearest end, of fields of one name): a key may be longer than the name that it stands for, and the field must still hold it. */
const LONGEST: Readonly<Record<string, number>> = { responsible: 80, subject: 80, funding: 200, task: 200, title: 200, measure: 500, contingency: 500, reason: 500, note: 500, text: 500, problem: 500, root: 500, evidence: 1_000 };
const TEXT_LONGEST = 2_000;
const OTHER_LONGEST = 80;

const lower = (words: string): string => words.toLowerCase();
const isHan = (words: string): boolean => /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u.test(words);
/** A letter or digit of a script that has words. */
const isWordSign = (sign: string): boolean => /[\p{L}\p{N}]/u.test(sign) && !isHan(sign);
const escaped = (words: string): string => words.replaceAll(/[\\^$.*+?()[\]{}|/-]/gu, String.raw`\$&`);

export function redact<R extends Pick<IncidentReport, 'people'>>(report: R): R {
  const redactor = new Redactor(report);
  const changed = redactor.copy(report, []) as R;
  const directory = report.people.directory.map((row) => ({ ...row, user: null, name: null }));
  return { ...changed, people: { ...changed.people, directory }, ...('redacted' in report ? { redacted: true } : {}) };
}

class Redactor {
  readonly #terms: readonly Term[];
  readonly #any: RegExp | null;
  /** Words of the rules and of the product, each once. */
  readonly #vocabulary = new Set<string>();
  readonly #keys: ReadonlyMap<string, string>;

  constructor(report: Pick<IncidentReport, 'people'>) {
    const rows = report.people.directory;
    for (const { path, words } of strings(report)) if (kindOf(path) === 'fixed' && !path.includes('directory')) for (const word of wordsIn(words)) this.#vocabulary.add(word);
    const reserved = new Set([...roleSchema.options, 'post', 'person', ...rows.flatMap(({ label }) => [label.zh, label.en]).flatMap((words) => [lower(words), ...wordsIn(words)])]);
    const whole = rows.flatMap((row) => [row.user, row.name].flatMap((words) => (words === null || words.trim() === '' ? [] : [{ words: words.trim(), row, isWhole: true }])));
    const parts = partsOf(rows).filter(({ words }) => !this.#vocabulary.has(lower(words)));
    this.#terms = [...whole, ...parts].filter(({ words }) => !reserved.has(lower(words))).sort((a, b) => b.words.length - a.words.length || (a.words < b.words ? -1 : 1)).map((term) => ({ ...term, pattern: new RegExp(escaped(term.words), 'giu') }));
    this.#any = this.#terms.length === 0 ? null : new RegExp(this.#terms.map(({ words }) => escaped(words)).join('|'), 'iu');
    this.#keys = new Map(rows.flatMap(({ key, user, name }) => [user, name].flatMap((each) => (each === null ? [] : [[each, key] as const]))));
  }

  copy(value: unknown, path: readonly (string | number)[]): unknown {
    if (typeof value === 'string') return this.#string(value, path);
    if (Array.isArray(value)) return value.map((item, i) => this.copy(item, [...path, i]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.copy(item, [...path, key])]));
  }

  #string(words: string, path: readonly (string | number)[]): string {
    switch (kindOf(path)) {
      case 'fixed': return words;
      // Whoever wrote an account where a key belongs is put right.
      case 'person': return this.#keys.get(words) ?? words;
      case 'free': {
        const last = path.at(-1);
        if (last === 'zh' || last === 'en') return clip(this.#without(words, last), TEXT_LONGEST);
        const field = path.findLast((each) => typeof each === 'string') ?? '';
        const changed = this.#without(words, null);
        return changed === words ? words : clip(changed, Math.max(words.length, LONGEST[field] ?? OTHER_LONGEST));
      }
    }
  }

  #without(words: string, language: Language): string {
    if (this.#any?.test(words) !== true) return words;
    let pieces: readonly Piece[] = [{ words, isDone: false }];
    for (const term of this.#terms) pieces = pieces.flatMap((piece) => (piece.isDone ? [piece] : this.#cut(piece.words, term, language)));
    return pieces.map((piece) => piece.words).join('');
  }

  /** Cuts a term out wherever it is a name. */
  #cut(words: string, { pattern, row, isWhole }: Term, language: Language): readonly Piece[] {
    const pieces: Piece[] = [];
    let from = 0;
    for (const { 0: found, index } of words.matchAll(pattern)) {
      if (!this.#isName(words, index, found, isWhole)) continue;
      pieces.push({ words: words.slice(from, index), isDone: false }, { words: language === null ? row.key : row.label[language], isDone: true });
      from = index + found.length;
    }
    return [...pieces, { words: words.slice(from), isDone: false }];
  }

  #isName(words: string, index: number, found: string, isWhole: boolean): boolean {
    const end = index + found.length;
    if (isHan(found)) return found.length > 1 || !(isHan(words[index - 1] ?? '') || isHan(words[end] ?? ''));
    let [left, right] = [index, end];
    while (left > 0 && isWordSign(words[left - 1] ?? '') && isWordSign(words[left] ?? '')) left -= 1;
    while (right < words.length && isWordSign(words[right] ?? '') && isWordSign(words[right - 1] ?? '')) right += 1;
    if (left === index && right === end) return true;
    return isWhole && found.length >= INSIDE_LEAST && !this.#vocabulary.has(lower(words.slice(left, right)));
  }
}

const wordsIn = (words: string): readonly string[] => lower(words).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Of a name of several words each that is nobody else's too. Of Chinese names none: half of one is a word. */
function partsOf(rows: readonly Row[]): { readonly words: string; readonly row: Row; readonly isWhole: boolean }[] {
  const owners = new Map<string, Set<Row>>();
  const split = (words: string | null): string[] => (words ?? '').split(/[\s._·-]+/u).filter((part) => part.length >= PART_LEAST && !isHan(part) && !/^\d+$/u.test(part));
  // What is written small in a name is a word of it (`night shift`), not somebody's.
  const parts = rows.flatMap((row) => [...split(row.user), ...split(row.name).filter((part) => /^\p{Lu}/u.test(part))].map((words) => ({ words, row, isWhole: false })));
  for (const { words, row } of parts) owners.set(lower(words), (owners.get(lower(words)) ?? new Set<Row>()).add(row));
  return parts.filter(({ words }) => owners.get(lower(words))?.size === 1);
}
