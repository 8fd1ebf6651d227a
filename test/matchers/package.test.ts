import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
// @ts-expect-error: what builds is plain JavaScript
import { bundleMatchers } from '../../.ci/bundle-matchers.mjs';
import { scratchFolder } from '../promises/scratch-folder.js';
import { projectIn } from './installed.js';
import { runNode } from './run-node.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const folder = scratchFolder();

describe('the package', () => {
  test('has every file that its exports name, types first', () => {
    const targets: string[] = [];
    const walk = (value: unknown, key: string): void => {
      if (typeof value === 'string') return void targets.push(value);
      const entries = Object.entries(value as object);
      expect(
        entries.findIndex(([condition]) => condition === 'types'),
        key,
      ).toBeLessThanOrEqual(0);
      expect(
        entries.findIndex(([condition]) => condition === 'default'),
        key,
      ).toBeOneOf([-1, entries.length - 1]);
      for (const [condition, inner] of entries) walk(inner, `${key} ${condition}`);
    };
    for (const [name, value] of Object.entries(MANIFEST.exports)) walk(value, name);
    expect(targets.length).toBeGreaterThan(12);
    for (const target of targets) expect(existsSync(join(ROOT, target)), target).toBe(true);
  });

  test('publishes the pages, the command, the kernels and no map of sources that are not there', () => {
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [{ files, unpackedSize }]: [{ files: { path: string }[]; unpackedSize: number }] = JSON.parse(packed);
    const paths = files.map(({ path }) => path);
    for (const needed of [
      'ui/report.html',
      'ui/explorer.html',
      'ui/LICENSES.txt',
      'bin/heapsleuth.js',
      'wasm/module.wasm',
    ])
      expect(paths).toContain(`dist/${needed}`);
    const others = paths.filter((path) => !/^dist\/.+\.(?:c?js|d\.c?ts|html|txt|wasm|json)$/.test(path));
    expect(others.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
    // Vite says of each module that it loads itself where such a map points to nothing.
    const isBuilt = (path: string) => existsSync(join(ROOT, path.replace(/^dist/, 'src').replace(/\.js$/, '.ts')));
    for (const path of paths.filter((name) => name.endsWith('.js') && isBuilt(name)))
      expect(readFileSync(join(ROOT, path), 'utf8'), path).not.toContain('\n//# sourceMappingURL=');
    expect(unpackedSize).toBeLessThan(10_000_000);
  });

  test('asks for no test runner: Vitest is an optional peer, Jest none at all', () => {
    expect(MANIFEST.peerDependenciesMeta.vitest).toEqual({ optional: true });
    expect(Object.keys(MANIFEST.dependencies)).not.toContain('vitest');
    for (const file of readdirSync(join(ROOT, 'dist', 'matchers')).filter((name) => /\.c?js$/.test(name))) {
      const text = readFileSync(join(ROOT, 'dist', 'matchers', file), 'utf8').replace(/^\/\/.*$/gm, '');
      const packages = [...text.matchAll(/(?:from |import |require\()["']([^."'][^"']*)["']/g)].map(([, name]) => name);
      expect(
        packages.filter((name) => !name.startsWith('node:')),
        file,
      ).toEqual(file === 'vitest.js' ? ['vitest'] : []);
    }
  });

  test('has as CommonJS what the modules are now, and nothing of the engine', async () => {
    const files: Map<string, string> = await bundleMatchers();
    expect([...files.keys()].sort()).toEqual(['index.cjs', 'index.d.cts', 'jest.cjs', 'jest.d.cts']);
    for (const [name, text] of files) {
      expect(readFileSync(join(ROOT, 'dist', 'matchers', name), 'utf8') === text, `${name}: npm run build`).toBe(true);
      expect(text.length).toBeLessThan(60_000);
      expect(text).not.toContain('WebAssembly');
    }
  });
});

const USE = `
const analysis = await measureLeaks((call) => call, { rounds: 6 });
const rounds: number = analysis.rounds.count;
assertNoLeak(analysis, { minConfidence: 0.8, ignore: ['x', /y/] });
void rounds;
`;
const ASSERTIONS = `
expect(analysis).toHaveNoLeak({ maxGrowth: '1 MB' });
expect(analysis).not.toRetainLessThan(100, { class: 'Session' });
// @ts-expect-error: no such option
expect(analysis).toHaveNoLeak({ nothing: 1 });
// @ts-expect-error: a limit is needed
expect(analysis).toRetainLessThan();
`;
/** What \`@types/jest\` declares, as far as it is needed here. */
const JEST_TYPES = `declare namespace jest { interface Matchers<R, T = {}> { toBe(expected: T): R; not: Matchers<R, T>; } }
declare const expect: <T>(value: T) => jest.Matchers<void, T>;
`;

describe.each([
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
])('its types, module %s, resolution %s', (module, moduleResolution) => {
  const check = async (files: Record<string, string>) => {
    const options = { module, moduleResolution, target: 'es2023', strict: true, noEmit: true, skipLibCheck: false };
    const config = JSON.stringify({ compilerOptions: { ...options, types: ['node'] }, include: ['*'] });
    const project = projectIn(folder, { 'package.json': '{ "type": "module" }', 'tsconfig.json': config, ...files });
    const tsc = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
    return (await runNode([tsc, '-p', 'tsconfig.json'], project)).stdout;
  };

  test('fit who uses heapsleuth/matchers and heapsleuth/jest', async () => {
    const files = {
      'plain.ts': `import { assertNoLeak, measureLeaks } from 'heapsleuth/matchers';\n${USE}`,
      'jest.d.ts': JEST_TYPES,
      'jest.test.ts': `import { assertNoLeak, measureLeaks } from 'heapsleuth/jest';\n${USE}${ASSERTIONS}`,
      ...(module === 'nodenext' && {
        'old.cts': "import heapsleuth = require('heapsleuth/matchers');\nheapsleuth.assertNoLeak satisfies Function;\n",
        'jest-old.cts': "import { measureLeaks } from 'heapsleuth/jest';\nmeasureLeaks satisfies Function;\n",
      }),
    };
    expect(await check(files)).toBe('');
    expect(
      await check({ ...files, 'wrong.ts': "import { nothing } from 'heapsleuth/matchers';\nnothing;\n" }),
    ).toContain("has no exported member 'nothing'");
  });

  test('fit who uses heapsleuth/vitest', async () => {
    const start = "import { expect } from 'vitest';\nimport { assertNoLeak, measureLeaks } from 'heapsleuth/vitest';\n";
    // Vitest's own types need more than this project has: what is reported of them is not ours.
    const own = (text: string) =>
      text.split('\n').filter((line) => /^(?:\w|\.\/)[^(]*\(/.test(line) && !line.includes('node_modules'));
    expect(own(await check({ 'vitest.test.ts': `${start}${USE}${ASSERTIONS}` }))).toEqual([]);
  });
});
