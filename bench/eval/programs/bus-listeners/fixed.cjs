'use strict';

const { EventEmitter } = require('node:events');

const menu = { ramen: 1250, gyoza: 640, curry: 1180, matcha: 390 };
const kitchen = new EventEmitter();
kitchen.setMaxListeners(0);

class OrderTicket {
  constructor(table, dishes) {
    this.table = table;
    this.dishes = dishes.map((name) => ({ name, cents: menu[name], notes: `table ${table}` }));
    this.total = 0;
    this.reprice(menu);
  }

  reprice(prices) {
    for (const dish of this.dishes) dish.cents = prices[dish.name];
    this.total = this.dishes.reduce((sum, { cents }) => sum + cents, 0);
  }
}

// Replies to tablets that ask for the same page over and over.
const pages = new Map();

function page(table) {
  let text = pages.get(table);
  if (text === undefined) {
    const rows = Object.entries(menu).map(([name, cents]) => `${name.padEnd(8)} ${(cents / 100).toFixed(2)}`);
    text = [`Table ${table}`, ...rows].join('\n');
    pages.set(table, text);
  }
  return text;
}

kitchen.on('menuChanged', () => pages.clear());

async function cook(ticket) {
  for (const dish of ticket.dishes) {
    if (!(dish.name in menu)) throw new Error(`${dish.name} is not on the menu`);
    await null;
  }
  return ticket.total;
}

async function placeOrder({ table, dishes }) {
  const ticket = new OrderTicket(table, dishes);
  // A price that drops while the order is being cooked is for the guest.
  const onMenuChanged = (prices) => ticket.reprice(prices);
  kitchen.on('menuChanged', onMenuChanged);
  try {
    const total = await cook(ticket);
    return { status: 200, body: JSON.stringify({ table, total }) };
  } finally {
    kitchen.off('menuChanged', onMenuChanged);
  }
}

const routes = {
  'GET /menu': ({ table }) => ({ status: 200, body: page(table) }),
  'POST /orders': placeOrder,
};

async function handle(request) {
  const route = routes[`${request.method} ${request.path}`];
  if (route === undefined) return { status: 404, body: '' };
  return route(JSON.parse(request.body));
}

function* guests(k) {
  const names = Object.keys(menu);
  for (let i = 0; i < 120; i++) {
    const table = 1 + ((i * 7 + k) % 30);
    yield { method: 'GET', path: '/menu', body: JSON.stringify({ table }) };
    const dishes = Array.from({ length: 2 + ((i * k + i) % 4) }, (_, n) => names[(i + n) % names.length]);
    yield { method: 'POST', path: '/orders', body: JSON.stringify({ table, dishes }) };
  }
}

async function round(k) {
  let characters = 0;
  for (const request of guests(k)) characters += (await handle(request)).body.length;
  kitchen.emit('menuChanged', Object.assign(menu, { ramen: 1200 + (k % 5) * 10 }));
  return characters;
}

module.exports = { round };
