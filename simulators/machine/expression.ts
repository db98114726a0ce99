/**
 * Boolean expressions over what the tags show, for triggers of faults and scenarios:
 * `TI-1101A > 70 and XV-1107 = open and not I-1101-TRIP`, `t > 60` (seconds since the beginning).
 * A reading that is not good is unknown, and so is what depends on it (Kleene's logic): an expression *holds* only when it is known to be true.
 */
import type { Checked, Refused } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';

export const EXPRESSION_LIMITS = { characters: 1_000, depth: 50 } as const;
/** The name of the seconds since the beginning. */
export const TIME_NAME = 't';

const SIGNS = ['>=', '<=', '!=', '>', '<', '='] as const;
type Sign = (typeof SIGNS)[number];

/** A tree that was checked against the tags of a plant: every comparison is between things that can be compared. */
export type Expression =
  | { readonly kind: 'or' | 'and'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'literal'; readonly value: boolean }
  | { readonly kind: 'flag'; readonly tag: string }
  | { readonly kind: 'compare'; readonly name: string; readonly sign: Sign; readonly to: number | boolean | string };

/** What a name means: a number, true or false, one of some words, or nothing. */
export type NameKind = { readonly kind: 'number' } | { readonly kind: 'boolean' } | { readonly kind: 'words'; readonly words: readonly string[] };
export type Vocabulary = (name: string) => NameKind | null;

/** What a name says now; a word of a discrete tag as the word itself. */
export interface Readings {
  readonly timeS: number;
  reading(name: string): { readonly value: number | boolean | string; readonly good: boolean };
}

export interface ExpressionFailure extends Refused { readonly zh: string; /** counts from 1 */ readonly column: number }
export type ParsedExpression = { readonly ok: true; readonly value: Expression } | ExpressionFailure;

type TokenKind = 'number' | 'name' | 'sign' | 'open' | 'close' | 'end';
interface Token { readonly kind: TokenKind; readonly text: string; readonly column: number }

/** Thrown inside this file only, turned into a value at its edge. */
class Mistake extends Error {
  readonly zh: string;
  readonly column: number;
  constructor(zh: string, message: string, column: number) {
    super(message);
    this.zh = zh;
    this.column = column;
  }
}

const TOKEN = /\s*(?:(?<number>-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![A-Za-z\d.])|(?<name>[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*)|(?<sign>>=|<=|!=|==|>|<|=)|(?<open>\()|(?<close>\)))/uy;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < end) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const found = match === null ? undefined : Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined);
    if (match === null || found === undefined) {
      const column = at + (/^\s*/u.exec(text.slice(at))?.[0].length ?? 0) + 1;
      throw new Mistake(`看不懂“${text.slice(column - 1, column + 9)}”`, `"${text.slice(column - 1, column + 9)}" is not understood`, column);
    }
    const [kind, part = ''] = found;
    tokens.push({ kind: kindOf(kind), text: part === '==' ? '=' : part, column: at + match[0].length - part.length + 1 });
    at += match[0].length;
  }
  tokens.push({ kind: 'end', text: '', column: end + 1 });
  return tokens;
}

function kindOf(group: string): TokenKind {
  switch (group) {
    case 'number': case 'name': case 'sign': case 'open': case 'close': return group;
    default: return 'end';
  }
}

/** Recursive descent: or < and < not < comparison or flag. */
class Parser {
  readonly #tokens: readonly Token[];
  readonly #vocabulary: Vocabulary;
  #next = 0;

  constructor(tokens: readonly Token[], vocabulary: Vocabulary) {
    this.#tokens = tokens;
    this.#vocabulary = vocabulary;
  }

  whole(): Expression {
    const expression = this.#or(0);
    const rest = this.#peek();
    if (rest.kind !== 'end') throw new Mistake(`“${rest.text}”多余；可能缺少 and 或 or`, `"${rest.text}" is one too many; "and" or "or" may be missing`, rest.column);
    return expression;
  }

  #peek(): Token {
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)] ?? { kind: 'end', text: '', column: 1 };
  }

  #take(): Token {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token.kind === 'name' && token.text === word;
  }

  #or(depth: number): Expression {
    let left = this.#and(depth);
    while (this.#isWord('or')) {
      this.#take();
      left = { kind: 'or', left, right: this.#and(depth) };
    }
    return left;
  }

  #and(depth: number): Expression {
    let left = this.#not(depth);
    while (this.#isWord('and')) {
      this.#take();
      left = { kind: 'and', left, right: this.#not(depth) };
    }
    return left;
  }

  #not(depth: number): Expression {
    if (depth > EXPRESSION_LIMITS.depth) throw new Mistake(`括号和 not 的嵌套超过 ${EXPRESSION_LIMITS.depth} 层`, `more than ${EXPRESSION_LIMITS.depth} brackets and nots inside each other`, this.#peek().column);
    if (!this.#isWord('not')) return this.#primary(depth);
    this.#take();
    return { kind: 'not', of: this.#not(depth + 1) };
  }

  #primary(depth: number): Expression {
    const token = this.#take();
    switch (token.kind) {
      case 'open': {
        const inside = this.#or(depth + 1);
        const close = this.#take();
        if (close.kind !== 'close') throw new Mistake(`第 ${token.column} 列的括号没有闭合`, `the bracket of column ${token.column} is not closed`, close.column);
        return inside;
      }
      case 'name': return this.#named(token);
      case 'number': throw new Mistake('比较须以位号开头，不能以数开头', 'a comparison begins with a tag, not with a number', token.column);
      case 'sign': case 'close': throw new Mistake(`“${token.text}”之前缺少位号`, `a tag is missing before "${token.text}"`, token.column);
      case 'end': throw new Mistake('表达式不完整', 'the expression ends too early', token.column);
    }
  }

  #named(token: Token): Expression {
    if (token.text === 'true' || token.text === 'false') return { kind: 'literal', value: token.text === 'true' };
    if (token.text === 'and' || token.text === 'or') throw new Mistake(`“${token.text}”之前缺少位号`, `a tag is missing before "${token.text}"`, token.column);
    const meaning: NameKind | null = token.text === TIME_NAME ? { kind: 'number' } : this.#vocabulary(token.text);
    if (meaning === null) throw new Mistake(`没有位号“${token.text}”`, `there is no tag "${token.text}"`, token.column);
    const sign = SIGNS.find((each) => this.#peek().kind === 'sign' && each === this.#peek().text);
    if (sign === undefined) {
      if (meaning.kind === 'boolean') return { kind: 'flag', tag: token.text };
      throw new Mistake(`“${token.text}”本身没有真假：须作比较`, `"${token.text}" is not true or false by itself: it must be compared`, token.column);
    }
    const signToken = this.#take();
    if (meaning.kind !== 'number' && sign !== '=' && sign !== '!=') throw new Mistake(`“${token.text}”只能用 = 和 != 比较`, `"${token.text}" can only be compared with = and !=`, signToken.column);
    return { kind: 'compare', name: token.text, sign, to: operandOf(this.#take(), token.text, meaning) };
  }
}

function operandOf(token: Token, name: string, meaning: NameKind): number | boolean | string {
  switch (meaning.kind) {
    case 'number':
      if (token.kind !== 'number' || !Number.isFinite(Number(token.text))) throw new Mistake(`“${name}”须与数比较`, `"${name}" is compared with a number`, token.column);
      return Number(token.text);
    case 'boolean':
      if (token.text !== 'true' && token.text !== 'false') throw new Mistake(`“${name}”须与 true 或 false 比较`, `"${name}" is compared with true or false`, token.column);
      return token.text === 'true';
    case 'words':
      if (token.kind !== 'name' || !meaning.words.includes(token.text)) throw new Mistake(`“${name}”须与以下之一比较：${meaning.words.join('、')}`, `"${name}" is compared with one of ${meaning.words.join(', ')}`, token.column);
      return token.text;
  }
}

/** Reads an expression and checks every name in it; a mistake is a value with its column. */
export function parseExpression(text: string, vocabulary: Vocabulary): ParsedExpression {
  if (text.length > EXPRESSION_LIMITS.characters) return { ...no(`表达式最多 ${EXPRESSION_LIMITS.characters} 个字符。`, `An expression has at most ${EXPRESSION_LIMITS.characters} characters.`), column: EXPRESSION_LIMITS.characters + 1 };
  try {
    return { ok: true, value: new Parser(tokensOf(text), vocabulary).whole() };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { ...no(`第 ${error.column} 列：${error.zh}。`, `Column ${error.column}: ${error.message}.`), column: error.column };
  }
}

/** True, false, or null: nobody can tell. */
export function truthOf(expression: Expression, readings: Readings): boolean | null {
  switch (expression.kind) {
    case 'literal': return expression.value;
    case 'not': return negated(truthOf(expression.of, readings));
    case 'and': return both(truthOf(expression.left, readings), truthOf(expression.right, readings));
    case 'or': return negated(both(negated(truthOf(expression.left, readings)), negated(truthOf(expression.right, readings))));
    case 'flag': {
      const { value, good } = readings.reading(expression.tag);
      return good ? value === true : null;
    }
    case 'compare': {
      if (expression.name === TIME_NAME) return compared(readings.timeS, expression.sign, expression.to);
      const { value, good } = readings.reading(expression.name);
      return good && !Number.isNaN(value) ? compared(value, expression.sign, expression.to) : null;
    }
  }
}

/** Known to be true. */
export const holds = (expression: Expression, readings: Readings): boolean => truthOf(expression, readings) === true;

/** The expression as text again; reading it gives the same tree. */
export function textOf(expression: Expression): string {
  switch (expression.kind) {
    case 'literal': return String(expression.value);
    case 'flag': return expression.tag;
    case 'not': return `not (${textOf(expression.of)})`;
    case 'and': case 'or': return `(${textOf(expression.left)}) ${expression.kind} (${textOf(expression.right)})`;
    case 'compare': return `${expression.name} ${expression.sign} ${String(expression.to)}`;
  }
}

const negated = (truth: boolean | null): boolean | null => (truth === null ? null : !truth);

function both(a: boolean | null, b: boolean | null): boolean | null {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}

function compared(value: number | boolean | string, sign: Sign, to: number | boolean | string): boolean {
  switch (sign) {
    case '=': return value === to;
    case '!=': return value !== to;
    case '>': return Number(value) > Number(to);
    case '<': return Number(value) < Number(to);
    case '>=': return Number(value) >= Number(to);
    case '<=': return Number(value) <= Number(to);
  }
}

/** Reads a text that must be an expression: what the options of a fault and the actions of a scenario want. */
export function checkedExpression(raw: unknown, vocabulary: Vocabulary): Checked<Expression> {
  return typeof raw === 'string' ? parseExpression(raw, vocabulary) : no('表达式须是文字。', 'An expression must be a text.');
}
