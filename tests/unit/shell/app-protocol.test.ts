import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerAppRequest, resolveAppPath } from '../../../src/main/shell/app-protocol.ts';
import { CONTENT_SECURITY_POLICY } from '../../../src/main/station/csp.ts';

const dir = '/bundle/console';
const get = (url: string) => resolveAppPath({ url, method: 'GET' }, dir);

describe('REQ-SHL-04 the app: protocol (checklist 18: no file: pages)', () => {
  it('finds the files of the bundle', () => {
    expect(get('app://console/')).toEqual({ ok: true, file: '/bundle/console/index.html', contentType: 'text/html; charset=utf-8' });
    expect(get('app://console/assets/index-1a2b.js?v=1#x')).toEqual({ ok: true, file: '/bundle/console/assets/index-1a2b.js', contentType: 'text/javascript; charset=utf-8' });
  });

  it.each([
    ['another host', 'app://other/index.html'],
    ['no host', 'app:/index.html'],
    ['a port', 'app://console:1/index.html'],
    ['another scheme', 'file:///bundle/console/index.html'],
    ['a percent-encoded way up', 'app://console/%2e%2e%2f%2e%2e%2fetc/passwd.json'],
    ['a half-encoded way up', 'app://console/..%2f..%2fsecret.json'],
    ['a backslash way up', 'app://console/..%5c..%5csecret.json'],
    ['a sibling with the same beginning', 'app://console/..%2fconsole-secret/x.json'],
    ['a NUL byte', 'app://console/index.html%00.json'],
    ['a drive letter', 'app://console/c:%5cwindows%5cwin.json'],
    ['a broken escape', 'app://console/%zz.html'],
    ['a hidden file', 'app://console/.secret.json'],
    ['a hidden folder', 'app://console/.git/config.json'],
    ['a kind no bundle has', 'app://console/main.cjs'],
    ['a map of the sources', 'app://console/assets/index.js.map'],
    ['no kind at all', 'app://console/assets'],
    ['an endless path', `app://console/${'a/'.repeat(400)}x.js`],
  ])('refuses %s', (_what, url) => {
    expect(get(url).ok).toBe(false);
  });

  it.each(['POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'get', ''])('refuses the method %j', (method) => {
    expect(resolveAppPath({ url: 'app://console/index.html', method }, dir)).toEqual({ ok: false, status: 405 });
  });

  it('never leaves the bundle, whatever the path', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('..', '.', '%2e%2e', '%2f', '/', '\\', '%5c', 'a', '.js', 'x.json', '%00', ':'), { maxLength: 12 }), (parts) => {
      const found = get(`app://console/${parts.join('')}`);
      // A name may hold two dots ('a..x.json'); no part of the way may be them.
      if (found.ok) expect(found.file.startsWith('/bundle/console/') && !found.file.split('/').includes('..')).toBe(true);
    }));
  });

  it('sends the policy and the rest of the security headers with every answer, refusals too (checklist 7)', async () => {
    const bundle = mkdtempSync(join(tmpdir(), 'haven-shell-'));
    mkdirSync(join(bundle, 'assets'));
    writeFileSync(join(bundle, 'index.html'), '<!doctype html>');
    const read = async (file: string) => new Uint8Array(await readFile(file));
    for (const [url, status] of [['app://console/', 200], ['app://console/missing.js', 404], ['app://evil/', 403]] as const) {
      const answer = await answerAppRequest({ url, method: 'GET' }, bundle, read);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    }
    expect(await (await answerAppRequest({ url: 'app://console/', method: 'GET' }, bundle, read)).text()).toBe('<!doctype html>');
  });
});

describe('REQ-SHL-03 the content security policy', () => {
  it('starts from nothing and allows neither inline code nor eval nor other places', () => {
    expect(CONTENT_SECURITY_POLICY).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:|blob:|eval/u);
  });
});
