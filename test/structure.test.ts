import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The stages of the pipeline: a folder imports itself and folders before it. */
const STAGES = [
  'collect',
  'base',
  'trend',
  'wasm',
  'read',
  'telemetry',
  'profile',
  'graph',
  'analysis',
  'external',
  'paths',
  'detect',
  'whatif',
  'waste',
  'diff',
  'suspects',
  'scan',
  'cache',
  'archive',
  'rewrite',
  'picture',
  'gate',
  'report',
  'explore',
  'batch',
  'serve',
  'matchers',
  'cli',
];
/** The public list stands behind `batch`; matchers and the command line are its users. */
const API = 'index';
const LONGEST_FILE = 350;
const MOST_PACKAGES = 12;

interface SourceFile {
  readonly path: string;
  /** Below the one that was asked for. */
  readonly folder: string;
  readonly text: string;
}

function sourceFiles(folder: string, extension: string): SourceFile[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return entries
    .filter((entry) => entry.endsWith(extension))
    .map((entry) => ({
      path: join(folder, entry),
      folder: dirname(entry),
      text: readFileSync(join(ROOT, folder, entry), 'utf8'),
    }));
}

/** The pages of the HTML report, which the build puts into one file: they run in a browser, and nothing imports them. */
const UI = 'ui';
const isOfUi = ({ folder }: SourceFile) => folder.split('/')[0] === UI;
const SOURCES = sourceFiles('src', '.ts').filter((file) => !isOfUi(file));
const PAGES = [...sourceFiles('src', '.ts'), ...sourceFiles('src', '.tsx')].filter(isOfUi);

/** What a file imports or re-exports, types included. */
function importsOf({ text }: SourceFile): string[] {
  return [...text.matchAll(/(?<!')\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]);
}

/** The same without what is there for types alone, which no file of JavaScript has. */
function valueImportsOf({ text }: SourceFile): string[] {
  return [...text.matchAll(/^(?:import|export) (?!type\b)[^;]*?from '([^']+)'|^import '([^']+)'/gm)].map(
    ([, name, bare]) => name ?? bare,
  );
}

/** What it imports of our own and not for types alone, as paths of sources. */
function modulesOf(file: SourceFile): string[] {
  return valueImportsOf(file)
    .filter((name) => name.startsWith('.') && name.endsWith('.js'))
    .map((name) => join('src', file.folder, name).replace(/\.js$/, '.ts'));
}

/** What builds the pages runs in Node. */
const BUILD = ['src/ui/vite.config.ts', 'src/ui/explorer.config.ts', 'src/ui/page-config.ts', 'src/ui/single-page.ts'];

/** Stage of what a relative import leads to. */
function stageOf(file: SourceFile, specifier: string): string {
  const [first, ...rest] = join(file.folder, specifier).split('/');
  return rest.length === 0 ? basename(first, '.js') : first;
}

function filesWith(pattern: RegExp): string[] {
  return SOURCES.filter(({ text }) => pattern.test(text)).map(({ folder }) => folder);
}

describe('imports run one way', () => {
  test('every folder is a stage, and every stage a folder', () => {
    const folders = new Set(SOURCES.map(({ folder }) => folder).filter((folder) => folder !== '.'));
    expect([...folders].sort()).toEqual(STAGES.toSorted());
  });

  test.each(STAGES)('%s imports itself and what stands before it', (stage) => {
    const order = [...STAGES.slice(0, -2), API, ...STAGES.slice(-2)];
    const files = SOURCES.filter(({ folder }) => folder === stage);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      for (const specifier of importsOf(file).filter((name) => name.startsWith('.'))) {
        const wanted = stageOf(file, specifier);
        expect(order, `${file.path} imports ${specifier}`).toContain(wanted);
        const label = `${file.path} imports ${specifier}`;
        expect(order.indexOf(wanted), label).toBeLessThanOrEqual(order.indexOf(stage));
      }
    }
  });

  test('pages import each other, types, and what is pure of the report', () => {
    const packages = new Set<string>();
    expect(PAGES.length).toBeGreaterThan(40);
    for (const file of PAGES.filter(({ path }) => !BUILD.includes(path))) {
      for (const specifier of importsOf(file)) {
        if (!specifier.startsWith('.')) packages.add(specifier.replace(/^((?:@[^/]+\/)?[^/]+).*/, '$1'));
        else expect([UI, 'base', 'report'], `${file.path} imports ${specifier}`).toContain(stageOf(file, specifier));
      }
    }
    expect([...packages].sort()).toEqual(['@tanstack/virtual-core', 'd3-hierarchy', 'preact', 'uplot']);
  });

  test('what pages take of the report needs nothing of Node', () => {
    const taken = new Set(PAGES.flatMap((file) => modulesOf(file)).filter((path) => !path.startsWith(`src/${UI}/`)));
    for (const path of taken) {
      const file = SOURCES.find((source) => source.path === path) as SourceFile;
      for (const name of valueImportsOf(file)) expect(name, path).toMatch(/^\./);
      for (const next of modulesOf(file)) taken.add(next);
    }
    expect([...taken].filter((path) => path.startsWith('src/report/')).length).toBeGreaterThan(3);
    for (const path of taken) expect(path).toMatch(/^src\/(?:base|report)\//);
  });

  test('nothing imports pages', () => {
    for (const { path, text } of SOURCES) expect(text, path).not.toMatch(/from '[^']*\/ui\//);
  });

  test('within the kernels nothing is imported from outside', () => {
    const kernels = sourceFiles('assembly', '.ts');
    expect(kernels.length).toBeGreaterThan(10);
    for (const file of kernels) for (const name of importsOf(file)) expect(name).toMatch(/^\.\/[a-z-]+$/);
  });
});

describe('each outside interface has one place', () => {
  test.each([
    ['WebAssembly', /\bWebAssembly\.\w/, ['wasm']],
    ['piscina', /from 'piscina'/, ['batch']],
    ['commander', /from 'commander'/, ['cli']],
    ['fzstd', /from 'fzstd'/, ['read']],
    ['picocolors', /from 'picocolors'/, ['report']],
    ['@msgpack/msgpack', /'@msgpack\/msgpack'/, ['cache']],
    ['stream-json', /from 'stream-json/, ['profile']],
    ['vitest', /from 'vitest'/, ['matchers']],
    ['hyparquet-writer', /from 'hyparquet-writer'/, ['archive']],
    ['@duckdb/node-api', /'@duckdb\/node-api'/, ['archive']],
  ])('%s', (_, pattern, folders) => {
    expect([...new Set(filesWith(pattern))]).toEqual(folders);
  });
});

test('nothing of the cache is loaded before someone asks for it', () => {
  const users = SOURCES.filter(({ folder, text }) => folder !== 'cache' && text.includes('/cache/'));
  expect(users.length).toBeGreaterThan(3);
  for (const { path, text } of users) expect(text, path).not.toMatch(/^import (?!type )[^;]*'\.\.\/cache\//m);
});

describe('files', () => {
  const everything = [...SOURCES, ...PAGES, ...sourceFiles('assembly', '.ts'), ...sourceFiles('test', '.ts')];

  test('none is a drawer for odds and ends', () => {
    expect(everything.length).toBeGreaterThan(150);
    for (const { path } of everything) expect(path).not.toMatch(/\b(?:utils?|helpers?|common|misc)\b/i);
  });

  test(`none of the source is longer than ${LONGEST_FILE} lines`, () => {
    for (const { path, text } of [...SOURCES, ...PAGES, ...sourceFiles('assembly', '.ts')]) {
      expect(text.split('\n').length, path).toBeLessThanOrEqual(LONGEST_FILE);
    }
  });
});

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}

/** Where Node looks for what a package needs: in its own folder, then in each around it. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/node_modules/');
  return [...parts.keys()].map((depth) => `${parts.slice(0, depth + 1).join('/node_modules/')}/`).concat('');
}

describe('what a user installs', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const packages = lock.packages as Record<string, LockedPackage>;
  const installed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);

  test('few packages, each for one thing', () => {
    const expected = [
      ...['@msgpack/msgpack', 'commander', 'fzstd', 'hyparquet-writer', 'picocolors', 'piscina'],
      'stream-json',
    ];
    expect(Object.keys(manifest.dependencies).sort()).toEqual(expected);
    expect(Object.keys(lock.packages[''].dependencies).sort()).toEqual(expected);
  });

  test('the lock file names every package, those for other platforms too, or a fresh clone cannot install', () => {
    const paths = new Set(Object.keys(lock.packages));
    const missing: string[] = [];
    for (const [path, { dependencies, optionalDependencies }] of Object.entries(packages)) {
      for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
        if (!foldersAbove(path).some((folder) => paths.has(`${folder}node_modules/${name}`)))
          missing.push(`${name} of ${path}`);
      }
    }
    expect(paths.size).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });

  test('no package brings many others, or runs a script when installed', () => {
    // Builds for other platforms are never installed together: they count once, as the package that picks one.
    const needed = installed.filter(([, { optional }]) => !optional);
    expect(needed.length).toBeGreaterThanOrEqual(5);
    expect(needed.length).toBeLessThanOrEqual(MOST_PACKAGES);
    for (const [path, { hasInstallScript }] of installed) expect(hasInstallScript ?? false, path).toBe(false);
  });
});
