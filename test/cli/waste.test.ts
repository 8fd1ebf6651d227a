import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SCHEMAS } from '#src/report/schemas.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { TERMINAL_ACTIVE } from '../report/hostile-names.js';
import { schemaViolations } from '../report/schema-check.js';
import { writeWithProgram } from '../waste/waste-scene.js';
import { run, seriesFile } from './run-cli.js';

const folder = scratchFolder();
const SECRET = 'a text that nobody is to see';

function programFile(): string {
  const file = join(folder, 'secret.heapsnapshot');
  const words = JSON.stringify(SECRET.split(' '));
  writeWithProgram(file, `globalThis.texts = Array.from({ length: 3000 }, () => ${words}.join(' '));`);
  return file;
}

it('waste says what the heap spends on nothing, the largest kind first', async () => {
  const { code, stdout, stderr } = await run(['waste', seriesFile(8), '--top', '3']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n')[0]).toBe('Duplicate strings: 66.8 kB would be free without them.');
  expect(stdout).toContain('52,693 nodes, 12.1 MB (12,075,396 bytes)');
  expect(stdout).toMatch(/Duplicate strings +2,472 +66\.8 kB +0\.6 %\n/);
  expect(stdout).toContain('Duplicate strings 3 of 330 items, most reclaimable first\n');
  expect(stdout).toMatch(/PriceCache\.entries:21 +Map +1 +3\.6 kB +0 B +1\.8 kB /);
  expect(stdout).not.toMatch(TERMINAL_ACTIVE);
});

it('waste --json follows the schema and lists as many items as asked for', async () => {
  const { code, stdout } = await run(['waste', seriesFile(1), '--json', '--top', '2']);
  expect(code).toBe(0);
  const document = JSON.parse(stdout);
  expect(schemaViolations(SCHEMAS.waste, document)).toEqual([]);
  expect(document).toMatchObject({ kind: 'waste', file: seriesFile(1), nodeCount: 48_482, overlap: true });
  expect(document.kinds).toHaveLength(8);
  expect(document.kinds[0].items).toHaveLength(2);
});

it('waste prints no value of a string, but for who asks for it', async () => {
  const file = programFile();
  const plain = await run(['waste', file]);
  const document = await run(['waste', file, '--json']);
  for (const { code, stdout } of [plain, document]) {
    expect(code).toBe(0);
    expect(stdout).not.toContain('a text that');
  }
  expect(plain.stdout).toMatch(/global\.texts\[\] +\(string\) +3,000 /);
  const asked = await run(['waste', file, '--show-values', '--json']);
  const [largest] = JSON.parse(asked.stdout).kinds[0].items;
  expect(largest).toMatchObject({ count: 3000, text: { length: SECRET.length, value: SECRET } });
  expect((await run(['waste', file, '--show-values'])).stdout).toContain('a text that');
});

it('waste exits 3 for a file that does not exist', async () => {
  const { code, stdout, stderr } = await run(['waste', join(folder, 'absent.heapsnapshot')]);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toContain('absent.heapsnapshot');
});
