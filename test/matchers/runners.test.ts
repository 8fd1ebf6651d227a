import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../promises/scratch-folder.js';
import { projectIn } from './installed.js';
import { runNode } from './run-node.js';

const folder = scratchFolder();

const LEAKING = `
const openSessions = new Map();
const leaking = (call) => openSessions.set(call, { call, cart: [call] });
let last;
const innocent = (call) => {
  last = { call, cart: [call] };
};
`;

const VITEST = `import { beforeAll, expect, test } from 'vitest';
import { measureLeaks } from 'heapsleuth/vitest';
import { isMainThread } from 'node:worker_threads';
${LEAKING}
test('runs where it should', () => expect(isMainThread).toBe(process.env.IS_MAIN === 'true'));
let found;
beforeAll(async () => {
  found = { innocent: await measureLeaks(innocent), leaking: await measureLeaks(leaking) };
}, 120_000);
test('innocent', () => expect(found.innocent).toHaveNoLeak());
test('leaking', () => expect(found.leaking).toHaveNoLeak());
test('leaking, the other way round', () => expect(found.leaking).not.toHaveNoLeak());
test('innocent, the other way round', () => expect(found.innocent).not.toHaveNoLeak());
test('asymmetric', () => expect({ heap: 1 }).not.toEqual({ heap: expect.toHaveNoLeak() }));
`;

test.each([
  ['forks', 'true'],
  ['threads', 'false'],
])('in Vitest, pool %s, whose own bookkeeping is no leak', async (pool, isMain) => {
  const config = `export default { test: { include: ['*.test.mjs'], pool: '${pool}' } };`;
  const project = projectIn(folder, { 'vitest.config.mjs': config, 'leaks.test.mjs': VITEST });
  const vitest = join(project, 'node_modules', 'vitest', 'vitest.mjs');
  const { code, stdout } = await runNode([vitest, 'run', '--reporter', 'json'], project, { IS_MAIN: isMain });
  const [{ assertionResults }] = JSON.parse(stdout).testResults;
  const outcomes = assertionResults.map(
    ({ title, status }: { title: string; status: string }) => `${title}: ${status}`,
  );
  expect(outcomes).toEqual([
    'runs where it should: passed',
    'innocent: passed',
    'leaking: failed',
    'leaking, the other way round: passed',
    'innocent, the other way round: failed',
    'asymmetric: failed',
  ]);
  const [, , leaking, , innocent] = assertionResults.map(({ failureMessages }: { failureMessages: string[] }) =>
    failureMessages.join('\n'),
  );
  expect(leaking).toContain('expect(analysis).toHaveNoLeak()');
  expect(leaking).toContain('found a leak in 8 rounds of 20 calls, expected none');
  expect(leaking).toMatch(/held by .*\bopenSessions\b.*leaks\.test\.mjs/);
  expect(leaking).toMatch(/\+20 and \+[\d.]+ kB a round · 60 → 200/);
  expect(innocent).toContain('expect(analysis).not.toHaveNoLeak()');
  expect(innocent).toContain('found no leak of confidence 0.75 or more in 8 rounds of 20 calls');
  expect(code).toBe(1);
});

test('under node:test, as modules and as CommonJS', async () => {
  const cases = `
${LEAKING}
test('innocent', async () => assertNoLeak(await measureLeaks(innocent)));
test('leaking', async () => {
  const analysis = await measureLeaks(leaking);
  assert.throws(() => assertNoLeak(analysis), { name: 'AssertionError', message: /openSessions/ });
  assert.match(describeLeaks(analysis), /openSessions/);
});
`;
  const names = 'assertNoLeak, describeLeaks, measureLeaks';
  const project = projectIn(folder, {
    'a.test.mjs': `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { ${names} } from 'heapsleuth/matchers';\n${cases}`,
    'b.test.cjs': `const assert = require('node:assert/strict');\nconst { test } = require('node:test');\nconst { ${names} } = require('heapsleuth/matchers');\n${cases}`,
  });
  const { code, stdout } = await runNode(['--test', '--test-reporter=tap', 'a.test.mjs', 'b.test.cjs'], project);
  expect(stdout).toMatch(/# pass 4\n# fail 0/);
  expect(code).toBe(0);
});

test('the entry for Jest says so where there is no Jest', async () => {
  const project = projectIn(folder, { 'a.mjs': "import 'heapsleuth/jest';", 'b.cjs': "require('heapsleuth/jest');" });
  for (const file of ['a.mjs', 'b.cjs']) {
    const { code, stderr } = await runNode([file], project);
    expect(stderr).toContain('heapsleuth/jest: found no global expect, expected Jest');
    expect(code).toBe(1);
  }
});
