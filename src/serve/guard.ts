import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.js';

/** Of a request's target. */
const LONGEST_TARGET = 4096;
const SCHEME = 'Bearer ';
const HTTP_PORT = 80;

/**
 * Lets a request pass, or throws a `Refusal`. Whoever can send requests to this machine's own addresses is not yet the person who
 * started the server: pages of other places can (so `Origin` and `Sec-Fetch-Site`), under a name of theirs that leads here (so
 * `Host`), and so can other users of the machine (so the token, without which only the page itself is given, which has no data).
 */
export class Guard {
  readonly #hosts: readonly string[];
  readonly #token: Buffer;

  constructor(port: number, token: string) {
    // Browsers leave off the port that HTTP has by itself.
    const ends = port === HTTP_PORT ? ['', `:${port}`] : [`:${port}`];
    this.#hosts = ends.flatMap((end) => [`127.0.0.1${end}`, `localhost${end}`]);
    this.#token = Buffer.from(token);
  }

  /** What holds for every request. */
  check({ method, url = '', headers }: IncomingMessage): void {
    if (!this.#hosts.includes(headers.host ?? ''))
      throw new Refusal('FORBIDDEN', `found another host, expected ${this.#hosts.join(' or ')}`);
    const { origin } = headers;
    if (origin !== undefined && !this.#hosts.some((host) => origin === `http://${host}`))
      throw new Refusal('FORBIDDEN', 'found a request of another origin, expected one of this page');
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      throw new Refusal('FORBIDDEN', 'found a request of another site, expected one of this page');
    if (method !== 'GET') throw new Refusal('METHOD', 'found another method, expected GET');
    if (url.length > LONGEST_TARGET)
      throw new Refusal('TOO_LONG', `found a target of ${url.length} characters, expected at most ${LONGEST_TARGET}`);
    if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0)
      throw new Refusal('BODY', 'found a request with a body, expected none');
  }

  /** What holds for every request for data. The comparison takes as long whatever is wrong. */
  checkToken({ headers }: IncomingMessage): void {
    const given = Buffer.from(headers.authorization ?? '');
    const expected = Buffer.concat([Buffer.from(SCHEME), this.#token]);
    // Compared with itself where lengths differ, which says no more than that they do.
    const isSame = timingSafeEqual(given.length === expected.length ? given : expected, expected);
    if (!isSame || given.length !== expected.length)
      throw new Refusal(
        'FORBIDDEN',
        'found no token or another one, expected that of the address printed at the start',
      );
  }
}
