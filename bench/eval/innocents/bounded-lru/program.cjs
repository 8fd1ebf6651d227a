// Dictionary service: definitions of the words looked up lately.
const LIMIT = 260;
const PREFIXES = ['under', 'over', 'out', 'fore', 'mis', 're'];
const STEMS = ['stand', 'look', 'run', 'write', 'take', 'bear', 'cast', 'hold', 'draw', 'set'];

class Definition {
  constructor(word, senses) {
    this.word = word;
    this.senses = senses;
    this.syllables = word.match(/[aeiouy]+/g)?.length ?? 1;
  }

  toText() {
    return `${this.word} (${this.syllables}): ${this.senses.map((sense, at) => `${at + 1}. ${sense.text}`).join(' ')}`;
  }
}

class RecentlyUsed {
  #entries = new Map();
  #limit;
  evicted = 0;

  constructor(limit) {
    this.#limit = limit;
  }

  get(key) {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key, value) {
    this.#entries.set(key, value);
    if (this.#entries.size > this.#limit) {
      this.#entries.delete(this.#entries.keys().next().value);
      this.evicted++;
    }
  }
}

const definitions = new RecentlyUsed(LIMIT);

function sensesOf(word, number) {
  const senses = [];
  for (let at = 0; at <= number % 4; at++) {
    senses.push({ text: `to ${word} in manner ${number + at}.`, register: at === 0 ? 'plain' : 'literary' });
  }
  return senses;
}

function lookUp(word, number) {
  const known = definitions.get(word);
  if (known !== undefined) return known;
  const definition = new Definition(word, sensesOf(word, number));
  definitions.set(word, definition);
  return definition;
}

function wordOf(number) {
  const stem = STEMS[number % STEMS.length];
  return `${PREFIXES[(number >> 2) % PREFIXES.length]}${stem}${number % 3_000}`;
}

async function round(k) {
  let letters = 0;
  for (let at = 0; at < 330; at++) {
    const number = at % 6 === 0 ? at % 40 : k * 300 + at;
    letters += lookUp(wordOf(number), number).toText().length;
  }
  return { letters, evicted: definitions.evicted };
}

module.exports = { round };
