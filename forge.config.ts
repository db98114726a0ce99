/**
 * Packaging of the desktop program. Its Vite plugin packs only `.vite/`, so main, preload and console are bundled whole;
 * rules/ and procedures/ go beside the archive as plain files, because a plant's engineer must be able to read them.
 */
import type { ForgeConfig } from '@electron-forge/shared-types';
import { MakerDeb } from '@electron-forge/maker-deb';
import { MakerSquirrel } from '@electron-forge/maker-squirrel';
import { MakerZIP } from '@electron-forge/maker-zip';
import { FusesPlugin } from '@electron-forge/plugin-fuses';
import { VitePlugin } from '@electron-forge/plugin-vite';
import { FuseV1Options, FuseVersion } from '@electron/fuses';

/** A folder with Electron's release zip, for building where nothing can be downloaded. */
const electronZipDir = process.env['HAVEN_ELECTRON_ZIP_DIR'];

/** `npm start` shows the built console over `app:` as the package does; no development server beside it. */
const starting = process.env['HAVEN_START'] === '1';

const config: ForgeConfig = {
  outDir: process.env['HAVEN_FORGE_OUT'] ?? 'out',
  packagerConfig: {
    name: 'Haven',
    executableName: 'haven',
    appBundleId: 'org.haven.console',
    appCopyright: 'Apache-2.0',
    asar: true,
    extraResource: ['rules', 'procedures', 'simulators/scenarios', 'LICENSE'],
    ...(electronZipDir === undefined ? {} : { electronZipDir }),
  },
  makers: [
    new MakerDeb({ options: { name: 'haven', bin: 'haven', productName: 'Haven', genericName: '退守 Haven', categories: ['Utility'], maintainer: 'Haven', section: 'misc' } }),
    new MakerZIP({}),
    new MakerSquirrel({ name: 'haven', authors: 'Haven', noMsi: true }),
  ],
  plugins: [
    new VitePlugin({
      build: [
        { entry: 'src/main/shell/main.ts', config: 'src/main/shell/vite.main.config.ts', target: 'main' },
        // Reports are made in a utility process, which loads a file: one more bundle of the same kind.
        { entry: 'src/main/incident-report/report.process.ts', config: 'src/main/shell/vite.main.config.ts', target: 'main' },
        // The same for the books of exercises.
        { entry: 'src/main/drill-report/books.process.ts', config: 'src/main/shell/vite.main.config.ts', target: 'main' },
        { entry: 'src/preload/preload.ts', config: 'src/main/shell/vite.preload.config.ts', target: 'preload' },
      ],
      renderer: starting ? [] : [{ name: 'console', config: 'src/renderer/vite.config.ts' }],
      hotRestart: false,
    }),
    // What a stranger with the installed program could otherwise do: run it as Node, attach a debugger, swap the archive.
    new FusesPlugin({
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    }),
  ],
};

export default config;
