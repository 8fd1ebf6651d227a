import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { folderState } from '#src/batch/folder-state.js';
import { finishScan } from '#src/cli/scan.js';
import { createScreen } from '#src/report/screen.js';
import { evidenceFolder, scanned, telemetryLines } from '../archive/evidence.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { finished, start } from './run-cli.js';

const root = scratchFolder();

function folderNamed(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
}

describe('scan --watch', () => {
  test('sends an alert once, however often the same evidence is scanned', async () => {
    const folder = evidenceFolder(root, 'leaky', { 'a.jsonl': telemetryLines(1).join('\n') }, 7);
    // Refused before anything is sent.
    const options = { failOn: 'never', progress: 'never', webhook: 'http://example.com' } as const;
    const engine = { signal: new AbortController().signal, onProgress: () => {}, onNote: () => {} };
    const screen = createScreen(100, false);
    const execution = { engine, screen, talkScreen: screen, clearProgress: () => {}, onEstimate: () => {} };
    const evidence = await scanned(folder);
    const first = await finishScan(folder, evidence, options, execution);
    const [, id] = /^alert (\S+) was not delivered/m.exec((first.notes ?? []).join('\n')) ?? [];
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const again = await finishScan(folder, evidence, options, execution, new Set([id]));
    expect(again.notes).toEqual([expect.stringMatching(/^alert: /)]);
  });

  test('scans again when there is more, a document a line, until it is ended', async () => {
    const folder = folderNamed('watched');
    const child = start(['scan', folder, '--json', '--watch', '1']);
    const talk = createInterface({ input: child.stderr as NodeJS.ReadableStream });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
    expect((await once(talk, 'line'))[0]).toBe(`heapsleuth: nothing to scan in ${folder} yet`);
    const next = async () => JSON.parse((await lines.next()).value);
    writeFileSync(join(folder, 'a.jsonl'), telemetryLines(1).join('\n'));
    expect(await next()).toMatchObject({ kind: 'scan', inputs: [{ file: 'a.jsonl', used: 144 }] });
    writeFileSync(join(folder, 'b.jsonl'), telemetryLines(2).join('\n'));
    expect(await next()).toMatchObject({ inputs: [{ file: 'a.jsonl' }, { file: 'b.jsonl', used: 288 }] });
    child.kill('SIGINT');
    expect((await finished(child)).code).toBe(130);
  });

  test('leaves no progress in front of what it says', async () => {
    const folder = evidenceFolder(root, 'drawn', { 'a.jsonl': telemetryLines(1).join('\n') }, 7);
    const child = start(['scan', folder, '--watch', '1', '--progress', 'always']);
    let talk = '';
    for await (const text of child.stderr as NodeJS.ReadableStream) {
      talk += text;
      if (talk.includes('heapsleuth: alert')) child.kill('SIGINT');
    }
    expect(talk).toContain('snapshot.gz  ');
    expect(talk.slice(0, talk.indexOf('heapsleuth: alert')).endsWith('\r\u001b[2K')).toBe(true);
  });

  test('looks at names, sizes and times, and not at what is still in the making', async () => {
    const folder = folderNamed('states');
    const states = [await folderState(folder)];
    for (const [name, text] of [
      ['a.jsonl', 'x'],
      ['a.jsonl', 'xy'],
      ['b.heapsnapshot', ''],
    ]) {
      writeFileSync(join(folder, name), text);
      states.push(await folderState(folder));
    }
    expect(new Set(states).size).toBe(4);
    writeFileSync(join(folder, 'c.heapsnapshot.partial'), 'x');
    writeFileSync(join(folder, 'snapshot.lock'), '1');
    expect(await folderState(folder)).toBe(states[3]);
    // What a scan writes is nothing new to it.
    writeFileSync(join(folder, 'alert-b64c7cee-e256-5ac3-a696-b9890f3debb7.json'), '{}');
    const messages = join(folder, 'messages.jsonl');
    writeFileSync(messages, '{}');
    expect(await folderState(folder, [messages])).toBe(states[3]);
    expect(await folderState(folder)).not.toBe(states[3]);
  });
});
