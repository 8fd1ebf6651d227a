import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FILTER_NAMES } from '#src/explore/filters.js';
import { scratchFolder, writeSnapshot } from '../api/snapshot-files.js';
import type { PlainEdge, PlainNode, PlainSnapshot } from '../build/plain-snapshot.js';
import { startServer } from './served.js';

const VALUES = ['string', 'concatenated string', 'sliced string', 'regexp', 'symbol', 'bigint', 'unheard of'];
const CANARIES = 200;

/** Values of every type, each held by an object, and one in the name of a WeakMap's pair. */
function heap(canaries: readonly string[]): PlainSnapshot {
  const nodes: PlainNode[] = [
    { type: 'synthetic', name: '', id: 1, selfSize: 0 },
    { type: 'object', name: 'Vault', id: 3, selfSize: 32 },
    { type: 'array', name: 'system / WeakTable', id: 5, selfSize: 32 },
  ];
  const edges: PlainEdge[] = [
    { from: 0, type: 'element', nameOrIndex: 0, to: 1 },
    { from: 1, type: 'internal', nameOrIndex: 'table', to: 2 },
  ];
  for (const [at, canary] of canaries.entries()) {
    const to = nodes.length;
    nodes.push({ type: VALUES[at % VALUES.length], name: canary, id: 2 * to + 1, selfSize: 40 });
    edges.push({ from: 1, type: 'property', nameOrIndex: `held${at}`, to });
    const pair = `${at} / part of key (Vault @3) -> value (${canary} @${2 * to + 1}) pair in WeakMap (table @5)`;
    if (at % 10 === 0) edges.push({ from: 1, type: 'internal', nameOrIndex: pair, to });
    if (at % 10 === 0) edges.push({ from: 2, type: 'internal', nameOrIndex: pair, to });
  }
  return { nodes, edges };
}

const canaries = Array.from({ length: CANARIES }, (_, at) => `canary-${at}-${randomBytes(8).toString('hex')}`);

async function everyAnswer(showValues: boolean): Promise<string> {
  const plain = heap(canaries);
  const folder = scratchFolder();
  const [base, current] = ['a', 'b'].map((name) => writeSnapshot(folder, name, plain));
  const less = writeSnapshot(folder, 'c', heap(canaries.slice(0, 5)));
  const served = await startServer([less, base, current], { showValues });
  const texts: string[] = [];
  const ask = async (name: string, question: Readonly<Record<string, string | number>> = {}) =>
    void texts.push(JSON.stringify(await served.ask(name, { snapshot: 2, ...question })));
  await ask('overview');
  await ask('classes', { limit: 500 });
  await ask('search', { text: 'canary', limit: 500 });
  await ask('search', { text: canaries[0] });
  for (const filter of FILTER_NAMES) await ask('members', { filter, limit: 500 });
  for (let node = 0; node < plain.nodes.length; node++) {
    for (const name of ['node', 'path', 'dominators']) await ask(name, { node });
    for (const name of ['edges', 'retainers', 'dominated']) await ask(name, { node, limit: 500 });
  }
  await ask('diff', { base: 0, limit: 500 });
  for (const type of VALUES) await ask('changed', { base: 0, class: `,(${type})`, limit: 500 }).catch(() => {});
  texts.push(JSON.stringify(await served.ask('status')));
  texts.push(JSON.stringify(await served.ask('report')));
  return texts.join('\n');
}

describe('values of strings', () => {
  it('are in no answer', async () => {
    const answers = await everyAnswer(false);
    expect(answers.length).toBeGreaterThan(100_000);
    expect(canaries.filter((canary) => answers.includes(canary))).toEqual([]);
    expect(answers).toMatch(/"name":null,"value":\{"length":\d+,"fingerprint":"[0-9a-f]{8}"\}/);
    expect(answers).toMatch(/"kind":"changed","total":[1-9]/);
    expect(answers).toContain('part of key (… @3) -> value (… @');
  });

  it('are shown where they are asked for', async () => {
    const answers = await everyAnswer(true);
    // What a concatenated string shows are its parts, and these have none.
    const shown = canaries.filter((_, at) => VALUES[at % VALUES.length] !== 'concatenated string');
    expect(shown.filter((canary) => !answers.includes(canary))).toEqual([]);
  });
});

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Names of V8's and of a program that hold data: a path of one canary each. */
function heapOfNames(secrets: readonly string[]): PlainSnapshot {
  const [attribute, script, key, pair, ...entries] = secrets;
  const names: (readonly [type: string, name: string])[] = [
    ['native', `<input value="${attribute}">`],
    ['native', `Detached <a href="/?token=${attribute}">`],
    ['code', `data:text/javascript,${script}`],
    ['object', 'Object'],
    ['object', 'Object'],
    ['array', 'system / WeakTable'],
    ['object', 'Session'],
    ['string', 'kept'],
  ];
  const [KEYED, TABLE, WEAK, SESSION, VALUE] = [4, 5, 6, 7, 8];
  const nodes: PlainNode[] = names.map(([type, name], at) => ({ type, name, id: 2 * at + 3, selfSize: 16 }));
  const edges: PlainEdge[] = names.map((_, at) => ({ from: 0, type: 'element', nameOrIndex: at, to: at + 1 }));
  const edge = (from: number, type: string, nameOrIndex: string) => edges.push({ from, type, nameOrIndex, to: VALUE });
  edge(KEYED, 'property', 'port');
  edge(KEYED, 'property', `${key}@example.com`);
  for (const entry of entries) edge(TABLE, 'property', entry);
  // As V8 has it where the whole name was too long for it.
  edge(WEAK, 'internal', `3 / part of key (${pair} @17) -> val`);
  edge(SESSION, 'property', 'token');
  edge(SESSION, 'property', `${key}-0123456789`);
  return { nodes: [{ type: 'synthetic', name: '', id: 1, selfSize: 0 }, ...nodes], edges };
}

/** Of letters only, since names with digits are data by their look. */
const secrets = Array.from({ length: 44 }, () =>
  Array.from(randomBytes(14), (byte) => LETTERS[byte % LETTERS.length]).join(''),
);

/** Every answer about every node, and how many nodes a search for each secret and each half of one finds. */
async function askAboutNames(showValues: boolean): Promise<{ answers: string; found: readonly number[] }> {
  const plain = heapOfNames(secrets);
  const served = await startServer([writeSnapshot(scratchFolder(), 'names', plain)], { showValues });
  const texts: string[] = [];
  for (let node = 0; node < plain.nodes.length; node++) {
    for (const name of ['node', 'path', 'dominators', 'edges', 'retainers', 'dominated'])
      texts.push(JSON.stringify(await served.ask(name, { snapshot: 0, node })));
  }
  texts.push(JSON.stringify(await served.ask('classes', { snapshot: 0 })));
  texts.push(JSON.stringify(await served.ask('report')));
  const found: number[] = [];
  for (const text of secrets.slice(0, 5).flatMap((secret) => [secret, secret.slice(0, 7), secret.slice(7)])) {
    for (const name of ['search', 'classes'])
      found.push((await served.ask<{ total: number }>(name, { snapshot: 0, text })).total);
  }
  return { answers: texts.join('\n'), found };
}

describe('names that hold data', () => {
  it('are in no answer, and no search finds them by a part', async () => {
    const { answers, found } = await askAboutNames(false);
    expect(secrets.filter((secret) => answers.includes(secret))).toEqual([]);
    expect(found.filter((total) => total !== 0)).toEqual([]);
    expect(answers).toContain('"name":"<input>"');
    expect(answers).toContain('"name":"Detached <a>"');
    expect(answers).toMatch(/"type":"property","name":null,"value":\{"length":14,"fingerprint":"[0-9a-f]{8}"\}/);
    // What reads like a name of the source is told.
    for (const name of ['port', 'token', 'Session', 'pair in WeakMap']) expect(answers).toContain(`"name":"${name}"`);
  });

  it('are shown and found where values are asked for', async () => {
    const { answers, found } = await askAboutNames(true);
    expect(secrets.filter((secret) => !answers.includes(secret))).toEqual([]);
    expect(found.filter((total) => total > 0).length).toBeGreaterThan(0);
  });
});
