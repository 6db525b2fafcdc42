import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What else a development server asks: a running core. */
const core = process.env.CRM_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  resolve: { conditions: ['@filodiretto/source', 'module', 'browser', 'production'] },
  // The policy of the page allows no data: script and no inline one.
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': core, '/auth': core } },
});
