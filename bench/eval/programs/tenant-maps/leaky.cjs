// Building alarms: each site reports alarms, the control room acknowledges most of them within the hour.
const SITES = ['harbour', 'depot', 'museum', 'school', 'clinic', 'library', 'station', 'mill'];
const KINDS = ['smoke', 'door', 'water', 'motion', 'power'];

class Alarm {
  constructor(id, kind, zone, raisedAt) {
    this.id = id;
    this.kind = kind;
    this.zone = zone;
    this.raisedAt = raisedAt;
    this.acknowledgedBy = null;
    this.notes = [];
  }

  acknowledge(operator, at) {
    this.acknowledgedBy = operator;
    this.notes.push({ operator, after: at - this.raisedAt });
  }
}

const alarmsBySite = new Map();
const responseTimes = new Map(KINDS.map((kind) => [kind, { count: 0, total: 0 }]));

function alarmsOf(site) {
  let alarms = alarmsBySite.get(site);
  if (alarms === undefined) {
    alarms = new Map();
    alarmsBySite.set(site, alarms);
  }
  return alarms;
}

function raise(site, id, kind, zone, at) {
  alarmsOf(site).set(id, new Alarm(id, kind, zone, at));
}

function acknowledge(site, id, operator, at) {
  const alarms = alarmsOf(site);
  const alarm = alarms.get(id);
  if (alarm === undefined || alarm.acknowledgedBy !== null) return false;
  alarm.acknowledge(operator, at);
  const times = responseTimes.get(alarm.kind);
  times.count++;
  times.total += at - alarm.raisedAt;
  return true;
}

function openAlarms(site) {
  return [...alarmsOf(site).values()].filter((alarm) => alarm.acknowledgedBy === null);
}

function board() {
  return SITES.map((site) => `${site.padEnd(10)} ${openAlarms(site).length}`).join('\n');
}

let shake = 7;
function chance(outOf) {
  shake = (shake * 16_807) % 2_147_483_647;
  return shake % outOf;
}

async function round(k) {
  const raised = [];
  const base = k * 3_600;
  for (let at = 0; at < 150 + chance(120); at++) {
    const site = SITES[chance(SITES.length)];
    const id = `${site}-${base + at}`;
    raise(site, id, KINDS[chance(KINDS.length)], `zone ${chance(40)}`, base + at);
    raised.push({ site, id });
  }
  let closed = 0;
  for (const { site, id } of raised) {
    if (acknowledge(site, id, `operator ${chance(6)}`, base + 1_800 + chance(900))) closed++;
  }
  return { closed, board: board() };
}

module.exports = { round };
