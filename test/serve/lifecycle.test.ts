import type { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NodeAnswer, OverviewAnswer, ServerStatus } from '#src/base/explorer-types.js';
import { corpusFile, scratchFolder } from '../api/snapshot-files.js';
import { finished, run, SERIES, seriesFile, start } from '../cli/run-cli.js';
import { startServer } from './served.js';

const states = ({ snapshots }: ServerStatus) => snapshots.map(({ state }) => state);

describe('snapshots are opened', () => {
  it('the last one at the start, others when they are asked for', async () => {
    const served = await startServer([1, 2, 3].map(seriesFile));
    await served.ready;
    expect(states(await served.ask('status'))).toEqual(['closed', 'closed', 'ready']);
    await served.ask('overview', { snapshot: 0 });
    expect(states(await served.ask('status'))).toEqual(['ready', 'closed', 'ready']);
  });

  it('while how far they are is told', async () => {
    const served = await startServer([seriesFile(8)]);
    const headers = { Authorization: `Bearer ${served.token}` };
    const early = await served.send('/api/overview?snapshot=0', { headers });
    expect(early.status).toBe(202);
    expect(JSON.parse(early.text)).toMatchObject({ kind: 'waiting', snapshot: 0, file: seriesFile(8) });
    expect(JSON.parse(early.text).state).toMatch(/^(?:waiting|opening|indexing)$/);
    await served.ready;
    expect((await served.send('/api/overview?snapshot=0', { headers })).status).toBe(200);
  });

  it('and closed where they take more memory than they may, the one asked for longest ago first', async () => {
    const files = [1, 2, 3].map(seriesFile);
    // One with what is needed to open another.
    const served = await startServer(files, { maxMemory: 60_000_000 });
    await served.ready;
    const before = await served.ask<OverviewAnswer>('overview', { snapshot: 0 });
    await served.ask('overview', { snapshot: 1 });
    await served.ask('overview', { snapshot: 2 });
    expect(states(await served.ask('status')).filter((state) => state === 'ready').length).toBeLessThan(3);
    expect(await served.ask('overview', { snapshot: 0 })).toEqual(before);
  });

  it('from a cache where that is asked for, with the same answers', async () => {
    const folder = scratchFolder();
    const file = corpusFile('node22');
    const answers: unknown[] = [];
    for (const cache of [undefined, folder, folder]) {
      const served = await startServer([file], { cache });
      const questions = [5, 500, 5000].flatMap((node) =>
        ['node', 'edges', 'path'].map((name) => [name, node] as const),
      );
      const asked: unknown[] = [await served.ask('overview', { snapshot: 0 })];
      for (const [name, node] of questions) asked.push(await served.ask(name, { snapshot: 0, node }));
      asked.push(await served.ask('search', { snapshot: 0, text: 'module' }));
      answers.push(asked);
      await served.stop();
    }
    expect(readdirSync(folder).length).toBeGreaterThan(0);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('unless they are broken, which the others do not mind', async () => {
    const folder = scratchFolder();
    const broken = join(folder, '1.heapsnapshot');
    writeFileSync(broken, '{"snapshot":');
    const served = await startServer([broken, seriesFile(1)]);
    await expect(served.ask('overview', { snapshot: 0 })).rejects.toThrow(/^422 .*"code":"TRUNCATED"/);
    await served.ask('overview', { snapshot: 1 });
    const status = await served.ask<ServerStatus>('status');
    expect(status.snapshots[0]).toMatchObject({ state: 'failed', error: { code: 'TRUNCATED' } });
  });

  it('and a report of all is made beside that', async () => {
    const served = await startServer([seriesFile(1), seriesFile(2)]);
    const report = await served.ask<{ kind: string; analysis: { snapshots: unknown[] } }>('report');
    expect(report.kind).toBe('report');
    expect(report.analysis.snapshots).toHaveLength(2);
  });
});

/** The address that the command prints. */
function addressOf(child: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (text) => resolve(String(text).trim()));
    child.once('close', () => reject(new Error('found the end of the command, expected an address')));
  });
}

describe('the command', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('prints an address, and ends with %s', async (signal, code) => {
    const child = start(['serve', seriesFile(1)]);
    const end = finished(child);
    const address = await addressOf(child);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/);
    expect(await (await fetch(address)).text()).toContain('<title>heapsleuth explorer</title>');
    child.kill(signal);
    const { code: ended, stdout, stderr } = await end;
    expect(ended).toBe(code);
    expect(stdout).toBe(`${address}\n`);
    expect(stderr).toContain('heapsleuth: open this address in a browser');
    await expect(fetch(address)).rejects.toThrow();
  });

  it('ends while it opens a snapshot, and while clients are connected', async () => {
    const folder = scratchFolder();
    for (const name of readdirSync(SERIES).filter((entry) => entry.endsWith('.gz')))
      copyFileSync(join(SERIES, name), join(folder, name));
    const child = start(['serve', folder]);
    const end = finished(child);
    const { port } = new URL(await addressOf(child));
    const { connect } = await import('node:net');
    const socket = connect(Number(port), '127.0.0.1', () => child.kill('SIGTERM'));
    socket.on('error', () => {});
    expect((await end).code).toBe(143);
    expect(readdirSync(folder).every((name) => name.endsWith('.gz'))).toBe(true);
  });

  it('serves a folder, last snapshot first, on the port it is given', async () => {
    const free = createServer();
    const port = await new Promise<number>((resolve) => {
      free.listen(0, '127.0.0.1', () => resolve((free.address() as { port: number }).port));
    });
    await new Promise((resolve) => free.close(resolve));
    const child = start(['serve', SERIES, '--port', String(port), '--show-values']);
    const end = finished(child);
    const address = await addressOf(child);
    expect(new URL(address).port).toBe(String(port));
    const headers = { Authorization: `Bearer ${address.replace(/^.*#token=/, '')}` };
    const status = (await (await fetch(`http://127.0.0.1:${port}/api/status`, { headers })).json()) as ServerStatus;
    expect(status).toMatchObject({ showValues: true, first: 7 });
    expect(status.snapshots.map(({ file }) => file)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map(seriesFile));
    child.kill('SIGTERM');
    await end;
  });

  it.each([
    ['a file that is not there', ['no-such-file.heapsnapshot'], 3, /UNREADABLE|cannot be opened|found no file/],
    ['a folder without snapshots', ['EMPTY'], 2, /found no snapshot in .*, expected one or more/],
    [
      'a port that is none',
      [seriesFile(1), '--port', '70000'],
      2,
      /found the port 70000, expected one from 0 to 65535/,
    ],
    ['no path', [], 2, /missing required argument/],
  ] as const)('says what is wrong with %s', async (_, args, code, message) => {
    const empty = join(scratchFolder(), 'empty');
    mkdirSync(empty);
    const { code: ended, stderr } = await run(['serve', ...args.map((arg) => (arg === 'EMPTY' ? empty : arg))]);
    expect(ended, stderr).toBe(code);
    expect(stderr).toMatch(message);
  });

  it('says where a port is taken', async () => {
    const served = await startServer([corpusFile('node14')]);
    const { code, stderr } = await run(['serve', corpusFile('node14'), '--port', String(served.port)]);
    expect([code, stderr]).toEqual([4, expect.stringMatching(/found that the port \d+ cannot be had \(EADDRINUSE\)/)]);
    expect(await served.ask<NodeAnswer>('node', { snapshot: 0, node: 0 })).toMatchObject({ node: { ordinal: 0 } });
  });

  it('prints no address for what cannot be opened', async () => {
    const folder = scratchFolder();
    const missing = await run(['serve', join(folder, 'nothing.heapsnapshot')]);
    expect(missing).toMatchObject({ code: 3, stdout: '' });
    expect(missing.stderr).toMatch(/nothing\.heapsnapshot: UNREADABLE: found a file that cannot be opened \(ENOENT\)/);
    const empty = await run(['serve', folder]);
    expect(empty).toMatchObject({ code: 2, stdout: '' });
    expect(empty.stderr).toMatch(/found no snapshot in .*, expected one or more/);
  });
});
