// Auction house: bidders watch lots while they are on the page.
const INCREMENTS = [
  [10_000, 500],
  [100_000, 2_000],
  [Number.MAX_SAFE_INTEGER, 10_000],
];

class PriceFeed {
  constructor() {
    this.subscribers = new Set();
    this.ticks = 0;
  }

  subscribe(subscriber) {
    this.subscribers.add(subscriber);
  }

  unsubscribe(subscriber) {
    this.subscribers.delete(subscriber);
  }

  publish(tick) {
    this.ticks++;
    for (const subscriber of this.subscribers) subscriber(tick);
  }
}

const feed = new PriceFeed();
const hammerPrices = new Map();

function nextBid(price) {
  const [, step] = INCREMENTS.find(([below]) => price < below);
  return price + step;
}

class LotWatcher {
  constructor(lot, paddle, limit) {
    this.lot = lot;
    this.paddle = paddle;
    this.limit = limit;
    this.seen = [];
    this.offers = 0;
  }

  open() {
    feed.subscribe(this.onTick.bind(this));
    return this;
  }

  close() {
    feed.unsubscribe(this.onTick.bind(this));
    this.lot = undefined;
  }

  onTick(tick) {
    if (tick.lot !== this.lot) return;
    this.seen.push({ price: tick.price, at: tick.at, label: `lot ${tick.lot}: ${tick.price}` });
    if (nextBid(tick.price) <= this.limit) this.offers++;
  }
}

function runLot(lot, paddles, at) {
  const watchers = paddles.map((paddle) => new LotWatcher(lot, paddle, 4_000 + ((paddle * 977) % 60_000)).open());
  let price = 1_000 + ((lot * 311) % 9_000);
  for (let call = 0; call < 6; call++) {
    feed.publish({ lot, price, at: at + call });
    price = nextBid(price);
  }
  hammerPrices.set(lot % 64, price);
  const offers = watchers.reduce((sum, watcher) => sum + watcher.offers, 0);
  for (const watcher of watchers) watcher.close();
  return offers;
}

async function round(k) {
  let offers = 0;
  for (let lot = k * 12; lot < k * 12 + 12; lot++) {
    const paddles = Array.from({ length: 8 + (lot % 5) }, (_, at) => lot * 20 + at);
    offers += runLot(lot, paddles, k * 1_000);
  }
  return { offers, lots: hammerPrices.size };
}

module.exports = { round };
