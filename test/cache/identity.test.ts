import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  decodeState,
  digestOf,
  encodeState,
  type FileState,
  isSameState,
  probeFile,
  trustIn,
} from '#src/cache/identity.js';
import { createRandom } from '../build/random.js';
import { scratchFolder } from '../promises/scratch-folder.js';

const NOW = 1_700_000_000_000;
const folder = scratchFolder();

describe('the stamps of a file', () => {
  const stamps = (agoMs: number, nanoseconds: bigint) => {
    const ms = BigInt(NOW - agoMs);
    return { mtimeMs: ms, ctimeMs: ms, ctimeNs: ms * 1_000_000n + nanoseconds };
  };

  test.each([
    ['of a while ago say all there is to say', 5000, 0n, { settled: true, watchable: true }],
    [
      'that are fine and new tell a later change, but not one of the same tick',
      10,
      123_456n,
      { settled: false, watchable: true },
    ],
    ['that are coarse and new tell nothing', 10, 0n, { settled: false, watchable: false }],
    ['from the future are new', -60_000, 0n, { settled: false, watchable: false }],
  ])('%s', (_, ago, nanoseconds, expected) => {
    expect(trustIn(stamps(ago, nanoseconds), NOW)).toEqual(expected);
  });

  test('are of a while ago only if both are', () => {
    const { mtimeMs } = stamps(10, 0n);
    // Set back by a program, which shows in the other one.
    expect(trustIn({ ...stamps(10, 5n), mtimeMs: mtimeMs - 100_000n }, NOW).settled).toBe(false);
  });
});

test('a state survives its slot, and a damaged one counts as none', () => {
  const random = createRandom(7);
  const state: FileState = [2n ** 64n - 1n, 0n, 1n << 63n, 1_700_000_000_123_456_789n];
  const slot = encodeState(state);
  expect(isSameState(decodeState(slot) as FileState, state)).toBe(true);
  for (let flip = 0; flip < 200; flip++) {
    const damaged = slot.slice();
    damaged[random.int(damaged.length)] ^= 1 << random.int(8);
    expect(decodeState(damaged)).toBeUndefined();
  }
  expect(decodeState(new Uint8Array(64))).toBeUndefined();
});

describe('a file', () => {
  // One byte more than what is sampled whole, and far more.
  test.each([0, 1, 393_216, 393_217, 5_000_000])('of %i bytes has its own samples and digest', async (size) => {
    const file = join(folder, `sized-${size}`);
    const bytes = Buffer.alloc(size, 'x');
    writeFileSync(file, bytes);
    const probe = await probeFile(file);
    expect(probe).toMatchObject({ file, size });
    expect((await digestOf(probe as never))?.length).toBe(32);
    if (size === 0) return;
    for (const at of [0, size - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] ^= 1;
      writeFileSync(file, changed);
      expect((await probeFile(file))?.samples).not.toEqual(probe?.samples);
    }
    expect(await digestOf(probe as never)).toBeUndefined();
  });

  test('that is none, or not there, has no key', async () => {
    expect(await probeFile(folder)).toBeUndefined();
    expect(await probeFile(join(folder, 'absent'))).toBeUndefined();
  });
});
