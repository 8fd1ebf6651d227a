import { expect, test } from 'vitest';
import { type StringTable, StringTableBuilder } from '#src/read/string-table.js';
import { hashEntries, hashOfText } from '#src/waste/text-hashes.js';
import { hashRest, readWindows } from '#src/waste/texts.js';
import { createRandom, type Random } from '../build/random.js';
import { testArena } from '../engine/engine.js';

/** More than one piece of a table holds. */
const LEAST_BYTES = 17 << 20;

const LONG = ['z'.repeat(65_536), 'y'.repeat(65_537), '7'.repeat(70_000), 'x'.repeat(3 << 20)];

/** As the file has it. */
function randomText(random: Random): string {
  if (random.chance(0.0005)) return random.pick(LONG);
  if (random.chance(0.3)) return String(random.int(10 ** random.int(12)));
  if (random.chance(0.05)) return random.pick(['caf\u00e9', '\u20ac', '\\n', '\\u0031', 'a\\\\b', '']);
  return 'some text of a program'.slice(random.int(20));
}

function tableOf(texts: readonly string[]): StringTable {
  const builder = new StringTableBuilder();
  let end = 0;
  for (const text of texts) {
    const bytes = Buffer.from(text);
    end += bytes.length;
    builder.append(bytes, Uint32Array.of(end), new Uint32Array(0));
  }
  return builder.finish();
}

test('texts are read from several pieces as each of them says', async () => {
  const random = createRandom(1);
  const texts: string[] = [];
  for (let bytes = 0; bytes < LEAST_BYTES; bytes += texts[texts.length - 1].length) texts.push(randomText(random));
  // The end of a table: strings without bytes.
  texts.push('', '');
  const strings = tableOf(texts);
  expect(strings.data.segments.length).toBeGreaterThan(2);
  const arena = await testArena();
  const isWanted = Uint8Array.from(texts, () => random.pick([0, 1, 1, 2]));
  const columns = {
    wanted: arena.allocate('u8', texts.length),
    hashes: arena.allocate('u32', texts.length),
    numbers: arena.allocate('u32', texts.length),
  };
  const wanted = arena.view(columns.wanted);
  wanted.set(isWanted);
  readWindows(arena, strings, columns);
  hashRest(strings, wanted, arena.view(columns.hashes));
  const [hashes, numbers] = [arena.view(columns.hashes), arena.view(columns.numbers)];
  const plain = hashEntries(
    strings,
    isWanted.map((use) => Math.min(use, 1)),
  );
  const wrong = texts.flatMap((text, at) => {
    const isHashed = isWanted[at] === 0 || hashes[at] === hashOfText(strings.text(at));
    const isSame = isWanted[at] === 0 || hashes[at] === plain[at];
    const number = /^\d{1,9}$/.test(text) ? Number(text) + 1 : 0;
    return isHashed && isSame && numbers[at] === number ? [] : [`${at}: ${text.slice(0, 40)}`];
  });
  expect(wrong).toEqual([]);
  for (const text of LONG) expect(texts).toContain(text);
});
