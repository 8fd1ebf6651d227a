import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { folderState } from '#src/batch/folder-state.js';
import { telemetryLines } from '../archive/evidence.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { finished, start } from './run-cli.js';

const root = scratchFolder();

function folderNamed(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
}

describe('scan --watch', () => {
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
  });
});
