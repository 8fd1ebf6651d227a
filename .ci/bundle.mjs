// Bundles what the command runs into dist/bin: one file for each thread or process, as a start then reads one file instead of
// seventy, and a few more with what most starts do not need, since V8 goes through all of a file before it runs its first line.
// The command itself begins with a small file that starts the second thread, and goes on in another one while that one starts.
// CommonJS, because Node is ready for it sooner than for modules. The library's modules in dist are as they were.
//   node .ci/bundle.mjs

import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licencesOf } from './licences.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const from = (...parts) => join(root, 'dist', ...parts);
const to = (...parts) => join(root, 'dist', 'bin', ...parts);

const COMMAND = 'heapsleuth.js';

/** A file beside the others, as code finds it by `new URL('./child.js', import.meta.url)`: name → its module. */
const ENTRIES = {
  [COMMAND]: 'dist/cli/main.js',
  'lone-worker.js': 'dist/batch/lone-worker.js',
  'worker.js': 'dist/batch/worker.js',
  'second-thread.js': 'dist/batch/second-thread.js',
  'child.js': 'dist/batch/child.js',
  'index-thread.js': 'dist/explore/index-thread.js',
};

/** What the command goes on with. Threads have all of it in files of their own. */
const RUN = 'run.js';
/** What `analyze FILE --json` imports sooner or later, and constants that would be the only reason to load another file. */
const HOT = [
  'dist/cli/program.js',
  'dist/cli/execution.js',
  'dist/cli/analyze.js',
  'dist/batch/beside.js',
  ENTRIES['worker.js'],
  'dist/base/types.js',
  // Small, and what two threads need.
  'dist/analysis/fingerprints.js',
  'dist/analysis/named-edges.js',
  'dist/analysis/node-lists.js',
  'dist/graph/column.js',
];

/** What is left is loaded when something of it is imported: name → its modules, where no earlier line has them. */
const LATER = {
  'service.js': /^dist\/cli\/(?:(?:serve|service|rewrite|further|baseline)-commands|examples)/,
  'serve.js': /^dist\/(?:serve|explore)\/|^dist\/cli\/serve/,
  'gate.js': /^dist\/(?:gate\/|cli\/(?:baseline|config|judging|key-file|settle)\b)/,
  'vocabulary.js': /^dist\/rewrite\/(?:type-uses|vocabulary|placeholder-text)/,
  'redaction.js': /^dist\/report\/redact-/,
  'tree.js': /^dist\/(?:picture\/(?:tree-cut|largest-nodes|shown-names|data-names)|waste\/(?:names|string-facts))\./,
  'picture.js': /^dist\/(?:picture|waste)\//,
  'rewrite.js': /^dist\/rewrite\/|^dist\/cli\/(?:redact|extract|rewrite-errors)|^dist\/batch\/extract/,
  'decompress.js': /^dist\/read\/decompress|\/fzstd\//,
  'files.js': /^dist\/(?:archive\/(?:file-or-pipe|whole-file)|base\/temporary-names)/,
  'cache.js': /^dist\/cache\/|\/@msgpack\//,
  'leaks.js':
    /^dist\/(?:(?:diff|suspects|detect|paths|trend)\/|analysis\/(?:heap-view|location-rows|places|text-indexes))/,
  'external.js': /^dist\/external\/|^dist\/read\/temporary-file/,
  'profile.js': /^dist\/profile\/|\/stream-(?:json|chain)\//,
  'parquet.js': /^dist\/archive\/(?:parquet|tables)\.|\/hyparquet/,
  'archive.js': /^dist\/archive\//,
  'reporters.js':
    /^dist\/(?:cli\/reporting|report\/(?:reporter|report-|class-rows|inputs|issues|markdown|metric-families|source-path|stacks|xml|parquet-table|protobuf|stored-gzip)|scan\/seed|base\/engine-version)/,
  'schemas.js': /^dist\/report\/(?:schema|nearest-name)/,
  'text.js': /^dist\/report\/|^dist\/base\/(?:confidence-levels|scan-layers)|^dist\/telemetry\/timestamp/,
  'rest.js': /./,
};

/** One starts threads with files of its own, so it cannot be moved; the other one is there only if the user has installed it. */
const LEFT_OUT = ['piscina', '@duckdb/node-api'];

/**
 * What the files of a thread share. The entry has it and hands it on to each file it loads: a module that two files need lies in one
 * of them, and the other one gets it from there. The URL is evaluated where a file beside is asked for, since few threads ask.
 */
const SHARED = [
  "'use strict'; const bundle = { modules: {},",
  'get(name, file) { if (file && !(name in this.modules)) require(file)(this); return this.modules[name](); },',
  'get url() { return require("node:url").pathToFileURL(__filename).href; } };',
].join(' ');

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

/** Which modules are in each of the files: name → paths, and whether it is the entry of a thread or process. */
export async function contents() {
  const plans = plansOf(await modulesByPath());
  return plans.map(({ name, entry, has }) => ({ name, isEntry: entry !== undefined, modules: [...has].sort() }));
}

/** The bundles as they should be: name → bytes. */
export async function bundle() {
  const modules = await modulesByPath();
  const files = new Map();
  const plans = plansOf(modules);
  for (const plan of plans) files.set(plan.name, await fileOf(plan, modules, plans));
  const text = (content) => new TextEncoder().encode(content);
  files.set('LICENSES.txt', text(licencesOf([...modules.keys()])));
  files.set('module.wasm', readFileSync(from('wasm', 'module.wasm')));
  // Around it is a package of modules.
  files.set('package.json', text('{ "type": "commonjs" }\n'));
  return files;
}

const OPTIONS = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  metafile: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  external: LEFT_OUT,
  plugins: [lazyChildProcess, blindPicocolors],
  define: { 'import.meta.url': 'bundle.url' },
  // Names stay: a stack in the report of a defect is to say something.
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
};

/** All there is to bundle: path from the root → what it imports, as it is written and as a path. */
async function modulesByPath() {
  const { metafile } = await build({ ...OPTIONS, entryPoints: Object.values(ENTRIES), outdir: to() });
  const inside = ({ external }) => !external;
  return new Map(Object.entries(metafile.inputs).map(([path, { imports }]) => [path, imports.filter(inside)]));
}

/** These modules and what they import; `alsoLazily`: what they import when they need it, too. */
function reached(modules, starts, alsoLazily) {
  const found = new Set(starts);
  for (const path of found) {
    for (const next of modules.get(path)) if (alsoLazily || next.kind !== 'dynamic-import') found.add(next.path);
  }
  return found;
}

/**
 * What each file has and what others get from it: { name, entry?, has, lends }. A thread has copies of its own, so an entry has all
 * that its thread needs at once; what comes later is the same for all of them.
 */
function plansOf(modules) {
  const hot = reached(modules, HOT, false);
  const laterPlan = (name, isIn) => ({ name, isIn, has: new Set(), lends: new Set() });
  const run = laterPlan(RUN, (path) => hot.has(path));
  const later = [run, ...Object.entries(LATER).map(([name, pattern]) => laterPlan(name, (path) => pattern.test(path)))];
  const laterFile = (path) => later.find(({ isIn }) => isIn(path));
  const entries = Object.entries(ENTRIES).map(([name, entry]) => {
    const all = [...reached(modules, [entry], true)];
    const atOnce = reached(modules, [entry], false);
    const has = new Set(all.filter((path) => atOnce.has(path) || (hot.has(path) && name !== COMMAND)));
    const lends = new Set();
    for (const path of all) {
      const home = has.has(path) ? has : laterFile(path).has.add(path);
      for (const { path: wanted } of modules.get(path)) {
        if (has.has(wanted) && home !== has) lends.add(wanted);
        if (!has.has(wanted) && home !== laterFile(wanted).has) laterFile(wanted).lends.add(wanted);
      }
    }
    return { name, entry, has, lends };
  });
  for (const { name, has, lends } of entries) {
    const loads = later.filter((file) => file !== run || name === COMMAND);
    // One that lends nothing loads nothing later.
    const twice = lends.size > 0 && [...has].find((path) => loads.some((file) => file.has.has(path)));
    if (twice) throw new Error(`found ${twice} in two files of the thread of ${name}, expected it in one`);
  }
  return [...entries, ...later];
}

async function fileOf({ name, entry, has, lends }, modules, plans) {
  const lent = [...lends].sort();
  const isAtOnce = entry !== undefined || name === RUN;
  const { outputFiles } = await build({
    ...OPTIONS,
    ...(entry
      ? { entryPoints: [entry] }
      : { stdin: { contents: isAtOnce ? lending(lent) : lendingLazily(lent), resolveDir: root } }),
    outfile: to(name),
    plugins: [
      elsewhere(has, modules, plans),
      ...(isAtOnce ? [atOnce(entry, has, lent, modules)] : []),
      ...OPTIONS.plugins,
    ],
    // In brackets, or V8 would go through the function twice: once to find its end.
    banner: { js: entry ? SHARED : "'use strict'; module.exports = (function (bundle) {" },
    footer: { js: entry ? '' : '});' },
  });
  return outputFiles[0].contents;
}

/**
 * Has a file import at once what it has anyway, and what it lends: where modules are to wait, each is a function of its own,
 * and so are all that it imports. That took longer than to run all of them.
 */
function atOnce(entry, has, lent, modules) {
  return {
    name: 'at-once',
    setup({ onLoad }) {
      onLoad({ filter: /\.js$/, namespace: 'file' }, ({ path: file }) => {
        const path = fromRoot(file);
        const lazy = modules.get(path).filter((next) => next.kind === 'dynamic-import' && has.has(next.path));
        if (lazy.length === 0 && path !== entry) return undefined;
        let text = readFileSync(file, 'utf8');
        for (const [index, original] of [...new Set(lazy.map((next) => next.original))].entries()) {
          const asked = `import('${original}')`;
          if (!text.includes(asked)) throw new Error(`found no ${asked} in ${path}, expected one`);
          text = `${text.replaceAll(asked, `Promise.resolve(lazy${index})`)}\nimport * as lazy${index} from '${original}';`;
        }
        return { contents: path === entry ? text.replace(/^(?:#!.*\n)?/, (shebang) => shebang + lending(lent)) : text };
      });
    },
  };
}

function lending(lent) {
  const imports = lent.map((path, index) => `import * as lent${index} from ${JSON.stringify(join(root, path))};`);
  const modules = lent.map((path, index) => `${JSON.stringify(path)}: () => lent${index},`);
  return `${imports.join('')}Object.assign(bundle.modules, { ${modules.join('')} });`;
}

/** The same for a file whose modules wait until they are asked for. */
function lendingLazily(lent) {
  const modules = lent.map((path) => `${JSON.stringify(path)}: () => require("./${path}"),`);
  return `Object.assign(bundle.modules, { ${modules.join('')} });`;
}

/** As esbuild writes paths. */
const fromRoot = (file) => relative(root, file).replaceAll(sep, '/');

/** Has modules that lie in other files come from there. */
function elsewhere(has, modules, plans) {
  const namespace = 'elsewhere';
  return {
    name: namespace,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /./ }, ({ importer, path }) => {
        const imports = modules.get(fromRoot(importer)) ?? [];
        const wanted = imports.find(({ original }) => original === path)?.path;
        return wanted === undefined || has.has(wanted) ? undefined : { path: wanted, namespace };
      });
      onLoad({ filter: /./, namespace }, ({ path }) => {
        // The default would be all of the module, as it is for any import of CommonJS.
        if (!path.startsWith('dist/') || /^export default /m.test(readFileSync(join(root, path), 'utf8')))
          throw new Error(`found ${path} imported by another file, expected a module of ours that has names only`);
        const file = plans.find((plan) => plan.entry === undefined && plan.has.has(path))?.name;
        const place = [path, ...(file ? [`./${file}`] : [])].map((text) => JSON.stringify(text));
        return { contents: `module.exports = bundle.get(${place.join(', ')});` };
      });
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = await bundle();
  rmSync(to(), { recursive: true, force: true });
  mkdirSync(to());
  for (const [name, contents] of files) writeFileSync(to(name), contents);
  chmodSync(to(COMMAND), 0o755);
}
