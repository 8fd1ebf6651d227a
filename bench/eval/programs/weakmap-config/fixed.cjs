'use strict';

class TenantConfig {
  constructor(name, plan, quota) {
    this.name = name;
    this.plan = plan;
    this.quota = quota;
  }
}

const plans = { free: 200, team: 2000, enterprise: 50_000 };
const tenants = ['acorn', 'birch', 'cedar', 'dogwood', 'elm', 'fir', 'gum', 'hazel', 'ivy', 'juniper'].map(
  (name, i) => {
    const plan = Object.keys(plans)[i % 3];
    return new TenantConfig(name, plan, plans[plan]);
  },
);

// Weak, so that a tenant's usage goes away together with its configuration.
const usageOf = new WeakMap();

class UsageEntry {
  constructor(endpoint, units, caller) {
    this.endpoint = endpoint;
    this.units = units;
    this.caller = caller;
  }
}

function meter(tenant, entry) {
  let entries = usageOf.get(tenant);
  if (entries === undefined) {
    entries = [];
    usageOf.set(tenant, entries);
  }
  entries.push(entry);
  if (entries.length > 30) entries.shift();
}

function burst(tenant) {
  const entries = usageOf.get(tenant) ?? [];
  let units = 0;
  for (const entry of entries) units += entry.units;
  return units;
}

const prices = { '/search': 3, '/suggest': 1, '/export': 12 };

function handle(tenant, request) {
  const units = prices[request.endpoint];
  if (units === undefined) return { status: 404 };
  if (burst(tenant) + units > tenant.quota) return { status: 429 };
  meter(tenant, new UsageEntry(request.endpoint, units, { key: request.key, address: request.address }));
  return { status: 200, body: `${tenant.name} ${request.endpoint} ${units}` };
}

function* traffic(k, count) {
  const endpoints = [...Object.keys(prices), '/favicon.ico'];
  let state = 104_729 + k;
  for (let i = 0; i < count; i++) {
    state = (state * 1103 + 12_345) % 1_048_573;
    yield {
      tenant: tenants[state % tenants.length],
      endpoint: endpoints[state % 7 < 3 ? 0 : (state >> 3) % endpoints.length],
      key: `key-${state.toString(36)}`,
      address: `10.4.${state % 250}.${(state >> 8) % 250}`,
    };
  }
}

async function round(k) {
  const tally = new Map();
  for (const request of traffic(k, 330)) {
    const { status } = handle(request.tenant, request);
    tally.set(status, (tally.get(status) ?? 0) + 1);
  }
  return Object.fromEntries(tally);
}

module.exports = { round };
