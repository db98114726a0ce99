import { describe, expect, it } from 'vitest';
import { isTrustedSender, mayLoad, mayNavigate, mayNavigateFrame, openOutside, OUTSIDE_ORIGINS } from '../../../src/main/shell/origin.ts';
import type { SenderFrame } from '../../../src/main/shell/origin.ts';

const HOSTILE: readonly unknown[] = [
  'https://evil.example/', 'http://evil.example/?next=app://console/index.html', 'http://evil.example/#app://console/',
  'app://evil/index.html', 'app://console.evil/index.html', 'app://evil@console/index.html', 'app://a:b@console/', 'app://console:8080/index.html',
  'app:/index.html', 'app:index.html', 'app:///index.html', 'appx://console/', 'xapp://console/', 'file:///etc/passwd', 'file://console/index.html',
  'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,<script>1</script>', 'blob:app://evil/1', 'about:blank', 'about:srcdoc', 'chrome://gpu',
  'devtools://devtools/bundled/', 'view-source:app://console/index.html', 'filesystem:app://console/temporary/x', 'ws://console/', 'http://console/',
  '', ' ', 'console', '//console/index.html', `app://console/${'x'.repeat(3_000)}`, undefined, null, 42, {}, ['app://console/'], { href: 'app://console/' },
];

describe('REQ-SHL-06 navigation (checklist 13)', () => {
  it.each(['app://console/', 'app://console/index.html', 'app://console/index.html#/alarms', 'APP://console/assets/a.js', 'app://console/index.html?lang=en'])('may go to %s', (url) => {
    expect(mayNavigate(url)).toBe(true);
  });

  it.each(HOSTILE)('may not go to %j', (url) => {
    expect(mayNavigate(url)).toBe(false);
  });
});

describe('REQ-SHL-05 loading', () => {
  it.each(['app://console/assets/a.js', 'data:image/png;base64,AAAA', 'blob:app://console/3c6d'])('the page may load %s', (url) => {
    expect(mayLoad(url, true)).toBe(true);
  });

  it.each(HOSTILE.filter((url) => !(typeof url === 'string' && url.startsWith('data:'))))('the page may not load %j', (url) => {
    expect(mayLoad(url, true)).toBe(false);
  });

  it('gives developer tools their own pages only in an unpackaged program', () => {
    expect(mayLoad('devtools://devtools/bundled/inspector.html', false)).toBe(true);
    expect(mayLoad('devtools://devtools/bundled/inspector.html', true)).toBe(false);
  });
});

describe('REQ-SHL-07 the system browser (checklist 15)', () => {
  const tryOpen = (url: unknown, allowed?: readonly string[]): string[] => {
    const opened: string[] = [];
    openOutside(url, (address) => opened.push(address), allowed);
    return opened;
  };

  it('opens nothing as shipped', () => {
    expect(OUTSIDE_ORIGINS).toEqual([]);
    expect([...HOSTILE, 'https://www.mem.gov.cn/'].flatMap((url) => tryOpen(url))).toEqual([]);
  });

  it('would open exact https origins and no look-alike', () => {
    const allowed = ['https://help.example'];
    expect(tryOpen('https://help.example/page?x=1', allowed)).toEqual(['https://help.example/page?x=1']);
    for (const url of ['http://help.example/', 'https://help.example.evil/', 'https://evil/?https://help.example', 'https://a@help.example/', 'https://help.example:444/', 'file://help.example/x']) {
      expect(tryOpen(url, allowed)).toEqual([]);
    }
  });
});

describe('REQ-SHL-08 who sends (checklist 17)', () => {
  const frame = (url: string, parent: SenderFrame | null = null): SenderFrame => ({ url, parent });

  it('trusts the main frame of the console', () => {
    expect(isTrustedSender(frame('app://console/index.html'))).toBe(true);
  });

  it('trusts no child frame, no stranger, no frame that is gone', () => {
    expect(isTrustedSender(frame('app://console/index.html', frame('app://console/index.html')))).toBe(false);
    expect(HOSTILE.filter((url) => typeof url === 'string').some((url) => isTrustedSender(frame(url)))).toBe(false);
    expect(isTrustedSender(null)).toBe(false);
    expect(isTrustedSender(undefined)).toBe(false);
  });
});

describe('REQ-INC-10 frames', () => {
  it('a frame of the page may hold what the page itself puts there; the window may not become it, and no frame may be anything else', () => {
    expect(mayNavigateFrame('about:srcdoc', false)).toBe(true);
    expect(mayNavigateFrame('about:srcdoc', true)).toBe(false);
    for (const url of ['about:blank', 'about:srcdoc#x', 'data:text/html,x', 'https://example.com/', 'blob:app://console/x', undefined]) expect(mayNavigateFrame(url, false), String(url)).toBe(false);
  });
});
