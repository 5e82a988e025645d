// Builds the web application into web/dist: file names with a hash, and a compressed copy of each file.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './compressed.ts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed()],
  build: {
    manifest: true,
    // The licences of the bundled packages, shipped with them.
    license: { fileName: 'licenses.md' },
    emptyOutDir: true,
    // Browsers with light-dark(): its fallback for older ones would not follow the chosen theme.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // Inlined images would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One file for the first view: a request costs more time than the extra bytes.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
});
