import { expect, test } from 'vitest';
import { hashOfText } from '#src/waste/text-hashes.js';
import { createRandom, type Random } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { junk, packBits, place } from './memory.js';

const ROUNDS = 500;

const PIECES = ['a', 'Foo', '0', '17', '999999999', '\\n', '\\\\', '\u00e9', ' ', '/'];

function randomText(random: Random): string {
  if (random.chance(0.4)) return String(random.int(10 ** random.int(12)));
  if (random.chance(0.1)) return `00${random.int(100)}`;
  return Array.from({ length: random.int(5) }, () => random.pick(PIECES)).join('');
}

const isPlain = (text: string) => !/[\\\u0080-\uffff]/.test(text);

test('readTexts hashes the wanted texts that are plain ASCII, and reads the numbers of all', async () => {
  const seen = { number: 0, long: 0, escaped: 0, empty: 0, unwanted: 0, broken: 0, wrapped: 0 };
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const texts = Array.from({ length: random.int(40) }, () => randomText(random));
    const wanted = Uint8Array.from(texts, () => Number(random.chance(0.7)));
    const bytes = Buffer.from(texts.join(''), 'latin1');
    // Positions count on behind 4 GiB.
    const start = random.chance(0.3) ? 2 ** 32 - random.int(100) : random.int(1000);
    const lengthTo = (at: number) => texts.slice(0, at + 1).join('').length;
    const ends = Uint32Array.from(texts, (_, at) => start + lengthTo(at));
    const length = random.chance(0.5) ? bytes.length : random.int(bytes.length + 1);
    const left = arena.allocate('u8', texts.length);
    arena.view(left).set(wanted);
    const [hashes, numbers] = [junk(arena, 'u32', texts.length), junk(arena, 'u32', texts.length)];
    const [junkHash] = arena.view(hashes);
    const done = arena.kernels.readTexts(
      ...([place(arena, Uint8Array.from(bytes.subarray(0, length))), length, start] as const),
      ...([place(arena, ends), texts.length, left.offset, hashes.offset, numbers.offset] as const),
    );
    const cut = texts.findIndex((_, at) => lengthTo(at) > length);
    expect(done, `seed ${seed}`).toBe(cut < 0 ? texts.length : cut);
    for (const [at, text] of texts.entries()) {
      const isRead = at < done;
      const isHashed = isRead && wanted[at] === 1 && isPlain(text);
      const told = `seed ${seed}, ${text}`;
      if (isHashed) expect(arena.view(hashes)[at], told).toBe(hashOfText(text));
      else if (!isRead || wanted[at] === 0) expect(arena.view(hashes)[at], told).toBe(junkHash);
      expect(arena.view(left)[at], told).toBe(isHashed ? 0 : wanted[at]);
      if (!isRead) continue;
      expect(arena.view(numbers)[at], told).toBe(/^\d{1,9}$/.test(text) ? Number(text) + 1 : 0);
      seen.number += Number(/^\d{1,9}$/.test(text));
      seen.long += Number(/^\d{10,}$/.test(text));
      seen.escaped += Number(!isPlain(text));
      seen.empty += Number(text === '');
      seen.unwanted += 1 - wanted[at];
    }
    seen.broken += Number(cut >= 0);
    seen.wrapped += Number(start + bytes.length > 2 ** 32);
  }
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(20);
});

test('countNames tells names of one node from those of several, and listUsed lists both', async () => {
  const seen = { once: 0, again: 0, unused: 0 };
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const names = Uint32Array.from({ length: random.int(40) }, () => random.int(30));
    const nodes = Uint32Array.from([...names.keys()].filter(() => random.chance(0.6)));
    const uses = arena.zeroed('u8', 30);
    arena.kernels.countNames(place(arena, nodes), nodes.length, place(arena, names), uses.offset);
    const counts = Array.from({ length: 30 }, (_, name) => [...nodes].filter((node) => names[node] === name).length);
    expect([...arena.view(uses)], `seed ${seed}`).toEqual(counts.map((count) => Math.min(count, 2)));
    const list = junk(arena, 'u32', 30);
    const used = arena.kernels.listUsed(uses.offset, 30, list.offset);
    const expected = [...counts.keys()].filter((name) => counts[name] > 0);
    expect([...arena.view(list).subarray(0, used)]).toEqual(expected);
    seen.once += counts.filter((count) => count === 1).length;
    seen.again += counts.filter((count) => count > 1).length;
    seen.unused += counts.filter((count) => count === 0).length;
  }
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(ROUNDS);
});

const turned = (hash: number, turn: number) => ((hash << turn) | (hash >>> (32 - turn))) >>> 0;

test('keepRepeated keeps all strings whose hash comes again, and others only where some of its bits do', async () => {
  const seen = { repeated: 0, dropped: 0, mistaken: 0 };
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const most = random.pick([20, 500, 2 ** 32]);
    const hashes = Uint32Array.from({ length: random.int(80) }, () => random.int(most));
    const strings = [...hashes.keys()].filter(() => random.chance(0.8));
    const bits = random.pick([32, 64, 1024]);
    const turn = random.pick([0, 10]);
    const [once, twice] = [arena.bits(bits), arena.bits(bits)];
    const list = arena.allocate('u32', strings.length);
    arena.view(list).set(strings);
    const count = arena.kernels.keepRepeated(
      ...([list.offset, strings.length, place(arena, hashes), turn, once.offset, twice.offset, bits - 1] as const),
    );
    const low = (index: number) => turned(hashes[index], turn) % bits;
    const expected = strings.filter((index) => strings.filter((other) => low(other) === low(index)).length > 1);
    expect([...arena.view(list).subarray(0, count)], `seed ${seed}`).toEqual(expected);
    const isRepeated = (index: number) => strings.filter((other) => hashes[other] === hashes[index]).length > 1;
    seen.repeated += expected.filter(isRepeated).length;
    seen.mistaken += expected.filter((index) => !isRepeated(index)).length;
    seen.dropped += strings.length - expected.length;
  }
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(ROUNDS);
});

test('markRepeated and markAlike note what may come again, and keepAlike keeps nodes with such names', async () => {
  const seen = { marked: 0, alike: 0, kept: 0 };
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const hashes = Uint32Array.from({ length: 40 }, () => random.int(2 ** 32));
    const before = Uint8Array.from(hashes, () => random.int(3));
    const uses = arena.allocate('u8', before.length);
    arena.view(uses).set(before);
    const marked = [...hashes.keys()].filter((index) => before[index] > 0 && random.chance(0.2));
    arena.kernels.markRepeated(place(arena, Uint32Array.from(marked)), marked.length, uses.offset);
    const bits = 64;
    const set = new Set(Array.from({ length: 8 }, () => random.int(bits)));
    const flags = Uint8Array.from({ length: bits }, (_, bit) => Number(set.has(bit)));
    arena.kernels.markAlike(
      ...([place(arena, hashes), hashes.length, place(arena, packBits(flags)), bits - 1, uses.offset] as const),
    );
    const isAlike = (index: number) => before[index] === 1 && set.has(hashes[index] % bits);
    const expected = [...before].map((uses, index) => (marked.includes(index) || isAlike(index) ? 2 : uses));
    expect([...arena.view(uses)], `seed ${seed}`).toEqual(expected);
    const names = Uint32Array.from({ length: 50 }, () => random.int(hashes.length));
    const nodes = Uint32Array.from([...names.keys()].filter(() => random.chance(0.5)));
    const kept = junk(arena, 'u32', nodes.length);
    const count = arena.kernels.keepAlike(
      ...([place(arena, nodes), nodes.length, place(arena, names), uses.offset, kept.offset] as const),
    );
    const alike = [...nodes].filter((node) => expected[names[node]] === 2);
    expect([...arena.view(kept).subarray(0, count)]).toEqual(alike);
    seen.marked += marked.length;
    seen.alike += [...before.keys()].filter(isAlike).length;
    seen.kept += count;
  }
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(ROUNDS);
});
