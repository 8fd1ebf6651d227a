// Electricity billing: meter readings come in all day, price notices now and then.
const tariffFile = require.resolve('./tariff.cjs');

let tariff = require('./tariff.cjs');
let notices = 0;
const invoices = new Map();
const CUSTOMERS = 180;

function reloadTariff() {
  delete require.cache[tariffFile];
  tariff = require('./tariff.cjs');
  notices++;
}

class Invoice {
  constructor(customer) {
    this.customer = customer;
    this.cents = 0;
    this.kwh = 0;
    this.lastBand = '';
  }

  add(hour, kwh) {
    const band = tariff.priceAt(hour);
    this.cents += kwh * band.cents * tariff.factorFor(kwh);
    this.kwh += kwh;
    this.lastBand = band.label;
  }
}

function invoiceOf(customer) {
  let invoice = invoices.get(customer);
  if (invoice === undefined) {
    invoice = new Invoice(customer);
    invoices.set(customer, invoice);
  }
  return invoice;
}

function receive(message) {
  const [kind, first, second, third] = message.split(' ');
  switch (kind) {
    case 'reading':
      invoiceOf(first).add(Number(second), Number(third));
      return 'booked';
    case 'notice':
      reloadTariff();
      return 'reloaded';
    default:
      return 'ignored';
  }
}

function* inbox(day) {
  for (let at = 0; at < 360; at++) {
    if (at % 15 === 7) yield `notice ${day}`;
    else if (at % 50 === 49) yield 'ping';
    else yield `reading m${(day * 31 + at) % CUSTOMERS} ${at % 24} ${3 + ((at * 13) % 57)}`;
  }
}

async function round(k) {
  const outcome = { booked: 0, reloaded: 0, ignored: 0 };
  for (const message of inbox(k)) outcome[receive(message)]++;
  const due = [...invoices.values()].filter((invoice) => invoice.cents > 50_000);
  for (const invoice of due) invoices.delete(invoice.customer);
  return { ...outcome, due: due.length, notices };
}

module.exports = { round };
