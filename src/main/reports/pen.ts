/**
 * What every section of the report writes with: words in the report's language, times in its time zone, people by the directory, record
 * numbers. One place, so that nothing is written in two ways and nothing goes past the escaping.
 */
import type { IncidentReport } from '../../contract/report.ts';
import type { Text } from '../../contract/text.ts';
import { escaped, html, NOTHING } from '../markup/markup.ts';
import type { Html } from '../markup/markup.ts';
import { W } from './words.ts';

export type ReportLanguage = 'zh' | 'en';
export const TIME_ZONE_DEFAULT = 'Asia/Shanghai';

/** Record numbers shown at one statement; the JSON has all. */
const NUMBERS_SHOWN = 12;

export interface PenOptions {
  readonly language: ReportLanguage;
  /** IANA name; it stands on the first page. */
  readonly timeZone: string;
}

/** What a pen knows of what it writes about: who appears, and the day that need not be named each time. */
export interface PenSubject {
  readonly people: Pick<IncidentReport['people'], 'directory'>;
  readonly incident: Pick<IncidentReport['incident'], 'openedMs'>;
}

export class Pen {
  readonly language: ReportLanguage;
  readonly timeZone: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #people: ReadonlyMap<string, IncidentReport['people']['directory'][number]>;
  readonly #firstDay: string;
  /** Keys of people inside sentences, which are no words for a reader. */
  readonly #keys: RegExp | null;

  constructor(report: PenSubject, { language, timeZone }: PenOptions) {
    this.language = language;
    this.timeZone = timeZone;
    // Sweden writes its times as ISO 8601 does: the one notation that both languages read alike.
    this.#format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    this.#people = new Map(report.people.directory.map((each) => [each.key, each]));
    const keys = [...this.#people.keys()].filter((key) => /^[\w-]+-\w+$/u.test(key));
    this.#keys = keys.length === 0 ? null : new RegExp(`(?<![\\w-])(?:${keys.join('|')})(?![\\w-])`, 'gu');
    this.#firstDay = this.#stamp(report.incident.openedMs)[0];
  }

  plain(text: Text): string {
    return this.#keys === null ? text[this.language] : text[this.language].replaceAll(this.#keys, (key) => this.personText(key));
  }

  say(text: Text): Html {
    return escaped(this.plain(text));
  }

  /** Headings and names that a reader of the other language must find as well. */
  both(text: Text): Html {
    const [own, other] = this.language === 'zh' ? [text.zh, text.en] : [text.en, text.zh];
    return own === other ? escaped(own) : html`${escaped(own)} <span class="other" lang="${this.language === 'zh' ? 'en' as Html : 'zh-CN' as Html}">${escaped(other)}</span>`;
  }

  #stamp(ms: number): [string, string] {
    const [day = '', clock = ''] = this.#format.format(ms).split(' ');
    return [day, clock];
  }

  /** Day and time of day, whole. */
  moment(ms: number | null): Html {
    return ms === null ? this.say(W.none) : html`<time>${escaped(this.#stamp(ms).join(' '))}</time>`;
  }

  /** The time of day; with the day where it is not that of the opening. */
  clock(ms: number | null): Html {
    return ms === null ? NOTHING : html`<time>${escaped(this.clockText(ms))}</time>`;
  }

  clockText(ms: number): string {
    const [day, clock] = this.#stamp(ms);
    return day === this.#firstDay ? clock : `${day.slice(5)} ${clock}`;
  }

  /** To the tenth of a second, for sequences in which seconds are too coarse. */
  fine(ms: number): Html {
    return html`<time>${escaped(`${this.clockText(ms)}.${String(Math.floor((ms % 1_000) / 100))}`)}</time>`;
  }

  duration(ms: number | null): Html {
    return ms === null ? this.say(W.unknown) : escaped(durationText(ms));
  }

  /** A person by what the directory says of them: in a redacted report that is the label alone. */
  person(key: string | null): Html {
    return escaped(this.personText(key));
  }

  personText(key: string | null): string {
    if (key === null) return this.plain(W.product);
    const known = this.#people.get(key);
    if (known === undefined) return key;
    return known.name ?? this.plain(known.label);
  }

  people(keys: readonly string[]): Html {
    return keys.length === 0 ? this.say(W.nobody) : escaped(keys.map((key) => this.personText(key)).join(', '));
  }

  /** The record that says it. */
  record(n: number): Html {
    return html`<span class="n">#${n}</span>`;
  }

  evidence(numbers: readonly number[]): Html {
    if (numbers.length === 0) return html`<span class="n">${this.say(W.noRecord)}</span>`;
    const left = numbers.length - NUMBERS_SHOWN;
    return html`${numbers.slice(0, NUMBERS_SHOWN).map((n) => html`${this.record(n)} `)}${left > 0 ? html`<span class="n">+${left}</span>` : NOTHING}`;
  }

  value(value: number | boolean | string | null): Html {
    return escaped(valueText(value, this.plain(W.unknown)));
  }

  /** A table that goes over pages with its head repeated. `rows` are whole <tr>. Columns: words, and a class that gives the width. */
  table(name: string, columns: readonly (readonly [Text, string])[], rows: readonly Html[]): Html {
    return html`<table class="${escaped(name)}"><thead><tr>${columns.map(([title, kind]) => html`<th class="${escaped(kind)}">${this.say(title)}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;
  }

  /** What a list leaves out is said, with where it stands. */
  more(left: number, where: Text = W.inCsv): Html {
    return left <= 0 ? NOTHING : html`<p class="more">${this.say(W.more(left))} ${this.say(where)}</p>`;
  }

  nothing(text: Text = W.nothingHere): Html {
    return html`<p class="nothing">${this.say(text)}</p>`;
  }
}

export function durationText(ms: number): string {
  const sign = ms < 0 ? '-' : '';
  const seconds = Math.abs(ms) / 1_000;
  if (seconds < 60) return `${sign}${seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds))} s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor((whole % 3_600) / 60), whole % 60];
  return sign + [...(hours > 0 ? [`${String(hours)} h`] : []), ...(minutes > 0 ? [`${String(minutes)} min`] : []), ...(hours === 0 && rest > 0 ? [`${String(rest)} s`] : [])].join(' ');
}

export function valueText(value: number | boolean | string | null, unknown: string): string {
  if (value === null) return unknown;
  return typeof value === 'number' ? numberText(value) : String(value);
}

/** Six figures are more than any instrument has. */
export const numberText = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(6))) : '?');

/** One class of many, by a condition: keeps the templates readable. */
export const cls = (name: string, isSo: boolean): Html => (isSo ? (` ${name}` as Html) : NOTHING);
