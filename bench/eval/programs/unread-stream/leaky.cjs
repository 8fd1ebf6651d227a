'use strict';

const { PassThrough, Writable } = require('node:stream');

const farm = { name: 'Noordzee IV', turbines: 14, archive: false };

class Archive extends Writable {
  constructor() {
    super();
    this.bytes = 0;
  }

  _write(chunk, _encoding, done) {
    this.bytes += chunk.length;
    done();
  }
}

class TelemetryExporter {
  constructor({ archive }) {
    this.published = 0;
    this.outlet = new PassThrough();
    if (archive) this.outlet.pipe(new Archive());
  }

  publish(reading) {
    this.published++;
    this.outlet.write(`${JSON.stringify(reading)}\n`);
  }
}

class TurbineState {
  constructor(number) {
    this.number = number;
    this.smoothed = 0;
    this.alarms = [];
  }

  update({ power, gear }) {
    this.smoothed = this.smoothed * 0.9 + power * 0.1;
    if (gear <= 88) return;
    this.alarms.push(`gearbox ${gear.toFixed(1)}`);
    if (this.alarms.length > 5) this.alarms.shift();
  }
}

const exporter = new TelemetryExporter(farm);
const states = Array.from({ length: farm.turbines }, (_, i) => new TurbineState(i + 1));

function measure(turbine, minute) {
  const wind = 9 + 6 * Math.sin(minute / 55 + turbine);
  const power = Math.min(8000, 11 * wind ** 3);
  return {
    turbine,
    minute,
    wind: Number(wind.toFixed(2)),
    power: Math.round(power),
    pitch: [1, 2, 3].map((blade) => Number((4 + blade * 0.1 + wind / 9).toFixed(3))),
    gear: 61 + power / 290,
    state: power > 7900 ? 'curtailed' : 'producing',
  };
}

function ingest(reading) {
  states[reading.turbine].update(reading);
  exporter.publish(reading);
}

function dashboard() {
  const total = states.reduce((sum, { smoothed }) => sum + smoothed, 0);
  const worst = states.reduce((a, b) => (b.alarms.length > a.alarms.length ? b : a));
  return `${farm.name}: ${Math.round(total / 1000)} MW, watch turbine ${worst.number}`;
}

async function round(k) {
  for (let minute = k * 15; minute < k * 15 + 15; minute++) {
    for (let turbine = 0; turbine < farm.turbines; turbine++) ingest(measure(turbine, minute));
  }
  return dashboard();
}

module.exports = { round };
