import { expect, test } from 'vitest';
import { hashOfText } from '#src/waste/text-hashes.js';
import { createRandom, type Random } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { junk, place } from './memory.js';

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

test('valuesOfNames looks up and markNames flags what nodes are called', async () => {
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const values = Uint32Array.from({ length: 30 }, () => random.int(2 ** 32));
    const names = Uint32Array.from({ length: random.int(40) }, () => random.int(values.length));
    const nodes = Uint32Array.from([...names.keys()].filter(() => random.chance(0.3)));
    const found = junk(arena, 'u32', nodes.length);
    const list = [place(arena, nodes), nodes.length, place(arena, names)] as const;
    arena.kernels.valuesOfNames(...list, place(arena, values), found.offset);
    expect([...arena.view(found)]).toEqual([...nodes].map((node) => values[names[node]]));
    const flags = arena.zeroed('u8', values.length);
    arena.kernels.markNames(...list, flags.offset);
    const named = new Set([...nodes].map((node) => names[node]));
    expect([...arena.view(flags)]).toEqual(Array.from(values, (_, name) => Number(named.has(name))));
  }
});

test('findRepeated keeps all hashes that come again, and others only where their bits do', async () => {
  const seen = { repeated: 0, dropped: 0, mistaken: 0 };
  for (let seed = 0; seed < ROUNDS; seed++) {
    const random = createRandom(seed);
    const arena = await testArena();
    const most = random.pick([20, 500, 2 ** 32]);
    const hashes = Uint32Array.from({ length: random.int(60) }, () => random.int(most));
    const bits = random.pick([32, 64, 1024]);
    const [once, twice] = [arena.bits(bits), arena.bits(bits)];
    const kept = junk(arena, 'u32', hashes.length);
    const count = arena.kernels.findRepeated(
      ...([place(arena, hashes), hashes.length, once.offset, twice.offset, bits - 1, kept.offset] as const),
    );
    const alike = (hash: number) => [...hashes].filter((other) => other % bits === hash % bits).length;
    const expected = [...hashes.keys()].filter((at) => alike(hashes[at]) > 1);
    expect([...arena.view(kept).subarray(0, count)], `seed ${seed}`).toEqual(expected);
    const isRepeated = (at: number) => [...hashes].filter((hash) => hash === hashes[at]).length > 1;
    seen.repeated += expected.filter(isRepeated).length;
    seen.mistaken += expected.filter((at) => !isRepeated(at)).length;
    seen.dropped += hashes.length - expected.length;
  }
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(ROUNDS);
});
