/**
 * Who may talk to the browser host. Pure decisions over a request's own words, so that every hostile one is a line in a test.
 *
 * A browser on this machine visits foreign pages too, and those can reach 127.0.0.1. So the host name is checked (a foreign
 * name that resolves to us: DNS rebinding), the origin (a foreign page's WebSocket) and the token (a foreign program).
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The one WebSocket subprotocol; the token travels as a second one, because addresses end up in logs and headers do not. */
export const SUBPROTOCOL = 'haven';
export const SOCKET_PATH = '/ws';

export type Gate = { readonly pass: true } | { readonly pass: false; readonly status: 400 | 401 | 403 | 404; readonly reason: string };

/** The names by which this server may be addressed. Anything else is somebody else's name for us. */
export function isOurHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${String(port)}` || host === `localhost:${String(port)}`;
}

/** May this request become a console's wire? */
export function judgeUpgrade(request: { readonly url?: string | undefined; readonly headers: IncomingHttpHeaders }, port: number, token: string): Gate {
  const { headers, url } = request;
  if (!isOurHost(headers.host, port)) return { pass: false, status: 403, reason: 'addressed by a foreign host name' };
  if (url !== SOCKET_PATH) return { pass: false, status: 404, reason: 'no such path' };
  // The page's origin, exactly: the same name and port by which it was served.
  if (headers.origin !== `http://${headers.host ?? ''}`) return { pass: false, status: 403, reason: 'comes from a foreign origin' };
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((p) => p.trim());
  if (offered.length !== 2 || offered[0] !== SUBPROTOCOL) return { pass: false, status: 400, reason: 'does not speak our subprotocol' };
  return isSameSecret(offered[1] ?? '', token) ? { pass: true } : { pass: false, status: 401, reason: 'carries a wrong token' };
}

/** In a time that tells nothing about where the first difference is, nor about the length. */
function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
