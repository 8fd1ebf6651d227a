import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyze } from 'heapsleuth';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../api/snapshot-files.js';

const PROGRAM = fileURLToPath(new URL('programs/spread.cjs', import.meta.url));
const folder = scratchFolder();

async function sessionsOf(holders: string) {
  const file = join(folder, `${holders}.heapsnapshot`);
  execFileSync(process.execPath, [PROGRAM, file, holders], { stdio: ['ignore', 'ignore', 'inherit'] });
  const { suspects = [] } = await analyze(file);
  const found = suspects.filter(({ title }) => title.startsWith('400 Session, '));
  expect(found).toHaveLength(1);
  return found[0];
}

describe('a class of which no object alone keeps much', () => {
  test('is held by what holds most of it, and the path leads to one of those', async () => {
    const { title, holder, path, sampleIds } = await sessionsOf('two');
    expect(title).toMatch(/^400 Session, held by (mostly )?global\.(every|first)$/);
    expect(holder.kind).toBe('global');
    expect(path.at(-1)).toBe('[] Session');
    expect(sampleIds).toHaveLength(1);
  });

  test('is held by several where none has most of it, and has the same signature however many they are', async () => {
    const [twenty, more] = [await sessionsOf('20'), await sessionsOf('21')];
    expect([twenty.title, more.title]).toEqual(Array(2).fill('400 Session, held by several holders'));
    expect(twenty.repair).toMatch(/^See whether so many are meant to be there; /);
    expect(more.signature).toBe(twenty.signature);
  });
});
