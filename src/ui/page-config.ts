import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { type SinglePageOptions, singlePage } from './single-page.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export interface PageOptions extends SinglePageOptions {
  /** Whether it is built first, and so clears what an earlier build left. */
  readonly isFirst?: boolean;
}

/** How a page of this folder becomes one file of that name in `dist/ui`. */
export function pageConfig(page: string, { isFirst = false, ...options }: PageOptions): UserConfig {
  return {
    root: at('.'),
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [viteSingleFile(), singlePage(options)],
    build: {
      outDir: at('../../dist/ui'),
      emptyOutDir: isFirst,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: { input: at(page) },
    },
  };
}
