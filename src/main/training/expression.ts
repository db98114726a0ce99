/**
 * The triggers of scenarios (`TI-4203 > 60 and XV-4301 = open and not I-4300-TRIP`, `t > 60`) over what the station's tags show. A reading that is not
 * good is unknown, and so is what depends on it: a trigger holds only when it is known to be true. The same small language as the simulator's, whose
 * loader has checked the files; what is not understood here is never due.
 */
import { TEXT_MAX_LENGTH } from '../../contract/text.ts';

/** A number, a state's word, true or false; null = unknown. */
export type ReadingOf = (name: string) => number | boolean | string | null;
type Truth = boolean | null;

const TOKEN = /\s*(-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![A-Za-z\d.])|[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*|>=|<=|!=|==|>|<|=|\(|\))/uy;
const DEPTH_MAX = 50;

/** Null: unknown, or not understood. */
export function evaluate(expression: string, readingOf: ReadingOf): Truth {
  const tokens = tokensOf(expression);
  if (tokens === null) return null;
  const reader = new Reader(tokens, readingOf);
  const result = reader.either(0);
  return reader.isWhole ? result : null;
}

function tokensOf(text: string): string[] | null {
  if (text.length > TEXT_MAX_LENGTH) return null;
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined) return null;
    tokens.push(token);
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly string[];
  readonly #readingOf: ReadingOf;
  #at = 0;
  #isBroken = false;

  constructor(tokens: readonly string[], readingOf: ReadingOf) {
    this.#tokens = tokens;
    this.#readingOf = readingOf;
  }

  get isWhole(): boolean { return !this.#isBroken && this.#tokens.length > 0 && this.#at === this.#tokens.length; }

  either(depth: number): Truth {
    let left = this.#both(depth);
    while (this.#takes('or')) {
      const right = this.#both(depth);
      left = left === true || right === true ? true : left === null || right === null ? null : false;
    }
    return left;
  }

  #both(depth: number): Truth {
    let left = this.#not(depth);
    while (this.#takes('and')) {
      const right = this.#not(depth);
      left = left === false || right === false ? false : left === null || right === null ? null : true;
    }
    return left;
  }

  #not(depth: number): Truth {
    if (depth > DEPTH_MAX) return this.#broken();
    if (this.#takes('not')) {
      const of = this.#not(depth + 1);
      return of === null ? null : !of;
    }
    if (!this.#takes('(')) return this.#comparison();
    const inner = this.either(depth + 1);
    return this.#takes(')') ? inner : this.#broken();
  }

  #comparison(): Truth {
    const name = this.#next();
    if (name === undefined || !/^[A-Za-z]/u.test(name)) return this.#broken();
    if (name === 'true' || name === 'false') return name === 'true';
    const left = this.#readingOf(name);
    if (!/^[<>=!]/u.test(this.#tokens[this.#at] ?? '')) return typeof left === 'boolean' ? left : null;
    const sign = this.#next() ?? '', word = this.#next();
    if (word === undefined) return this.#broken();
    const right = word === 'true' ? true : word === 'false' ? false : /^[-.\d]/u.test(word) ? Number(word) : word;
    if (left === null || typeof left !== typeof right) return null;
    switch (sign) {
      case '=': case '==': return left === right;
      case '!=': return left !== right;
      case '>': return left > right;
      case '>=': return left >= right;
      case '<': return left < right;
      case '<=': return left <= right;
      default: return this.#broken();
    }
  }

  #takes(word: string): boolean {
    if (this.#tokens[this.#at] !== word) return false;
    this.#at += 1;
    return true;
  }
  #next(): string | undefined {
    this.#at += 1;
    return this.#tokens[this.#at - 1];
  }
  #broken(): null {
    this.#isBroken = true;
    return null;
  }
}
