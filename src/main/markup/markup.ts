/** HTML by hand, with one door for words, for the paper fallback and the reports: everything that is not markup goes through `escaped`. */
import type { Text } from '../../contract/text.ts';

/** Markup that is safe to print as it stands. Only the functions of this file make it. */
export type Html = string & { readonly __html: unique symbol };

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Control characters, and those that turn the direction of what follows: a reason typed by a person must not rearrange the sheet. */
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

export function escaped(words: string): Html {
  return words.toWellFormed().replaceAll(UNPRINTABLE, ' ').replaceAll(/[&<>"']/gu, (sign) => ENTITIES[sign] ?? '') as Html;
}

/** Markup with words in it: words are escaped, markup and lists of markup are put in as they are. */
export function html(parts: TemplateStringsArray, ...values: readonly (Html | readonly Html[] | number)[]): Html {
  return parts.map((part, i) => part + (i < values.length ? put(values[i]) : '')).join('') as Html;
}

function put(value: Html | readonly Html[] | number | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? value.join('') : String(value);
}

export const NOTHING = '' as Html;

/** Both languages, Chinese first. */
export function both({ zh, en }: Text): Html {
  return html`<span class="zh" lang="zh-CN">${escaped(zh)}</span> <span class="en" lang="en">${escaped(en)}</span>`;
}
