// The web application's sources into web/dist: hashed names, and each file also compressed.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './compressed.ts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed()],
  build: {
    manifest: true,
    // The licences of what is bundled go where it goes.
    license: { fileName: 'licenses.md' },
    emptyOutDir: true,
    // Browsers that know light-dark(): written out for older ones, it would not follow Mantine's choice of theme.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // Pictures inside scripts or styles would need more of the content security policy than pictures of their own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the first view needs is one file: each file costs a browser more time than its bytes.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
});
