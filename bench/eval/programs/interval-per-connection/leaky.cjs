'use strict';

const settings = { heartbeatEvery: 30_000, zones: ['north', 'south', 'nursery', 'orchids'], keptAverages: 16 };
const links = new Map();
const averages = new Map();

class ProtocolError extends Error {}

class SensorLink {
  constructor(id, zone) {
    this.id = id;
    this.zone = zone;
    this.readings = [];
    this.missed = 0;
    this.timer = null;
  }

  accept(line) {
    const [kind, value] = line.split('=');
    if (value === undefined) throw new ProtocolError(`${this.id}: cannot read "${line}"`);
    this.readings.push({ kind, value: Number(value) });
  }

  ping() {
    this.missed++;
  }
}

function openLink(id, zone) {
  const link = new SensorLink(id, zone);
  link.timer = setInterval(function heartbeat() {
    link.ping();
  }, settings.heartbeatEvery);
  links.set(id, link);
  return link;
}

function closeLink(link) {
  clearInterval(link.timer);
  links.delete(link.id);
}

function dropLink(link) {
  links.delete(link.id);
}

function noteAverage(link) {
  const humidity = link.readings.filter(({ kind }) => kind === 'humidity');
  const mean = humidity.reduce((sum, { value }) => sum + value, 0) / Math.max(1, humidity.length);
  averages.delete(link.zone);
  averages.set(link.zone, mean.toFixed(1));
  if (averages.size > settings.keptAverages) averages.delete(averages.keys().next().value);
}

function serve(id, zone, lines) {
  const link = openLink(id, zone);
  try {
    for (const line of lines) link.accept(line);
    noteAverage(link);
    closeLink(link);
    return true;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    dropLink(link);
    return false;
  }
}

function uplink(k, i) {
  const lines = [];
  for (let n = 0; n < 18; n++) {
    lines.push(n % 2 === 0 ? `humidity=${40 + ((i * 7 + n) % 35)}` : `soil=${12 + ((i + n * k) % 20)}`);
  }
  // Old firmware ends its report with a bare status word.
  if ((i * 31 + k * 7) % 11 < 3) lines.push('battery low');
  return lines;
}

async function round(k) {
  let clean = 0;
  for (let i = 0; i < 180; i++) {
    const zone = settings.zones[i % settings.zones.length];
    if (serve(`s${k}-${i}`, zone, uplink(k, i))) clean++;
  }
  return { clean, open: links.size, averages: averages.size };
}

module.exports = { round };
