/**
 * A report's HTML made fit for a frame inside the console. The frame inherits the console's content security policy, which knows no inline
 * style and no inline script: style sheets and style attributes are taken out of the text and put in again as objects, which the policy
 * allows to the page alone. Scripts, frames and links to anywhere are left out: a preview shows and does nothing.
 */
const LEFT_OUT = 'script, iframe, frame, object, embed, base, link, meta[http-equiv], noscript';
const STYLED = 'data-preview-style';
const GOES_TO = 'data-preview-to';

export type PreviewDocument = { srcDoc: string; sheets: string[]; /** Values of style attributes, by the number that stands in their place. */ styles: string[] };

export function previewOf(html: string): PreviewDocument {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const sheets = [...parsed.querySelectorAll('style')].map((style) => { style.remove(); return style.textContent; });
  for (const element of parsed.querySelectorAll(LEFT_OUT)) element.remove();
  const styles: string[] = [];
  for (const element of parsed.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (name === 'style') { element.setAttribute(STYLED, String(styles.length)); styles.push(value); }
      if ((name === 'href' || name === 'xlink:href') && element.localName === 'a' && value.startsWith('#')) element.setAttribute(GOES_TO, value.slice(1));
      if (name === 'style' || name.startsWith('on') || ((name === 'href' || name === 'xlink:href') && !(element.localName === 'use' && value.startsWith('#'))) || name === 'srcdoc' || name === 'action' || name === 'formaction' || (name === 'src' && !value.startsWith('data:'))) element.removeAttribute(name);
    }
  }
  return { srcDoc: `<!doctype html>${parsed.documentElement.outerHTML}`, sheets, styles };
}

/** Puts the styles in once the frame is there, and lets its table of contents work. */
export function dressPreview(frame: HTMLIFrameElement, { sheets, styles }: PreviewDocument): void {
  const inside = frame.contentDocument;
  // A sheet can be adopted only by a document of its own window.
  const view = frame.contentWindow as (Window & { CSSStyleSheet: typeof CSSStyleSheet }) | null;
  if (inside === null || view === null) return;
  inside.adoptedStyleSheets = sheets.map((text) => {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  for (const element of inside.querySelectorAll<HTMLElement>(`[${STYLED}]`)) element.style.cssText = styles[Number(element.getAttribute(STYLED))] ?? '';
  for (const link of inside.querySelectorAll<HTMLElement>(`[${GOES_TO}]`)) {
    link.tabIndex = 0;
    link.style.cursor = 'pointer';
    const go = (): void => inside.getElementById(link.getAttribute(GOES_TO) ?? '')?.scrollIntoView();
    link.addEventListener('click', go);
    link.addEventListener('keydown', (event) => { if (event.key === 'Enter') go(); });
  }
}
