'use strict';

// A small server's heap, for Node 18 and later: records, lookups, weak metadata, closures, binary data, strings of every
// kind, and a process that is busy with sockets and timers. Writes one snapshot to the path it is given.

const { EventEmitter } = require('node:events');
const http = require('node:http');
const v8 = require('node:v8');

class Line {
  constructor(sku, price) {
    this.sku = sku;
    this.price = price;
  }
}

class Order {
  #secret = 'private';
  constructor(id) {
    this.id = id;
    this.name = `order-${id}`;
    this.lines = [new Line(`sku-${id}`, id * 1.5), new Line(`sku-${id + 1}`, id)];
    this.note = id % 5 === 0 ? null : { by: `user-${id % 13}`, at: new Date(id) };
  }
  get secret() {
    return this.#secret;
  }
}

class Refund extends Order {}

function closureOver(table) {
  let hits = 0;
  return (id) => {
    hits++;
    return table.get(id) ?? hits;
  };
}

const orders = Array.from({ length: 1500 }, (_, id) => (id % 7 === 0 ? new Refund(id) : new Order(id)));
const byName = new Map(orders.map((order) => [order.name, order]));
const seen = new WeakMap(orders.slice(0, 400).map((order) => [order, { seen: order.id, by: order }]));
const marked = new WeakSet(orders.slice(0, 50));
const references = orders.slice(0, 50).map((order) => new WeakRef(order));
const registry = new FinalizationRegistry(() => {});
for (const order of orders.slice(0, 20)) registry.register(order, order.name, order);

const uploads = new ArrayBuffer(1 << 20);
const binary = [
  new Uint8Array(uploads, 100, 50),
  new Float64Array(1000),
  new BigInt64Array(8),
  new DataView(uploads, 8),
  Buffer.alloc(70_000, 'x'),
  new SharedArrayBuffer(4096),
];

const long = 'a'.repeat(300) + process.pid;
const strings = [
  long,
  long.slice(20, 200),
  `${long}${long}`,
  'lone \ud800 surrogate',
  '\u{1F600} "quoted" \\ \n \u2028 é 漢字',
  '__proto__',
  '',
  'x'.repeat(100_000),
  ...Array.from({ length: 50 }, (_, i) => `repeated ${i % 5} times`),
];

const odd = Object.create(null);
Object.defineProperty(odd, '__proto__', { value: 'own', enumerable: true });
odd[Symbol('key')] = 2n ** 100n;
odd[1e9] = /regular/giu;
Object.defineProperty(odd, 'hidden', { value: orders, enumerable: false });

const shapes = Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? { a: `${i}`, b: {} } : { a: {}, 'b, c': `${i}` }));
const bus = new EventEmitter();
for (let i = 0; i < 40; i++) bus.on(`topic-${i % 4}`, closureOver(byName));
const waiting = Array.from({ length: 20 }, () => new Promise(() => {}));
const proxy = new Proxy(orders, {});
const generator = (function* () {
  yield* orders;
})();
generator.next();

Object.assign(globalThis, { orders, byName, seen, marked, references, registry, binary, strings, odd, shapes, bus });
Object.assign(globalThis, { waiting, proxy, generator, __proto__name: 1 });

const server = http.createServer((_, response) => response.end('ok'));
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, agent: new http.Agent({ keepAlive: true }) }, (response) => {
    response.resume().on('end', () => {
      v8.writeHeapSnapshot(process.argv[2], JSON.parse(process.argv[3] ?? '{}'));
      process.exit(0);
    });
  });
});
