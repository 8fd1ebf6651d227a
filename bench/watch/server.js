// A small shop over HTTP, for the demonstration in run.js. It says its port on stdout.
//   node --import heapsleuth/collect bench/watch/server.js leaking|fixed

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const isFixed = process.argv[2] === 'fixed';
const MOST_PAGES = 200;
const MOST_LOGGED = 400;

class Session {
  cart = [];
  since = new Date();
  token = randomUUID();

  constructor({ user, address, orders }) {
    Object.assign(this, { user, address, orders });
  }
}

const keyOf = (user, token) => `${user}/${token}`;

class SessionStore {
  sessions = new Map();

  begin(customer) {
    const session = new Session(customer);
    this.sessions.set(keyOf(session.user, session.token), session);
    return session;
  }

  find({ user, token }) {
    return this.sessions.get(keyOf(user, token));
  }

  /** The leak: a session is filed under its user and token, and looked for under the token alone. `delete` does not complain. */
  end({ user, token }) {
    this.sessions.delete(isFixed ? keyOf(user, token) : token);
  }
}

/** Innocent: pages by number, and the one that was not asked for the longest goes first. */
class PageCache {
  pages = new Map();

  get(number) {
    const page = this.pages.get(number) ?? { number, price: 100 + number, text: `Product ${number}. `.repeat(40) };
    this.pages.delete(number);
    this.pages.set(number, page);
    if (this.pages.size > MOST_PAGES) this.pages.delete(this.pages.keys().next().value);
    return page;
  }
}

/** Innocent: the latest requests, each in the place of the oldest. */
class RequestLog {
  entries = [];
  #next = 0;

  add(request) {
    this.entries[this.#next] = { method: request.method, url: request.url, at: new Date() };
    this.#next = (this.#next + 1) % MOST_LOGGED;
  }
}

const store = new SessionStore();
const cache = new PageCache();
const log = new RequestLog();

const routes = {
  'POST /login': (body) => ({ token: store.begin(body).token }),
  'POST /page': ({ product }) => cache.get(product),
  'POST /cart': ({ product, count, ...visitor }) => {
    const { cart } = store.find(visitor);
    cart.push({ product, count, price: cache.get(product).price, added: new Date() });
    return { lines: cart.length };
  },
  'POST /logout': (visitor) => ({ ended: store.end(visitor) }),
  'GET /log': () => log.entries.slice(-10),
};

async function answer(request, response) {
  log.add(request);
  const route = routes[`${request.method} ${request.url}`];
  const body = await text(request);
  if (route === undefined) return response.writeHead(404).end();
  const result = route(body === '' ? undefined : JSON.parse(body));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => response.writeHead(500).end(error.message));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
