// Water utility: the router of the telemetry gateway notes what each station delivered.
const kDeliveries = Symbol('deliveries');
const kStarted = Symbol('started');

const LIMITS = { pressure: [1.5, 8], flow: [0, 240], chlorine: [0.1, 0.6] };

function createGateway(name) {
  return {
    name,
    routes: new Map(),
    warnings: 0,
    [kStarted]: Date.UTC(2022, 0, 1),
    [kDeliveries]: [],
  };
}

const gateway = createGateway('west');

function route(path, handler) {
  gateway.routes.set(path, handler);
}

function noteDelivery(station, readings) {
  gateway[kDeliveries].push({
    station,
    size: readings.length,
    kinds: readings.map((reading) => reading.kind),
    digest: readings.map((reading) => `${reading.kind[0]}${reading.value.toFixed(2)}`).join(' '),
  });
}

function outOfRange({ kind, value }) {
  const [low, high] = LIMITS[kind];
  return value < low || value > high;
}

route('/readings', ({ station, body }) => {
  const readings = body.split('\n').map((line) => {
    const [kind, value] = line.split('=');
    return { kind, value: Number(value) };
  });
  const bad = readings.filter(outOfRange);
  gateway.warnings += bad.length;
  noteDelivery(station, readings);
  return { status: bad.length > 0 ? 202 : 200, bad: bad.length };
});

route('/health', () => ({
  status: 200,
  name: gateway.name,
  since: gateway[kStarted],
  recent: gateway[kDeliveries].slice(-10).map((delivery) => delivery.station),
}));

function dispatch(request) {
  const handler = gateway.routes.get(request.path);
  return handler === undefined ? { status: 404 } : handler(request);
}

function bodyOf(number) {
  const lines = [];
  for (let at = 0; at < 3 + (number % 3); at++) {
    lines.push(`pressure=${2 + ((number + at) % 60) / 10}`, `flow=${(number * 3 + at) % 250}`);
  }
  lines.push(`chlorine=${((number % 7) + 1) / 10}`);
  return lines.join('\n');
}

async function round(k) {
  const statuses = { 200: 0, 202: 0, 404: 0 };
  for (let at = 0; at < 230; at++) {
    const number = k * 230 + at;
    const path = number % 23 === 0 ? '/health' : number % 47 === 0 ? '/favicon.ico' : '/readings';
    const { status } = dispatch({ path, station: `st-${number % 90}`, body: bodyOf(number) });
    statuses[status]++;
  }
  return { ...statuses, warnings: gateway.warnings };
}

module.exports = { round };
