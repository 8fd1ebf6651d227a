// Runs the written tests in each runner, as its users would.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareJest } from '../jest/prepare.js';
import { plainEnvironment } from '../measure.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const VITEST = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const FOR_VITEST =
  "import { expect, test } from 'vitest';\nimport { assertNoLeak, measureLeaks } from 'heapsleuth/vitest';\n";

/** By name: how a test begins, and how all are run. */
export const RUNNERS = {
  'vitest-forks': vitest('forks'),
  'vitest-threads': vitest('threads'),
  jest: {
    isModule: false,
    imports: "import { assertNoLeak, measureLeaks } from 'heapsleuth/jest';\n",
    setup: {
      'jest.config.cjs': 'module.exports = { testMatch: ["**/*.test.cjs"], maxWorkers: 2, workerThreads: false };\n',
    },
    async run({ folder, tests }) {
      const jest = prepareJest();
      return resultsOf(
        tests,
        await runNode([jest, '--rootDir', folder, '--config', join(folder, 'jest.config.cjs')], folder),
      );
    },
  },
  node: {
    isModule: true,
    imports: "import { test } from 'node:test';\nimport { assertNoLeak, measureLeaks } from 'heapsleuth/matchers';\n",
    async run({ folder, tests }) {
      const files = tests.map(({ file }) => file);
      return resultsOf(tests, await runNode(['--test', '--test-concurrency=2', ...files], folder));
    },
  },
};

function vitest(pool) {
  return {
    isModule: true,
    imports: FOR_VITEST,
    setup: {
      'vitest.config.mjs': `export default { test: { include: ['*.test.mjs'], pool: '${pool}', maxWorkers: 2, testTimeout: 300_000 } };\n`,
    },
    async run({ folder, tests }) {
      return resultsOf(tests, await runNode([VITEST, 'run', '--root', folder], folder));
    },
  };
}

function resultsOf(tests, talk) {
  const results = new Map();
  for (const { program, result } of tests)
    results.set(program, existsSync(result) ? JSON.parse(readFileSync(result, 'utf8')) : { error: talk.slice(-1500) });
  return results;
}

/** What it said: a runner ends with an error where one test fails, which is for the results to say. */
function runNode(args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let talk = '';
    const listen = (text) => {
      talk = (talk + text).slice(-20_000);
    };
    child.stdout.setEncoding('utf8').on('data', listen);
    child.stderr.setEncoding('utf8').on('data', listen);
    child.on('error', reject);
    child.on('close', () => resolve(talk));
  });
}
