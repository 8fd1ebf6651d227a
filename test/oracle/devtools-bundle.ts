import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { DevtoolsEngine } from './devtools-engine.js';

const require = createRequire(import.meta.url);
const packageJson = require.resolve('chrome-devtools-frontend/package.json');
const packageRoot = dirname(packageJson);
const cacheFolder = join(dirname(packageRoot), '.cache', 'heapsleuth');

const entry = `
export { HeapSnapshotProgress, JSHeapSnapshot, SecondaryInitManager } from './front_end/entrypoints/heap_snapshot_worker/HeapSnapshot.ts';
export { HeapSnapshotLoader } from './front_end/entrypoints/heap_snapshot_worker/HeapSnapshotLoader.ts';
export { NodeFilter } from './front_end/models/heap_snapshot/HeapSnapshotModel.ts';
`;

const polyfill = `
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new this((yes, no) => { resolve = yes; reject = no; });
  return { promise, resolve, reject };
};
`;

/** The published package lacks this generated file; the engine only needs it to exist. */
const locales = `
export const LOCALES = ['en-US'];
export const BUNDLED_LOCALES = ['en-US'];
export const DEFAULT_LOCALE = 'en-US';
export const REMOTE_FETCH_PATTERN = '';
export const LOCAL_FETCH_PATTERN = '';
`;

const stubLocales: Plugin = {
  name: 'stub-locales',
  setup(builder) {
    builder.onResolve({ filter: /\/locales\.js$/ }, () => ({ path: 'locales', namespace: 'stub' }));
    builder.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: locales, loader: 'js' }));
  },
};

function bundlePath(): string {
  const { version } = JSON.parse(readFileSync(packageJson, 'utf8')) as { version: string };
  const recipe = createHash('sha256')
    .update(entry + polyfill + locales)
    .digest('hex')
    .slice(0, 8);
  return join(cacheFolder, `devtools-${version}-${recipe}.mjs`);
}

async function writeBundle(path: string): Promise<void> {
  const result = await build({
    stdin: { contents: entry, resolveDir: packageRoot, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: { js: polyfill },
    plugins: [stubLocales],
    logLevel: 'error',
  });
  mkdirSync(cacheFolder, { recursive: true });
  // Several test files may bundle at the same time: each writes its own file, the rename is atomic.
  const own = `${path}.${process.pid}.${performance.now()}`;
  writeFileSync(own, result.outputFiles[0].contents);
  renameSync(own, path);
}

/** DevTools' own engine, bundled once per version of the package into `node_modules/.cache`. */
export async function loadDevtoolsEngine(): Promise<DevtoolsEngine> {
  const path = bundlePath();
  if (!existsSync(path)) await writeBundle(path);
  return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as DevtoolsEngine;
}
