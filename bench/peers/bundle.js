// DevTools' engine is TypeScript for a browser page: bundled once for Node, so that no run pays for it.
//   node bench/peers/bundle.js
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const frontend = fileURLToPath(new URL('node_modules/chrome-devtools-frontend/front_end/', import.meta.url));

export const bundleFile = fileURLToPath(new URL('node_modules/.cache/devtools-engine.js', import.meta.url));

const entry = `
  export {HeapSnapshotLoader} from './entrypoints/heap_snapshot_worker/HeapSnapshotLoader.js';
  export {SecondaryInitManager} from './entrypoints/heap_snapshot_worker/HeapSnapshot.js';
  export {NodeFilter} from './models/heap_snapshot/HeapSnapshotModel.js';
`;

// The package's own build generates this module. No text is ever translated here, so any locale does.
const locales = `
  export const LOCALES = ['en-US'], BUNDLED_LOCALES = LOCALES, DEFAULT_LOCALE = 'en-US';
  export const LOCAL_FETCH_PATTERN = '', REMOTE_FETCH_PATTERN = '';
`;
const localesStub = {
  name: 'locales',
  setup(build) {
    build.onResolve({ filter: /\/locales\.js$/ }, () => ({ path: 'locales', namespace: 'stub' }));
    build.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: locales }));
  },
};

/** Builds the bundle where it is missing; returns its file. */
export async function bundleDevtools() {
  if (existsSync(bundleFile)) return bundleFile;
  const { build } = await import('esbuild');
  await build({
    stdin: { contents: entry, resolveDir: frontend, loader: 'ts' },
    outfile: bundleFile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    plugins: [localesStub],
    logLevel: 'error',
  });
  return bundleFile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await bundleDevtools());
