import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SCHEMAS } from '#src/report/schemas.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { schemaViolations } from '../report/schema-check.js';
import { run, seriesFile } from './run-cli.js';

const root = scratchFolder();

function profile(name: string, sizes: Readonly<Record<string, number>>): string {
  const frame = (functionName: string, lineNumber: number) => ({
    callFrame: { functionName, scriptId: '1', url: '/app/shop.js', lineNumber, columnNumber: 2 },
  });
  const children = Object.entries(sizes).map(([called, selfSize], at) => ({
    ...{ ...frame(called, 10 + at), selfSize, id: 2 + at, children: [] },
  }));
  const file = join(root, `${name}.heapprofile`);
  writeFileSync(file, JSON.stringify({ head: { ...frame('(root)', -1), selfSize: 0, id: 1, children }, samples: [] }));
  return file;
}

describe('heapsleuth diff of two heap profiles', () => {
  const base = profile('base', { fill: 1000, load: 5000, '\u001b[31mred': 1 });
  const current = profile('current', { fill: 4000, load: 2000, '\u001b[31mred': 2 });

  test('says which functions have more in use, and what was freed is none of them', async () => {
    const { code, stdout, stderr } = await run(['diff', base, current]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/in use +6\.0 kB → 6\.0 kB, by samples: \+1 B\n/);
    expect(stdout).toMatch(/fill +1\.0 kB +4\.0 kB +\+3\.0 kB +\/app\/shop\.js:11\n/);
    expect(stdout).not.toContain('load');
    expect(stdout).not.toContain('\u001b');
    const document = JSON.parse((await run(['diff', base, current, '--json'])).stdout);
    expect(schemaViolations(SCHEMAS['profile-diff'], document)).toEqual([]);
    expect(document).toMatchObject({
      total: [6001, 6002],
      sites: [{ function: 'fill', base: 1000, current: 4000, line: 11 }, {}],
    });
    expect(JSON.parse((await run(['diff', base, current, '--json', '--top', '1'])).stdout).sites).toHaveLength(1);
    expect((await run(['diff', base, base])).stdout).toContain('no function has more in use than before');
  });

  test('names the file that is none, and takes no profile beside a snapshot', async () => {
    const broken = join(root, 'broken.heapprofile');
    writeFileSync(broken, '{"head":');
    const failed = await run(['diff', base, broken]);
    expect(failed.code).toBe(3);
    expect(failed.stderr).toContain('broken.heapprofile: TRUNCATED');
    const mixed = await run(['diff', base, seriesFile(1)]);
    expect(mixed).toMatchObject({ code: 2, stdout: '' });
    expect(mixed.stderr).toContain('expected two, or two snapshots');
  });
});
