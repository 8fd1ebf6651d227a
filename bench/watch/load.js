// Visits to the shop: each logs in, looks at pages, fills a cart and logs out.
import { setTimeout as pause } from 'node:timers/promises';

const VISITORS = 20;
/** From one visit of a visitor to the next. */
const PERIOD_MS = 800;
const PAGES = 3;
/** More products than the shop keeps pages of. */
const PRODUCTS = 500;
const CUSTOMERS = 1000;
const ORDERS = 30;

/**
 * Visits for so many seconds, each at its moment after the start: what a service misses while it stands still, for a snapshot say, it gets
 * when it goes on, so that all services get the same. Rejects at the first answer that is none.
 * @returns {Promise<number>} visits made
 */
export async function visit(address, seconds) {
  const started = performance.now();
  const rounds = Math.floor((1000 * seconds) / PERIOD_MS);
  const visitor = async (position) => {
    for (let round = 0; round < rounds; round++) {
      const moment = started + (round + position / VISITORS) * PERIOD_MS;
      await pause(Math.max(0, moment - performance.now()));
      await oneVisit(address, round * VISITORS + position);
    }
  };
  await Promise.all(Array.from({ length: VISITORS }, (_, position) => visitor(position)));
  return rounds * VISITORS;
}

async function oneVisit(address, number) {
  const post = (path, body) => answerTo(`${address}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const customer = customerOf(number);
  const { user } = customer;
  const { token } = await post('/login', customer);
  for (let at = 0; at < PAGES; at++) {
    const product = (number * PAGES + at) % PRODUCTS;
    await post('/page', { product });
    await post('/cart', { user, token, product, count: 1 + at });
  }
  await post('/logout', { user, token });
}

function customerOf(number) {
  return {
    user: `customer-${number % CUSTOMERS}`,
    address: { street: `${number} Mill Lane`, town: 'Ely' },
    orders: Array.from({ length: ORDERS }, (_, at) => ({ number: `${number}-${at}`, lines: 1 + at, state: 'sent' })),
  };
}

async function answerTo(url, options) {
  const response = await fetch(url, options);
  const body = await response.text();
  if (!response.ok) throw new Error(`${url}: found ${response.status} ${body}, expected 200`);
  return JSON.parse(body);
}
