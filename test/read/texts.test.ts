import { expect, test } from 'vitest';
import { StringTableBuilder } from '#src/read/string-table.js';
import { createRandom } from '../build/random.js';

const STRINGS = 20_000;
/** Bytes that begin, continue and break characters of two to four bytes, and a byte order mark's. */
const ODD = [0x80, 0x90, 0xa0, 0xbb, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xff];

test('texts are decoded as the Encoding Standard says, whatever their bytes are', () => {
  const random = createRandom(5);
  const builder = new StringTableBuilder();
  const strings: Uint8Array[] = [];
  let end = 0;
  for (let index = 0; index < STRINGS; index++) {
    const bytes = Uint8Array.from({ length: random.int(12) }, () =>
      random.chance(0.5) ? random.pick(ODD) : 0x5d + random.int(30),
    );
    end += bytes.length;
    strings.push(bytes);
    builder.append(bytes, Uint32Array.of(end), new Uint32Array(0));
  }
  const table = builder.finish();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let replaced = 0;
  for (const [index, bytes] of strings.entries()) {
    const text = table.text(index);
    expect(text, `bytes ${bytes}`).toBe(decoder.decode(bytes));
    if (text.includes('\uFFFD')) replaced++;
  }
  expect(replaced).toBeGreaterThan(STRINGS / 10);
});
