'use strict';

const network = { windowLength: 192, sampleRate: 50, trigger: 3.5 };

class Window {
  constructor(samples) {
    this.samples = samples;
  }

  rms() {
    let sum = 0;
    for (const sample of this.samples) sum += sample * sample;
    return Math.sqrt(sum / this.samples.length);
  }
}

class Station {
  constructor(code, gain) {
    this.code = code;
    this.gain = gain;
    this.history = [];
    this.background = 1;
  }

  record(raw) {
    const scaled = new Float64Array(raw.length);
    for (let i = 0; i < raw.length; i++) scaled[i] = raw[i] * this.gain;
    this.history.push(scaled);
    return new Window(scaled);
  }

  isEvent(window) {
    const level = window.rms();
    const event = level > this.background * network.trigger;
    this.background = this.background * 0.98 + level * 0.02;
    return event;
  }

  spectrumPeak() {
    const latest = this.history[this.history.length - 1];
    let crossings = 0;
    for (let i = 1; i < latest.length; i++) if (latest[i - 1] < 0 !== latest[i] < 0) crossings++;
    return (crossings * network.sampleRate) / (2 * latest.length);
  }
}

const stations = [
  ['HGN', 0.8],
  ['WIT', 1.1],
  ['OPLO', 0.95],
  ['WTSB', 1.3],
].map(([code, gain]) => new Station(code, gain));
const bulletins = [];

function publish(station, minute) {
  bulletins.push(`${station.code} minute ${minute}: event, peak ${station.spectrumPeak().toFixed(1)} Hz`);
  if (bulletins.length > 12) bulletins.shift();
}

function noise(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 22695477) + 1) | 0;
    return state / 2147483648;
  };
}

function sampled(random, quake) {
  const raw = new Float64Array(network.windowLength);
  for (let i = 0; i < raw.length; i++) raw[i] = random() + (quake ? 9 * Math.sin(i / 3) : 0);
  return raw;
}

async function round(k) {
  const random = noise(4711 + k);
  const minutes = 24 + ((k * 5) % 9);
  let events = 0;
  for (let minute = 0; minute < minutes; minute++) {
    for (const station of stations) {
      const window = station.record(sampled(random, (minute + k) % 11 === 4));
      if (!station.isEvent(window)) continue;
      publish(station, minute);
      events++;
    }
  }
  return { events, latest: bulletins[bulletins.length - 1] };
}

module.exports = { round };
