/**
 * A small invoice service with one leak in it, the kind that passes review.
 *
 *   GET /invoices/17            an order as an invoice
 *   GET /health                 counters
 *   GET /debug/snapshot/NAME    writes NAME.heapsnapshot into the working folder
 *
 * Start it with `node --expose-gc server.cjs 8080`, or let record.js drive it.
 */
// CommonJS, because the ES module loader alone would add 70 kB to every recorded snapshot.
const http = require('node:http');
const v8 = require('node:v8');

const CATALOG_SIZE = 400;
const CACHE_LIMIT = 64;
/** The printer takes whole pages only. */
const PAGE_BYTES = 16 * 1024;

/** Keeps the entries used last. Bounded, so it fills up once and then only turns over: not a leak. */
class PriceCache {
  constructor(limit) {
    this.limit = limit;
    this.entries = new Map();
  }

  get(sku) {
    const price = this.entries.get(sku) ?? new Price(sku);
    this.entries.delete(sku);
    this.entries.set(sku, price);
    if (this.entries.size > this.limit) this.entries.delete(this.entries.keys().next().value);
    return price;
  }
}

class Price {
  constructor(sku) {
    this.sku = sku;
    this.cents = 100 + ((sku * 7919) % 90_000);
    this.currency = sku % 3 === 0 ? 'EUR' : 'USD';
  }
}

class OrderLine {
  constructor({ sku, cents }, quantity) {
    this.sku = sku;
    this.quantity = quantity;
    this.total = cents * quantity;
  }
}

/** Everything one request needs while it runs. */
class RequestContext {
  constructor(id, url) {
    this.id = id;
    this.url = url;
    this.traceId = `trace-${id}`;
    this.started = Date.now();
    this.lines = [];
    this.page = null;
  }
}

class InvoiceServer {
  constructor() {
    this.requests = 0;
    this.prices = new PriceCache(CACHE_LIMIT);
    this.inFlight = new Map();
    this.http = http.createServer((request, response) => this.route(request, response));
  }

  route(request, response) {
    const [, area, rest, name] = request.url.split('/');
    if (area === 'invoices') return this.invoice(Number(rest), request, response);
    if (area === 'debug' && rest === 'snapshot') return this.snapshot(name, response);
    if (area === 'health') return response.end(`${this.requests} requests, ${this.inFlight.size} in flight\n`);
    return response.writeHead(404).end();
  }

  invoice(order, request, response) {
    this.requests += 1;
    const context = new RequestContext(this.requests, request.url);
    // Keyed by the trace id, so that a log line leads back to its request …
    this.inFlight.set(context.traceId, context);
    // … but forgotten by the number: `delete` finds nothing, says so by returning false, and every context stays.
    response.on('finish', () => this.inFlight.delete(context.id));

    for (let line = 0; line < 2 + (order % 3); line++) {
      const price = this.prices.get((order * 31 + line * 17) % CATALOG_SIZE);
      context.lines.push(new OrderLine(price, 1 + (line % 4)));
    }
    context.page = printPage(context.lines);
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': PAGE_BYTES });
    response.end(context.page);
  }

  snapshot(name, response) {
    // Twice, so that what only the first collection lets go (finished sockets, weakly held code) is gone as well.
    globalThis.gc?.();
    globalThis.gc?.();
    v8.writeHeapSnapshot(`${name}.heapsnapshot`);
    response.end();
  }
}

function printPage(lines) {
  const page = Buffer.alloc(PAGE_BYTES, ' ');
  page.write(lines.map(({ sku, quantity, total }) => `${quantity} x article ${sku}: ${total}`).join('\n'));
  return page;
}

new InvoiceServer().http.listen(Number(process.argv[2] ?? 8080), '127.0.0.1');
