import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { extractSnapshot } from '#src/batch/extract.js';
import { openSnapshot } from '#src/batch/open.js';
import { redactSnapshot } from '#src/rewrite/redact.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { expectSameClasses, opened } from './same-figures.js';

const root = scratchFolder();
const EACH = 100;
const KINDS = ['value', 'key', 'pattern', 'template', 'buffer', 'error', 'url', 'sliced', 'joined', 'symbol', 'weak'];
/** Kinds that are no values: names of properties, of a table and of objects with few. */
const NAMES = ['entry', 'odd'];

/** 1,200 secrets as values in all the ways there are, and 200 as names. Numbers are of one series, which nothing else has. */
const PROGRAM = `
const { writeHeapSnapshot } = require('node:v8');
// Texts that are put together stay in parts, and their whole is in no heap.
const secret = (kind, at) => Buffer.from('canary-' + kind + '-' + at).toString();
class Vault {
  constructor() {
    Object.assign(this, { value: [], key: new Map(), numbers: [], weak: new WeakMap(), weakKeys: [] });
  }
}
class Weak {}
const vault = (globalThis.vault = new Vault());
for (let at = 0; at < ${EACH}; at++) {
  vault.value.push(secret('value', at));
  vault.key.set(secret('key', at), at);
  (vault.pattern ??= []).push(new RegExp(secret('pattern', at)));
  (vault.template ??= []).push(Buffer.from(\`canary-\${'template'}-\${at}\`).toString());
  (vault.buffer ??= []).push(Buffer.from(secret('buffer', at)).toString('latin1'));
  (vault.error ??= []).push(new Error(secret('error', at)));
  (vault.url ??= []).push(new URL('https://example.com/?token=' + secret('url', at)));
  (vault.sliced ??= []).push((secret('sliced', at) + 'x'.repeat(40)).slice(0, -3));
  (vault.joined ??= []).push(secret('joined', at) + ' and more of it');
  (vault.symbol ??= []).push(Symbol(secret('symbol', at)));
  vault.numbers.push({ double: 7_777_000_000_000 + at + 0.5, small: 777_000_000 + at });
  (vault.entry ??= {})[secret('entry', at).replaceAll('-', '_')] = at;
  (vault.odd ??= []).push({ [secret('odd', at)]: at });
  (vault.sparse ??= {})[777_000_000 + at] = {};
  vault.weakKeys.push(new Weak());
  vault.weak.set(vault.weakKeys[at], secret('weak', at));
}
// Code that is compiled is called by its function's name.
(globalThis.canary_hot = function canary_hot() {})();
// One text is both: a name that stays, and a value that goes.
vault.canary_both = Buffer.from('canary_both').toString();
writeHeapSnapshot(process.argv[1], { exposeNumericValues: true });
`;

const file = join(root, 'secrets.heapsnapshot');
/** Every occurrence of a secret in the bytes of a file. */
const found = (path: string, pattern: RegExp) => readFileSync(path, 'latin1').match(pattern) ?? [];
const canaries = (kinds: readonly string[]) => new RegExp(`canary[-_](?:${kinds.join('|')})[^"]{0,20}`, 'g');
const NUMBERS = /7777\d{9}/g;

beforeAll(() => {
  execFileSync(process.execPath, ['--always-sparkplug', '-e', PROGRAM, file]);
});

test('the heap has a thousand secrets', () => {
  for (const kind of [...KINDS, ...NAMES])
    expect(found(file, canaries([kind])).length, kind).toBeGreaterThanOrEqual(EACH);
  expect(found(file, /part of key \(Weak @\d+\) -> value \(canary-weak/g).length).toBeGreaterThanOrEqual(EACH);
  expect(found(file, /"\(code for canary_hot\)"/g)).toHaveLength(1);
  expect(found(file, NUMBERS).length).toBeGreaterThanOrEqual(EACH);
  expect(found(file, /,7770000\d\d,/g).length).toBeGreaterThanOrEqual(EACH);
});

describe('none of them is in what is written', () => {
  test('basic: no value; DevTools finds what it has found before', async () => {
    const output = join(root, 'basic.heapsnapshot');
    await redactSnapshot(file, output);
    expect(found(output, canaries(KINDS))).toEqual([]);
    expect(found(output, NUMBERS)).toEqual([]);
    // The program's own text is a string, too.
    expect(found(output, /writeHeapSnapshot\(process/g)).toEqual([]);
    expect(found(output, /"canary_both"/g)).toHaveLength(1);
    expect(found(output, canaries(NAMES)).length).toBeGreaterThanOrEqual(2 * EACH);
    expectSameClasses(await opened(output), await opened(file), 'basic');
  });

  test.each(['names', 'full'] as const)('%s: no name of a table, no odd one, no index that is data', async (level) => {
    const output = join(root, `${level}.heapsnapshot`);
    await redactSnapshot(file, output, { level });
    expect(found(output, canaries([...KINDS, ...NAMES]))).toEqual([]);
    expect(found(output, NUMBERS)).toEqual([]);
    expect(found(output, /7770000\d\d/g)).toEqual([]);
    const kept = level === 'names' ? 1 : 0;
    const counts = { Vault: kept, canary_both: kept, canary_hot: kept, '\\(code for canary_hot\\)': kept };
    for (const [name, least] of Object.entries(counts))
      expect(found(output, new RegExp(`"${name}"`, 'g')).length, name).toBe(least);
    expect((await opened(output)).nodeCount).toBe((await opened(file)).nodeCount);
  });

  test('an excerpt of the vault has none either, and all of them without redaction', async () => {
    const snapshot = await openSnapshot(file);
    const [vault] = snapshot.members('Vault');
    const id = snapshot.columns.id[vault];
    snapshot.close();
    const output = join(root, 'excerpt.heapsnapshot');
    const report = await extractSnapshot(file, id, output);
    expect(report.taken).toBeGreaterThan(1000);
    expect(found(output, canaries(KINDS))).toEqual([]);
    expect(found(output, NUMBERS)).toEqual([]);
    // What is a table stays one where its entries are cut off.
    await extractSnapshot(file, id, output, { level: 'names', limit: 40 });
    expect(found(output, canaries([...KINDS, ...NAMES]))).toEqual([]);
    await extractSnapshot(file, id, output, { level: 'none' });
    expect(found(output, canaries(['value'])).length).toBeGreaterThanOrEqual(EACH);
  });
});

describe('hashes', () => {
  const key = Buffer.from('a key of more than sixteen bytes');
  const texts = async (options: object) => {
    const output = join(root, 'hashed.heapsnapshot');
    await redactSnapshot(file, output, options);
    return readFileSync(output, 'utf8');
  };

  test('are of one key for a file: equal texts stay equal, and nothing else is', async () => {
    const { strings } = JSON.parse(await texts({ key }));
    expect(new Set(strings).size).toBe(strings.length);
  });

  test('are other ones each time without a key, and the same ones with it', async () => {
    expect(await texts({ key })).toBe(await texts({ key }));
    expect(await texts({})).not.toBe(await texts({}));
  });

  test('take no key that can be guessed', async () => {
    await expect(texts({ key: Buffer.from('short') })).rejects.toThrow(RangeError);
  });
});
