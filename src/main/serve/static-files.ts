/**
 * Serves the built console's files and nothing else. Reads only, below one folder only; every answer carries the headers
 * that keep a page from being framed, sniffed or made to load foreign code.
 */
import { readFile, realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import { isOurHost } from './gate.ts';

/** Longest path in a request, characters. */
const PATH_MAX_LENGTH = 1_024;
/** Largest file served, bytes. The console's largest is its bundle, a few MB. */
const FILE_MAX_BYTES = 32 * 1024 * 1024;

/** The kinds of file that the console is built of. Others are not served: what has no type here has no business there. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
};

export interface StaticFiles {
  readonly consoleDir: string;
  /** Content-Security-Policy, sent with every answer. */
  readonly csp: string;
  /** The port that is being listened on. */
  readonly port: () => number;
}

type Answer = { readonly status: 200; readonly file: string; readonly type: string } | { readonly status: 400 | 403 | 404 | 405 | 413 };

/** Answers one request. Never rejects. */
export async function answer(request: IncomingMessage, response: ServerResponse, files: StaticFiles): Promise<void> {
  setHeaders(response, files.csp);
  const found = refusalOf(request, files.port()) ?? (await locate(request.url ?? '', files.consoleDir));
  if (found.status !== 200) return sendStatus(response, found.status);
  try {
    const body = await readFile(found.file);
    response.setHeader('content-type', found.type);
    response.setHeader('content-length', body.length);
    response.writeHead(200).end(request.method === 'HEAD' ? undefined : body);
  } catch {
    sendStatus(response, 404); // Gone between looking and reading.
  }
}

function refusalOf(request: IncomingMessage, port: number): Answer | undefined {
  if (!isOurHost(request.headers.host, port)) return { status: 403 };
  if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405 };
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) !== 0;
  return hasBody ? { status: 413 } : undefined;
}

/** Which file a path means. Links are followed before the folder is compared, so that none leads out. */
async function locate(url: string, consoleDir: string): Promise<Answer> {
  const path = pathIn(url);
  if (path === undefined) return { status: 400 };
  const type = CONTENT_TYPES[extname(path)];
  if (!isBelow(consoleDir, join(consoleDir, path))) return { status: 403 };
  if (type === undefined) return { status: 404 };
  try {
    const root = await realpath(consoleDir);
    const file = await realpath(join(root, path));
    if (!isBelow(root, file)) return { status: 403 };
    const { size } = await stat(file);
    return size <= FILE_MAX_BYTES ? { status: 200, file, type } : { status: 404 };
  } catch {
    return { status: 404 };
  }
}

/** The decoded path; undefined when it is none. Taken as it stands: `new URL` would tidy `..` away before it is seen. */
function pathIn(url: string): string | undefined {
  if (!url.startsWith('/') || url.length > PATH_MAX_LENGTH) return undefined;
  try {
    const path = decodeURIComponent(url.split('?', 1)[0] ?? '');
    // NUL ends a name for the system, a backslash parts folders on Windows, a colon names a drive or a stream there.
    if (/[\u0000-\u001f\\:]/u.test(path)) return undefined;
    return path === '/' ? '/index.html' : path;
  } catch {
    return undefined; // A broken percent sign.
  }
}

/** By relative path, not by prefix: `/console-secret` begins with `/console` too. */
function isBelow(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function setHeaders(response: ServerResponse, csp: string): void {
  response.setHeader('content-security-policy', csp);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('x-frame-options', 'DENY');
  // A console of yesterday's version against a station of today's is a fault that nobody finds.
  response.setHeader('cache-control', 'no-store');
}

function sendStatus(response: ServerResponse, status: number): void {
  if (status === 405) response.setHeader('allow', 'GET, HEAD');
  // A body that nobody reads would be taken for the next request.
  if (status === 413 || status === 405) response.setHeader('connection', 'close');
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.writeHead(status).end();
}
