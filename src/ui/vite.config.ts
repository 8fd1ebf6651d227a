import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { singlePage } from './single-page.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page of the HTML report, with a place for its document: `dist/ui/report.html`. */
export default defineConfig({
  root: at('.'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [viteSingleFile(), singlePage()],
  build: {
    outDir: at('../../dist/ui'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: false,
    rolldownOptions: { input: at('report.html') },
  },
});
