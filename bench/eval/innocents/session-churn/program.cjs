// Language school: pupils log in, practise for a while and drop out again.
const LESSONS = ['greetings', 'numbers', 'food', 'travel', 'weather', 'family'];
const IDLE_SECONDS = 900;

class Session {
  constructor(id, pupil, now) {
    this.id = id;
    this.pupil = pupil;
    this.lastSeen = now;
    this.answers = [];
    this.lesson = LESSONS[pupil % LESSONS.length];
  }

  answer(word, right, now) {
    this.answers.push({ word, right });
    if (this.answers.length > 12) this.answers.shift();
    this.lastSeen = now;
  }

  get score() {
    return this.answers.filter((answer) => answer.right).length;
  }
}

const sessions = new Map();
const certificates = { given: 0, expired: 0, loggedOut: 0 };
let counter = 0;

let seed = 11;
function random() {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

function logIn(now) {
  const id = `s${(++counter).toString(36)}`;
  sessions.set(id, new Session(id, Math.floor(random() * 5_000), now));
  return id;
}

function logOut(session) {
  sessions.delete(session.id);
  certificates.loggedOut++;
  if (session.score > 6) certificates.given++;
}

function practise(session, now) {
  const turns = 2 + Math.floor(random() * 8);
  for (let turn = 0; turn < turns; turn++) {
    session.answer(`${session.lesson}-${Math.floor(random() * 40)}`, random() < 0.7, now + turn * 9);
  }
}

function expire(now) {
  for (const session of sessions.values()) {
    if (now - session.lastSeen <= IDLE_SECONDS) continue;
    sessions.delete(session.id);
    certificates.expired++;
  }
}

async function round(k) {
  const now = k * 600;
  for (let at = 0; at < 80 + Math.floor(random() * 90); at++) logIn(now + at);
  for (const session of [...sessions.values()]) {
    const mood = random();
    if (mood < 0.4) practise(session, now + 300);
    else if (mood < 0.92) logOut(session);
  }
  expire(now + 600);
  return { online: sessions.size, ...certificates };
}

module.exports = { round };
