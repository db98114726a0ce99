/**
 * `app://console/...` -> a file of the built console. GET only, exact host, path inside the bundle, known kinds of file.
 * Everything else gets a bare status: there is nothing to explore.
 */
import { isAbsolute, join, relative, sep } from 'node:path';
import { CONTENT_SECURITY_POLICY } from '../station/csp.ts';
import { mayNavigate } from './origin.ts';

export type AppPath = { ok: true; file: string; contentType: string } | { ok: false; status: 400 | 403 | 404 | 405 };

/** The kinds of file a built console consists of. A kind that is not here is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
};

/** Longest path inside the bundle, characters. */
const PATH_MAX_LENGTH = 512;

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined; // a lone % or a broken sequence
  }
}

/** Which file answers a request; never one outside `consoleDir`, whatever the address says. */
export function resolveAppPath(request: { url: string; method: string }, consoleDir: string): AppPath {
  if (request.method !== 'GET') return { ok: false, status: 405 };
  if (!mayNavigate(request.url)) return { ok: false, status: 403 };
  const pathname = decoded(new URL(request.url).pathname);
  if (pathname === undefined || pathname.length > PATH_MAX_LENGTH) return { ok: false, status: 400 };
  // Characters that mean something to a file system but nothing to a bundle: NUL, backslash, drive and stream colons.
  if (/[\u0000-\u001f\\:*?"<>|]/u.test(pathname)) return { ok: false, status: 400 };
  const file = join(consoleDir, pathname === '/' ? 'index.html' : pathname);
  const inside = relative(consoleDir, file);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return { ok: false, status: 403 };
  if (inside.split(sep).some((part) => part.startsWith('.'))) return { ok: false, status: 403 };
  const contentType = CONTENT_TYPES[/\.([a-z0-9]+)$/u.exec(inside)?.[1] ?? ''];
  return contentType === undefined ? { ok: false, status: 404 } : { ok: true, file, contentType };
}

/** Sent with every answer, also with refusals. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** Answers one request of the page. `read` is the file system, or a stand-in. */
export async function answerAppRequest(
  request: { url: string; method: string },
  consoleDir: string,
  read: (file: string) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Response> {
  const found = resolveAppPath(request, consoleDir);
  if (!found.ok) return new Response(null, { status: found.status, headers: SECURITY_HEADERS });
  try {
    return new Response(await read(found.file), { status: 200, headers: { ...SECURITY_HEADERS, 'Content-Type': found.contentType } });
  } catch {
    return new Response(null, { status: 404, headers: SECURITY_HEADERS });
  }
}
