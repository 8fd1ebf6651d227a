// Public transport API: departures for everyone, so many calls per minute and address.
const CAPACITY = 30;
const PER_SECOND = 0.5;
const LINES = ['S1', 'S3', 'U6', 'M41', '100', 'X9'];

class TokenBucket {
  constructor(now) {
    this.tokens = CAPACITY;
    this.touched = now;
    this.denied = 0;
  }

  take(now) {
    this.tokens = Math.min(CAPACITY, this.tokens + (now - this.touched) * PER_SECOND);
    this.touched = now;
    if (this.tokens < 1) {
      this.denied++;
      return false;
    }
    this.tokens -= 1;
    return true;
  }
}

const buckets = {};
let nextSweep = 0;
const boards = new Map();
const BOARD_LIMIT = 40;

function sweep(now) {
  for (const [address, bucket] of Object.entries(buckets)) {
    if (now - bucket.touched > CAPACITY / PER_SECOND) delete buckets[address];
  }
  nextSweep = now + 60;
}

function allowed(address, now) {
  if (now >= nextSweep) sweep(now);
  buckets[address] ??= new TokenBucket(now);
  return buckets[address].take(now);
}

function departures(stop, now) {
  const minute = Math.floor(now / 60);
  const cached = boards.get(stop);
  if (cached?.minute === minute) return cached.rows;
  const rows = LINES.map((line, at) => ({ line, inMinutes: (minute * 3 + at * 5 + stop) % 20, late: (stop + at) % 4 }));
  rows.sort((one, other) => one.inMinutes - other.inMinutes);
  boards.delete(stop);
  boards.set(stop, { minute, rows });
  if (boards.size > BOARD_LIMIT) boards.delete(boards.keys().next().value);
  return rows;
}

function respond({ address, url, now }) {
  if (!allowed(address, now)) return { status: 429 };
  const stop = Number(new URL(url, 'http://transport.example').searchParams.get('stop'));
  if (Number.isNaN(stop)) return { status: 400 };
  return { status: 200, body: JSON.stringify(departures(stop, now)) };
}

let entropy = 0x2545f491;
function random(limit) {
  entropy ^= entropy << 13;
  entropy ^= entropy >>> 17;
  entropy ^= entropy << 5;
  return (entropy >>> 0) % limit;
}

function addressOf(visitor) {
  return `10.${(visitor >> 12) & 63}.${(visitor >> 6) & 63}.${visitor & 63}`;
}

async function round(k) {
  const statuses = {};
  for (let at = 0; at < 340; at++) {
    const now = k * 600 + at;
    const visitor = random(5) === 0 ? random(20) : random(250_000);
    const stop = random(60) === 0 ? 'central' : random(70);
    const { status } = respond({ address: addressOf(visitor), url: `/departures?stop=${stop}`, now });
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return { statuses, boards: boards.size };
}

module.exports = { round };
