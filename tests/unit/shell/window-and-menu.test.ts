import { describe, expect, it } from 'vitest';
import { afterCrash, RELOADS_MAX, RELOADS_WITHIN_MS } from '../../../src/main/shell/crash-limit.ts';
import { menuLanguage, menuTemplate } from '../../../src/main/shell/menu-template.ts';
import { windowOptions } from '../../../src/main/shell/window-options.ts';

describe('REQ-SHL-01 the window (checklist 2, 3, 4, 6, 8, 9, 10, 11)', () => {
  it('gives the page exactly these rights', () => {
    expect(windowOptions({ preloadPath: '/x/preload.cjs', packaged: true, training: false }).webPreferences).toEqual({
      preload: '/x/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
      backgroundThrottling: false,
    });
  });

  it('has developer tools only unpackaged', () => {
    expect(windowOptions({ preloadPath: '/x', packaged: false, training: false }).webPreferences?.devTools).toBe(true);
  });

  it('says TRAINING in the title and shows nothing before it is painted', () => {
    const options = windowOptions({ preloadPath: '/x', packaged: true, training: true });
    expect(options.title).toMatch(/培训 TRAINING/u);
    expect(options.show).toBe(false);
    expect(windowOptions({ preloadPath: '/x', packaged: true, training: false }).title).not.toMatch(/TRAINING/u);
  });
});

describe('REQ-SHL-11 the menu', () => {
  const nothing = { quit: () => undefined, reload: () => undefined };
  const words = (language: 'zh' | 'en', packaged = true): string[] =>
    menuTemplate({ language, packaged }, nothing).flatMap((menu) => [menu.label ?? '', ...(Array.isArray(menu.submenu) ? menu.submenu.map((item) => item.label ?? '') : [])]).filter((label) => label !== '');

  it('is Chinese first and English complete', () => {
    expect(menuLanguage([])).toBe('zh');
    expect(menuLanguage(['zh-Hans-CN', 'en'])).toBe('zh');
    expect(menuLanguage(['en-GB', 'zh'])).toBe('en');
    expect(words('zh').every((label) => /\p{Script=Han}/u.test(label))).toBe(true);
    expect(words('en').every((label) => !/\p{Script=Han}/u.test(label))).toBe(true);
    expect(words('zh')).toHaveLength(words('en').length);
  });

  it('offers developer tools only unpackaged', () => {
    expect(words('en', false)).toContain('Developer tools');
    expect(words('en', true)).not.toContain('Developer tools');
  });

  it('quits and reloads through the shell, never by Electron roles that skip the station', () => {
    const roles = menuTemplate({ language: 'en', packaged: false }, nothing).flatMap((menu) => (Array.isArray(menu.submenu) ? menu.submenu.map((item) => item.role) : []));
    for (const role of ['quit', 'close', 'reload', 'forceReload'] as const) expect(roles).not.toContain(role);
  });
});

describe('REQ-SHL-12 a crashed page', () => {
  it('comes back a few times in a row, then no more until time has passed', () => {
    let recentMs: number[] = [];
    for (let crash = 0; crash < RELOADS_MAX; crash += 1) {
      const verdict = afterCrash(recentMs, 1_000 + crash);
      expect(verdict.reload).toBe(true);
      recentMs = verdict.recentMs;
    }
    expect(afterCrash(recentMs, 2_000).reload).toBe(false);
    expect(afterCrash(recentMs, 2_000 + RELOADS_WITHIN_MS).reload).toBe(true);
  });
});
