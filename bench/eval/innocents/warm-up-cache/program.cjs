// Museum guide: object pages are put together on first sight and kept, the collection on show is small.
const ROOMS = 12;
const OBJECTS = 300;

class ObjectPage {
  constructor(record, html, related) {
    this.record = record;
    this.html = html;
    this.related = related;
    this.views = 0;
  }
}

const pages = new Map();
const recordings = new Map();

function recordOf(id) {
  return {
    id,
    room: id % ROOMS,
    title: `Object ${id}`,
    year: -400 + ((id * 61) % 2_300),
    materials: ['bronze', 'clay', 'silk', 'ivory', 'oak'].filter((_, at) => (id >> at) % 2 === 1),
  };
}

function relatedTo(record) {
  const related = [];
  for (let id = record.id % 7; id < OBJECTS && related.length < 6; id += 7) {
    if (id !== record.id) related.push({ id, why: id % ROOMS === record.room ? 'same room' : 'same period' });
  }
  return related;
}

function build(id) {
  const record = recordOf(id);
  const age = record.year < 0 ? `${-record.year} BC` : `${record.year}`;
  const html = `<article><h1>${record.title}</h1><p>${age}</p><ul>${record.materials
    .map((material) => `<li>${material}</li>`)
    .join('')}</ul></article>`;
  return new ObjectPage(record, html, relatedTo(record));
}

function show(id) {
  let page = pages.get(id);
  if (page === undefined) {
    page = build(id);
    pages.set(id, page);
  }
  page.views++;
  return page;
}

function listen(id, language) {
  const key = `${id % 20}/${language}`;
  if (!recordings.has(key)) recordings.set(key, { key, seconds: 40 + ((id * 7) % 90), file: `audio/${key}.ogg` });
  return recordings.get(key);
}

let feet = 5;
function wander(limit) {
  feet = (feet * 48_271) % 2_147_483_647;
  return feet % limit;
}

async function round() {
  let seconds = 0;
  let length = 0;
  for (let step = 0; step < 380; step++) {
    const page = show(wander(OBJECTS));
    length += page.html.length;
    if (step % 4 === 0) seconds += listen(page.record.id, ['en', 'de', 'fr'][wander(3)]).seconds;
  }
  return { seconds, length, pages: pages.size };
}

module.exports = { round };
