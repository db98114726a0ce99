/**
 * The desktop program's main process as one file. Forge packs no node_modules: what is not bundled is not there.
 * `proper-lockfile` is an optional import deep inside node-opcua's certificate store, absent on purpose.
 */
import { join } from 'node:path';
import { build, defineConfig } from 'vite';
import type { Plugin } from 'vite';

const root = join(import.meta.dirname, '../../..');

/** Under `electron-forge start` (which empties .vite/ first) the console is built here, and shown over `app:` like in the package. */
function consoleBesideIt(): Plugin {
  let built = false;
  return {
    name: 'haven:console-beside-it',
    async buildStart() {
      if (built) return;
      built = true;
      await build({ configFile: join(root, 'src/renderer/vite.config.ts'), logLevel: 'warn' });
    },
  };
}

export default defineConfig(({ command }) => ({
  plugins: command === 'serve' ? [consoleBesideIt()] : [],
  // Built as for a server: only then does the bundler know that this is Node, and `import.meta` has a meaning.
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node24',
    sourcemap: false,
    // Readable in the field: a stack in a log must mean something. Size is no concern here.
    minify: false,
    rollupOptions: { external: ['proper-lockfile'], output: { codeSplitting: false } },
  },
}));
