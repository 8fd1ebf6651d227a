import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run, SERIES } from '../cli/run-cli.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { blocksOf, filesOf } from './blocks.js';
import { parsed, wordsOf } from './command-lines.js';
import { readYaml } from './simple-yaml.js';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, { permissions: unknown; steps: Step[]; 'timeout-minutes': number }>>;
}

const FILE = '.github/workflows/memory.yml';
const text = filesOf('github-action.md')[FILE];
const { permissions, jobs } = readYaml(text) as unknown as Workflow;
const { leaks } = jobs;
const folder = scratchFolder();

describe('the workflow', () => {
  test('asks for no more than it needs', () => {
    expect(permissions).toEqual({});
    expect(Object.keys(jobs)).toEqual(['leaks']);
    expect(leaks.permissions).toEqual({ contents: 'read', 'security-events': 'write' });
    expect(leaks['timeout-minutes']).toBeLessThanOrEqual(30);
    expect(text).not.toMatch(/secrets\.|pull_request_target/);
    const [checkout] = leaks.steps;
    expect(checkout.with).toEqual({ 'persist-credentials': false });
  });

  test('pins every action to a commit, and says which version that is', () => {
    const used = blocksOf('test/recipes/github-action.md').flatMap(({ text }) => [...text.matchAll(/uses: (.+)/g)]);
    expect(used).toHaveLength(5);
    for (const [, action] of used) expect(action).toMatch(/^[\w-]+(?:\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('puts nothing of an event into a shell', () => {
    const scripts = leaks.steps.flatMap(({ run }) => run ?? []);
    expect(scripts).toHaveLength(3);
    for (const script of scripts) expect(script).not.toContain('${{');
  });

  test('writes what later steps take, and those run where leaks were found', async () => {
    const [command] = leaks.steps.flatMap(({ run }) => /npx heapsleuth (.+)/.exec(run ?? '')?.[1] ?? []);
    const files = [...command.matchAll(/--output-file\.\w+=(\S+)/g)].map(([, file]) => file);
    const [sarif, artifact] = ['codeql-action/upload-sarif', 'upload-artifact'].map((name) =>
      leaks.steps.find(({ uses }) => uses?.includes(`/${name}@`)),
    );
    expect(files).toContain(sarif?.with?.sarif_file);
    for (const file of files) expect(file.startsWith(`${artifact?.with?.path}/`)).toBe(true);
    for (const step of [sarif, artifact]) expect(step?.if).toContain('!cancelled()');
    // Whoever may not write code scanning results does not try.
    expect(sarif?.if).toContain('head.repo.fork != true');
  });

  test('its command writes those files, says what leaks and why it fails', async () => {
    const [command] = leaks.steps.flatMap(({ run }) => /npx heapsleuth (.+)/.exec(run ?? '')?.[1] ?? []);
    const words = wordsOf(command.replaceAll('reports/', `${folder}/`));
    words[words.indexOf('heap')] = SERIES;
    const { options } = await parsed(words);
    const summary = join(folder, 'summary.md');
    const { code, stdout, stderr } = await run(words, { GITHUB_STEP_SUMMARY: summary });
    expect(stderr).toBe('heapsleuth: fails: 1 leak suspect\n');
    expect(stdout).toContain('InvoiceServer.inFlight');
    for (const pair of options.outputFile as string[])
      expect(readFileSync(pair.replace(/^\w+=/, ''), 'utf8')).toContain('InvoiceServer.inFlight');
    expect(code).toBe(1);
  });
});

test('every block of YAML is read to its end', () => {
  const blocks = blocksOf('test/recipes/github-action.md').filter(({ language }) => language === 'yaml');
  expect(blocks).toHaveLength(2);
  const [, [restore]] = blocks.map(({ text }) => readYaml(text)) as unknown as [Workflow, Step[]];
  expect(restore.with).toMatchObject({ path: 'heap', 'fail-on-cache-miss': true });
});

describe('what is no simple YAML is refused', () => {
  test.each([
    'a: &b c',
    'a: [b',
    "a: it's: b",
    'a: b\n  c: d',
    'a: 1\na: 2',
    'a: yes',
    '\ta: b',
    'a:\n  - b\n c: d',
    'a: >\n  b',
  ])('%j', (wrong) => expect(() => readYaml(wrong)).toThrow(/^(?:line|found a tab)/));

  test('and what is one is read', () => {
    expect(readYaml('a: 1\nb:\n  - c: "x # y" # z\n    d: |\n      e\n        f\n  - g\nh: [i, 2]\nj: {}\n')).toEqual({
      a: 1,
      b: [{ c: 'x # y', d: 'e\n  f\n' }, 'g'],
      h: ['i', 2],
      j: {},
    });
  });
});
