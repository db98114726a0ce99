/**
 * The report without names. People are keys already, so that two things are left: the directory, and words in which somebody is named.
 * Every account and name that the directory knows is replaced by its label there, wherever it stands as a word of its own.
 *
 * What nobody has told the journal it cannot take out; the report says so on its first page.
 */
import { incidentReportSchema } from '../../contract/report.ts';
import type { IncidentReport } from '../../contract/report.ts';
import type { Text } from '../../contract/text.ts';

type Person = IncidentReport['people']['directory'][number];
type Language = 'zh' | 'en';

/** What the report itself carries as hashes, keys and ids is no word in which anybody is named. */
const UNTOUCHED: ReadonlySet<string> = new Set(['key', 'hash', 'packHash', 'headHash', 'genesisHash', 'publicKey', 'signature', 'format', 'mode', 'id', 'type', 'lane', 'verdict', 'operation', 'zone', 'tag', 'rule', 'clause', 'state', 'place', 'procedure', 'condition', 'version', 'unit']);

export class Redaction {
  readonly #labels: ReadonlyMap<string, Text>;
  readonly #pattern: RegExp | null;

  constructor(directory: readonly Person[]) {
    const labels = new Map<string, Text>();
    for (const { user, name, label } of directory) {
      for (const each of [user, name]) if (each !== null && each.trim() !== '') labels.set(each.trim().toLowerCase(), label);
    }
    // The longest first: of two names that begin alike the whole one counts.
    const names = [...labels.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    this.#labels = labels;
    this.#pattern = names.length === 0 ? null : new RegExp(names.map(asWord).join('|'), 'giu');
  }

  text(words: string, language: Language): string {
    return this.#pattern === null ? words : words.replace(this.#pattern, (found) => this.#labels.get(found.toLowerCase())?.[language] ?? '***');
  }

  /** Words that have one language only. */
  words(words: string): string {
    return this.text(words, 'zh');
  }
}

/** Latin names and accounts as words of their own (`op1` is not in `op10`); Chinese has no spaces, so there the name alone decides. */
function asWord(name: string): string {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\/-]/gu, '\\$&');
  const begins = /^[\p{Script=Latin}\p{N}_]/u.test(name) ? '(?<![\\p{Script=Latin}\\p{N}_])' : '';
  const ends = /[\p{Script=Latin}\p{N}_]$/u.test(name) ? '(?![\\p{Script=Latin}\\p{N}_])' : '';
  return `${begins}${escaped}${ends}`;
}

export function redacted(report: IncidentReport): IncidentReport {
  const redaction = new Redaction(report.people.directory);
  const clean = fitted(walked(report, redaction, null) as IncidentReport);
  return { ...clean, redacted: true, people: { ...clean.people, directory: report.people.directory.map((person) => ({ ...person, user: null, name: null })) } };
}

/** A label may be longer than the name it stands for; what no longer fits its field is cut. */
function fitted(report: IncidentReport): IncidentReport {
  const checked = incidentReportSchema.safeParse(report);
  if (checked.success) return report;
  for (const issue of checked.error.issues) {
    if (issue.code !== 'too_big' || issue.origin !== 'string') continue;
    const path = [...issue.path];
    const last = path.pop();
    const holder = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], report) as Record<PropertyKey, unknown>;
    if (last !== undefined) holder[last] = String(holder[last]).slice(0, Number(issue.maximum)).toWellFormed();
  }
  return report;
}

function walked(value: unknown, redaction: Redaction, key: string | null): unknown {
  if (typeof value === 'string') {
    if (key !== null && UNTOUCHED.has(key)) return value;
    return key === 'zh' || key === 'en' ? redaction.text(value, key) : redaction.words(value);
  }
  if (Array.isArray(value)) return value.map((each) => walked(each, redaction, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walked(each, redaction, name)]));
}
