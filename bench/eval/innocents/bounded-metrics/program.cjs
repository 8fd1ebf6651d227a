// Recipe box API with its own metrics: one histogram for every route, method and class of status.
const BOUNDS = [1, 2, 5, 10, 20, 50, 100, 200, 500];

class Histogram {
  constructor(labels) {
    this.labels = labels;
    this.buckets = new Array(BOUNDS.length + 1).fill(0);
    this.sum = 0;
    this.count = 0;
  }

  observe(value) {
    const at = BOUNDS.findIndex((bound) => value <= bound);
    this.buckets[at === -1 ? BOUNDS.length : at]++;
    this.sum += value;
    this.count++;
  }

  expose(name) {
    const labels = Object.entries(this.labels).map(([key, value]) => `${key}="${value}"`);
    const lines = this.buckets.map((count, at) => `${name}_bucket{${labels},le="${BOUNDS[at] ?? '+Inf'}"} ${count}`);
    return [...lines, `${name}_count{${labels}} ${this.count}`].join('\n');
  }
}

const histograms = new Map();

function durations(route, method, status) {
  const labels = { route, method, status: `${String(status)[0]}xx` };
  const key = `${labels.route} ${labels.method} ${labels.status}`;
  let histogram = histograms.get(key);
  if (histogram === undefined) {
    histogram = new Histogram(labels);
    histograms.set(key, histogram);
  }
  return histogram;
}

const ROUTES = [
  [/^\/boxes\/\d+$/, '/boxes/:id', ({ number }) => ({ status: number % 17 === 0 ? 404 : 200, body: { box: number } })],
  [
    /^\/boxes\/\d+\/items$/,
    '/boxes/:id/items',
    ({ number }) => ({ status: 200, body: Array.from({ length: number % 9 }, String) }),
  ],
  [
    /^\/customers\/[\w-]+$/,
    '/customers/:name',
    ({ method }) => ({ status: method === 'DELETE' ? 403 : 200, body: 'customer' }),
  ],
  [/^\/search$/, '/search', ({ number }) => ({ status: number % 29 === 0 ? 500 : 200, body: { hits: number % 12 } })],
];

function handle(request) {
  const path = request.url.split('?')[0];
  const found = ROUTES.find(([pattern]) => pattern.test(path));
  const answer = found === undefined ? { status: 404, body: '' } : found[2](request);
  durations(found === undefined ? 'other' : found[1], request.method, answer.status).observe(request.millis);
  return JSON.stringify(answer.body).length;
}

function requestOf(number) {
  const urls = [
    `/boxes/${number}`,
    `/boxes/${number}/items`,
    `/customers/c-${number}`,
    `/search?q=${number}`,
    `/wp-login${number}`,
  ];
  const methods = ['GET', 'GET', 'GET', 'PUT', 'DELETE'];
  return {
    number,
    url: urls[(number * 3) % urls.length],
    method: methods[(number >> 2) % methods.length],
    millis: ((number * 2_654_435_761) >>> 0) % 620,
  };
}

async function round(k) {
  let sent = 0;
  for (let at = 0; at < 370; at++) sent += handle(requestOf(k * 370 + at));
  const page = [...histograms.values()].map((histogram) => histogram.expose('http_ms')).join('\n');
  return { sent, series: histograms.size, page: page.length };
}

module.exports = { round };
