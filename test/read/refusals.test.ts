import { describe, expect, test } from 'vitest';
import { SnapshotError, type SnapshotErrorCode } from '#src/base/errors.js';
import { wholeNumbers } from '#src/wasm/region.js';
import { createRandom } from '../build/random.js';
import { randomGraph } from '../build/random-graph.js';
import { toJson } from '../build/snapshot-builder.js';
import { readBytes } from '../engine/engine.js';

async function refusal(bytes: Uint8Array, pieces?: readonly number[]): Promise<SnapshotError> {
  try {
    await readBytes(bytes, pieces);
  } catch (error) {
    if (error instanceof SnapshotError) return error;
    throw error;
  }
  throw new Error(`found a result for ${Buffer.from(bytes).toString('utf8').slice(0, 200)}, expected a refusal`);
}

async function expectRefusal(text: string, code: SnapshotErrorCode, message: RegExp, at?: string): Promise<void> {
  const bytes = Buffer.from(text);
  for (const pieces of [undefined, [1], [7]]) {
    const error = await refusal(bytes, pieces);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/found .*(expected|says)/s);
    if (at !== undefined) expect(error.byteOffset).toBe(Buffer.from(text.slice(0, text.indexOf(at))).length);
  }
}

const SMALL = Buffer.from(toJson(randomGraph(3, 12))).toString('utf8');

/** Three nodes, two edges, four strings: small enough to be wrong in one place. */
function tiny(changes: Record<string, string> = {}): string {
  const sections: Record<string, string> = {
    snapshot: JSON.stringify({
      meta: {
        node_fields: ['type', 'name', 'id', 'self_size', 'edge_count'],
        node_types: [['synthetic', 'object'], 'string', 'number', 'number', 'number'],
        edge_fields: ['type', 'name_or_index', 'to_node'],
        edge_types: [['element', 'property'], 'string_or_number', 'node'],
        location_fields: ['object_index', 'script_id', 'line', 'column'],
      },
      node_count: 3,
      edge_count: 2,
    }),
    nodes: '[0,0,1,0,2, 1,1,3,16,0, 1,2,5,24,0]',
    edges: '[1,3,5, 0,99,10]',
    locations: '[5,1,2,3]',
    strings: '["","A","B","a"]',
    ...changes,
  };
  return `{${Object.entries(sections)
    .map(([name, value]) => `${JSON.stringify(name)}:${value}`)
    .join(',')}}`;
}

describe('promise 1: a cut or garbled file is refused, with its place', () => {
  test('1,000 random cuts and every section boundary ±1', async () => {
    const random = createRandom(1);
    const cuts = Array.from({ length: 1_000 }, () => random.int(SMALL.length));
    for (const { index } of SMALL.matchAll(/"(?:snapshot|nodes|edges|samples|locations|strings)":/g)) {
      cuts.push(index - 1, index, index + 1);
    }
    const whole = SMALL.trimEnd().length;
    for (const cut of cuts.filter((length) => length < whole)) {
      const error = await refusal(Buffer.from(SMALL.slice(0, cut)));
      expect(['TRUNCATED', 'SYNTAX'], `cut at ${cut}`).toContain(error.code);
      expect(error.byteOffset).toBe(Buffer.from(SMALL.slice(0, cut)).length);
    }
  });

  test('1,000 files with one byte changed give a result or a refusal, and never anything else', async () => {
    const random = createRandom(2);
    let refused = 0;
    for (let round = 0; round < 1_000; round++) {
      const bytes = Buffer.from(SMALL);
      bytes[random.int(bytes.length)] = random.int(256);
      await readBytes(bytes).catch((error: unknown) => {
        expect(error).toBeInstanceOf(SnapshotError);
        refused++;
      });
    }
    expect(refused).toBeGreaterThan(200);
  });

  test('no JSON at all', async () => {
    await expectRefusal('', 'TRUNCATED', /after 0 bytes/);
    await expectRefusal('hello', 'SYNTAX', /found "h" \(byte 0x68\), expected "\{"/, 'hello');
    await expectRefusal('\0\0\0', 'SYNTAX', /found byte 0x00/);
    await expectRefusal('{}', 'MISSING_SECTION', /no section "snapshot"/);
    await expectRefusal(`${tiny()} ~`, 'SYNTAX', /expected the end of the file/, '~');
  });
});

describe('promise 2: nesting', () => {
  test('a bomb of 100,000 brackets in an unknown section is refused within its first levels', async () => {
    const error = await refusal(Buffer.from(tiny({ future: '['.repeat(100_000) })));
    expect(error.code).toBe('TOO_DEEP');
    expect(error.byteOffset).toBeLessThan(1_000);
  });

  test('64 levels are followed', async () => {
    const { raw } = await readBytes(Buffer.from(tiny({ future: `${'['.repeat(64)}${']'.repeat(64)}` })));
    expect(raw.header.nodeCount).toBe(3);
  });
});

describe('promise 3: odd numbers are exact or refused', () => {
  test.each([
    ['-1', /found -1, expected a whole number/],
    ['1.0', /found 1\.0,/],
    ['1e3', /found 1e3,/],
    ['1E3', /found 1E3,/],
    ['9007199254740992', /found 9007199254740992,/],
    ['18446744073709551616', /found 18446744073709551616,/],
    ['99999999999999999999999', /found 9{23},/],
  ])('%s as a self size', async (number, message) => {
    await expectRefusal(tiny({ nodes: `[0,0,1,0,2, 1,1,3,${number},0, 1,2,5,24,0]` }), 'NUMBER', message, number);
  });

  test('the largest exact number is kept', async () => {
    const { arena, raw } = await readBytes(
      Buffer.from(tiny({ nodes: '[0,0,1,0,2,1,1,3,9007199254740991,0,1,2,5,24,0]' })),
    );
    expect(wholeNumbers(arena.memory.buffer, raw.columns.rawSelfSize, new Float64Array(3))[1]).toBe(
      Number.MAX_SAFE_INTEGER,
    );
  });

  test('negative numbers outside the scope sections', async () => {
    await expectRefusal(tiny({ samples: '[-1,2]' }), 'NUMBER', /samples: found -1/, '-1');
    await expectRefusal(tiny({ locations: '[5,-1,2,3]' }), 'NUMBER', /locations: found -1/, '-1');
  });
});

describe('promise 4: sections', () => {
  test('missing and repeated ones', async () => {
    const without = (name: string) => tiny().replace(new RegExp(`,"${name}":\\[[^\\]]*\\]`), '');
    for (const name of ['nodes', 'edges', 'strings']) {
      await expectRefusal(without(name), 'MISSING_SECTION', new RegExp(`"${name}"`));
    }
    const twice = tiny().replace('"strings"', '"edges":[],"strings"');
    await expectRefusal(twice, 'DUPLICATE_SECTION', /a second section "edges"/, '[],"strings"');
  });

  test('a section that is no list', async () => {
    await expectRefusal(tiny({ nodes: 'null' }), 'SYNTAX', /expected "\[" to open nodes/, 'null');
    await expectRefusal(tiny({ strings: '{}' }), 'SYNTAX', /expected "\[" to open strings/, '{}');
  });

  const NUMBERS = [
    '[1 2]',
    '[1,,2]',
    '[,1]',
    '[1,]',
    '[01]',
    '[+1]',
    '[- 1]',
    '[--1]',
    '[1',
    '[0x1]',
    '[NaN]',
    '["1"]',
    '[[1]]',
    '[1}',
    '[1;2]',
    '[1\f]',
  ];
  test.each(NUMBERS)('numbers written as %j, as JSON.parse says', async (list) => {
    expect(() => JSON.parse(list) as unknown).toSatisfy((parse: () => unknown) => {
      try {
        return typeof (parse() as unknown[])[0] !== 'number';
      } catch {
        return true;
      }
    });
    const error = await refusal(Buffer.from(tiny({ samples: list })));
    expect(['SYNTAX', 'NUMBER']).toContain(error.code);
    expect(error.byteOffset).toBeGreaterThan(0);
  });

  const STRINGS = [
    '["a" "b"]',
    '["a",]',
    '[,"a"]',
    '["a\\x"]',
    '["\\u12"]',
    '["\\u12g4"]',
    '["\n"]',
    '["\t"]',
    "['a']",
    '[a]',
    '["\\"]',
    '["a",,"b"]',
    '[1]',
    '["\x00"]',
    '["\\ud8"]',
  ];
  test.each(STRINGS)('strings written as %j, as JSON.parse says', async (list) => {
    const isStrings = () => (JSON.parse(list) as unknown[]).every((text) => typeof text === 'string');
    expect(() => expect(isStrings()).toBe(true)).toThrow();
    const error = await refusal(Buffer.from(tiny({ strings: list })));
    expect(['SYNTAX', 'TRUNCATED']).toContain(error.code);
    expect(error.byteOffset).toBeGreaterThan(0);
  });
});

describe('promise 5: lying counts', () => {
  test.each([
    ['node_count', 4, /nodes: found 15 numbers of 5, the header says 4 nodes/],
    ['node_count', 2, /nodes: found more than 2 rows of 5, the header says 2 nodes/],
    ['edge_count', 1, /edges: found more than 1 rows of 3|add up to 2, the header says 1 edges/],
    ['edge_count', 3, /add up to 2, the header says 3 edges/],
    ['node_count', 10 ** 12, /says 1000000000000 nodes and 2 edges, expected no more than the file's \d+ bytes/],
  ])('%s %d', async (name, count, message) => {
    const text = tiny().replace(new RegExp(`"${name}":\\d`), `"${name}":${count}`);
    await expectRefusal(text, 'COUNT_MISMATCH', message);
    expect((await refusal(Buffer.from(text))).byteOffset).toBeGreaterThanOrEqual(0);
  });

  test('a trillion nodes cost no memory', async () => {
    const before = process.memoryUsage.rss();
    for (let round = 0; round < 20; round++) {
      await refusal(Buffer.from(tiny().replace('"node_count":3', '"node_count":1000000000000')));
    }
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 << 20);
  });

  test('a row that is not whole', async () => {
    await expectRefusal(
      tiny({ edges: '[1,3,5, 0,99]' }),
      'COUNT_MISMATCH',
      /found 5 numbers of 3, the header says 2 edges/,
    );
  });
});

describe('promise 6: what points outside its table', () => {
  test.each([
    ['edges', '[1,3,5, 0,99,15]', '15]', /edges: found to_node 15, expected a multiple of 5 below 15/],
    ['edges', '[1,3,6, 0,99,10]', '6, 0', /edges: found to_node 6, expected a multiple of 5/],
    ['edges', '[1,4,5, 0,99,10]', '4,5', /edges: found string index 4, expected one below 4/],
    ['edges', '[2,3,5, 0,99,10]', '2,3', /edges: found type 2, expected an edge type from 0 to 1/],
    ['nodes', '[0,0,1,0,2, 1,4,3,16,0, 1,2,5,24,0]', '4,3', /nodes: found string index 4/],
    ['nodes', '[0,0,1,0,2, 7,1,3,16,0, 1,2,5,24,0]', '7,1', /nodes: found type 7, expected a node type/],
    ['locations', '[6,1,2,3]', '6,1,2', /locations: found object_index 6, expected a multiple of 5/],
    ['locations', '[15,1,2,3]', '15,1,2', /locations: found object_index 15/],
  ])('%s %s', async (section, list, at, message) => {
    await expectRefusal(tiny({ [section]: list }), 'OUT_OF_RANGE', message, at);
  });

  test('a list of locations that is not whole', async () => {
    await expectRefusal(
      tiny({ locations: '[5,1,2]' }),
      'COUNT_MISMATCH',
      /locations: found 3 numbers, expected a multiple of 4/,
      ',"strings"',
    );
  });

  test('an element number may be larger than the string table', async () => {
    const { arena, raw } = await readBytes(Buffer.from(tiny()));
    expect([...arena.view(raw.columns.edgeName)]).toEqual([3, 99]);
  });

  test('string indexes are checked when the strings come first, too', async () => {
    const strings = '"strings":["","A","B"]';
    const text = tiny()
      .replace(/,"strings":\[[^\]]*\]/, '')
      .replace('{"snapshot"', `{${strings},"snapshot"`);
    await expectRefusal(text, 'OUT_OF_RANGE', /string index 3, expected one below 3/, '3,5, 0,99');
  });
});

describe('the header', () => {
  test.each([
    [/"meta":\{.*?\},"node_count"/, '"meta":7,"node_count"', /found 7 for snapshot\.meta/],
    ['"self_size"', '"size"', /without exactly one "self_size"/],
    ['"to_node"', '"type"', /meta\.edge_fields without exactly one/],
    ['"node_count":3', '"node_count":-3', /found -3 for node_count/],
    ['"node_count":3', '"node_count":1.5', /found 1\.5 for node_count/],
    ['"node_count":3', '"node_count":"3"', /found a string for node_count/],
    ['"node_count":3', '"node_count":0', /found node_count 0/],
    ['"node_count":3', '"root_index":4,"node_count":3', /found root_index 4/],
    ['[["synthetic","object"]', '["synthetic"', /at meta\.node_types\[0\]/],
  ])('%s', async (from, to, message) => {
    const error = await refusal(Buffer.from(tiny().replace(from, to)));
    expect(error.code).toBe('HEADER');
    expect(error.message).toMatch(message);
  });
});
