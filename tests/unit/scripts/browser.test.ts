import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../../scripts/browser.ts';
import type { Surroundings } from '../../../scripts/browser.ts';

const find = (programs: string[], environment: Surroundings['environment'] = {}, platform: NodeJS.Platform = 'linux') =>
  findBrowser({ environment, platform, isExecutable: (path) => programs.includes(path) });

describe('the browser for the tests', () => {
  it('is the one that was named, and no other', () => {
    expect(find(['/my/edge', '/usr/bin/chromium'], { HAVEN_BROWSER: '/my/edge' })).toEqual({ found: true, path: '/my/edge', from: 'HAVEN_BROWSER' });
    expect(find(['/usr/bin/chromium'], { HAVEN_BROWSER: '/gone' })).toMatchObject({ found: false, problem: expect.stringContaining('/gone') as string });
  });

  it('is found by name on the path before the usual places', () => {
    expect(find(['/a/google-chrome', '/usr/bin/chromium'], { PATH: '/x:/a', HAVEN_BROWSER: '' })).toEqual({ found: true, path: '/a/google-chrome', from: 'PATH' });
    expect(find(['/opt/microsoft/msedge/msedge'], { PATH: '/x' })).toEqual({ found: true, path: '/opt/microsoft/msedge/msedge', from: 'usual place' });
  });

  it('is found where Windows and macOS keep it', () => {
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    expect(find([edge], { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' }, 'win32')).toMatchObject({ found: true, path: edge });
    expect(find(['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'], {}, 'darwin')).toMatchObject({ found: true });
  });

  it('is missing in words', () => {
    expect(find([])).toEqual({ found: false, problem: 'no Chromium, Chrome or Edge found; set HAVEN_BROWSER to the path of one' });
  });
});
