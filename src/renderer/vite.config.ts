// The console is built to plain files: no inline script or style, so that the strict CSP of both hosts holds without exceptions.
import { defineConfig } from 'vite';
import react from '@vitejs/plugin-react';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../.vite/renderer/console',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // One chunk: the whole console is loaded before an upset, never during one.
    chunkSizeWarningLimit: 2_000,
  },
});
