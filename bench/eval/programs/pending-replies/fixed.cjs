// Greenhouse controller: commands go out over the field bus, the valves and fans answer when they can.
const { EventEmitter } = require('node:events');

const REPLY_WITHIN_MS = 15;
const DEVICES = ['valve', 'fan', 'lamp', 'shade', 'pump'];

const bus = new EventEmitter();
const awaiting = new Map();
const health = new Map(DEVICES.map((device) => [device, { ok: 0, lost: 0 }]));
let correlation = 0;

class Command {
  constructor(device, verb, values) {
    this.device = device;
    this.verb = verb;
    this.values = values;
    this.frame = Buffer.from(`${device}:${verb}:${values.join(',')}`).toString('hex');
  }
}

function send(command) {
  const id = `q${++correlation}`;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      awaiting.delete(id);
      reject(new Error(`${command.device} did not answer`));
    }, REPLY_WITHIN_MS);
    awaiting.set(id, { command, resolve, timer });
    bus.emit('frame', { id, frame: command.frame });
  });
}

bus.on('reply', ({ id, reading }) => {
  const call = awaiting.get(id);
  if (call === undefined) return;
  clearTimeout(call.timer);
  awaiting.delete(id);
  call.resolve(reading);
});

let noise = 99;
function lineIsBad() {
  noise = (noise * 1_103_515_245 + 12_345) & 0x7fffffff;
  return (noise >> 8) % 100 < 30;
}

bus.on('frame', ({ id, frame }) => {
  if (lineIsBad()) return;
  const [device, verb] = Buffer.from(frame, 'hex').toString().split(':');
  setImmediate(() => bus.emit('reply', { id, reading: `${device} ${verb} done` }));
});

async function steer(zone, device, level) {
  const values = Array.from({ length: 12 }, (_, at) => (level * 100 + zone * 10 + at) % 1_000);
  try {
    const reading = await send(new Command(device, level > 50 ? 'open' : 'close', values));
    health.get(device).ok++;
    return reading;
  } catch (error) {
    health.get(device).lost++;
    return error.message;
  }
}

function report() {
  return [...health].map(([device, { ok, lost }]) => `${device}: ${ok} ok, ${lost} lost`).join('\n');
}

async function round(k) {
  for (let zone = 0; zone < 4; zone++) {
    const steps = [];
    for (let at = 0; at < 60; at++) steps.push(steer(zone, DEVICES[at % DEVICES.length], (k * 31 + at * 7) % 100));
    await Promise.all(steps);
  }
  return report();
}

module.exports = { round };
