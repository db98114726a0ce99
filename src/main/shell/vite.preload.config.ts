/** The preload as one small CommonJS file: a sandboxed preload can load nothing else. */
import { defineConfig } from 'vite';

export default defineConfig({ build: { target: 'chrome140', sourcemap: false, minify: false } });
