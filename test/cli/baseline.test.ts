import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { SCHEMAS } from '#src/report/schemas.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { readXml } from '../report/readers/xml.js';
import { schemaViolations } from '../report/schema-check.js';
import { run, SERIES, seriesFile } from './run-cli.js';

const PROGRAM = fileURLToPath(new URL('../gate/programs/sessions.cjs', import.meta.url));
const root = scratchFolder();
const at = (name: string) => join(root, name);

/** Snapshots of a run of its own. */
function record(name: string, rounds: number, env: Record<string, string> = {}): string {
  mkdirSync(at(name));
  execFileSync(process.execPath, [PROGRAM, String(rounds), at(name)], { env: { ...process.env, ...env } });
  return at(name);
}

const compare = (folder: string, ...args: string[]) => run(['baseline', 'compare', folder, ...args], {}, root);

beforeAll(async () => {
  record('mended', 5);
  record('longer', 7);
  record('leaking', 5, { LEAK: '1' });
  const saved = await run(['baseline', 'save', 'mended'], {}, root);
  expect(saved).toMatchObject({ code: 0, stderr: '' });
  expect(saved.stdout).toMatch(/^heapsleuth-baseline\.json has \d+ suspects? and \d+ classes of \d snapshots\.\n$/);
}, 60_000);

describe('a program and its baseline', () => {
  test('another run of it, longer, is not worse', async () => {
    const { code, stdout } = await compare('longer');
    expect(stdout).toMatch(/^Nothing fails\.\nBaseline not worse than it\n/);
    expect(code).toBe(0);
  });

  test('once it leaks it is: a new suspect, a class that grows, a heap that does', async () => {
    const { code, stdout, stderr } = await compare('leaking', '--json');
    expect(code).toBe(1);
    expect(stderr).toBe('heapsleuth: fails: worse than the baseline\n');
    const document = JSON.parse(stdout);
    expect(schemaViolations(SCHEMAS.comparison, document)).toEqual([]);
    const [suspect] = document.suspects;
    expect(suspect).toMatchObject({
      state: 'new',
      isWorse: true,
      title: 'Registry.open keeps Session',
    });
    const growing = document.classes.filter(({ figure }: { figure: string }) => figure === 'countGrowth');
    expect(growing).toContainEqual(expect.objectContaining({ what: 'Session', isWorse: true, now: 60 }));
    expect(document.heap).toContainEqual(expect.objectContaining({ figure: 'growth', isWorse: true }));
  });

  test('mended, it is better: the suspect is gone', async () => {
    const saved = await run(['baseline', 'save', 'leaking', '-o', 'leaking.json'], {}, root);
    expect(saved.code).toBe(0);
    const { code, stdout } = await compare('mended', '--baseline', 'leaking.json');
    expect(code).toBe(0);
    expect(stdout).toMatch(/gone +Registry\.open keeps Session/);
  });

  test('reporters tell it as well', async () => {
    const files = ['markdown', 'junit', 'github', 'json', 'sarif'].flatMap((name) => [
      ...['--reporter', name, `--output-file.${name}=${at(`report.${name}`)}`],
    ]);
    const { code, stdout } = await compare('leaking', ...files);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const text = (name: string) => readFileSync(at(`report.${name}`), 'utf8');
    expect(text('markdown')).toMatch(/### Worse than the baseline\n\n- new: `Registry\.open keeps Session`/);
    expect(text('github')).toMatch(
      /::warning title=heapsleuth baseline::Session: objects an interval \+60, in the baseline \+?0\n/,
    );
    const suite = readXml(text('junit')).children.find(({ attributes }) => attributes.name === 'baseline');
    expect(Number(suite?.attributes.failures)).toBeGreaterThan(2);
    const document = JSON.parse(text('json'));
    expect(schemaViolations(SCHEMAS.analysis, document)).toEqual([]);
    expect(document.comparison.isWorse).toBe(true);
    expect(document.suspects[0].baseline).toBe('new');
    const [result] = JSON.parse(text('sarif')).runs[0].results;
    expect(result.baselineState).toBe('new');
  });

  test('analyze and batch mark what is new, and fail on it if they are told to', async () => {
    const known = ['--baseline', at('heapsleuth-baseline.json')];
    const plain = await run(['batch', 'leaking', ...known], {}, root);
    expect(plain.code).toBe(0);
    expect(plain.stdout).toMatch(
      /grew between snapshots, confidence 0\.\d\d, new\n|growing, confidence 0\.\d\d, new\n/,
    );
    const failing = await run(['batch', 'leaking', ...known, '--fail-on', 'new', '--json'], {}, root);
    expect(failing).toMatchObject({ code: 1, stderr: 'heapsleuth: fails: 1 new suspect\n' });
    writeFileSync(at('known.config.json'), JSON.stringify({ baseline: 'leaking.json', failOn: 'new' }));
    const of = await run(['batch', at('leaking'), '--config', at('known.config.json')]);
    expect(of.code).toBe(0);
  });

  test('a suppression is no new suspect, but the class grows all the same', async () => {
    const { stdout } = await compare('leaking', '--json');
    const [{ signature }] = JSON.parse(stdout).suspects;
    const suppressions = [{ signature, reason: 'known', expires: '2030-01-01' }];
    writeFileSync(at('suppress.json'), JSON.stringify({ suppressions }));
    const marked = JSON.parse(
      (await compare('leaking', '--json', '--config', at('suppress.json'), '--date', '2026-12-01')).stdout,
    );
    expect(marked.suspects[0]).toMatchObject({ state: 'new', isWorse: false });
    expect(marked.isWorse).toBe(true);
  });
});

test('saving is the same bytes each time, and says what it cannot do', async () => {
  const save = (...args: string[]) => run(['baseline', 'save', ...args], {}, root);
  const texts = await Promise.all(
    ['a.json', 'b.json'].map(async (name) => {
      expect((await save(SERIES, '-o', name)).code).toBe(0);
      return readFileSync(at(name), 'utf8');
    }),
  );
  expect(texts[1]).toBe(texts[0]);
  expect(texts[0]).not.toContain(SERIES);
  const document = await save(SERIES, '-o', 'c.json', '--json', '--top', '5');
  expect(JSON.parse(document.stdout).classes.length).toBeLessThanOrEqual(10);
  expect(readFileSync(at('c.json'), 'utf8')).toBe(document.stdout);
  writeFileSync(at('broken.heapsnapshot'), '{');
  expect(await save(at('broken.heapsnapshot'))).toMatchObject({ code: 2, stdout: '' });
  expect(await save(seriesFile(1), '-o', seriesFile(1))).toMatchObject({ code: 2 });
  expect(await save(seriesFile(1), '-o', '/dev/full')).toMatchObject({ code: 4, stdout: '' });
  const some = await save(seriesFile(1), at('broken.heapsnapshot'), '-o', 'd.json');
  expect(some.code).toBe(3);
  expect(some.stderr).toContain('broken.heapsnapshot: TRUNCATED');
});

test('a baseline that is none is refused', async () => {
  writeFileSync(at('none.json'), '{"schemaVersion":1,"kind":"baseline"}');
  const { code, stderr } = await compare('mended', '--baseline', 'none.json');
  expect(code).toBe(2);
  expect(stderr).toContain('none.json: the baseline: found no engineVersion, expected one');
});
