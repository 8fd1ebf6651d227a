// Bike sharing: a reserved bike is held for a quarter of an hour, then it is free again.
const HOLD_MS = 15 * 60 * 1000;
const BIKES = 140;

class Bike {
  constructor(number) {
    this.number = number;
    this.dock = number % 20;
    this.hold = null;
    this.rides = 0;
  }
}

class Hold {
  constructor(bike, rider) {
    this.bike = bike;
    this.rider = rider;
    this.code = ((bike.number * 7_919 + rider * 31) % 10_000).toString().padStart(4, '0');
    this.timer = setTimeout(() => this.lapse(), HOLD_MS);
    this.timer.unref();
  }

  lapse() {
    this.bike.hold = null;
    journal.lapsed++;
  }

  end() {
    clearTimeout(this.timer);
    this.bike.hold = null;
  }
}

const journal = { reserved: 0, refused: 0, rides: 0, cancelled: 0, lapsed: 0 };
const fleet = Array.from({ length: BIKES }, (_, number) => new Bike(number));

function reserve(bike, rider) {
  if (bike.hold !== null) {
    journal.refused++;
    return undefined;
  }
  bike.hold = new Hold(bike, rider);
  journal.reserved++;
  return bike.hold.code;
}

function unlock(bike, code) {
  if (bike.hold?.code !== code) return false;
  bike.hold.end();
  bike.rides++;
  bike.dock = (bike.dock + bike.rides * 3) % 20;
  journal.rides++;
  return true;
}

function cancel(bike) {
  if (bike.hold === null) return;
  bike.hold.end();
  journal.cancelled++;
}

function busiestDock() {
  const docks = new Array(20).fill(0);
  for (const bike of fleet) docks[bike.dock]++;
  return docks.indexOf(Math.max(...docks));
}

async function round(k) {
  for (const bike of fleet) {
    if (bike.hold === null) continue;
    if ((bike.number + k) % 3 === 0) cancel(bike);
    else unlock(bike, bike.hold.code);
  }
  for (let rider = 0; rider < 260; rider++) {
    const bike = fleet[(rider * 37 + k * 11) % BIKES];
    const code = reserve(bike, k * 260 + rider);
    if (code !== undefined && rider % 4 === 0) unlock(bike, code);
  }
  return { ...journal, held: fleet.filter((bike) => bike.hold !== null).length, busiestDock: busiestDock() };
}

module.exports = { round };
