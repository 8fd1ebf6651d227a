import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: what builds is plain JavaScript
import { bundle, contents } from '../../.ci/bundle.mjs';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';
import { MAIN, run, seriesFile } from './run-cli.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'dist', 'bin');
const folder = scratchFolder();
const RUN = join(BIN, 'run.js');
/** In bytes: of the file that the command begins with, which has 7,000, and of the one it goes on with, which has 245,000. */
const LARGEST = { [MAIN]: 9000, [RUN]: 250_000 };
const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

describe('what ships as the command', () => {
  it('is what these tests run', () => {
    expect(join(ROOT, MANIFEST.bin.heapsleuth)).toBe(MAIN);
    expect(readFileSync(MAIN, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n'use strict';/);
    expect(statSync(MAIN).mode & 0o111).toBe(0o111);
  });

  it('is what the sources give', async () => {
    const files: Map<string, Uint8Array> = await bundle();
    expect(readdirSync(BIN).sort()).toEqual([...files.keys()].sort());
    for (const [name, bytes] of files) {
      expect(readFileSync(join(BIN, name)).equals(bytes), `${name} is out of date: npm run build`).toBe(true);
    }
  });

  it('has every file beside it that it starts', () => {
    const names = readdirSync(BIN).filter((name) => name.endsWith('.js'));
    const beside = names.flatMap((name) =>
      [...readFileSync(join(BIN, name), 'utf8').matchAll(/new URL\("\.\/([^"]+)",bundle\.url\)/g)].map(
        ([, file]) => file,
      ),
    );
    const expected = ['child.js', 'index-thread.js', 'lone-worker.js', 'module.wasm', 'second-thread.js', 'worker.js'];
    expect([...new Set(beside)].sort()).toEqual(expected);
    for (const file of expected) expect(readdirSync(BIN)).toContain(file);
  });

  it('has every file beside it that it loads later', () => {
    const texts = readdirSync(BIN).map((name) => readFileSync(join(BIN, name), 'utf8'));
    const later = texts.flatMap((text) =>
      [...text.matchAll(/bundle\.get\("[^"]+","\.\/([^"]+)"\)/g)].map(([, file]) => file),
    );
    const expected = [
      'archive.js',
      'cache.js',
      'decompress.js',
      'external.js',
      'files.js',
      'gate.js',
      'leaks.js',
      'parquet.js',
      'picture.js',
      'profile.js',
      'redaction.js',
      'reporters.js',
      'rest.js',
      'rewrite.js',
      'run.js',
      'schemas.js',
      'serve.js',
      'service.js',
      'text.js',
      'tree.js',
      'vocabulary.js',
    ];
    expect([...new Set(later)].sort()).toEqual(expected);
    for (const file of expected) expect(readdirSync(BIN)).toContain(file);
  });

  it('hands on the licences of what is bundled', () => {
    const text = readFileSync(join(BIN, 'LICENSES.txt'), 'utf8');
    const packages = ['@msgpack/msgpack', 'commander', 'fzstd', 'hyparquet', 'hyparquet-writer', 'picocolors'];
    for (const name of [...packages, 'stream-chain', 'stream-json']) expect(text).toContain(`${name}\n\n`);
    // Those of hyparquet are without a year and a name.
    expect(text.match(/Copyright/g)).toHaveLength(6);
  });
});

interface Content {
  readonly name: string;
  readonly isEntry: boolean;
  readonly modules: readonly string[];
}

/** All that is loaded before a second thread is started, which loads its own meanwhile. */
const FIRST = [
  ...['base/errors', 'batch/cores', 'batch/second-worker', 'cli/kernel-tier', 'cli/main', 'read/file', 'read/source'],
].map((path) => `dist/${path}.js`);

/** All that `analyze FILE --json` needs of these besides; of folders not named here it may have anything. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  cache: [],
  // Which mode fits.
  external: ['modes'],
  diff: [],
  // Plain objects are called by what they have; a thread beside needs columns too.
  graph: ['column', 'graph', 'names', 'tags'],
  // Also what the talk on stderr is made of: failures, an estimate, progress.
  report: [
    'character-width',
    'estimate-text',
    'failure-text',
    'json',
    'screen',
    'suspect-json',
    'terminal-text',
    'units',
  ],
  batch: [
    ...[
      'analysed-file',
      'analyze',
      'beside',
      'beside-messages',
      'cached-reports',
      'caching',
      'estimate',
      'evidence-task',
      'here',
    ],
    ...['keep', 'memory', 'work-plan', 'worker'],
  ],
  cli: [
    ...['analysis-options', 'analyze', 'execution', 'exit-codes', 'options', 'output', 'program', 'progress'],
    'terminal',
  ],
};

describe('V8 goes through all of a file before it runs its first line, so', () => {
  it('the first file starts a thread, and the next one has what an analysis in memory needs', async () => {
    const files: Content[] = await contents();
    const first = files.find(({ name }) => name === 'heapsleuth.js') as Content;
    expect(first.modules).toEqual(FIRST);
    const { modules } = files.find(({ name }) => name === 'run.js') as Content;
    for (const [folder, expected] of Object.entries(NEEDED)) {
      const inside = modules.flatMap((path) => new RegExp(`^dist/${folder}/(.+)\\.js$`).exec(path)?.[1] ?? []);
      expect(inside.sort(), `of ${folder}`).toEqual(expected.toSorted());
    }
    for (const dear of ['read/decompress', 'read/temporary-file', 'analysis/shallow']) {
      expect(modules).not.toContain(`dist/${dear}.js`);
    }
    const packages = modules.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
    expect([...new Set(packages)].sort()).toEqual(['commander', 'picocolors']);
    for (const [file, bytes] of Object.entries(LARGEST)) expect(statSync(file).size, file).toBeLessThan(bytes);
  });

  it('a thread beside has no more', async () => {
    const files: Content[] = await contents();
    const modules = (file: string) => files.find(({ name }) => name === file)?.modules ?? [];
    const main = [...modules('heapsleuth.js'), ...modules('run.js')];
    const own = {
      'worker.js': [],
      'lone-worker.js': ['dist/batch/lone-worker.js'],
      'second-thread.js': ['dist/batch/second-thread.js', 'dist/read/tail-reader.js'],
    };
    for (const [file, expected] of Object.entries(own)) {
      expect(modules(file).filter((path) => !main.includes(path))).toEqual(expected);
    }
  });

  it('nothing waits in a file that is loaded at once', () => {
    for (const name of ['heapsleuth.js', 'run.js', 'lone-worker.js', 'second-thread.js', 'worker.js', 'child.js']) {
      expect(readFileSync(join(BIN, name), 'utf8'), name).not.toContain('__esm(');
    }
  });

  it('no module is in two files of a thread, or a class would have two copies', async () => {
    const files: Content[] = await contents();
    const later = files.filter(({ isEntry }) => !isEntry);
    const paths = later.flatMap(({ modules }) => modules);
    expect(new Set(paths).size).toBe(paths.length);
    for (const file of ['heapsleuth.js', 'worker.js', 'lone-worker.js']) {
      const { modules } = files.find(({ name }) => name === file) as Content;
      // Threads do not load what the command goes on with: what they need of that they have.
      if (file !== 'heapsleuth.js') expect(readFileSync(join(BIN, file), 'utf8')).not.toContain('"./run.js"');
      const loaded = later.filter(({ name }) => name !== 'run.js' || file === 'heapsleuth.js');
      expect(modules.filter((path) => loaded.some((next) => next.modules.includes(path)))).toEqual([]);
    }
  });
});

interface Loads {
  readonly files: readonly string[];
  readonly builtIn: readonly string[];
}

async function loadsOf(args: readonly string[]): Promise<Loads> {
  const preload = fileURLToPath(new URL('report-loads.cjs', import.meta.url));
  const { code, stderr } = await run(args, { NODE_OPTIONS: `--require "${preload}"` });
  expect(code).toBe(0);
  return JSON.parse(stderr.slice(stderr.lastIndexOf('\n')));
}

/** Dear to load, and for a few commands only. */
const DEAR = ['child_process', 'crypto', 'worker_threads', 'zlib', 'perf_hooks', 'fs/promises', 'v8'];

const later = (...names: string[]) => [MAIN, RUN, ...names.map((name) => join(BIN, name))];

describe('a start loads few files, and of Node', () => {
  it.each([
    ['--version', []],
    ['--help', ['service.js']],
    ['analyze --help', []],
  ])('nothing dear for %s', async (line, more) => {
    const { files, builtIn } = await loadsOf(line.split(' '));
    expect(files).toEqual(later(...more));
    expect(builtIn.filter((name) => DEAR.includes(name))).toEqual([]);
  });

  it('nothing dear for a schema', async () => {
    const { files, builtIn } = await loadsOf(['schema', 'analysis']);
    expect(files).toEqual(later('service.js', 'schemas.js'));
    expect(builtIn.filter((name) => DEAR.includes(name))).toEqual([]);
  });

  it.each([
    ['a document', ['--json', '--no-suspects'], later()],
    ['tables', ['--no-suspects'], later('text.js')],
    ['a document with suspects', ['--json'], later('leaks.js')],
  ])('nothing dear for a small file and %s', async (_, options, expected) => {
    const file = writeIn(folder, 'small.heapsnapshot', gunzipSync(readFileSync(seriesFile(1))));
    const { files, builtIn } = await loadsOf(['analyze', file, ...options]);
    expect(files).toEqual(expected);
    // For pipes, whose streams are sockets to Node.
    // A suspect's signature is a digest.
    const allowed = expected.some((name) => name.endsWith('leaks.js')) ? ['crypto', 'v8'] : [];
    expect(builtIn.filter((name) => [...DEAR, 'net'].includes(name) && !allowed.includes(name))).toEqual([]);
  });

  it('what decompresses for a compressed file, and not what starts processes', async () => {
    const { files, builtIn } = await loadsOf(['analyze', seriesFile(1), '--json', '--no-suspects']);
    expect(files).toEqual(later('decompress.js'));
    expect(builtIn.filter((name) => DEAR.includes(name))).not.toContain('child_process');
    expect(builtIn).toContain('zlib');
  });
});
