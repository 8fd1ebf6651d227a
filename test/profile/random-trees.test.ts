import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PlainNode, plainProfile, readText } from './profiles.js';

const name = fc.oneof(
  fc.constantFrom('', 'a', 'b', '__proto__', 'constructor', 'toString', '(root)', 'é"\\\n', '𝒳', '\u2028'),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const frame = fc.record({
  functionName: name,
  scriptId: fc.constant('1'),
  url: fc.constantFrom('', 'file:///a.js', '__proto__'),
  lineNumber: fc.integer({ min: -1, max: 2 }),
  columnNumber: fc.integer({ min: -1, max: 1 }),
});
/** What the protocol may have one day, and does not have to stand at the end. */
const more = fc.option(
  fc.dictionary(fc.constantFrom('__proto__', 'zz', 'head', 'size'), fc.jsonValue({ maxDepth: 3 })),
  {
    nil: {},
  },
);

const { tree } = fc.letrec<{ tree: PlainNode }>((tie) => ({
  tree: fc
    .record({
      callFrame: frame,
      selfSize: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2 ** 40 })),
      id: fc.constant(0),
      children: fc.oneof({ depthSize: 'medium' }, fc.constant([]), fc.array(tie('tree'), { maxLength: 4 })),
    })
    .chain((plain) => more.map((fields) => ({ ...fields, ...plain })) as fc.Arbitrary<PlainNode>),
}));

/** Ids are V8's numbers: each once, in no order that anyone may rely on. */
function withIds(head: PlainNode): number {
  const open = [head];
  let count = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    next.id = 7 * ++count;
    open.push(...next.children);
  }
  return count;
}

/** Sizes and ids behind the children, as tools write that sort keys. */
function inAnotherOrder(text: string): string {
  const { head, ...rest } = JSON.parse(text);
  const sorted = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return JSON.stringify({ ...rest, head: JSON.parse(JSON.stringify(head, sorted)) }, null, 1);
}

test('any tree is read as the plain reading reads it, in any pieces and order of keys', async () => {
  let withSites = 0;
  const pieces = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 });
  const property = fc.asyncProperty(
    tree,
    fc.array(fc.nat(200)),
    fc.boolean(),
    pieces,
    async (head, picks, has, sizes) => {
      const count = withIds(head);
      const samples = picks.map((pick, ordinal) => ({ size: 1, nodeId: 7 * (pick % (count + 2)), ordinal }));
      const text = JSON.stringify(has ? { head, samples } : { head });
      const expected = plainProfile(text);
      if (expected.sites.length > 1) withSites++;
      expect(await readText(text)).toEqual(expected);
      expect(await readText(text, sizes)).toEqual(expected);
      expect(await readText(inAnotherOrder(text), sizes)).toEqual(expected);
    },
  );
  await fc.assert(property, { numRuns: 400, seed: 2026 });
  expect(withSites).toBeGreaterThan(100);
});

test('a byte that is another one never brings down more than the reading', async () => {
  const text = Buffer.from(
    '{"head":{"callFrame":{"functionName":"a","scriptId":"1","url":"b","lineNumber":0,"columnNumber":1},' +
      '"selfSize":12,"id":1,"children":[]},"samples":[{"size":12,"nodeId":1,"ordinal":1}]}',
  );
  let refused = 0;
  for (let at = 0; at < text.length; at++) {
    for (const byte of [0x00, 0x22, 0x2c, 0x2d, 0x30, 0x5b, 0x5d, 0x7b, 0x7d, 0xff]) {
      const changed = Buffer.from(text);
      changed[at] = byte;
      const result = await readText(changed).catch((thrown) => thrown);
      if (!(result instanceof Error)) continue;
      expect(result).toMatchObject({ name: 'SnapshotError' });
      expect(['INTERNAL', 'UNREADABLE']).not.toContain((result as unknown as { code: string }).code);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(1000);
});
