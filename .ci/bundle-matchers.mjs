// What tests import, as CommonJS: Jest runs that unless told otherwise, and does not load modules then. One file for each entry, beside the
// module it is made of, since both start the same child process. Only what matchers need is in it: the engine runs in that child.
//   node .ci/bundle-matchers.mjs

import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'dist', 'matchers');
const ENTRIES = ['index', 'jest'];

/** The files as they should be: name → text. */
export async function bundleMatchers() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ENTRIES.map((name) => join(folder, `${name}.js`)),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
  });
  const code = outputFiles.map(({ path, text }) => [path.slice(folder.length + 1), text]);
  const types = ENTRIES.map((name) => [`${name}.d.cts`, `export * from './${name}.js';\n`]);
  return new Map([...code, ...types]);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, text] of await bundleMatchers()) writeFileSync(join(folder, name), text);
