import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { expectEqualsDevtools } from '../api/devtools-columns.js';
import { scratchFolder } from '../api/snapshot-files.js';
import { installedNode, newestVersion, versionOf } from './installed-node.js';

const PROGRAM = fileURLToPath(new URL('program.cjs', import.meta.url));
const folder = scratchFolder();

const OPTIONS: Readonly<Record<string, object>> = {
  'as by default': {},
  // Older versions do not know these and ignore them.
  'with internals and numbers': { exposeInternals: true, exposeNumericValues: true },
};

describe.each(['18', '22', '24', 'newest'])('Node %s', (name) => {
  test.each(Object.entries(OPTIONS))('%s: its snapshot equals DevTools node by node', async (title, options) => {
    const binary = installedNode(name === 'newest' ? newestVersion() : name);
    if (name !== 'newest') expect(versionOf(binary)).toMatch(new RegExp(`^v${name}\\.`));
    const file = join(folder, `${name}-${title.replaceAll(' ', '-')}.heapsnapshot`);
    execFileSync(binary, [PROGRAM, file, JSON.stringify(options)], { stdio: ['ignore', 'ignore', 'inherit'] });
    expect(await expectEqualsDevtools(file)).toBeGreaterThan(30_000);
  });
});
