import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: what builds is plain JavaScript
import { bundle } from '../../.ci/bundle.mjs';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';
import { MAIN, run, seriesFile } from './run-cli.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'dist', 'bin');
const folder = scratchFolder();
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
    const expected = ['child.js', 'lone-worker.js', 'module.wasm', 'second-thread.js', 'worker.js'];
    expect([...new Set(beside)].sort()).toEqual(expected);
    for (const file of expected) expect(readdirSync(BIN)).toContain(file);
  });

  it('hands on the licences of what is bundled', () => {
    const text = readFileSync(join(BIN, 'LICENSES.txt'), 'utf8');
    for (const name of ['@msgpack/msgpack', 'commander', 'fzstd', 'picocolors']) expect(text).toContain(`${name}\n\n`);
    expect(text.match(/Copyright/g)).toHaveLength(4);
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

describe('a start loads one file, and of Node', () => {
  it.each([['--version'], ['--help'], ['analyze --help'], ['schema analysis']])('nothing dear for %s', async (line) => {
    const { files, builtIn } = await loadsOf(line.split(' '));
    expect(files).toEqual([MAIN]);
    expect(builtIn.filter((name) => DEAR.includes(name))).toEqual([]);
  });

  it('nothing dear for a small file', async () => {
    const file = writeIn(folder, 'small.heapsnapshot', gunzipSync(readFileSync(seriesFile(1))));
    const { files, builtIn } = await loadsOf(['analyze', file, '--json']);
    expect(files).toEqual([MAIN]);
    // For pipes, whose streams are sockets to Node.
    expect(builtIn.filter((name) => [...DEAR, 'net'].includes(name))).toEqual([]);
  });

  it('what decompresses for a compressed file, and not what starts processes', async () => {
    const { files, builtIn } = await loadsOf(['analyze', seriesFile(1), '--json']);
    expect(files).toEqual([MAIN]);
    expect(builtIn.filter((name) => DEAR.includes(name))).not.toContain('child_process');
    expect(builtIn).toContain('zlib');
  });
});
