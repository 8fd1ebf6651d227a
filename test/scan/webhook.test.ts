import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ScanAlert } from '#src/base/scan-types.js';
import { isPublicAddress, sendAlert } from '#src/batch/webhook.js';

const pem = (name: string) => readFileSync(new URL(`certificates/${name}.pem`, import.meta.url), 'utf8');
const ALERT: ScanAlert = {
  ...{ v: 1, alert_id: '2ed6657d-e927-568b-95e1-2665a8aea6a2', ts: 1_795_410_000_000, service: 'shop', host: 'a' },
  ...{ signature: 's', title: 'global.kept keeps Order', severity: 'HIGH', confidence: 0.95, seedScore: null },
  ...{
    holder: 'global.kept',
    growth: null,
    retainedSize: 5,
    trail: [],
    repair: 'Bound it',
    anchor: 'flame://s#retained',
  },
};
const SECRET = 'only for this test';

interface Seen {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let url: string;
let seen: Seen[] = [];
/** What the server does with the request of that number, from 0. */
let answer: (response: ServerResponse, number: number) => void;

beforeAll(async () => {
  server = createServer({ key: pem('key'), cert: pem('certificate') }, (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text) => (body += text));
    request.on('end', () => answer(response, seen.push({ headers: request.headers, body }) - 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://localhost:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(() => server.close());
beforeEach(() => {
  seen = [];
  answer = (response) => response.writeHead(204).end();
});

const send = (options: object = {}, settings: object = {}) =>
  sendAlert(
    ALERT,
    { url, allowed: ['localhost'], secret: SECRET, ...options },
    { isPublic: () => true, ca: pem('certificate'), pause: 1, ...settings },
  );

describe('a webhook', () => {
  test('gets the alert, signed and under its id', async () => {
    expect(await send()).toBeUndefined();
    const [{ headers, body }, ...others] = seen;
    expect(others).toEqual([]);
    expect(JSON.parse(body)).toEqual(ALERT);
    expect(headers['heapsleuth-alert']).toBe(ALERT.alert_id);
    expect(headers['heapsleuth-signature']).toBe(`sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`);
    expect(headers['content-type']).toBe('application/json');
  });

  test('is tried five times more, always under one id', async () => {
    answer = (response, number) => response.writeHead(number < 5 ? 503 : 200).end();
    expect(await send()).toBeUndefined();
    expect(seen).toHaveLength(6);
    expect(new Set(seen.map(({ headers }) => headers['heapsleuth-alert'])).size).toBe(1);
    seen = [];
    answer = (response) => response.writeHead(500).end();
    expect(await send()).toBe('found status 500, expected one of success, after 6 attempts');
    expect(seen).toHaveLength(6);
  });

  test('that does not answer is given up in time', async () => {
    answer = () => {};
    expect(await send({}, { patience: 30 })).toBe('no answer in time, after 6 attempts');
  });

  test('is not followed elsewhere', async () => {
    answer = (response) => response.writeHead(307, { location: 'https://localhost/other' }).end();
    expect(await send()).toBe('found a redirect (307), expected none');
    expect(seen).toHaveLength(1);
  });

  test('is refused for what is not HTTPS, not allowed, not signed, or has a user name', async () => {
    const refusals: [object, string][] = [
      [{ url: 'http://localhost/' }, 'found a webhook with http:, expected https:'],
      [{ url: 'file:///etc/passwd' }, 'found a webhook with file:, expected https:'],
      [{ url: 'nonsense' }, 'found a webhook that is no URL'],
      [{ url: 'https://a:b@localhost/' }, 'found a webhook with a user name, expected none'],
      [{ allowed: ['example.com'] }, 'found a webhook to localhost, expected a host that is allowed'],
      [{ secret: '' }, 'found no secret to sign the webhook with'],
    ];
    for (const [options, reason] of refusals) expect(await send(options)).toBe(reason);
    expect(seen).toEqual([]);
  });

  test('is refused where its name leads to this machine or its network, or is such an address', async () => {
    const reason = 'found a private or reserved address behind localhost, expected a public one';
    expect(await send({}, { isPublic: undefined })).toBe(reason);
    const { port } = server.address() as AddressInfo;
    for (const host of ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '169.254.169.254', '2130706433']) {
      const { hostname } = new URL(`https://${host}:${port}/`);
      const refused = await send({ url: `https://${host}:${port}/`, allowed: [hostname] }, { isPublic: undefined });
      expect(refused, host).toBe(`found a private or reserved address behind ${hostname}, expected a public one`);
    }
    expect(seen).toEqual([]);
  });

  test('is refused for an alert that is too large', async () => {
    const large = { ...ALERT, repair: 'x'.repeat(70_000) };
    const reason = await sendAlert(large, { url, allowed: ['localhost'], secret: SECRET }, { isPublic: () => true });
    expect(reason).toMatch(/^found an alert of 70\d\d\d bytes, expected at most 65536$/);
  });

  test('ends with an abort, whatever it waits for', async () => {
    answer = () => {};
    const abort = new AbortController();
    const sending = send({ signal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), 20);
    await expect(sending).rejects.toThrow('enough');
  });
});

test('addresses that are anybody’s are told from those of one machine or network', () => {
  for (const address of ['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])
    expect(isPublicAddress(address), address).toBe(true);
  for (const address of [
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '127.9.9.9',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '100.64.0.1',
    ],
    ...[
      '224.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      'fe80::1',
      'fc00::1',
      'fd12::1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
    ],
    ...['2002:7f00:1::', '2001:db8::1', 'ff02::1', 'nonsense', ''],
  ])
    expect(isPublicAddress(address), address).toBe(false);
});
