import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { SCHEMAS } from '#src/report/schemas.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';
import { schemaViolations } from '../report/schema-check.js';
import { MAIN, run, seriesFile } from './run-cli.js';

const folder = scratchFolder();
const FILE = seriesFile(8);
const at = (name: string) => join(folder, name);
/** A RequestContext of the last snapshot. */
const ID = '106947';

describe('redact', () => {
  test('writes a file that only its owner can read, and says what has been replaced', async () => {
    const output = at('out.heapsnapshot.gz');
    const { code, stdout, stderr } = await run(['redact', FILE, output]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^.*out\.heapsnapshot\.gz is 5\.\d MB of text, redacted: basic\.\n {2}graph +52,693 nodes, 228,646 edges, as they were\n {2}strings +[\d,]+ of 25,582 replaced\n/,
    );
    expect(statSync(output).mode & 0o777).toBe(0o600);
    expect(gunzipSync(readFileSync(output)).toString('latin1')).toMatch(/^\{"snapshot":\{"meta":/);
    const again = await run(['analyze', output, '--json', '--no-suspects']);
    const first = await run(['analyze', FILE, '--json', '--no-suspects']);
    const figures = (text: string) => text.replaceAll(output, FILE);
    expect(figures(again.stdout)).toBe(first.stdout);
  });

  test('gives the same bytes for the same key', async () => {
    const key = writeIn(folder, 'key', 'thirty-two bytes or so of a key\n');
    const results = [];
    for (const name of ['a', 'b']) {
      const { code } = await run(['redact', FILE, at(name), '--redact', 'names', '--key-file', key]);
      results.push({ code, bytes: readFileSync(at(name), 'latin1').length });
    }
    expect(results[0].code).toBe(0);
    expect(results[1]).toEqual(results[0]);
    expect(readFileSync(at('a')).equals(readFileSync(at('b')))).toBe(true);
    const short = await run(['redact', FILE, at('c'), '--key-file', writeIn(folder, 'short', 'x')]);
    expect(short).toMatchObject({ code: 2, stdout: '' });
    const none = await run(['redact', FILE, at('c'), '--key-file', at('absent')]);
    expect(none).toMatchObject({ code: 2, stdout: '' });
  });

  test('--json says the same as a document, with the bytes of what was written', async () => {
    const redacted = await run(['redact', FILE, at('told.heapsnapshot'), '--json', '--redact', 'names']);
    const document = JSON.parse(redacted.stdout);
    expect(schemaViolations(SCHEMAS.redaction, document)).toEqual([]);
    expect(document).toMatchObject({ file: FILE, level: 'names', nodeCount: 52_693, strings: 25_582 });
    expect(document.bytes).toBe(statSync(at('told.heapsnapshot')).size);
    const extracted = await run(['extract', FILE, at('part.heapsnapshot'), '--id', ID, '--json']);
    const part = JSON.parse(extracted.stdout);
    expect(schemaViolations(SCHEMAS.extraction, part)).toEqual([]);
    expect(part).toMatchObject({ id: Number(ID), level: 'basic', pathNodes: 16, dominated: 10, taken: 10 });
    expect(part.bytes).toBe(statSync(at('part.heapsnapshot')).size);
    expect([redacted.stderr, extracted.stderr]).toEqual(['', '']);
  });

  test('leaves nothing where it cannot do its work', async () => {
    const before = readdirSync(folder);
    const cut = writeIn(folder, 'cut', gunzipSync(readFileSync(FILE)).subarray(0, 5_000_000));
    const truncated = await run(['redact', cut, at('new')]);
    expect(truncated.code).toBe(3);
    expect(truncated.stderr).toMatch(/cut: .*found the end of the file after 5000000 bytes/);
    // No file may become longer than so many kilobytes: all that a full disk lets through is a beginning.
    for (const [kilobytes, ...args] of [
      ['1', 'redact', FILE, at('new')],
      ['2500', 'redact', FILE, at('new')],
      ['5070', 'redact', FILE, at('new')],
      ['1', 'redact', FILE, at('new.gz')],
      ['700', 'redact', FILE, at('new.gz')],
      ['1', 'extract', FILE, at('new'), '--id', ID],
    ]) {
      const shell = `trap '' XFSZ; ulimit -f ${kilobytes}; exec "$@"`;
      const full = spawnSync('bash', ['-c', shell, 'bash', process.execPath, MAIN, ...args], { encoding: 'utf8' });
      expect(full.stderr).toMatch(/new(?:\.gz)?: found an output that cannot be written \(EFBIG/);
      expect({ code: full.status, stdout: full.stdout }).toEqual({ code: 4, stdout: '' });
    }
    expect(readdirSync(folder).sort()).toEqual([...before, 'cut'].sort());
  });
});

describe('extract', () => {
  test('writes what a node holds, which inspect finds by its id', async () => {
    const output = at('part.heapsnapshot');
    const { code, stdout } = await run(['extract', FILE, output, '--id', ID]);
    expect(code).toBe(0);
    expect(stdout).toContain(`path      16 nodes from the root to @${ID}`);
    expect(stdout).toContain('sizes     17.0 kB (17,016 bytes) of the 17.0 kB (17,016 bytes) that it retains');
    expect(stdout).toContain('are not to be compared');
    const inspected = await run(['inspect', output, '--id', ID, '--json']);
    expect(JSON.parse(inspected.stdout)).toMatchObject({
      node: { id: 106947, className: 'RequestContext', retainedSize: 17_016 },
    });
    expect(readFileSync(output, 'latin1')).not.toContain('/invoices');
  });

  test('keeps values only where it is told to, cuts where it is told to', async () => {
    const output = at('part.heapsnapshot');
    const { stdout } = await run(['extract', FILE, output, '--id', ID, '--no-redact', '--limit', '3']);
    expect(stdout).toMatch(/with all its values\./);
    expect(stdout).toContain('below     the nearest 3 of 10 nodes');
    expect(readFileSync(output, 'latin1')).not.toMatch(/"\[\d+ chars/);
  });

  test('wants an id that there is', async () => {
    expect(await run(['extract', FILE, at('x')])).toMatchObject({ code: 2, stdout: '' });
    const absent = await run(['extract', FILE, at('x'), '--id', '106948']);
    expect(absent.code).toBe(2);
    expect(absent.stderr).toContain('found no node with the id 106948');
  });
});
