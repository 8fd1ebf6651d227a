// Veterinary practice: check-in desk. Every call runs inside its own context so that log lines carry the call's id.
const { AsyncLocalStorage } = require('node:async_hooks');

const SLOW_AFTER_MS = 15 * 60 * 1000;
const SPECIES = ['cat', 'dog', 'rabbit', 'parrot', 'tortoise'];
const TREATMENTS = ['vaccination', 'dental', 'x-ray', 'check-up', 'surgery', 'nail trim'];

const checkIn = new AsyncLocalStorage();
const open = new Set();
const slowCalls = [];
const tally = { done: 0, refused: 0, minutes: 0 };
let serial = 0;

class CheckInContext {
  constructor(id, form) {
    this.id = id;
    this.form = form;
    this.steps = [];
    this.quote = undefined;
  }

  log(step) {
    this.steps.push(`${this.id} ${step}`);
  }
}

function reportIfOpen(id) {
  if (open.has(id)) slowCalls.push(id);
}

function parseForm(text) {
  const form = JSON.parse(text);
  form.animals = form.animals.map((animal, at) => ({ ...animal, tag: `${form.owner}-${at}` }));
  return form;
}

async function estimate(animals) {
  const context = checkIn.getStore();
  const lines = [];
  for (const animal of animals) {
    const minutes = animal.treatments.length * 12 + (animal.species === 'tortoise' ? 25 : 5);
    lines.push({ tag: animal.tag, minutes, price: minutes * 185 });
    context.log(`estimated ${animal.tag}`);
  }
  await null;
  return lines;
}

async function serve() {
  const context = checkIn.getStore();
  open.add(context.id);
  setTimeout(reportIfOpen, SLOW_AFTER_MS, context.id).unref();
  try {
    context.log('received');
    if (context.form.animals.length === 0) {
      tally.refused++;
      return { status: 422 };
    }
    context.quote = await estimate(context.form.animals);
    context.log('quoted');
    for (const line of context.quote) tally.minutes += line.minutes;
    tally.done++;
    return { status: 201, total: context.quote.reduce((sum, line) => sum + line.price, 0) };
  } finally {
    open.delete(context.id);
  }
}

function sampleForm(number) {
  const animals = [];
  for (let at = 0; at < number % 4; at++) {
    animals.push({
      name: `Pet ${number}-${at}`,
      species: SPECIES[(number + at) % SPECIES.length],
      treatments: TREATMENTS.slice(0, 1 + ((number * 7 + at) % TREATMENTS.length)),
    });
  }
  return JSON.stringify({ owner: `owner${number}`, phone: `555-${1000 + (number % 9000)}`, animals });
}

async function round() {
  const answers = [];
  for (let at = 0; at < 160; at++) {
    const number = ++serial;
    const context = new CheckInContext(`c${number}`, parseForm(sampleForm(number)));
    answers.push(checkIn.run(context, serve));
  }
  const settled = await Promise.all(answers);
  return settled.filter((answer) => answer.status === 201).length;
}

module.exports = { round };
