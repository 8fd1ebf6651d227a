import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../promises/scratch-folder.js';
import { MAIN, run, seriesFile } from './run-cli.js';

const root = scratchFolder();

/** The demo series, of which seven are compared. */
function leakyFolder(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  for (let step = 1; step <= 8; step++) copyFileSync(seriesFile(step), join(folder, `s-${step}.heapsnapshot.gz`));
  return folder;
}

describe('heapsleuth scan', () => {
  test('tells what leaks, writes an alert, and fails on what it is told to fail on', async () => {
    const folder = leakyFolder('leaky');
    const { code, stdout, stderr } = await run(['scan', folder, '--host', 'a', '--service', 'shop']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Something leaks\.\n/);
    expect(stdout).toContain('InvoiceServer.inFlight keeps RequestContext');
    const [file, ...others] = readdirSync(join(folder, 'alerts'));
    expect(others).toEqual([]);
    expect(stderr).toBe(`heapsleuth: alert: ${join(folder, 'alerts', file)}\n`);
    expect(JSON.parse(readFileSync(join(folder, 'alerts', file), 'utf8'))).toMatchObject({
      v: 1,
      service: 'shop',
      host: 'a',
    });
    const again = await run(['scan', folder, '--host', 'a', '--service', 'shop', '--fail-on', 'medium', '--json']);
    expect(again.code).toBe(1);
    expect(JSON.parse(again.stdout)).toMatchObject({ kind: 'scan', verdict: 'leak' });
    expect(readdirSync(join(folder, 'alerts'))).toEqual([file]);
  });

  test('sends an alert only where it may, and says where it has not', async () => {
    const folder = leakyFolder('sent');
    const args = ['scan', folder, '--webhook', 'https://127.0.0.1:9/'];
    const env = { HEAPSLEUTH_WEBHOOK_SECRET: 'only for this test' };
    const notAllowed = await run(args, env);
    expect(notAllowed.code).toBe(0);
    expect(notAllowed.stderr).toMatch(
      /^heapsleuth: alert: .*\nheapsleuth: alert .{36} was not delivered: found a webhook to 127\.0\.0\.1, expected a host that is allowed\n$/,
    );
    const isPrivate = await run([...args, '--webhook-allow', '127.0.0.1'], env);
    expect(isPrivate.stderr).toMatch(
      /was not delivered: found a private or reserved address behind 127\.0\.0\.1, expected a public one\n$/,
    );
    const unsigned = await run([...args, '--webhook-allow', '127.0.0.1']);
    expect(unsigned.stderr).toMatch(/was not delivered: found no secret to sign the webhook with\n$/);
  });

  test('says when an alert cannot be written', async () => {
    const folder = leakyFolder('full');
    writeFileSync(join(folder, 'alerts'), 'in the way');
    const { code, stdout, stderr } = await run(['scan', folder]);
    expect(code).toBe(4);
    expect(stdout).toMatch(/^Something leaks\.\n/);
    expect(stderr).toMatch(/^heapsleuth: an alert could not be written: E(EXIST|NOTDIR)/);
  });

  test('refuses what is no folder with evidence, and options that are none', async () => {
    const empty = join(root, 'empty');
    mkdirSync(empty);
    const wrong = [
      ['scan', empty],
      ['scan', join(root, 'missing')],
      ['scan', empty, '--fail-on', 'low'],
      ['scan', empty, '--alpha', 'x'],
    ];
    for (const args of wrong) {
      const { code, stdout } = await run(args);
      expect([code, stdout], args.join(' ')).toEqual([2, '']);
    }
  });

  test('goes on where a file fails, and says so by its exit code', async () => {
    const folder = join(root, 'broken');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.heapsnapshot'), '{"snapshot":');
    writeFileSync(join(folder, 'b.jsonl'), '{"ts":1795410000,"heapUsed":5}\n');
    const { code, stderr } = await run(['scan', folder]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/a\.heapsnapshot: TRUNCATED/);
    expect(readdirSync(folder)).not.toContain('alerts');
  });

  test('keeps an archive, and loses nothing of it when the disk is full', async () => {
    const folder = leakyFolder('kept');
    const archive = join(root, 'archive');
    const args = ['scan', folder, '--archive', archive, '--service', 'shop', '--archive-time', '2026-11-28T12:00:00Z'];
    const first = await run(args);
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/heapsleuth: archive: [\d,]+ rows in 4 files of /);
    const files = () =>
      readdirSync(archive, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.includes('.'))
        .sort()
        .map((name) => [name, readFileSync(join(archive, name)).toString('base64')]);
    const before = files();
    expect(before).toHaveLength(4);
    // No file may become longer than a kilobyte: all that a full disk lets through is a beginning.
    const shell = `trap '' XFSZ; ulimit -f 1; exec "$@"`;
    const full = spawnSync('bash', ['-c', shell, 'bash', process.execPath, MAIN, ...args], { encoding: 'utf8' });
    expect(full.status).toBe(4);
    expect(full.stderr).toMatch(/the archive could not be written: EFBIG/);
    expect(full.stdout).toBe(first.stdout);
    expect(files()).toEqual(before);
    const again = await run(args);
    expect(again.code).toBe(0);
    expect(files()).toEqual(before);
  });
});
