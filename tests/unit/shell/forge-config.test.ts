import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import config from '../../../forge.config.ts';

const root = join(import.meta.dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string; type: string; devDependencies: Record<string, string> };

function plugin(name: string): { config?: unknown; fusesConfig?: unknown } {
  const found = (config.plugins ?? []).find((candidate) => 'name' in candidate && candidate.name === name);
  if (found === undefined) throw new Error(`no plugin ${name}`);
  return found as { config?: unknown; fusesConfig?: unknown };
}

describe('REQ-SHL-16 the package', () => {
  it('has every fuse in the safe position', () => {
    expect(plugin('fuses').fusesConfig).toMatchObject({
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    });
  });

  it('bundles main, the maker of reports, the keeper of the books, preload and console from files that exist, and package.json names the result', () => {
    const { build, renderer } = plugin('vite').config as { build: { entry: string; config: string; target: string }[]; renderer: { name: string; config: string }[] };
    expect(build.map((entry) => [entry.target, entry.entry])).toEqual([['main', 'src/main/shell/main.ts'], ['main', 'src/main/incident-report/report.process.ts'], ['main', 'src/main/drill-report/books.process.ts'], ['preload', 'src/preload/preload.ts']]);
    expect(renderer.map((entry) => entry.name)).toEqual(['console']);
    for (const file of [...build.flatMap((entry) => [entry.entry, entry.config]), ...renderer.map((entry) => entry.config)]) expect(existsSync(join(root, file))).toBe(true);
    // The Vite plugin emits .cjs; with "type": "module" a .js of that content would not load.
    expect([manifest.type, manifest.main]).toEqual(['module', '.vite/build/main.cjs']);
  });

  it('carries rules and procedures as plain files, makes deb, zip and squirrel', () => {
    expect(config.packagerConfig?.extraResource).toEqual(expect.arrayContaining(['rules', 'procedures']));
    expect(config.packagerConfig?.asar).toBe(true);
    expect((config.makers ?? []).map((maker) => ('name' in maker ? maker.name : '')).sort()).toEqual(['deb', 'squirrel', 'zip']);
  });

  it('pins Electron to one version (checklist 16)', () => {
    expect(manifest.devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/u);
  });
});
