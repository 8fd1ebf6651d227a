// Reading analytics of an e-book shop: page turns are collected and written in batches.
const BATCH = 640;

class PageTurn {
  constructor(reader, book, page, seconds) {
    this.reader = reader;
    this.book = book;
    this.page = page;
    this.seconds = seconds;
  }
}

class BatchWriter {
  constructor(size, write) {
    this.size = size;
    this.write = write;
    this.pending = [];
    this.batches = 0;
  }

  add(item) {
    this.pending.push(item);
    if (this.pending.length >= this.size) this.flush();
  }

  flush() {
    const batch = this.pending;
    this.pending = [];
    this.batches++;
    this.write(batch);
  }
}

const perBook = new Map();
const warehouse = { rows: 0, bytes: 0 };

function store(batch) {
  const lines = batch.map((turn) => `${turn.reader},${turn.book},${turn.page},${turn.seconds}`);
  warehouse.rows += lines.length;
  warehouse.bytes += lines.join('\n').length;
  for (const { book, seconds } of batch) {
    const totals = perBook.get(book) ?? { turns: 0, seconds: 0 };
    totals.turns++;
    totals.seconds += seconds;
    perBook.set(book, totals);
  }
}

const writer = new BatchWriter(BATCH, store);

let seed = 1_234;
function dice(sides) {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return (seed >>> 10) % sides;
}

function readingSession(reader) {
  const book = `book-${dice(35)}`;
  const start = dice(300);
  const turns = 4 + dice(9);
  for (let page = start; page < start + turns; page++) {
    const seconds = 10 + dice(80);
    if (seconds > 85) continue;
    writer.add(new PageTurn(`reader-${reader}`, book, page, seconds));
  }
  return turns;
}

function favourites() {
  return [...perBook]
    .sort(([, one], [, other]) => other.seconds - one.seconds)
    .slice(0, 3)
    .map(([book]) => book);
}

async function round(k) {
  const sessions = 30 + dice(25);
  let turns = 0;
  for (let at = 0; at < sessions; at++) turns += readingSession(k * 100 + at);
  return { turns, pending: writer.pending.length, batches: writer.batches, favourites: favourites() };
}

module.exports = { round };
