import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../cli/run-cli.js';
import { projectIn } from '../matchers/installed.js';
import { runNode } from '../matchers/run-node.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { blocksOf, filesOf, recipePages } from './blocks.js';

const folder = scratchFolder();

describe('the recipe for a Node service', () => {
  const project = projectIn(folder, filesOf('node-service.md'));

  test('its recorder takes snapshots of the service as it is, which name what leaks', async () => {
    const recorded = await runNode(['record.mjs', 'heap', '6', '30'], project);
    expect(recorded).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(project, 'heap'))).toHaveLength(6);
    const { code, stdout } = await run(['batch', join(project, 'heap'), '--json']);
    expect(code).toBe(0);
    const { suspects, series } = JSON.parse(stdout);
    expect(series.relation).toBe('same process');
    const [leak] = suspects;
    expect(leak.holder.expression).toBe('module-level sessions in server.mjs');
    expect(leak.growth.countPerInterval).toBeGreaterThanOrEqual(30);
    expect(leak.confidence).toBeGreaterThan(0.75);
  });

  test('its test fails, and says what leaks, as the page shows it', async () => {
    const { code, stdout } = await runNode(['--test', '--test-reporter=tap', 'server.test.mjs'], project);
    expect(code).toBe(1);
    const [shown] = blocksOf('test/recipes/node-service.md').filter(({ language }) => language === '');
    const lines = shown.text.split('\n').filter((line) => line !== '' && line !== '…');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(stdout).toContain(line);
  });

  test('it passes once sessions end', async () => {
    const files = filesOf('node-service.md');
    const mended = files['server.mjs'].replace(
      "response.end('welcome');",
      "response.end('welcome');\n  sessions.clear();",
    );
    expect(mended).not.toBe(files['server.mjs']);
    const { code, stdout } = await runNode(
      ['--test', '--test-reporter=tap', 'server.test.mjs'],
      projectIn(folder, { ...files, 'server.mjs': mended }),
    );
    expect(stdout).toMatch(/# pass 1\n# fail 0/);
    expect(code).toBe(0);
  });
});

test('the recipe for Vitest runs', async () => {
  const files = filesOf('vitest.md');
  // There is no folder of snapshots here, which the last one is about.
  const { 'service.test.mjs': service, ...rest } = files;
  const demo = join(import.meta.dirname, '../../snapshots');
  const project = projectIn(folder, { ...rest, 'service.test.mjs': service.replace("'heap'", JSON.stringify(demo)) });
  const vitest = join(project, 'node_modules', 'vitest', 'vitest.mjs');
  const { stdout } = await runNode([vitest, 'run', '--reporter', 'json'], project);
  const results = JSON.parse(stdout).testResults.flatMap(
    ({ assertionResults }: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }) =>
      assertionResults,
  );
  expect(Object.fromEntries(results.map(({ title, status }: Record<string, string>) => [title, status]))).toEqual({
    'a session that is closed leaves nothing behind': 'passed',
    'one that is not closed does': 'passed',
    // The demo leaks.
    'the service does not leak': 'failed',
  });
  expect(stdout).toContain('InvoiceServer.inFlight keeps RequestContext');
});

test('the recipe for pages finds what a page keeps, in Chromium', async () => {
  const files = filesOf('playwright.md');
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(files['page.html']));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    const project = projectIn(folder, files);
    const { code, stderr } = await runNode(['page-leak.mjs', url, 'page-heap'], project, {
      CHROMIUM: '/usr/bin/chromium',
    });
    expect(readdirSync(join(project, 'page-heap'))).toHaveLength(7);
    expect(stderr).toContain('found a leak');
    expect(stderr).toMatch(/held by {3}global\.opened\b/);
    expect(stderr).toMatch(/growth {4}\+20 and /);
    expect(code).toBe(1);
  } finally {
    server.close();
  }
});

test('no file of a recipe is left out', () => {
  const named = Object.fromEntries(recipePages().map((page) => [page, Object.keys(filesOf(page))]));
  expect(named).toEqual({
    'README.md': [],
    'github-action.md': ['.github/workflows/memory.yml'],
    // Run by `npm run test:jest`.
    'jest.md': ['jest.config.cjs', 'sessions.test.cjs', 'imported.test.cjs'],
    'node-service.md': ['server.mjs', 'record.mjs', 'server.test.mjs'],
    'playwright.md': ['heap-snapshot.mjs', 'page-leak.mjs', 'page.html'],
    'vitest.md': ['vitest.config.mjs', 'sessions.test.mjs', 'service.test.mjs'],
  });
  const code = recipePages().flatMap((page) => blocksOf(`test/recipes/${page}`));
  for (const { page, language, name, text } of code)
    if (['js', 'html'].includes(language)) expect(name, `${page}: ${text.slice(0, 60)}`).toBeDefined();
});
