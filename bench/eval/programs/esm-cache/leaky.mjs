// Parcel lockers: find the nearest locker with a free box for an address.
import { createHash } from 'node:crypto';

const LOCKERS = Array.from({ length: 60 }, (_, at) => ({
  name: `locker ${at}`,
  lat: 51 + ((at * 37) % 100) / 250,
  lon: 7 + ((at * 61) % 100) / 180,
  free: 4 + (at % 9),
}));

const geocoded = new Map();
const streets = new Map();
const STREET_LIMIT = 80;

class Place {
  constructor(address, lat, lon) {
    this.address = address;
    this.lat = lat;
    this.lon = lon;
    this.cell = `${Math.floor(lat * 50)}:${Math.floor(lon * 50)}`;
  }
}

function normalise(address) {
  return address
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/str\.$/, 'street')
    .trim();
}

function streetOffset(street) {
  let offset = streets.get(street);
  if (offset === undefined) {
    const digest = createHash('sha1').update(street).digest();
    offset = { lat: digest[0] / 650, lon: digest[1] / 460 };
    if (streets.size >= STREET_LIMIT) streets.delete(streets.keys().next().value);
    streets.set(street, offset);
  }
  return offset;
}

function geocode(address) {
  const known = geocoded.get(address);
  if (known !== undefined) return known;
  const [street, house] = normalise(address).split(/ (?=\d+,)/);
  const offset = streetOffset(street);
  const step = Number.parseInt(house, 10) / 20_000;
  const place = new Place(address, 51 + offset.lat + step, 7 + offset.lon - step);
  geocoded.set(address, place);
  return place;
}

function nearest(place, count) {
  return LOCKERS.map((locker) => ({ locker, away: (locker.lat - place.lat) ** 2 + (locker.lon - place.lon) ** 2 }))
    .sort((one, other) => one.away - other.away)
    .slice(0, count)
    .map(({ locker }) => locker);
}

function assign(parcel) {
  const choice = nearest(geocode(parcel.address), 3).find((locker) => locker.free > 0);
  if (choice === undefined) return { parcel: parcel.id, state: 'depot' };
  choice.free--;
  return { parcel: parcel.id, state: choice.name };
}

function collect() {
  for (const locker of LOCKERS) locker.free = Math.min(12, locker.free + 7);
}

export async function round(k) {
  collect();
  const states = [];
  for (let at = 0; at < 210; at++) {
    const number = k * 210 + at;
    const address = `Lindenweg ${String.fromCharCode(65 + (number % 26))}  ${1 + (number % 1_987)}, ${44_000 + (number % 53)}`;
    states.push(assign({ id: number, address }));
  }
  return { depot: states.filter(({ state }) => state === 'depot').length, streets: streets.size };
}
