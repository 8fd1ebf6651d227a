// Ski resort: snow and lift bulletins, valid for a few refresh cycles.
const TTL = 3;
const LIFTS = ['Nordhang', 'Gletscher', 'Talbahn', 'Sonnenlift'];

class Bulletin {
  constructor(slope, depth, text, lifts) {
    this.slope = slope;
    this.depth = depth;
    this.text = text;
    this.lifts = lifts;
  }
}

class ExpiringCache {
  constructor(ttl) {
    this.ttl = ttl;
    this.entries = new Map();
    this.dropped = 0;
  }

  get(key, cycle) {
    const entry = this.entries.get(key);
    if (entry === undefined || entry.expires <= cycle) return undefined;
    return entry.value;
  }

  set(key, value, cycle) {
    this.entries.set(key, { value, expires: cycle + this.ttl });
  }

  sweep(cycle) {
    for (const [key, entry] of this.entries) {
      if (entry.expires > cycle) break;
      this.entries.delete(key);
      this.dropped++;
    }
  }
}

const bulletins = new ExpiringCache(TTL);
const snowfall = new Map(LIFTS.map((lift) => [lift, 0]));

function liftState(lift, slope) {
  return { lift, open: (slope + lift.length) % 5 !== 0, wait: (slope * lift.length) % 25 };
}

function compose(slope, cycle) {
  const depth = 40 + ((slope * 19 + cycle * 7) % 160);
  const lifts = LIFTS.map((lift) => liftState(lift, slope));
  const open = lifts.filter((lift) => lift.open);
  for (const { lift } of open) snowfall.set(lift, snowfall.get(lift) + depth / 100);
  const text = `Slope ${slope}: ${depth} cm, ${open.length} of ${lifts.length} lifts open, cycle ${cycle}`;
  return new Bulletin(slope, depth, text, lifts);
}

function bulletinFor(skier, slope, cycle) {
  const key = `${slope}/${skier % 3}/${cycle}`;
  let bulletin = bulletins.get(key, cycle);
  if (bulletin === undefined) {
    bulletin = compose(slope, cycle);
    bulletins.set(key, bulletin, cycle);
  }
  return bulletin;
}

async function round(k) {
  bulletins.sweep(k);
  let characters = 0;
  for (let skier = 0; skier < 360; skier++) {
    const slope = (skier * 7 + k * 3) % 50;
    const cycle = skier % 5 === 0 && k > 0 ? k - 1 : k;
    characters += bulletinFor(skier, slope, cycle).text.length;
  }
  return { characters, kept: bulletins.entries.size, dropped: bulletins.dropped };
}

module.exports = { round };
