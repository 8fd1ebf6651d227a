// Archive search: results come in pages, the client asks for the next page with a cursor.
const PAGE = 8;
const CURSOR_LIMIT = 30;
const FONDS = ['maps', 'letters', 'photographs', 'ledgers', 'posters'];

class ArchiveRecord {
  constructor(number) {
    this.signature = `${FONDS[number % FONDS.length]}/${number}`;
    this.year = 1_700 + ((number * 13) % 280);
    this.title = `Record ${number} of the year ${this.year}`;
  }
}

const records = Array.from({ length: 900 }, (_, number) => new ArchiveRecord(number));
const openCursors = [];
let issued = 0;

function* pagesOf(query) {
  const hits = [];
  for (const record of records) {
    if (record.year >= query.from && record.year < query.to && record.signature.startsWith(query.fonds)) {
      hits.push({ signature: record.signature, title: record.title, rank: Math.abs(record.year - query.around) });
    }
  }
  hits.sort((one, other) => one.rank - other.rank);
  for (let at = 0; at < hits.length; at += PAGE) {
    yield { hits: hits.slice(at, at + PAGE), of: hits.length };
  }
}

function search(query) {
  const pages = pagesOf(query);
  const { value, done } = pages.next();
  if (done) return { hits: [], of: 0 };
  if (value.of <= PAGE) return value;
  const cursor = `cur-${++issued}`;
  openCursors.push({ cursor, pages });
  if (openCursors.length > CURSOR_LIMIT) openCursors.shift().pages.return();
  return { ...value, cursor };
}

function nextPage(cursor) {
  const at = openCursors.findIndex((entry) => entry.cursor === cursor);
  if (at === -1) return { error: 'expired' };
  const { value, done } = openCursors[at].pages.next();
  if (done) {
    openCursors.splice(at, 1);
    return { hits: [], of: 0 };
  }
  return { ...value, cursor };
}

function visit(number) {
  const from = 1_700 + ((number * 29) % 200);
  let page = search({ fonds: FONDS[number % FONDS.length], from, to: from + 60, around: from + 30 });
  let seen = page.hits.length;
  const patience = number % 5 === 0 ? 20 : 1 + (number % 3);
  for (let turn = 0; turn < patience && page.cursor !== undefined; turn++) {
    page = nextPage(page.cursor);
    seen += page.hits.length;
  }
  return seen;
}

async function round(k) {
  let seen = 0;
  for (let at = 0; at < 120; at++) seen += visit(k * 120 + at);
  return { seen, issued };
}

module.exports = { round };
