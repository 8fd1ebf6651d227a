import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { SnapshotError } from '#src/base/errors.js';
import { diffProfiles } from '#src/profile/diff.js';
import { readProfile } from '#src/profile/index.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';
import { plainProfile, profileOf, readText, zstdOf } from './profiles.js';

const folder = scratchFolder();

/** Keeps so many arrays of 8,000 bytes, and as many others not; the functions too: V8 knows no place in a script that is gone. */
const PROGRAM = `const kept = (globalThis.kept = [remember, forget]);
function remember(count) {
  for (let k = 0; k < count; k++) kept.push(new Array(1000).fill(k));
}
function forget(count) {
  let last;
  for (let k = 0; k < count; k++) last = new Array(1000).fill(k);
  return last;
}
remember(Number(process.argv[2]));
forget(Number(process.argv[2]));
`;
const small = profileOf(folder, 'small', PROGRAM, '500');
const large = profileOf(folder, 'large', PROGRAM, '2000');

test('a profile of Node has what the plain reading has', async () => {
  const text = readFileSync(small, 'utf8');
  const profile = await readProfile(small);
  expect(profile.sites.length).toBeGreaterThan(20);
  expect(profile.samples).toBeGreaterThan(500);
  expect(profile).toEqual(plainProfile(text));
});

test('says where the memory was allocated that is still in use, with lines and columns from 1', async () => {
  const { sites, totalSize, samples } = await readProfile(small);
  const [first] = sites;
  expect(first).toMatchObject({ function: 'remember', line: 2, column: 18 });
  expect(first.script.endsWith('/small.cjs')).toBe(true);
  expect(first.stack.slice(0, 2)).toEqual(['(anonymous)', 'Module._compile']);
  // What has been freed is not in it: the other function has allocated as much.
  expect(first.selfSize).toBeGreaterThan(0.9 * 500 * 8000);
  expect(first.selfSize).toBeLessThan(1.2 * 500 * 8000);
  expect(totalSize).toBe(sites.reduce((sum, { selfSize }) => sum + selfSize, 0));
  expect(sites.reduce((sum, { count = 0 }) => sum + count, 0)).toBeLessThanOrEqual(samples ?? 0);
});

test('what has grown between two profiles comes first', async () => {
  const series = [await readProfile(small), await readProfile(large)];
  const [first] = diffProfiles(series.map((profile) => withoutFolders(profile)));
  expect(first).toMatchObject({ function: 'remember', line: 2, rises: 1 });
  expect(first.delta).toBeGreaterThan(0.9 * 1500 * 8000);
  expect(first.delta).toBe(first.values[1] - first.values[0]);
});

/** The two programs have files of their own. */
function withoutFolders(profile: Awaited<ReturnType<typeof readProfile>>) {
  const sites = profile.sites.map((site) => ({
    ...site,
    script: site.script.replace(/.*(?:small|large)\.cjs$/, 'app.cjs'),
  }));
  return { ...profile, sites };
}

test('what the inspector returns is read too', async () => {
  const out = join(folder, 'inspector.heapprofile');
  const program = `const { Session } = require('node:inspector');
const session = new Session();
session.connect();
session.post('HeapProfiler.startSampling', { samplingInterval: 1024 });
const kept = (globalThis.kept = []);
(function grow() { for (let k = 0; k < 300; k++) kept.push(new Array(1000).fill(k)); })();
session.post('HeapProfiler.stopSampling', (_, { profile }) =>
  require('node:fs').writeFileSync(process.argv[2], JSON.stringify(profile)));
`;
  execFileSync(process.execPath, [writeIn(folder, 'inspector.cjs', program), out]);
  const profile = await readProfile(out);
  expect(profile).toEqual(plainProfile(readFileSync(out, 'utf8')));
  expect(profile.sites[0]).toMatchObject({ function: 'grow', line: 6 });
});

test('a compressed profile is the same', async () => {
  const bytes = readFileSync(small);
  const expected = await readProfile(small);
  for (const [name, packed] of [
    ['a.heapprofile.gz', gzipSync(bytes)],
    ['a.heapprofile.zst', zstdOf(bytes)],
  ] as const) {
    expect(await readProfile(writeIn(folder, name, packed))).toEqual(expected);
  }
});

test('a profile that was cut anywhere is refused, and told where it ends', async () => {
  const bytes = readFileSync(small);
  let refused = 0;
  for (let at = 0; at < bytes.length; at += 50) {
    const error = await readText(bytes.subarray(0, at)).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(SnapshotError);
    expect([error.code, error.byteOffset]).toEqual(['TRUNCATED', at]);
    refused++;
  }
  expect(refused).toBeGreaterThan(500);
});

test('a compressed profile that was cut is refused', async () => {
  const packed = gzipSync(readFileSync(small));
  for (const share of [0.2, 0.5, 0.99]) {
    const file = writeIn(folder, 'cut.heapprofile.gz', packed.subarray(0, Math.floor(share * packed.length)));
    await expect(readProfile(file)).rejects.toMatchObject({ name: 'SnapshotError', code: 'COMPRESSION' });
  }
});
