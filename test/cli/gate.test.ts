import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SCHEMAS } from '#src/report/schemas.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { readXml } from '../report/readers/xml.js';
import { schemaViolations } from '../report/schema-check.js';
import { run, SERIES, seriesFile } from './run-cli.js';

const root = scratchFolder();
const SIGNATURE = '7f59d4d6ce4e4c82b998dfb5a8fce203513ee7f0';
const EIGHT = [1, 2, 3, 4, 5, 6, 7, 8].map(seriesFile);
const DAY = ['--date', '2026-12-01'];

/** A folder to work in, with this configuration. */
function workIn(name: string, config?: unknown): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  if (config !== undefined) writeFileSync(join(folder, 'heapsleuth.config.json'), JSON.stringify(config));
  return folder;
}

const suppression = (expires: string) => ({
  suppressions: [{ signature: SIGNATURE, reason: 'being mended', expires }],
});

describe('--fail-on', () => {
  test('nothing fails unless it is asked for', async () => {
    const { code, stderr } = await run(['analyze', ...EIGHT, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test.each([
    ['high', 8, 1],
    ['high', 3, 0],
    ['medium', 3, 1],
    ['budget', 8, 0],
    ['never', 8, 0],
  ])('%s with %i snapshots exits with %i', async (what, snapshots, expected) => {
    const files = EIGHT.slice(0, snapshots);
    const { code, stderr, stdout } = await run(['analyze', ...files, '--fail-on', what]);
    expect(code).toBe(expected);
    expect(stderr.includes('heapsleuth: fails: 1 l')).toBe(expected === 1);
    expect(stdout).toMatch(expected === 1 ? /^Fails: 1 (?:leak|likely) suspect\.\n/ : /^Nothing fails\.\n/);
  });

  test.each([['--no-suspects'], ['--mode=external'], ['--mode=shallow']])(
    'with %s nobody has looked for what it is to fail on, and that is said',
    async (option) => {
      const files = EIGHT.slice(0, 2);
      const { code, stderr } = await run(['analyze', ...files, option, '--fail-on', 'high']);
      expect(code).toBe(0);
      expect(stderr).toContain('no suspects were sought, so nothing can fail on them as --fail-on high asks for');
      expect((await run(['analyze', ...files, option, '--fail-on', 'budget'])).stderr).not.toContain(
        'so nothing can fail',
      );
    },
  );

  test('a finding comes before an input that failed', async () => {
    const folder = workIn('broken');
    const broken = join(folder, 'broken.heapsnapshot');
    writeFileSync(broken, '{"snapshot":');
    const files = [...EIGHT.slice(0, 4), broken, ...EIGHT.slice(4)];
    expect((await run(['analyze', ...files, '--fail-on', 'never'])).code).toBe(3);
    expect((await run(['analyze', ...files, '--fail-on', 'high'])).code).toBe(1);
  });

  test.each([
    [['analyze', seriesFile(1), '--fail-on', 'low'], "'low' is invalid"],
    [['diff', seriesFile(1), seriesFile(2), '--fail-on', 'high'], "'high' is invalid"],
    [['analyze', seriesFile(1), '--fail-on', 'new'], 'without a baseline'],
    [['analyze', seriesFile(1), '--fail-on', 'high', '--date', '2026-02-30'], 'found the date 2026-02-30'],
    [['analyze', seriesFile(1), '--baseline', join(root, 'absent.json')], 'cannot read the baseline'],
    [['batch', SERIES, '--shard', '1/2', '--fail-on', 'high'], 'neither --fail-on nor --baseline with --shard'],
    [['batch', SERIES, '--shard', '1/2', '--redact', 'full'], 'no names to be hidden with --shard'],
    [['baseline', 'compare', SERIES, '--tolerance', 'much'], 'found the tolerance much'],
    [['baseline', 'compare', SERIES, '--floor', '5 elephants'], 'found the size 5 elephants, expected one such as'],
    [['analyze', seriesFile(1), '--key-file', 'key'], 'found --key-file, but no names that are to be hidden'],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('the configuration', () => {
  test.each([
    [{ bugdets: {} }, 'the configuration: found a property "bugdets", expected "budgets"'],
    [{ colour: 1 }, 'the configuration: found a property "colour", expected no such'],
    [{ budgets: { heap: { sise: 1 } } }, 'the configuration.budgets.heap: found a property "sise", expected "size"'],
    [
      { budgets: { heap: { size: '5 elephants' } } },
      'budgets.heap.size: found "5 elephants", expected integer or a size such',
    ],
    [{ budgets: { classes: { A: { count: -1 } } } }, 'budgets.classes["A"].count: found -1, expected 0 or more'],
    [{ budgets: { suspects: { confidence: 75 } } }, 'suspects.confidence: found 75, expected 1 at most'],
    [{ tolerance: 10 }, 'the configuration.tolerance: found 10, expected number or a share such as 0.1 or "10%"'],
    [{ failOn: 'low' }, 'the configuration.failOn: found "low", expected "high" or "medium"'],
    [{ failOn: { scan: 'new' } }, 'the configuration.failOn.scan: found "new", expected "high"'],
    [{ suppressions: [{ signature: SIGNATURE, reason: 'r' }] }, 'suppressions[0]: found no expires, expected one'],
    [suppression('2027-02-30'), 'expires on 2027-02-30, expected a day that there is'],
    [suppression('soon'), 'suppressions[0].expires: found "soon", expected a date such as "2027-01-31"'],
    [{ baseline: 'absent.json' }, 'absent.json: cannot read the baseline: found no such file, expected one'],
    [{ baseline: '.' }, 'cannot read the baseline: found a folder, expected a file'],
    [{ reporters: { nothing: true } }, 'found no reporter nothing, expected one of terminal'],
    [{ detectors: { nothing: false } }, 'found no detector nothing, expected one of'],
    [[], 'the configuration: found a list, expected object'],
  ])('%j is refused', async (config, message) => {
    const folder = workIn('refused', config);
    const { code, stdout, stderr } = await run(['analyze', seriesFile(1)], {}, folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test.each([
    ['', 'found nothing, expected JSON'],
    ['{\n  "top": 3,\n}\n', '(line 3 column 1)'],
    ['// what may be\n{}', "Unexpected token '/'"],
  ])('%j is refused, with the place', async (text, message) => {
    const folder = workIn('unparsed');
    writeFileSync(join(folder, 'heapsleuth.config.json'), text);
    const { code, stderr } = await run(['analyze', seriesFile(1)], {}, folder);
    expect(code).toBe(2);
    expect(stderr).toContain(`heapsleuth.config.json: cannot read the configuration: `);
    expect(stderr).toContain(message);
  });

  test('may begin with the mark that editors of Windows put there', async () => {
    const folder = workIn('marked');
    writeFileSync(join(folder, 'heapsleuth.config.json'), '\ufeff{"top": 2}');
    const { stdout } = await run(['analyze', seriesFile(1), '--json'], {}, folder);
    expect(JSON.parse(stdout).snapshots[0].classes).toHaveLength(2);
  });

  test('may say one thing for all commands: new is for those that know a baseline', async () => {
    const folder = workIn('all', { failOn: 'new', baseline: 'known.json' });
    await run(['baseline', 'save', SERIES, '-o', 'known.json'], {}, folder);
    const codes = [
      await run(['batch', SERIES], {}, folder),
      await run(['diff', seriesFile(1), seriesFile(8)], {}, folder),
      await run(['scan', SERIES, '--alerts', 'alerts'], {}, folder),
    ].map(({ code, stdout }) => [code, stdout.split('\n')[0]]);
    // The scan's finding is sure, but not severe.
    expect(codes).toEqual([
      [0, 'Nothing fails.'],
      [0, 'Nothing fails.'],
      [0, 'Nothing fails.'],
    ]);
    const severe = workIn('severe', { failOn: 'new', baseline: 'known.json' });
    await run(['baseline', 'save', SERIES, '-o', 'known.json'], {}, severe);
    expect((await run(['scan', SERIES, '--alerts', 'alerts', '--fail-on', 'medium'], {}, severe)).code).toBe(1);
  });

  test('that is no JSON, is refused; one beside the snapshots is not looked at', async () => {
    const folder = workIn('wrong');
    copyFileSync(seriesFile(1), join(folder, 's.heapsnapshot.gz'));
    writeFileSync(join(folder, 'heapsleuth.config.json'), '{');
    const beside = await run(['analyze', join(folder, 's.heapsnapshot.gz'), '--json'], {}, root);
    expect(beside).toMatchObject({ code: 0, stderr: '' });
    const inside = await run(['batch', '.'], {}, folder);
    expect(inside.code).toBe(2);
    expect(inside.stderr).toContain('cannot read the configuration');
    expect((await run(['batch', '.', '--no-config', '--json'], {}, folder)).code).toBe(0);
  });

  test('says which reporters write where, which detectors look, how many classes are listed; the command line comes first', async () => {
    const config = {
      $schema: 'schema.json',
      failOn: { batch: 'high' },
      reporters: { terminal: true, junit: 'out/junit.xml' },
      detectors: { 'unbounded-map': false },
      warmup: 2,
      top: 3,
    };
    const folder = workIn('settings', config);
    const first = await run(['batch', SERIES], {}, folder);
    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(/^Fails: 1 leak suspect\.\n\nSuspects/);
    expect(first.stdout).toContain('the first 2 left out as warm-up');
    expect(readXml(readFileSync(join(folder, 'out/junit.xml'), 'utf8')).attributes.failures).toBe('1');
    const over = ['--fail-on', 'never', '--json', '--warmup', '1', '--top', '4', '--detector', 'growing-array=off'];
    const second = await run(['batch', SERIES, ...over], {}, folder);
    expect(second.code).toBe(0);
    const { suspects, series, snapshots } = JSON.parse(second.stdout);
    expect([series.warmUp, snapshots[0].classes.length]).toEqual([1, 4]);
    expect(suspects[0].detectors).not.toContain('unbounded-map');
    const third = await run(['batch', SERIES, '--detector', 'unbounded-map=on', '--json'], {}, folder);
    expect(JSON.parse(third.stdout).suspects[0].detectors).toContain('unbounded-map');
  });

  test('that the README shows is one, and says what it says it does', async () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, block] = /```json\n(\{\n {2}"failOn"[\s\S]*?)```/.exec(readme) ?? [];
    const folder = workIn('readme', JSON.parse(block));
    const saved = await run(['baseline', 'save', SERIES], {}, folder);
    expect(saved).toMatchObject({ code: 0, stderr: '' });
    const { code, stdout, stderr } = await run(['batch', SERIES, ...DAY], {}, folder);
    expect(code).toBe(1);
    expect(stderr).toBe('heapsleuth: fails: budget heap.growth exceeded\n');
    expect(stdout).toContain('suppressed until 2027-01-31: mended in 2.0');
    expect(readXml(readFileSync(join(folder, 'reports/heap.xml'), 'utf8')).attributes.failures).toBe('1');
  });

  test('its schema takes what it may be, as far as a schema can', async () => {
    const { stdout, code } = await run(['schema', 'config']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ title: 'heapsleuth configuration', additionalProperties: false });
  });
});

const BUDGETS = {
  heap: { size: '8 MB', growth: '1 MB' },
  classes: { RequestContext: { countGrowth: 10, growth: '2 MB' }, 'Detached <*': { count: 0 }, URL: { count: 0 } },
  suspects: { confidence: 0.5 },
  waste: { 'duplicate-strings': 1 },
};

describe('budgets', () => {
  test('that are exceeded fail, and are told in every form', async () => {
    const folder = workIn('budgets', { budgets: BUDGETS });
    const { code, stdout, stderr } = await run(['batch', SERIES, '--json'], {}, folder);
    expect(code).toBe(1);
    const document = JSON.parse(stdout);
    expect(schemaViolations(SCHEMAS.analysis, document)).toEqual([]);
    const states = document.budgets.map(({ budget, state }: Record<string, string>) => [budget, state]);
    expect(states).toEqual([
      ['heap.size', 'exceeded'],
      ['heap.growth', 'met'],
      ['classes["RequestContext"].growth', 'met'],
      ['classes["RequestContext"].countGrowth', 'exceeded'],
      ['classes["Detached <*"].count', 'met'],
      ['classes["URL"].count', 'exceeded'],
      ['suspects.confidence', 'exceeded'],
      ['waste["duplicate-strings"]', 'exceeded'],
    ]);
    const [size, , , growth, , url] = document.budgets;
    expect([size.limit, size.actual, size.over]).toEqual([8_000_000, size.actual, size.actual - 8_000_000]);
    expect(size.snapshot).toBe(seriesFile(8));
    expect([growth.actual, growth.over, growth.what]).toEqual([50, 40, 'RequestContext']);
    // It has not changed, and is not among the classes that are listed.
    expect([url.actual, document.snapshots[7].classes.length]).toEqual([1, 50]);
    expect(stderr).toContain('heapsleuth: fails: budget heap.size exceeded\n');
    const as = async (name: string) => (await run(['batch', SERIES, '--reporter', name], {}, folder)).stdout;
    expect(await as('terminal')).toMatch(
      / {2}exceeded {2}heap\.size: 1\d\.\d MB of 8\.0 MB, \d\.\d MB too much \(server-8/,
    );
    expect(await as('markdown')).toContain(
      '- exceeded: `classes["RequestContext"].countGrowth: 50 of 10 an interval, 40 too much',
    );
    expect(await as('github')).toContain(
      '::error title=heapsleuth budget::classes["RequestContext"].countGrowth: 50 of 10',
    );
    const suites = readXml(await as('junit')).children;
    expect(suites.find(({ attributes }) => attributes.name === 'budgets')?.attributes).toMatchObject({
      tests: '8',
      failures: '5',
    });
    expect(await as('openmetrics')).toContain('heapsleuth_budget_exceeded{budget="heap.size"} 1\n');
  });

  test('are held against what two snapshots differ by', async () => {
    const budgets = { heap: { growth: '500 kB' }, classes: { RequestContext: { countGrowth: 50 } } };
    const folder = workIn('diff', { budgets, failOn: { diff: 'budget' } });
    const files = [seriesFile(2), seriesFile(3)];
    const { code, stdout, stderr } = await run(['diff', ...files, '--json'], {}, folder);
    expect(code).toBe(1);
    const document = JSON.parse(stdout);
    expect(schemaViolations(SCHEMAS.diff, document)).toEqual([]);
    expect(document.budgets.map(({ state }: { state: string }) => state)).toEqual(['exceeded', 'met']);
    expect(document.budgets[0].actual).toBe(document.totals.sizeDelta);
    expect(stderr).toBe('heapsleuth: fails: budget heap.growth exceeded\n');
    expect((await run(['diff', ...files, '--fail-on', 'never'], {}, folder)).code).toBe(0);
  });

  test('are held against the snapshots of a scan, and those of shards', async () => {
    const folder = workIn('scanned', { budgets: { heap: { size: '1 MB' } }, failOn: { scan: 'budget' } });
    const evidence = workIn('scanned/evidence');
    for (const step of [1, 2]) copyFileSync(seriesFile(step), join(evidence, `s-${step}.heapsnapshot.gz`));
    const { code, stdout } = await run(['scan', 'evidence', '--json'], {}, folder);
    expect(code).toBe(1);
    const document = JSON.parse(stdout);
    expect(schemaViolations(SCHEMAS.scan, document)).toEqual([]);
    expect(document.budgets).toMatchObject([{ budget: 'heap.size', state: 'exceeded' }]);
    for (const shard of ['1', '2']) {
      const part = await run(['batch', 'evidence', '--shard', `${shard}/2`], {}, folder);
      expect(part.code).toBe(0);
      writeFileSync(join(folder, `${shard}.json`), part.stdout);
    }
    const merged = await run(['merge', '1.json', '2.json', '--json'], {}, folder);
    expect(merged.code).toBe(1);
    expect(JSON.parse(merged.stdout).budgets).toEqual(
      document.budgets.map((one: object) => ({ ...one, snapshot: expect.stringContaining('s-2') })),
    );
  });
});

describe('suppressions', () => {
  test('mark what they match until they expire, and the reason is told', async () => {
    const folder = workIn('suppressed', suppression('2026-12-01'));
    const { code, stdout, stderr } = await run(['batch', SERIES, '--json', '--fail-on', 'high', ...DAY], {}, folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const document = JSON.parse(stdout);
    expect(schemaViolations(SCHEMAS.analysis, document)).toEqual([]);
    expect(document.suspects[0]).toMatchObject({ suppressed: { reason: 'being mended', expires: '2026-12-01' } });
    expect(document.suppressions).toMatchObject([{ state: 'applied' }]);
    const text = await run(['batch', SERIES, ...DAY], {}, folder);
    expect(text.stdout).toContain('No suspects.');
    expect(text.stdout).toMatch(
      /Suppressed 1 suspect\n {2}InvoiceServer\.inFlight keeps RequestContext {2}suppressed until 2026-12-01: being mended\n/,
    );
    const as = async (name: string) => (await run(['batch', SERIES, ...DAY, '--reporter', name], {}, folder)).stdout;
    expect(await as('github')).toBe('');
    const [result] = JSON.parse(await as('sarif')).runs[0].results;
    expect(result.suppressions).toEqual([
      { kind: 'external', justification: 'suppressed until 2026-12-01: being mended' },
    ]);
    expect(readXml(await as('junit')).attributes).toMatchObject({ failures: '0', skipped: '1' });
  });

  test('that have expired, or match nothing, do nothing, and that is said', async () => {
    const other = { signature: 'b'.repeat(40), reason: 'of another', expires: '2030-01-01' };
    const { suppressions } = suppression('2026-11-30');
    const folder = workIn('expired', { suppressions: [...suppressions, other] });
    const { code, stdout, stderr } = await run(['batch', SERIES, '--json', '--fail-on', 'high', ...DAY], {}, folder);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).suspects[0].suppressed).toBeUndefined();
    expect(JSON.parse(stdout).suppressions).toMatchObject([{ state: 'expired' }, { state: 'unmatched' }]);
    expect(stderr).toContain(`the suppression of ${SIGNATURE} (being mended) has expired on 2026-11-30`);
    expect(stderr).toContain(`the suppression of ${other.signature} (of another) matches no suspect`);
  });

  test('the same bytes whatever the day, where there are none', async () => {
    const texts = ['2026-01-01', '2036-01-01'].map((day) =>
      run(['batch', SERIES, '--json', '--fail-on', 'high', '--date', day]),
    );
    const [first, second] = await Promise.all(texts);
    expect(second).toEqual(first);
  });
});
