// Bundles what the command runs into dist/bin: one file for each thread or process, as a start then reads one file instead of
// seventy. CommonJS, because Node is ready for it sooner than for modules, and because a `require` within a function is only
// made when that is called: what the sources import lazily stays lazy. The library's modules in dist are as they were.
//   node .ci/bundle.mjs

import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const from = (...parts) => join(root, 'dist', ...parts);
const to = (...parts) => join(root, 'dist', 'bin', ...parts);

/** A file beside the others, as code finds it by `new URL('./child.js', import.meta.url)`. */
const ENTRIES = {
  heapsleuth: from('cli', 'main.js'),
  'second-thread': from('batch', 'second-thread.js'),
  'lone-worker': from('batch', 'lone-worker.js'),
  worker: from('batch', 'worker.js'),
  child: from('batch', 'child.js'),
};

/** It starts threads with files of its own, so it cannot be moved. */
const LEFT_OUT = ['piscina'];

/** Evaluated where a file beside is asked for, since few threads ask. */
const OWN_URL =
  "'use strict'; const bundle = { get url() { return require('node:url').pathToFileURL(__filename).href; } };";

/** Commander loads the module for commands that are programs of their own, which there are none of. */
const lazyChildProcess = {
  name: 'lazy-child-process',
  setup({ onResolve, onLoad }) {
    const namespace = 'lazy';
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('commander') ? { path: 'child_process', namespace } : undefined,
    );
    onLoad({ filter: /.*/, namespace }, () => ({
      contents: "exports.spawn = (...args) => require('node:child_process').spawn(...args);",
      resolveDir: root,
    }));
  },
};

/** The command says itself whether there are colours. Picocolors looks too, which opens stdout: so it is shown nothing. */
const blindPicocolors = {
  name: 'blind-picocolors',
  setup({ onLoad }) {
    onLoad({ filter: /picocolors\.js$/ }, ({ path }) => ({
      contents: `const process = { argv: [], env: {} };\n${readFileSync(path, 'utf8')}`,
    }));
  },
};

/** The bundles as they should be: name → bytes. */
export async function bundle() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir: to(),
    bundle: true,
    write: false,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: LEFT_OUT,
    plugins: [lazyChildProcess, blindPicocolors],
    banner: { js: OWN_URL },
    define: { 'import.meta.url': 'bundle.url' },
    // Names stay: a stack in the report of a defect is to say something.
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'warning',
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
  const text = (content) => new TextEncoder().encode(content);
  files.set('LICENSES.txt', text(licences(Object.keys(metafile.inputs))));
  files.set('module.wasm', readFileSync(from('wasm', 'module.wasm')));
  // Around it is a package of modules.
  files.set('package.json', text('{ "type": "commonjs" }\n'));
  return files;
}

/** Of the packages that are in the bundles: their licences ask for the notice. */
function licences(inputs) {
  const packages = inputs.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  const notices = [...new Set(packages)].sort().map((name) => {
    const folder = join(root, 'node_modules', name);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`found no licence in ${folder}, expected one to hand on`);
    return `${name}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return notices.join('\n----\n\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = await bundle();
  rmSync(to(), { recursive: true, force: true });
  mkdirSync(to());
  for (const [name, contents] of files) writeFileSync(to(name), contents);
  chmodSync(to('heapsleuth.js'), 0o755);
}
