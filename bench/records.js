// A program with a heap worth measuring: user records, found by name, each with a session. It writes its own snapshot.
//   node bench/records.js COUNT OUT
import { resolve } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';

const TAGS = ['admin', 'beta', 'billing', 'eu', 'mobile', 'trial'];

/** About 11.3 nodes and 36.7 edges, session included; friends point backwards, so the shape does not depend on the count. */
function makeUser(index, byName) {
  const friend = byName.get(nameOf(index >> 1));
  return {
    name: nameOf(index),
    tags: [TAGS[index % TAGS.length]],
    profile: makeProfile(index),
    friends: friend ? [friend] : [],
  };
}

function makeProfile(index) {
  const score = index + 0.5;
  return index % 3 === 0 ? { visits: index, score, phone: `+${1000000 + index}` } : { visits: index, score };
}

// Joined, because that gives a flat string: a template this long would make a concatenated one, two nodes more a record.
function nameOf(index) {
  return ['registered user', index].join(' ');
}

function makeSession(index) {
  let requests = 0;
  return { user: index, touch: () => ++requests };
}

function fill(count) {
  const byName = new Map();
  const sessions = new Set();
  for (let index = 0; index < count; index++) {
    const user = makeUser(index, byName);
    byName.set(user.name, user);
    sessions.add(makeSession(index));
  }
  return { byName, sessions };
}

const [count, out] = [Number(process.argv[2]), process.argv[3]];
if (!Number.isInteger(count) || count < 1 || !out) {
  console.error('usage: node bench/records.js COUNT OUT');
  process.exit(2);
}
globalThis.records = fill(count);
console.log(writeHeapSnapshot(resolve(out)));
