import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
// @ts-expect-error: benchmarks are plain JavaScript
import { prepareJest } from '../../bench/jest/prepare.js';
import { projectIn } from '../matchers/installed.js';
import { runNode } from '../matchers/run-node.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { blocksOf, filesOf } from '../recipes/blocks.js';
import { readYaml } from '../recipes/simple-yaml.js';

const JEST: string = prepareJest();
const PACKAGES = 'bench/jest/node_modules';
const folder = scratchFolder();

interface Result {
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

/** Runs Jest in a project where it and heapsleuth are installed. */
async function jest(files: Readonly<Record<string, string>>, args: readonly string[] = [], env = {}) {
  const project = projectIn(folder, files, PACKAGES);
  const { stdout, stderr } = await runNode([JEST, '--json', '--rootDir', project, ...args], project, env);
  if (!stdout.startsWith('{')) throw new Error(stderr);
  const results: Result[] = JSON.parse(stdout).testResults.flatMap(
    ({ assertionResults }: { assertionResults: Result[] }) => assertionResults,
  );
  return { results, stderr, statuses: Object.fromEntries(results.map(({ title, status }) => [title, status])) };
}

const RECIPE = filesOf('jest.md');

describe('in Jest', () => {
  test('the recipe runs', async () => {
    const { statuses, stderr } = await jest({
      ...RECIPE,
      'jest.config.cjs': RECIPE['jest.config.cjs'].replace('{\n', "{\n  testMatch: ['**/*.test.cjs'],\n"),
    });
    expect(stderr).not.toContain('Cannot find module');
    expect(statuses).toEqual({
      'a session that is closed leaves nothing behind': 'passed',
      'one that is not closed does': 'passed',
      'nothing is left behind': 'passed',
    });
  });

  test.each([
    ['CommonJS', 'cjs', {}],
    ['modules', 'mjs', { NODE_OPTIONS: '--experimental-vm-modules' }],
  ])('a failure says what leaks, in %s', async (_, extension, env) => {
    const setup =
      extension === 'cjs'
        ? "const { measureLeaks } = require('heapsleuth/jest');"
        : "import { measureLeaks } from 'heapsleuth/jest';";
    const text = `${setup}
const openSessions = new Map();
let analysis;
beforeAll(async () => {
  analysis = await measureLeaks((call) => openSessions.set(openSessions.size, { call, cart: [call] }));
}, 120_000);
test('leaking', () => expect(analysis).toHaveNoLeak());
test('the other way round', () => expect(analysis).not.toHaveNoLeak());
test('one size', () => expect(analysis).toRetainLessThan('1 kB'));
test('another', () => expect(analysis).not.toRetainLessThan('1 GB'));
test('no analysis', () => expect(undefined).not.toHaveNoLeak());
`;
    const { statuses, results } = await jest(
      {
        [`leaks.test.${extension}`]: text,
        'jest.config.cjs': `module.exports = { testMatch: ['**/leaks.test.${extension}'], moduleFileExtensions: ['js', 'mjs', 'cjs'] };`,
      },
      ['--ci'],
      env,
    );
    expect(statuses).toEqual({
      leaking: 'failed',
      'the other way round': 'passed',
      'one size': 'failed',
      another: 'failed',
      'no analysis': 'failed',
    });
    const [leaking, , size, other, none] = results.map(({ failureMessages }) => failureMessages.join('\n'));
    expect(leaking).toContain('expect(analysis).toHaveNoLeak()');
    expect(leaking).toContain('found a leak in 8 rounds of 20 calls, expected none');
    expect(leaking).toMatch(/held by .*\bopenSessions\b/);
    expect(size).toContain('expect(heap).toRetainLessThan(limit)');
    expect(size).toContain('expected less than 1.0 kB (1,000 bytes)');
    expect(other).toContain('expect(heap).not.toRetainLessThan(limit)');
    expect(none).toContain('found undefined, expected the result of analyze() or measureLeaks()');
  });

  test("what its console keeps for itself is no leak of the test's", async () => {
    const text = `const { measureLeaks } = require('heapsleuth/jest');
test('talks', async () => {
  expect(await measureLeaks((call) => console.log('call ' + call))).toHaveNoLeak();
}, 120_000);
`;
    const two = { 'a.test.cjs': text, 'b.test.cjs': "test('nothing', () => {});" };
    const config = "module.exports = { testMatch: ['**/*.test.cjs'], maxWorkers: 2 };";
    const { statuses } = await jest({ ...two, 'jest.config.cjs': config });
    expect(statuses).toEqual({ talks: 'passed', nothing: 'passed' });
  });
});

test('workflows are read as a whole parser of YAML reads them', () => {
  const require = createRequire(join(fileURLToPath(new URL('../..', import.meta.url)), PACKAGES, 'jest/package.json'));
  const { load } = require('js-yaml');
  const blocks = blocksOf('test/recipes/github-action.md').filter(({ language }) => language === 'yaml');
  expect(blocks).toHaveLength(2);
  for (const { text } of blocks) expect(JSON.parse(JSON.stringify(readYaml(text)))).toEqual(load(text));
});
