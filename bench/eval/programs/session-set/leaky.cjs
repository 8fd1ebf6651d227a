'use strict';

class ChatSession {
  constructor(user, room) {
    this.user = user;
    this.room = room;
    this.unread = [];
    this.draft = '';
  }

  deliver(message) {
    this.unread.push({ from: message.from, text: message.text });
    if (this.unread.length > 10) this.unread.shift();
  }
}

class PresenceService {
  constructor() {
    this.online = new Set();
    this.peak = 0;
  }

  join(session) {
    this.online.add(session);
    this.peak = Math.max(this.peak, this.online.size);
  }

  leave(session) {
    this.online.delete(session.user);
  }

  count() {
    return this.online.size;
  }
}

class Room {
  constructor(name) {
    this.name = name;
    this.members = new Map();
    this.backlog = [];
  }

  post(message) {
    this.backlog.push(message);
    if (this.backlog.length > 25) this.backlog.shift();
    for (const member of this.members.values()) member.deliver(message);
  }
}

const presence = new PresenceService();
const rooms = ['general', 'gardening', 'chess', 'cooking'].map((name) => new Room(name));
const phrases = ['good morning', 'who is in today?', 'see the pinned note', 'that worked, thanks', 'back in five'];

function enter(user, room) {
  const session = new ChatSession(user, room.name);
  room.members.set(user, session);
  presence.join(session);
  return session;
}

function exit(session) {
  rooms.find(({ name }) => name === session.room).members.delete(session.user);
  presence.leave(session);
}

function say(session, text) {
  const room = rooms.find(({ name }) => name === session.room);
  session.draft = '';
  room.post({ from: session.user, text: `${session.user}: ${text}` });
}

async function round(k) {
  let turn = k * 17 + 3;
  const visiting = [];
  for (let i = 0; i < 160; i++) {
    turn = (turn * 73 + 41) % 9973;
    const session = enter(`user${k}x${i}`, rooms[turn % rooms.length]);
    visiting.push(session);
    say(session, phrases[turn % phrases.length]);
    if (visiting.length > 12) exit(visiting.shift());
  }
  for (const session of visiting) exit(session);
  return presence.count();
}

module.exports = { round };
