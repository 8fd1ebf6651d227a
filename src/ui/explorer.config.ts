import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { singlePage } from './single-page.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page of `heapsleuth serve`, which asks its server for what it shows: `dist/ui/explorer.html`. */
export default defineConfig({
  root: at('.'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [viteSingleFile(), singlePage({ asksServer: true })],
  build: {
    outDir: at('../../dist/ui'),
    emptyOutDir: false,
    target: 'es2023',
    modulePreload: false,
    rolldownOptions: { input: at('explorer.html') },
  },
});
