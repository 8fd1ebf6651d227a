// Observatory scheduler: turns observing requests into exposures and places them into the night.
const FILTERS = { u: 1.8, g: 1, r: 0.9, i: 1.1, z: 1.6 };
const NIGHT_SECONDS = 9 * 3_600;

class Exposure {
  static all = [];
  static longest = 0;

  constructor(target, filter, seconds) {
    this.target = target;
    this.filter = filter;
    this.seconds = seconds;
    this.startsAt = undefined;
    this.quality = [];
    Exposure.all.push(this);
    Exposure.longest = Math.max(Exposure.longest, seconds);
  }

  place(startsAt) {
    this.startsAt = startsAt;
    for (let at = 0; at < 4; at++) this.quality.push({ at: startsAt + at, airmass: 1 + ((startsAt + at) % 13) / 10 });
  }

  score() {
    const airmass = this.quality.reduce((sum, sample) => sum + sample.airmass, 0) / this.quality.length;
    return this.seconds / airmass;
  }

  finish() {
    const score = this.score();
    this.startsAt = undefined;
    return score;
  }
}

class NightPlan {
  constructor(night) {
    this.night = night;
    this.cursor = 0;
    this.exposures = [];
    this.rejected = 0;
  }

  add(exposure) {
    if (this.cursor + exposure.seconds > NIGHT_SECONDS) {
      this.rejected++;
      return false;
    }
    exposure.place(this.cursor);
    this.cursor += exposure.seconds + 4;
    this.exposures.push(exposure);
    return true;
  }

  observe() {
    let score = 0;
    for (const exposure of this.exposures) score += exposure.finish();
    return score;
  }
}

const nights = [];

function parseRequest(text) {
  const [target, filters, seconds] = text.split('/');
  return { target, filters: filters.split(''), seconds: Number(seconds) };
}

function exposuresOf({ target, filters, seconds }) {
  return filters.map((filter) => new Exposure(target, filter, Math.round(seconds * FILTERS[filter])));
}

async function round(k) {
  const plan = new NightPlan(k);
  for (let at = 0; at < 70; at++) {
    const number = k * 70 + at;
    const request = parseRequest(
      `NGC${1_000 + number}/${['gri', 'ug', 'riz', 'gr'][number % 4]}/${40 + (number % 80)}`,
    );
    for (const exposure of exposuresOf(request)) plan.add(exposure);
  }
  nights.push({ night: k, score: plan.observe(), rejected: plan.rejected });
  if (nights.length > 3) nights.shift();
  return { ...nights.at(-1), longest: Exposure.longest };
}

module.exports = { round };
