import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM_DISTANCE } from '#src/base/types.js';
import { SCHEMAS } from '#src/report/schemas.js';
import { TERMINAL_ACTIVE } from '../report/hostile-names.js';
import { schemaViolations } from '../report/schema-check.js';
import { run, SERIES, seriesFile } from './run-cli.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heapsleuth-cli-'));
  copyFileSync(seriesFile(1), join(folder, 'app-9.heapsnapshot.gz'));
  copyFileSync(seriesFile(2), join(folder, 'app-10.heapsnapshot.gz'));
  writeFileSync(join(folder, 'app-11.heapsnapshot'), gunzipSync(readFileSync(seriesFile(3))).subarray(0, 100_000));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('batch', () => {
  it('finds the leak of the demo series and says so in the first lines', async () => {
    const { code, stdout, stderr } = await run(['batch', SERIES]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^Suspects/);
    expect(lines[1]).toBe(' 1. InvoiceServer.inFlight keeps RequestContext');
    expect(lines[2]).toMatch(/^ +verdict +leak suspect, confidence 0\.9\d$/);
    expect(lines[3]).toMatch(/^ +growth +\+50 and \+85\d\.\d kB an interval/);
    expect(lines[4]).toMatch(/^ +held by +InvoiceServer\.inFlight {2}.*server\.cjs:64$/);
    expect(stdout).toMatch(/server-1\.heapsnapshot\.gz +48,482 +217,385 /);
    expect(stdout).toMatch(/server-8\.heapsnapshot\.gz +52,693 +228,646 /);
    expect(stdout).not.toMatch(TERMINAL_ACTIVE);
  });

  it('reports the files it could read when one is damaged, names that one, and exits 3', async () => {
    const { code, stdout } = await run(['batch', folder]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/Failed: 1 of 3\n {2}app-11\.heapsnapshot {2}[A-Z_]+: .* \(byte [\d,]+\)\n/);
    expect(stdout.indexOf('app-9.')).toBeLessThan(stdout.indexOf('app-10.'));
  });

  it('--json prints one document that follows the schema, failures also on stderr', async () => {
    const { code, stdout, stderr } = await run(['batch', folder, '--json']);
    expect(code).toBe(3);
    const document = JSON.parse(stdout);
    expect(schemaViolations(SCHEMAS.analysis, document)).toEqual([]);
    expect(document.snapshots.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, true, false]);
    expect(document.growth.snapshots).toEqual([0, 1]);
    expect(stderr).toMatch(/^heapsleuth: .*app-11\.heapsnapshot: [A-Z_]+: /);
  });

  it('--json prints the same bytes for any number of snapshots at a time', async () => {
    const one = await run(['batch', SERIES, '--json', '--concurrency', '1']);
    const two = await run(['batch', SERIES, '--json', '--concurrency', '2']);
    expect(one.code).toBe(0);
    expect(two.stdout).toBe(one.stdout);
    expect(JSON.parse(one.stdout).growth.classes[0].countDeltas).toEqual(new Array(7).fill(50));
  });
});

describe('analyze', () => {
  it('shows one snapshot: totals, memory, classes', async () => {
    const { code, stdout, stderr } = await run(['analyze', seriesFile(1), '--top', '5']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('48,482 nodes, 217,385 edges, ');
    expect(stdout).toContain('Memory\n');
    expect(stdout).toMatch(/Classes by retained size · 5 of \d+\n/);
  });

  it('exits 3 for a file that does not exist', async () => {
    const { code, stdout } = await run(['analyze', join(folder, 'absent.heapsnapshot')]);
    expect(code).toBe(3);
    expect(stdout).toContain('Failed: 1 of 1\n  absent.heapsnapshot  UNREADABLE: ');
  });
});

describe('diff', () => {
  it('says what a step added', async () => {
    const { code, stdout } = await run(['diff', seriesFile(2), seriesFile(3), '--top', '100']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/RequestContext +50 +0 +\+50 /);
    expect(stdout).toMatch(/Price +\d+ +\d+ +0 /);
  });

  it('--json follows the schema', async () => {
    const { stdout } = await run(['diff', seriesFile(2), seriesFile(3), '--json', '--top', '1000']);
    const document = JSON.parse(stdout);
    expect(schemaViolations(SCHEMAS.diff, document)).toEqual([]);
    const leak = document.classes.find(({ name }: { name: string }) => name === 'RequestContext');
    expect(leak).toMatchObject({ newCount: 50, deletedCount: 0, countDelta: 50 });
    expect(document.classes).toHaveLength(document.classCount);
  });

  it('exits 3 with the reason on stderr when a snapshot cannot be read', async () => {
    const { code, stdout, stderr } = await run(['diff', seriesFile(1), join(folder, 'app-11.heapsnapshot')]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^heapsleuth: .*app-11\.heapsnapshot: [A-Z_]+: /);
  });
});

describe('inspect', () => {
  it('--ordinal 0 is the root; --id finds the same node', async () => {
    const byOrdinal = await run(['inspect', seriesFile(1), '--ordinal', '0', '--json', '--top', '3']);
    const document = JSON.parse(byOrdinal.stdout);
    expect(schemaViolations(SCHEMAS.inspection, document)).toEqual([]);
    expect(document.node).toMatchObject({ ordinal: 0, distance: SYSTEM_DISTANCE, type: 'synthetic' });
    expect(document.edges.total).toBe(8);
    expect(document.edges.items).toHaveLength(3);
    const byId = await run(['inspect', seriesFile(1), '--id', String(document.node.id), '--json', '--top', '3']);
    expect(byId.stdout).toBe(byOrdinal.stdout);
  });

  it('shows who holds a leaked object', async () => {
    const id = leakedId();
    const { code, stdout } = await run(['inspect', seriesFile(8), '--id', String(id)]);
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toContain(`RequestContext @${id} in `);
    expect(stdout).toMatch(/\.inFlight +InvoiceServer +@\d+/);
    expect(stdout).toMatch(/\.url +"\/invoices\/\d+" +@\d+/);
  });

  it('lists the largest objects of a class, so that one can be picked', async () => {
    const { code, stdout } = await run(['inspect', seriesFile(8), '--class', 'RequestContext', '--json', '--top', '4']);
    const document = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(schemaViolations(SCHEMAS.members, document)).toEqual([]);
    expect(document.members.total).toBe(500);
    expect(document.members.items).toHaveLength(4);
    const text = await run(['inspect', seriesFile(8), '--class', 'RequestContext']);
    expect(text.stdout).toContain('10 of 500');
    expect(text.stdout).toMatch(/Next: heapsleuth inspect .*server-8.* --id \d+/);
  });

  it.each([
    ['--class', 'NoSuchClass', 'found no object of the class NoSuchClass in '],
    ['--id', '2000000001', 'found no node with the id 2000000001 among the 48,482 of '],
    ['--ordinal', '48482', 'has the ordinals 0 to 48481'],
  ])('exits 2 when there is no such node: %s %s', async (option, value, reason) => {
    const { code, stdout, stderr } = await run(['inspect', seriesFile(1), option, value]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });
});

/** Read without the engine, so that the test does not lean on what it tests. */
function leakedId(): number {
  const { snapshot, nodes, strings } = JSON.parse(gunzipSync(readFileSync(seriesFile(8))).toString());
  const fields: string[] = snapshot.meta.node_fields;
  const name = strings.indexOf('RequestContext');
  const object = snapshot.meta.node_types[0].indexOf('object');
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (nodes[at + fields.indexOf('type')] !== object || nodes[at + fields.indexOf('name')] !== name) continue;
    // The prototype has the class's name too, but only instances have six properties and more.
    if (nodes[at + fields.indexOf('edge_count')] > 6) return nodes[at + fields.indexOf('id')];
  }
  throw new Error('found no RequestContext, expected 500');
}
