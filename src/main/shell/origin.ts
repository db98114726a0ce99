/**
 * Where the console lives under Electron, and every decision about other places: may the window go there, may it load
 * from there, may the browser be sent there. Pure functions of `unknown`; they know nothing of Electron and fail closed.
 */

export const APP_SCHEME = 'app';
export const APP_HOST = 'console';
/** The one page of the console. */
export const CONSOLE_URL = `${APP_SCHEME}://${APP_HOST}/index.html`;

/** Longest address looked at, characters; longer ones are refused unread. */
const URL_MAX_LENGTH = 2_048;

function parsed(url: unknown): URL | undefined {
  if (typeof url !== 'string' || url.length > URL_MAX_LENGTH) return undefined;
  return URL.parse(url) ?? undefined;
}

/** Parts are compared after parsing: a substring test is defeated by `http://evil/?next=app://console`. */
function isOurs(url: URL): boolean {
  return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === '' && url.password === '';
}

/** The window may move about inside the console and nowhere else. */
export function mayNavigate(url: unknown): boolean {
  const target = parsed(url);
  return target !== undefined && isOurs(target);
}

/** A frame inside the console: the preview of a report, whose text the page itself puts there (`srcdoc`), without script. The window itself never. */
export const mayNavigateFrame = (url: unknown, isMainFrame: boolean): boolean => mayNavigate(url) || (!isMainFrame && url === 'about:srcdoc');

/**
 * The page may load its own files, images it carries in itself (`data:`), and files it has made for saving (`blob:` of
 * its own origin). `devtools:` is the developer's window, which only exists in an unpackaged program.
 */
export function mayLoad(url: unknown, packaged: boolean): boolean {
  // A `data:` image is as long as its picture: look at the scheme only.
  if (typeof url === 'string' && url.startsWith('data:')) return true;
  const target = parsed(url);
  if (target === undefined) return false;
  if (target.protocol === 'blob:') return mayNavigate(target.pathname);
  if (target.protocol === 'devtools:') return !packaged;
  return isOurs(target);
}

/**
 * Exact origins that may be opened in the system's browser. Empty on purpose: a control room's machine has no business
 * on the web, and every origin added here is a way out for whoever got into the page.
 */
export const OUTSIDE_ORIGINS: readonly string[] = [];

/** Opens an address in the system's browser when its origin is on the list. Says whether it did. */
export function openOutside(url: unknown, open: (url: string) => void, allowed: readonly string[] = OUTSIDE_ORIGINS): boolean {
  const target = parsed(url);
  if (target === undefined || target.protocol !== 'https:' || target.username !== '' || target.password !== '') return false;
  if (!allowed.includes(target.origin)) return false;
  open(target.href);
  return true;
}

/** The parts of Electron's WebFrameMain a decision needs. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: SenderFrame | null;
}

/** A message counts only when it comes from the main frame of the console. A frame that is gone counts as a stranger. */
export function isTrustedSender(frame: SenderFrame | null | undefined): boolean {
  return frame !== null && frame !== undefined && frame.parent === null && mayNavigate(frame.url);
}
