/** Figures, times and lists as they stand in the sentences of a verdict. No clock and no time zone: a report reads the same wherever it is read. */
import type { Text } from '../../../contract/text.ts';
import { TEXT_MAX_LENGTH } from '../../../contract/text.ts';

export const t = (zh: string, en: string): Text => ({ zh, en });

/** At most three decimals, none that say nothing. */
export const figure = (value: number): string => String(Math.round(value * 1_000) / 1_000);

const SECOND_MS = 1_000;
const MINUTE_S = 60;
const HOUR_MIN = 60;

/** How long something lasted: tenths of a second below a minute, then minutes and seconds, then hours and minutes. */
export function lasting(ms: number): Text {
  const tenths = Math.round(Math.max(0, ms) / 100) / 10;
  if (tenths < MINUTE_S) return t(`${tenths} 秒`, `${tenths} s`);
  const seconds = Math.round(Math.max(0, ms) / SECOND_MS);
  const minutes = Math.floor(seconds / MINUTE_S);
  if (minutes < HOUR_MIN) return t(`${minutes} 分${seconds % MINUTE_S === 0 ? '' : ` ${seconds % MINUTE_S} 秒`}`, `${minutes} min${seconds % MINUTE_S === 0 ? '' : ` ${seconds % MINUTE_S} s`}`);
  return t(`${Math.floor(minutes / HOUR_MIN)} 小时 ${minutes % HOUR_MIN} 分`, `${Math.floor(minutes / HOUR_MIN)} h ${minutes % HOUR_MIN} min`);
}

const DAY_MS = 86_400_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-05-28 20:26:40 UTC`. Days to a date of the Gregorian calendar by its cycle of 400 years: the domain has no clock to ask. */
export function utc(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  const ofDay = Math.floor((ms - days * DAY_MS) / SECOND_MS);
  const shifted = days + 719_468; // days since 1 March of the year 0
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${two(month)}-${two(day)} ${two(Math.floor(ofDay / 3_600))}:${two(Math.floor(ofDay / 60) % 60)}:${two(ofDay % 60)} UTC`;
}

const LISTED_MAX = 4;

/** The first few, and how many more. */
export function listed(items: readonly Text[]): Text {
  const [shown, more] = [items.slice(0, LISTED_MAX), Math.max(0, items.length - LISTED_MAX)];
  return t(`${shown.map(({ zh }) => zh).join('、')}${more === 0 ? '' : ` 等另 ${more} 项`}`, `${shown.map(({ en }) => en).join(', ')}${more === 0 ? '' : ` and ${more} more`}`);
}
export const ids = (items: readonly string[]): Text => listed([...new Set(items)].map((id) => t(id, id)));

const SENTENCES_MAX = 4;
const ENDS = /[。.]$/u;

/** Several reasons as one sentence; the same reason once. */
export function together(texts: readonly Text[]): Text {
  const once = texts.filter((text, index) => texts.findIndex(({ en }) => en === text.en) === index);
  const [shown, more] = [once.slice(0, SENTENCES_MAX), Math.max(0, once.length - SENTENCES_MAX)];
  const zh = `${shown.map((text) => text.zh).join('；')}${more === 0 ? '' : `；另有 ${more} 处`}`;
  const en = `${shown.map((text) => text.en).join('; ')}${more === 0 ? '' : `; and ${more} more`}`;
  return t(ended(zh, '。'), ended(capital(en), '.'));
}

/** A tag or an id keeps its letters. */
export const capital = (sentence: string): string => (/^[a-z]+[ ,;]/u.test(sentence) ? `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}` : sentence);

function ended(sentence: string, end: string): string {
  const bounded = sentence.length < TEXT_MAX_LENGTH ? sentence : `${sentence.slice(0, TEXT_MAX_LENGTH - 2)}…`;
  return ENDS.test(bounded) ? bounded : `${bounded}${end}`;
}
