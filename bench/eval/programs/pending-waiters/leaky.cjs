'use strict';

const { setImmediate: nextTurn } = require('node:timers/promises');

const commands = { lock: 0x10, unlock: 0x11, battery: 0x20, firmware: 0x21 };
const waiters = new Map();
const journal = [];
let nextSequence = 1;

class DoorLock {
  constructor(id, battery) {
    this.id = id;
    this.battery = battery;
    this.bolted = true;
  }

  receive(sequence, opcode) {
    if (this.battery < 10) return;
    if (opcode === commands.lock) this.bolted = true;
    if (opcode === commands.unlock) this.bolted = false;
    setImmediate(onFrame, { sequence, bolted: this.bolted, battery: this.battery });
  }
}

const locks = Array.from({ length: 24 }, (_, i) => new DoorLock(`door-${i}`, (i * 17) % 100));

class CommandJob {
  constructor(lock, name, guest) {
    this.lock = lock;
    this.name = name;
    this.guest = guest;
    this.history = ['created'];
  }

  note(text) {
    this.history.push(text);
    return this;
  }
}

function onFrame(frame) {
  const waiter = waiters.get(frame.sequence);
  if (waiter === undefined) return;
  waiters.delete(frame.sequence);
  waiter.resolve(frame);
}

function ask(lock, name) {
  const sequence = nextSequence++;
  return new Promise((resolve, reject) => {
    waiters.set(sequence, { resolve, reject });
    lock.receive(sequence, commands[name]);
  });
}

function write(line) {
  journal.push(line);
  if (journal.length > 40) journal.shift();
}

async function execute(lock, name, guest) {
  const job = new CommandJob(lock.id, name, guest).note('sent');
  try {
    const frame = await ask(lock, name);
    job.note(frame.bolted ? 'bolted' : 'open');
    write(`${job.lock} ${job.name} ${job.history.join(' > ')}`);
  } catch (error) {
    job.note(error.message);
    write(`${job.lock} ${job.name} failed after ${job.history.length} steps`);
  }
}

async function round(k) {
  const names = Object.keys(commands);
  for (let i = 0; i < 320; i++) {
    const lock = locks[(i * 5 + k) % locks.length];
    const guest = { room: 100 + (i % 60), card: `${k}-${i}`, rights: [lock.id, 'lobby', 'garage'] };
    execute(lock, names[(i + k) % names.length], guest);
    if (i % 40 === 39) await nextTurn();
  }
  return journal.length;
}

module.exports = { round };
