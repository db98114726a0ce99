/** The list of the sheets: which procedures run, and what each asks for now. */
import type { Text } from '../../contract/text.ts';
import { both, escaped, html } from '../markup/markup.ts';
import { formatIn } from './sheet.ts';
import { STYLE } from './style.ts';
import { W } from './words.ts';

/** What stands on a sheet, for the list. */
export interface SheetHead {
  readonly instance: string;
  readonly title: Text;
  readonly place: Text;
  /** What is to be done now. */
  readonly now: Text | null;
  readonly atMs: number;
}

export function paperIndex(title: Text, sheets: readonly { readonly file: string; readonly head: SheetHead }[], timeZone: string): string {
  const rows = sheets.map(({ file, head }) => html`<tr><td><a href="${escaped(encodeURIComponent(file))}">${escaped(head.instance)}</a></td><td>${both(head.title)}<p><b>${both(head.place)}</b></p>${head.now === null ? both(W.nothingNow) : html`<p>${both(W.now)}: ${both(head.now)}</p>`}</td><td>${both(W.asOf)} <time>${escaped(formatIn(timeZone).format(head.atMs))}</time></td></tr>`);
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escaped(`${title.zh} ${title.en}`)}</title><style>${STYLE}</style></head>
<body><h1>${both(title)}</h1><h2>${both(W.index)}</h2>${rows.length === 0 ? html`<p>${both(W.noneRunning)}</p>` : html`<table>${rows}</table>`}<p class="note">${both(W.fallback)}</p><p class="note">${both(W.closedFolder)}</p></body></html>
` as string;
}
