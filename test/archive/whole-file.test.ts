import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { writeFileOrPipe } from '#src/archive/file-or-pipe.js';
import { WholeFile } from '#src/archive/whole-file.js';
import { scratchFolder } from '../promises/scratch-folder.js';

const MODULE = pathToFileURL(join(import.meta.dirname, '../../dist/archive/whole-file.js')).href;

test('what a killed process has left of a file goes when that is written, and nothing else does', async () => {
  const folder = scratchFolder();
  const file = join(folder, 'report.html');
  const program = `
    import { WholeFile } from '${MODULE}';
    for (const name of ['report.html', 'other.html']) new WholeFile('${folder}/' + name).write(Buffer.from('half'));
    process.kill(process.pid, 'SIGKILL');
  `;
  expect(spawnSync(process.execPath, ['--input-type=module', '-e', program]).signal).toBe('SIGKILL');
  const left = readdirSync(folder);
  expect(left.map((name) => name.replace(/\.[0-9a-f]{8}-\d+-[0-9a-f]{12}\./, '.')).sort()).toEqual([
    '.other.html.partial',
    '.report.html.partial',
  ]);
  // Of a process that lives, of another machine, and what is called alike.
  const living = new WholeFile(file);
  const others = ['.report.html.00000000-1-0123456789ab.partial', '.report.html.partial', 'report.html.bak'];
  for (const name of others) writeFileSync(join(folder, name), '');
  await writeFileOrPipe(file, [Buffer.from('whole')]);
  expect(readFileSync(file, 'utf8')).toBe('whole');
  const own = readdirSync(folder).filter((name) => name.includes(`-${process.pid}-`));
  expect(own).toHaveLength(1);
  expect(readdirSync(folder).sort()).toEqual(
    ['report.html', ...others, ...own, ...left.filter((name) => name.startsWith('.other'))].sort(),
  );
  living.write(Buffer.from('later'));
  living.finish();
  expect(readFileSync(file, 'utf8')).toBe('later');
});
