// Bicycle couriers: what a ride costs and how long it takes.
const BASE_CENTS = 390;
const PER_KM_CENTS = 145;
const RUSH_HOURS = [7, 8, 16, 17, 18];

function memoize(compute) {
  const results = new Map();
  return (...args) => {
    const key = JSON.stringify(args);
    let result = results.get(key);
    if (result === undefined) {
      result = compute(...args);
      results.set(key, result);
    }
    return result;
  };
}

class Quote {
  constructor(kilometres, minutes, cents, legs) {
    this.kilometres = kilometres;
    this.minutes = minutes;
    this.cents = cents;
    this.legs = legs;
  }
}

function distance(from, to) {
  const dx = (to.x - from.x) * 0.11;
  const dy = (to.y - from.y) * 0.11;
  return Math.hypot(dx, dy);
}

function legsBetween(from, to) {
  const legs = [];
  for (let at = 1; at <= 3; at++) {
    legs.push({ x: from.x + ((to.x - from.x) * at) / 3, y: from.y + ((to.y - from.y) * at) / 3 });
  }
  return legs;
}

const quoteRide = memoize((from, to, departure) => {
  const kilometres = distance(from, to);
  const hour = new Date(departure).getUTCHours();
  const rush = RUSH_HOURS.includes(hour) ? 1.4 : 1;
  const minutes = Math.ceil(kilometres * 3.4 * rush) + 4;
  const cents = Math.round(BASE_CENTS + kilometres * PER_KM_CENTS * rush);
  return new Quote(kilometres, minutes, cents, legsBetween(from, to));
});

const hubs = [
  { name: 'station', x: 10, y: 12 },
  { name: 'market', x: 44, y: 31 },
  { name: 'campus', x: 71, y: 8 },
  { name: 'docks', x: 25, y: 80 },
];
const totals = new Map(hubs.map((hub) => [hub.name, { rides: 0, cents: 0 }]));

function bestHub(customer, departure) {
  let best;
  for (const { name, x, y } of hubs) {
    const quote = quoteRide({ x, y }, customer, departure);
    if (best === undefined || quote.minutes < best.quote.minutes) best = { name, quote };
  }
  return best;
}

function book(customer, departure) {
  const { name, quote } = bestHub(customer, departure);
  const total = totals.get(name);
  total.rides++;
  total.cents += quote.cents;
  return `${name} ${quote.minutes} min, ${(quote.cents / 100).toFixed(2)}`;
}

async function round(k) {
  const opening = Date.UTC(2023, 4, 2 + k, 6);
  const answers = [];
  for (let at = 0; at < 100; at++) {
    const customer = { x: (at * 37 + k * 11) % 90, y: (at * 53 + k * 7) % 90 };
    answers.push(book(customer, opening + at * 421_337));
  }
  return { last: answers.at(-1), rides: [...totals.values()].map((total) => total.rides) };
}

module.exports = { round };
