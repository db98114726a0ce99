/** A printed page of an exercise: the incident report's own style, TRAINING in the banner, in the margins and down both edges of every page. */
import { hash } from 'node:crypto';
import { escaped, html } from '../markup/markup.ts';
import type { Html } from '../markup/markup.ts';
import type { Pen } from '../reports/pen.ts';
import { pageStyle } from '../reports/style.ts';
import { MODE } from '../reports/words.ts';

export interface SheetWords { readonly title: string; readonly left: string; readonly right: string; readonly foot: string }

/** No script, nothing from elsewhere, and a policy that would stop either. */
export function sheet({ title, left, right, foot }: SheetWords, pen: Pen, body: Html): string {
  const style = pageStyle({ mode: 'TRAINING', left, right, foot });
  const policy = `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; base-uri 'none'; form-action 'none'`;
  const mode = `${MODE.TRAINING.en} ${MODE.TRAINING.zh}`;
  return html`<!doctype html>
<html lang="${pen.language === 'zh' ? 'zh-CN' as Html : 'en' as Html}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy as Html}"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer"><title>${escaped(`${title} ${mode}`)}</title><style>${style}</style></head>
<body><header class="banner training"><span class="mode">${escaped(mode)}</span><span class="plant">${escaped(left)}</span><span class="id">${escaped(right)}</span></header>
${body}
</body></html>
` as string;
}
