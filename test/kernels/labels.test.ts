import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../build/random.js';
import { testArena } from '../engine/engine.js';
import { place } from './memory.js';

const LISTS = 600;
const POSITION = 0x9e3779b9;
const MOST_BYTES = 4096;

/** FNV-1a over what stands in front of an `@`; 0 where the bytes as they are do not tell. */
function plainLabel(text: string): number {
  if (text.length > MOST_BYTES || text.includes('\\') || text[0] === '<' || text[9] === '<') return 0;
  const told = text.replace(/@.*/s, '');
  if (text !== '' && /^\d*$/.test(told)) return POSITION;
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(told, 'latin1')) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash || 1;
}

const PIECES = ['a', 'Foo', '0', '17', '@', '@3', '<', '\\n', 'Detached ', ' ', '\u00e9', '/', ':'];

function randomText(random: Random): string {
  if (random.chance(0.02)) return 'x'.repeat(4090 + random.int(12));
  if (random.chance(0.2)) return String(random.int(10 ** random.int(12)));
  return Array.from({ length: random.int(5) }, () => random.pick(PIECES)).join('');
}

describe('labels', () => {
  test('labelTexts labels the marked texts that lie in the bytes, but for those that need a closer look', async () => {
    const seen = { number: 0, cut: 0, tag: 0, escaped: 0, long: 0, empty: 0, unmarked: 0, broken: 0, wrapped: 0 };
    for (let seed = 0; seed < LISTS; seed++) {
      const random = createRandom(seed);
      const arena = await testArena();
      const texts = Array.from({ length: random.int(40) }, () => randomText(random));
      const marks = Uint8Array.from(texts, () => (random.chance(0.7) ? 1 : 0));
      const bytes = Buffer.from(texts.join(''), 'latin1');
      // Positions count on behind 4 GiB.
      const start = random.chance(0.3) ? 2 ** 32 - random.int(100) : random.int(1000);
      const ends = Uint32Array.from(texts, (_, at) => start + texts.slice(0, at + 1).join('').length);
      const length = random.chance(0.5) ? bytes.length : random.int(bytes.length + 1);
      const labels = arena.zeroed('u32', texts.length);
      const done = arena.kernels.labelTexts(
        place(arena, Uint8Array.from(bytes.subarray(0, length))),
        length,
        start,
        place(arena, ends),
        texts.length,
        place(arena, marks),
        labels.offset,
      );
      const cut = texts.findIndex((_, at) => texts.slice(0, at + 1).join('').length > length);
      expect(done, `list ${seed}`).toBe(cut < 0 ? texts.length : cut);
      const expected = texts.map((text, at) => (at < done && marks[at] ? plainLabel(text) : 0));
      expect([...arena.view(labels)], `list ${seed}`).toEqual(expected);
      for (const [at, text] of texts.slice(0, done).entries()) {
        seen.number += expected[at] === POSITION ? 1 : 0;
        seen.cut += text.includes('@') && expected[at] !== 0 ? 1 : 0;
        seen.tag += text[0] === '<' || text[9] === '<' ? 1 : 0;
        seen.escaped += text.includes('\\') ? 1 : 0;
        seen.long += text.length > MOST_BYTES ? 1 : 0;
        seen.empty += text === '' ? 1 : 0;
        seen.unmarked += marks[at] ? 0 : 1;
      }
      seen.broken += cut < 0 ? 0 : 1;
      seen.wrapped += start + bytes.length > 2 ** 32 ? 1 : 0;
    }
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(20);
  });

  test('markEdgeTexts marks the names of edges that are not numbered', async () => {
    for (let seed = 0; seed < LISTS; seed++) {
      const random = createRandom(seed);
      const arena = await testArena();
      const edges = random.int(60);
      // Files may know more types than a mask has bits: those have names.
      const types = Uint8Array.from({ length: edges }, () => random.int(40));
      const names = Uint32Array.from({ length: edges }, () => random.int(50));
      const numbered = random.int(2 ** 32);
      const marks = arena.zeroed('u8', 50);
      arena.kernels.markEdgeTexts(place(arena, types), place(arena, names), edges, numbered, marks.offset);
      const isNamed = (type: number) => type >= 32 || ((numbered >>> type) & 1) === 0;
      const named = new Set(names.filter((_, edge) => isNamed(types[edge])));
      expect([...arena.view(marks)], `edges ${seed}`).toEqual(Array.from({ length: 50 }, (_, at) => +named.has(at)));
    }
  });

  test('markNodeTexts marks the names of nodes whose type has no label', async () => {
    for (let seed = 0; seed < LISTS; seed++) {
      const random = createRandom(seed);
      const arena = await testArena();
      const nodes = random.int(60);
      const types = Uint8Array.from({ length: nodes }, () => random.int(256));
      const names = Uint32Array.from({ length: nodes }, () => random.int(50));
      const ofTypes = Uint32Array.from({ length: 256 }, () => (random.chance(0.5) ? 1 + random.int(1000) : 0));
      const marks = arena.zeroed('u8', 50);
      const columns = [place(arena, types), place(arena, names)] as const;
      arena.kernels.markNodeTexts(...columns, nodes, place(arena, ofTypes), marks.offset);
      const named = new Set(names.filter((_, node) => ofTypes[types[node]] === 0));
      expect([...arena.view(marks)], `nodes ${seed}`).toEqual(Array.from({ length: 50 }, (_, at) => +named.has(at)));
    }
  });
});
