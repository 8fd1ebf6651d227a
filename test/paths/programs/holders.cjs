// One object of a class of its own for each way to hold one. Usage: node holders.cjs FILE…; writes a snapshot to each.
const v8 = require('node:v8');
const shelf = require('./shelf.cjs');

class InGlobal {}
class InModule {}
class InClosure {}
class InAnonymous {}
class InField {}
class InPrivate {}
class InStatic {}
class InChain {}
class InSymbol {}
class InArray {}
class InMap {}
class InSet {}
class InWeakMap {}
class InList {}
class InDictionary {}
class InExports {}
class InBlock {}
class InFullBlock {}
class InCatch {}
class InDoubt {}
class InBlockOfModule {}

globalThis.requestCache = new Map([['a', new InGlobal()]]);

const moduleItems = [new InModule()];

function makeTable() {
  const table = [new InClosure()];
  return () => table;
}

const makers = [
  (() => {
    const nameless = [new InAnonymous()];
    return () => nameless;
  })(),
];

const tag = Symbol('tag');

class Service {
  #secrets = [new InPrivate()];
  static registry = [new InStatic()];
  queue = [new InField()];

  constructor() {
    this.options = { retry: { failed: [new InChain()] } };
    this[tag] = [new InSymbol()];
    this.rows = [new InArray(), new InArray()];
    this.byName = new Map([['b', new InMap()]]);
    this.open = new Set([new InSet()]);
    this.extra = new WeakMap([[this, new InWeakMap()]]);
    this.byKey = {};
    for (let key = 0; key < 100; key++) this.byKey[`key ${key}`] = new InDictionary();
    this.head = undefined;
    for (let at = 0; at < 50; at++) this.head = Object.assign(new InList(), { next: this.head });
  }

  secrets() {
    return this.#secrets;
  }
}

function makeBlocks() {
  const outer = [];
  const readers = [() => outer];
  {
    const alone = [new InBlock()];
    readers.push(() => alone);
  }
  {
    const first = {};
    const second = { list: [new InFullBlock()] };
    readers.push(() => [first, second]);
  }
  try {
    throw [new InCatch()];
  } catch (caught) {
    readers.push(() => caught);
  }
  {
    let count = 0;
    const kept = [new InDoubt()];
    readers.push(() => [count++, kept]);
  }
  return readers;
}

const blocks = makeBlocks();
for (const name of ['one']) {
  const perName = [name, new InBlockOfModule()];
  blocks.push(() => perName);
}

shelf.add(new InExports());

const service = new Service();
const tables = [makeTable()];

exports.all = () => [moduleItems, tables, makers, service, blocks];

for (const file of process.argv.slice(2)) v8.writeHeapSnapshot(file);
