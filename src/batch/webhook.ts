import { createHmac } from 'node:crypto';
import { type LookupAddress, lookup } from 'node:dns';
import { request } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { ScanAlert } from '../base/scan-types.js';

/** Where alerts are sent. Off unless it is asked for. */
export interface WebhookOptions {
  readonly url: string;
  /** Hosts that may be sent to; the URL's has to be among them. */
  readonly allowed: readonly string[];
  /** Signs the body: without one nothing is sent. */
  readonly secret: string;
  readonly signal?: AbortSignal;
}

/** What only tests set. */
export interface WebhookSettings {
  /** Whether an address may be sent to; default: those that are anybody's. */
  readonly isPublic?: (address: string) => boolean;
  readonly ca?: string;
  /** Milliseconds before the first retry; twice as many before each further one. */
  readonly pause?: number;
  /** Milliseconds for one attempt. */
  readonly patience?: number;
}

const RETRIES = 5;
const PATIENCE = 5000;
const PAUSE = 500;
const LARGEST = 64 * 1024;

/** A reason that trying again does not change. */
class Refusal extends Error {
  override readonly name = 'Refusal';
}

/**
 * Sends an alert: HTTPS, to an allowed host with a public address, no redirects, five seconds an attempt and five more attempts under one id.
 * The body is signed: `heapsleuth-signature: sha256=…` is its HMAC. Undefined once it has been taken, else why it has not; throws the
 * signal's reason alone.
 */
export async function sendAlert(
  alert: ScanAlert,
  options: WebhookOptions,
  settings: WebhookSettings = {},
): Promise<string | undefined> {
  const body = Buffer.from(JSON.stringify(alert));
  const refusal = refusalOf(options, body.length);
  if (refusal !== undefined) return refusal;
  let reason = '';
  for (let attempt = 0; attempt <= RETRIES; attempt++) {
    options.signal?.throwIfAborted();
    try {
      const { signal } = options;
      if (attempt > 0) await setTimeout((settings.pause ?? PAUSE) * 2 ** (attempt - 1), undefined, { signal });
      await post(alert.alert_id, body, options, settings);
      return undefined;
    } catch (error) {
      options.signal?.throwIfAborted();
      reason = error instanceof Error ? error.message : String(error);
      if (error instanceof Refusal) return reason;
    }
  }
  return `${reason}, after ${RETRIES + 1} attempts`;
}

function refusalOf({ url, allowed, secret }: WebhookOptions, bytes: number): string | undefined {
  if (!URL.canParse(url)) return 'found a webhook that is no URL';
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'https:') return `found a webhook with ${protocol}, expected https:`;
  if (username !== '' || password !== '') return 'found a webhook with a user name, expected none';
  if (!allowed.includes(hostname)) return `found a webhook to ${hostname}, expected a host that is allowed`;
  if (secret === '') return 'found no secret to sign the webhook with';
  if (bytes > LARGEST) return `found an alert of ${bytes} bytes, expected at most ${LARGEST}`;
  return undefined;
}

function post(
  id: string,
  body: Buffer,
  { url, secret, signal }: WebhookOptions,
  { isPublic = isPublicAddress, ca, patience = PATIENCE }: WebhookSettings,
): Promise<void> {
  const { hostname } = new URL(url);
  // An address as it is written is never looked up, so it is checked here.
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !isPublic(literal)) return Promise.reject(privateAddress(hostname));
  const late = AbortSignal.timeout(patience);
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'content-length': body.length },
        'heapsleuth-alert': id,
        'heapsleuth-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
      },
      // No kept connection, whose address would have been looked up at another time.
      agent: false,
      ca,
      lookup: checkedLookup(hostname, isPublic),
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
    sent.on('error', (error) => reject(late.aborted ? new Error('no answer in time') : error));
    sent.on('response', (response) => {
      const { statusCode = 0 } = response;
      response.destroy();
      if (statusCode >= 200 && statusCode < 300) resolve();
      else if (statusCode >= 300 && statusCode < 400)
        reject(new Refusal(`found a redirect (${statusCode}), expected none`));
      else reject(new Error(`found status ${statusCode}, expected one of success`));
    });
    sent.end(body);
  });
}

type Lookup = NonNullable<Parameters<typeof request>[1]['lookup']>;

/** The very address that is connected to is the one that has been checked: a name may have another one a moment later. */
function checkedLookup(hostname: string, isPublic: (address: string) => boolean): Lookup {
  return (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 0);
      if (addresses.length === 0 || !addresses.every(({ address }) => isPublic(address)))
        return callback(privateAddress(hostname), '', 0);
      if (options.all) return (callback as unknown as (error: null, all: LookupAddress[]) => void)(null, addresses);
      callback(null, addresses[0].address, addresses[0].family);
    });
  };
}

function privateAddress(hostname: string): Refusal {
  return new Refusal(`found a private or reserved address behind ${hostname}, expected a public one`);
}

/** What IANA's registries of special-purpose addresses have as not globally reachable. */
const RESERVED = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
  ] as const),
  ...([
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
] as const)
  RESERVED.ipv4.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ...([
    ['::', 128],
    ['::1', 128],
    ['::ffff:0:0', 96],
    ['64:ff9b::', 96],
    ['64:ff9b:1::', 48],
    ['100::', 64],
  ] as const),
  ...([
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
    ['5f00::', 16],
    ['fc00::', 7],
  ] as const),
  ...([
    ['fe80::', 10],
    ['fec0::', 10],
    ['ff00::', 8],
  ] as const),
] as const)
  RESERVED.ipv6.addSubnet(network, bits, 'ipv6');

export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  // A list for each: one with mapped addresses would have every address of version 4.
  const family = version === 4 ? 'ipv4' : 'ipv6';
  return !RESERVED[family].check(address, family);
}
