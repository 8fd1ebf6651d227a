import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { MAIN } from '../cli/run-cli.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { evidenceFolder, keepAll, scanned, telemetryLines } from './evidence.js';

const root = scratchFolder();

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('messages', () => {
  test('are each sample with what the scan thinks of it, and each finding', async () => {
    const folder = evidenceFolder(root, 'leaky', { 'a.jsonl': telemetryLines(1).join('\n') }, 7);
    const scan = await scanned(folder);
    const file = join(root, 'out', 'messages.jsonl');
    const alerts = join(root, 'alerts');
    const { notes } = await keepAll(folder, scan, { messages: file, alerts, service: 'shop', host: 'a' });
    expect(notes).toContain(`messages: ${file}`);
    const messages = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const used = messages.filter(({ metric }) => metric === 'v8.heap_used');
    const [trend] = scan.report.trends;
    for (const [at, line] of telemetryLines(1).entries()) {
      const { ts, heapUsed } = JSON.parse(line);
      expect(used[at]).toMatchObject({
        ...{ v: 1, ts, value: heapUsed, trend_p: trend.pValue, slope: trend.slope?.median },
        tags: { host: 'a', service: 'shop', pid: '7', source: 'a.jsonl' },
        hour_of_day: new Date(ts).getUTCHours(),
      });
      expect(used[at].anomaly_score).toBeGreaterThan(0);
    }
    expect(messages.filter(({ metric }) => metric === 'v8.rss')[0]).not.toHaveProperty('trend_p');
    const [finding] = scan.report.findings;
    const [alert] = readdirSync(alerts).map((name) => JSON.parse(readFileSync(join(alerts, name), 'utf8')));
    expect(messages.at(-1)).toEqual({
      ...{ v: 1, ts: scan.ts, metric: 'leak.confidence', value: finding.confidence },
      tags: { host: 'a', service: 'shop', title: finding.title, holder: finding.holder.expression },
      ...{ layer: 4, signature: finding.signature, confidence: finding.confidence, severity: finding.severity },
      alert_id: alert.alert_id,
    });
  });

  test('go into a pipe that is there', async () => {
    const folder = evidenceFolder(root, 'piped', { 'a.jsonl': telemetryLines(2).join('\n') });
    const pipe = join(root, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const child = spawn(process.execPath, [MAIN, 'scan', folder, '--fail-on', 'never', '--messages', pipe]);
    const reader = spawn('cat', [pipe]);
    const [lines, [code]] = await Promise.all([text(reader.stdout), once(child, 'close')]);
    expect(code).toBe(0);
    expect(lines.trimEnd().split('\n')).toHaveLength(3 * 2 * 144);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('wait for a reader of a pipe no longer than until %s', async (signal) => {
    const name = `unread-${signal}`;
    const folder = evidenceFolder(root, name, { 'a.jsonl': telemetryLines(1).join('\n') });
    const pipe = join(root, `pipe-${signal}`);
    execFileSync('mkfifo', [pipe]);
    const archive = join(root, `${name}-archive`);
    const child = spawn(process.execPath, [MAIN, 'scan', folder, '--messages', pipe, '--archive', archive]);
    // The archive comes before the messages.
    await waitFor(() => existsSync(join(archive, 'series')));
    const ended = once(child, 'close');
    const late = setTimeout(() => child.kill('SIGKILL'), 5000);
    child.kill(signal);
    expect((await ended)[0]).toBe(signal === 'SIGINT' ? 130 : 143);
    clearTimeout(late);
  });

  test('leave a link one', async () => {
    const folder = evidenceFolder(root, 'linked', { 'a.jsonl': telemetryLines(1).join('\n') });
    const [target, link] = [join(root, 'target.jsonl'), join(root, 'link.jsonl')];
    writeFileSync(target, 'before');
    symlinkSync('target.jsonl', link);
    await keepAll(folder, await scanned(folder), { messages: link });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8').trimEnd().split('\n')).toHaveLength(3 * 144);
  });

  test('have no times that no calendar has', async () => {
    const lines = [...telemetryLines(1), '{"ts":8e15,"pid":8,"heapUsed":1,"heapTotal":1,"rss":1}'];
    const folder = evidenceFolder(root, 'odd-times', { 'a.jsonl': lines.join('\n') });
    const file = join(root, 'odd-times.jsonl');
    const { notes } = await keepAll(folder, await scanned(folder), { messages: file });
    expect(notes).toEqual([`messages: ${file}`, 'a.jsonl: samples with times outside of 1970 to 9999 left out']);
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('"hour_of_day":null');
    expect(text.trimEnd().split('\n')).toHaveLength(3 * 144);
  });

  test('are of the service that the folder is called after, or the project around what was collected', async () => {
    const project = evidenceFolder(root, 'shop', {});
    const collected = evidenceFolder(project, 'heapsleuth', { 'a.jsonl': telemetryLines(1).join('\n') });
    const named = evidenceFolder(project, 'bakery', { 'a.jsonl': telemetryLines(1).join('\n') });
    for (const [folder, service] of [
      [collected, 'shop'],
      [named, 'bakery'],
    ]) {
      const file = join(root, `${service}.jsonl`);
      await keepAll(folder, await scanned(folder), { messages: file });
      expect(JSON.parse(readFileSync(file, 'utf8').split('\n')[0]).tags.service).toBe(service);
    }
  });

  test('are told of when they cannot be written', async () => {
    const folder = evidenceFolder(root, 'lost', { 'a.jsonl': telemetryLines(1).join('\n') });
    mkdirSync(join(root, 'in-the-way'));
    const kept = await keepAll(folder, await scanned(folder), { messages: join(root, 'in-the-way') });
    expect(kept.isLost).toBe(true);
    expect(kept.notes).toEqual([expect.stringMatching(/^messages could not be written: EISDIR/)]);
  });
});
