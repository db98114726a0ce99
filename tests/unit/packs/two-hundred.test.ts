/**
 * REQ-PACK-19: more than two hundred broken packs, made from the rich and the small plant by a seeded generator: every one of them is told
 * with file, line and column, never by a stack trace, never by silence.
 */
import { describe, expect, it } from 'vitest';
import { assemblePacks } from '../../../src/main/packs/load.ts';
import { formatFinding } from '../../../src/main/packs/finding.ts';
import { RICH, richFiles } from './rich-plant.ts';
import type { RichFile } from './rich-plant.ts';

interface Broken { readonly what: string; readonly file: RichFile; readonly content: string | Uint8Array }

/** A linear congruential generator (Numerical Recipes): the same packs on every machine. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const YAML_FILES: readonly RichFile[] = ['rules', 'general', 'site', 'clauses', 'procedure'];
const next = seeded(2_024_017);

/** Up to `count` places where `pattern` matches, spread over the file. */
function places(file: RichFile, pattern: RegExp, count: number): RegExpExecArray[] {
  const all = [...RICH[file].text.matchAll(pattern)] as RegExpExecArray[];
  const picked: RegExpExecArray[] = [];
  while (picked.length < count && all.length > 0) picked.push(...all.splice(next(all.length), 1));
  return picked;
}

/** Replaces the first group of a match; the group's text is what is broken. */
function broken(what: string, file: RichFile, match: RegExpExecArray, to: (found: string) => string): Broken {
  const { text } = RICH[file];
  const found = match[1] ?? '';
  const at = match.index + match[0].indexOf(found);
  return { what: `${what} '${found.trim()}' at ${at} of ${file}`, file, content: text.slice(0, at) + to(found) + text.slice(at + found.length) };
}

const each = (what: string, pattern: RegExp, count: number, to: (found: string) => string, files = YAML_FILES): Broken[] => files.flatMap((file) => places(file, pattern, count).map((match) => broken(what, file, match, to)));

const bytesOf = (file: RichFile): Buffer => Buffer.from(RICH[file].text, 'utf8');
const withByte = (file: RichFile): Buffer => {
  const bytes = bytesOf(file);
  return Buffer.concat([bytes.subarray(0, next(bytes.length)), Buffer.from([0xff]), bytes]);
};
const utf16 = (file: RichFile): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(RICH[file].text, 'utf16le')]);

const MADE: readonly Broken[] = [
  ...each('misspelt key', /(?:^|[{,]\s*|- |\n\s+)([a-zA-Z]{3,}):/gu, 9, (key) => `${key}x`),
  ...each('key left out', /\n {4}((?:title|clauses|priority|role|measure|source|reason): [^\n]*\n)/gu, 9, () => ''),
  ...each('word for a word of the list', /(?:kind|role|source|phase|direction|who): ([a-z][\w-]+)/gu, 9, () => 'nonsense'),
  ...each('word for a number', /(?:above|atOrAbove|below|atOrBelow|need|priority|low|high|tolerance|amplitude|limit|version): (\d+(?:\.\d+)?)/gu, 9, () => 'many'),
  ...each('huge number', /(?:above|atOrAbove|below|atOrBelow|need|priority|limit|version|minFall|amplitude|tolerance): (\d+(?:\.\d+)?)/gu, 9, () => '1e308'),
  ...each('infinity', /(?:above|atOrAbove|below|atOrBelow|low|high|deadband): (\d+(?:\.\d+)?)/gu, 5, () => '.inf'),
  ...each('no number', /(?:above|atOrAbove|below|atOrBelow|low|high|deadband): (\d+(?:\.\d+)?)/gu, 5, () => '.nan'),
  ...each('reference to nowhere', /(?:input|from|over|of|condition|starts|plant|area): \[?([A-Za-z][\w-]+)/gu, 9, () => 'NOWHERE-AT-ALL'),
  ...each('list for a text', /(?:id|en|zh|reason|unit): ("[^"]*"|[\w-]+)/gu, 7, () => '[[]]'),
  ...each('blank text', /(?:zh|en): ("[^"]+")/gu, 5, () => '"  "'),
  ...each('duration without unit', /(?:window|longerThan|timeToAct|timeNeeded|onDelay|within|reAlarm): (\d+ \w+)/gu, 5, () => '"60"'),
  ...each('duration of years', /(?:window|longerThan|timeToAct|timeNeeded|onDelay|within|reAlarm): (\d+ \w+)/gu, 5, () => '9999999 h'),
  ...each('unknown unit', /\{kind: (?:limit|rate|voted|discrepancy|notFalling), input(?:s: \[[^\]]*\]|: \S+),( )/gu, 5, () => ' unit: furlong, '),
  ...each('key twice', /\n( {4}(?:title|priority|role|source): [^\n]*\n)/gu, 5, (line) => line + line),
  ...each('anchor', /(?:zh|en): ("[^"]+")/gu, 3, (text) => `&a ${text}`),
  ...each('YAML tag', /(?:zh|en): ("[^"]+")/gu, 3, (text) => `!!js/function ${text}`),
  ...each('cut off inside', /([{[]\w+:? [^\n]{4})[^\n]/gu, 4, (text) => text).map((one) => ({ ...one, what: `${one.what} cut`, content: (one.content as string).slice(0, Number(/at (\d+)/u.exec(one.what)?.[1] ?? 0) + 5) })),
  ...each('tab before a key', /\n( {4})(?:title|priority|role): /gu, 3, () => '\t'),
  ...each('id of another', /- id: (W-SWING|W-STUCK|W-RATIO|C-VOTED|C-LONG)\n/gu, 5, () => 'W-HIGH', ['rules']),
  ...each('circle', /of: (W-HIGH|\[E-RUNNING, E-COOL\])/gu, 2, (found) => (found === 'W-HIGH' ? 'C-LONG' : '[C-BOTH]'), ['rules']),
  ...YAML_FILES.flatMap((file): Broken[] => [
    { what: `a byte that is no UTF-8 in ${file}`, file, content: withByte(file) },
    { what: `UTF-16 for ${file}`, file, content: utf16(file) },
    { what: `a lone surrogate half in ${file}`, file, content: Buffer.concat([bytesOf(file), Buffer.from([0xed, 0xa0, 0x80])]) },
    { what: `nothing in ${file}`, file, content: '' },
    { what: `only a comment in ${file}`, file, content: '# nothing\n' },
    { what: `a list for ${file}`, file, content: '- 1\n- 2\n' },
    { what: `a word for ${file}`, file, content: 'plant' },
    { what: `two documents in ${file}`, file, content: `${RICH[file].text}---\nplant: two\n` },
    { what: `deep brackets in ${file}`, file, content: `plant: ${'['.repeat(5_000)}` },
    { what: `a billion laughs in ${file}`, file, content: `a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n` },
    { what: `more than may be in ${file}`, file, content: `${RICH[file].text}#${'x'.repeat(2 * 1024 * 1024)}` },
    { what: `__proto__ in ${file}`, file, content: `${RICH[file].text}__proto__: {id: x}\n` },
    { what: `random bytes for ${file}`, file, content: Uint8Array.from({ length: 200 }, () => 128 + next(128)) },
  ]),
  ...([
    ['no header', RICH.tags.text.split('\r\n').slice(1).join('\r\n')], ['half a line', RICH.tags.text.slice(0, -30)], ['semicolons', RICH.tags.text.replaceAll(',', ';')], ['nothing', ''],
    ['a row too long', `${RICH.tags.text}A,b,c,d,e,f,g,h,i,j,k,l,m\r\n`], ['NUL', `${RICH.tags.text}\u0000`], ['a hundred columns', `${'x,'.repeat(150)}y\r\n`],
  ] as const).map(([what, content]): Broken => ({ what: `a tag list with ${what}`, file: 'tags', content })),
];

/** Everything that is said of a pack with one file broken. */
function tell({ file, content }: Broken): { readonly lines: string[]; readonly problems: string[] } {
  const { findings, sites } = assemblePacks(richFiles(file, () => content), { every: true });
  const errors = [...findings, ...sites.flatMap((site) => site.findings)].filter((finding) => finding.severity === 'error');
  const names = new Set(Object.values(RICH).map(({ name }) => name));
  const problems = [
    ...(errors.length === 0 ? ['silence'] : errors.every((finding) => finding.file !== RICH[file].name || finding.because !== undefined) ? [`not told where it is wrong: ${errors.map(formatFinding).join(' | ')}`] : []),
    ...errors.filter(({ file: where, line, column }) => !names.has(where) || !(line >= 1) || !(column >= 1)).map((finding) => `no place: ${formatFinding(finding)}`),
    ...errors.filter(({ message }) => !/.; ./u.test(message) || /\n|undefined|\[object|TypeError|at \w+ \(/u.test(message)).map((finding) => `not a sentence: ${formatFinding(finding)}`),
  ];
  return { lines: errors.map(formatFinding), problems };
}

describe('REQ-PACK-19 two hundred broken packs', () => {
  it('are more than two hundred different ones', () => {
    const different = new Set(MADE.map(({ file, content }) => `${file} ${Buffer.from(content).toString('base64')}`));
    expect(different.size).toBeGreaterThanOrEqual(200);
    expect(MADE.filter(({ file, content }) => content === RICH[file].text)).toEqual([]);
  });

  it('every one is told, in sentences, with file, line and column; none by silence', () => {
    const wrong = MADE.flatMap((one) => tell(one).problems.map((problem) => `${one.what}: ${problem}`));
    expect(wrong).toEqual([]);
  });

  it('the pack itself, unbroken, is not told of: the generator is what breaks them', () => {
    expect(tell({ what: 'whole', file: 'rules', content: RICH.rules.text }).lines).toEqual([]);
  });
});
