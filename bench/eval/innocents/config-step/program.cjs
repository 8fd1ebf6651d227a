// Tram signals: after the depot has sent the yearly timetable, it replaces the small built-in one for good.
const ARRIVES_IN_ROUND = 4;

class Departure {
  constructor(line, stop, minute, platform) {
    this.line = line;
    this.stop = stop;
    this.minute = minute;
    this.platform = platform;
  }
}

class Timetable {
  constructor(name, departures) {
    this.name = name;
    this.byStop = new Map();
    for (const departure of departures) {
      const list = this.byStop.get(departure.stop);
      if (list === undefined) this.byStop.set(departure.stop, [departure]);
      else list.push(departure);
    }
  }

  next(stop, minute) {
    const list = this.byStop.get(stop);
    return list?.find((departure) => departure.minute >= minute) ?? list?.[0];
  }
}

function builtIn() {
  const departures = [];
  for (let minute = 300; minute < 1_440; minute += 20) departures.push(new Departure(1, 'stop 0', minute, 'A'));
  return new Timetable('built-in', departures);
}

function parseYearly(text) {
  return text.split('\n').map((line) => {
    const [tram, stop, minute, platform] = line.split('\t');
    return new Departure(Number(tram), stop, Number(minute), platform);
  });
}

function yearlyText() {
  const lines = [];
  for (let at = 0; at < 5_000; at++) {
    lines.push(`${1 + (at % 12)}\tstop ${at % 64}\t${270 + Math.floor(at / 5)}\t${'ABCD'[at % 4]}`);
  }
  return lines.join('\n');
}

let timetable = builtIn();
const lamps = new Map();

function setLamp(stop, colour, line) {
  const lamp = lamps.get(stop) ?? { colour: 'red', line: 0, changes: 0 };
  if (lamp.colour !== colour || lamp.line !== line) lamp.changes++;
  lamp.colour = colour;
  lamp.line = line;
  lamps.set(stop, lamp);
}

function signal(stop, minute) {
  const departure = timetable.next(stop, minute);
  if (departure === undefined) return setLamp(stop, 'dark', 0);
  return setLamp(stop, departure.minute - minute < 3 ? 'green' : 'red', departure.line);
}

async function round(k) {
  if (k === ARRIVES_IN_ROUND) timetable = new Timetable('yearly', parseYearly(yearlyText()));
  for (let at = 0; at < 390; at++) signal(`stop ${at % 64}`, 300 + ((k * 47 + at * 3) % 1_000));
  const green = [...lamps.values()].filter((lamp) => lamp.colour === 'green').length;
  return { timetable: timetable.name, green };
}

module.exports = { round };
