import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { Guard } from '#src/serve/guard.js';
import { corpusFile } from '../api/snapshot-files.js';
import { type Sent, type Served, startServer } from './served.js';

const FILE = corpusFile('node14');

/** What comes back for these bytes, until the connection ends. */
function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (part) => {
      text += part;
    });
    socket.on('close', () => resolve(text));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(text) : reject(error),
    );
  });
}

const withToken = ({ token }: Served, headers: Readonly<Record<string, string>> = {}): Sent => ({
  headers: { Authorization: `Bearer ${token}`, ...headers },
});

describe('data is given', () => {
  it('with the token of the address only', async () => {
    const served = await startServer([FILE]);
    expect(served.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/);
    expect((await served.send('/api/status', withToken(served))).status).toBe(200);
    const { token } = served;
    const wrong = [
      ...['', token, `bearer ${token}`, `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Bearer ${token} `.repeat(2)],
      ...[`Bearer ${'A'.repeat(token.length)}`, `Basic ${token}`],
    ];
    for (const Authorization of wrong) {
      const { status, text } = await served.send('/api/status', { headers: { Authorization } });
      expect(status, Authorization).toBe(403);
      expect(JSON.parse(text)).toMatchObject({ kind: 'error', error: { code: 'FORBIDDEN' } });
      expect(text).not.toContain(token);
    }
    for (const target of [`/api/status?token=${token}`, '/api/status', '/api/report', '/api/nothing']) {
      expect((await served.send(target, { headers: { Cookie: `token=${token}` } })).status, target).toBe(403);
    }
  });

  it('with a token that is another one each time', async () => {
    const tokens = new Set<string>();
    for (let time = 0; time < 3; time++) {
      const served = await startServer([FILE]);
      tokens.add(served.token);
      await served.stop();
    }
    expect(tokens.size).toBe(3);
  });

  it('to requests for this machine by its own names only', async () => {
    const served = await startServer([FILE]);
    const { port } = served;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`])
      expect((await served.send('/api/status', withToken(served, { Host: host }))).status, host).toBe(200);
    const others = [
      ...[`evil.example:${port}`, 'evil.example', `127.0.0.1.evil.example:${port}`, '127.0.0.1', 'localhost'],
      ...[
        `localhost:${port + 1}`,
        `127.0.0.1:${port}@evil.example`,
        `[::1]:${port}`,
        `0.0.0.0:${port}`,
        `LOCALHOST:${port} `,
      ],
    ];
    for (const Host of others) {
      for (const target of ['/', '/api/status'])
        expect((await served.send(target, withToken(served, { Host }))).status, `${Host} ${target}`).toBe(403);
    }
    expect(await sendRaw(port, 'GET /api/status HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('to browsers that leave off the port, where it is the one of HTTP', () => {
    const request = (host: string) => ({ method: 'GET', url: '/', headers: { host, origin: `http://${host}` } });
    const passes = (port: number, host: string) => {
      try {
        new Guard(port, 'token').check(request(host) as unknown as IncomingMessage);
        return true;
      } catch {
        return false;
      }
    };
    for (const host of ['127.0.0.1', 'localhost', '127.0.0.1:80', 'localhost:80']) {
      expect(passes(80, host), host).toBe(true);
      expect(passes(8080, host), host).toBe(false);
    }
    for (const host of ['evil.example', '127.0.0.1:8080', 'evil.example:80'])
      expect(passes(80, host), host).toBe(false);
  });

  it('to pages of its own only', async () => {
    const served = await startServer([FILE]);
    const own = `http://127.0.0.1:${served.port}`;
    const passing: Record<string, string>[] = [
      { Origin: own },
      { 'Sec-Fetch-Site': 'same-origin' },
      { 'Sec-Fetch-Site': 'none' },
    ];
    for (const headers of passing)
      expect((await served.send('/api/status', withToken(served, headers))).status).toBe(200);
    const refused: Record<string, string>[] = [
      ...[{ Origin: 'http://evil.example' }, { Origin: 'null' }, { Origin: `http://127.0.0.1:${served.port + 1}` }],
      ...[
        { Origin: `https://127.0.0.1:${served.port}` },
        { 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'same-site' },
      ],
    ];
    for (const headers of refused) {
      const { status, headers: answered } = await served.send('/api/status', withToken(served, headers));
      expect(status, JSON.stringify(headers)).toBe(403);
      expect(Object.keys(answered).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('by GET without a body only', async () => {
    const served = await startServer([FILE]);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      const { status, headers } = await served.send('/api/status', { ...withToken(served), method });
      expect(status, method).toBe(405);
      expect(headers.allow).toBe('GET');
      expect(headers.connection).toBe('close');
    }
    const body = await served.send('/api/status', { ...withToken(served, { 'Content-Length': '1' }), body: 'x' });
    expect(body.status).toBe(413);
    expect(await sendRaw(served.port, `CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example:80\r\n\r\n`)).toBe('');
  });
});

describe('the page', () => {
  it('is given to whoever asks on this machine, and has nothing of a snapshot', async () => {
    const served = await startServer([FILE]);
    const { status, headers, text } = await served.send('/');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['set-cookie']).toBeUndefined();
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; connect-src 'self'; /,
    );
    expect(policy).toMatch(/; frame-ancestors 'none'$/);
    expect(policy).not.toContain('unsafe');
    expect(text).toContain(policy.replace("; frame-ancestors 'none'", ''));
    expect(text).not.toContain(served.token);
    expect(text).not.toContain('node14');
  });
});

describe('nothing else is there', () => {
  it('whatever the address', async () => {
    const served = await startServer([FILE]);
    const targets = [
      ...['/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/etc/passwd', '/api/../../etc/passwd', '/package.json'],
      ...['/explorer.html', '/api', '/api/', '/api/toString', '/api/__proto__', '/api/constructor', '/favicon.ico'],
      ...[
        '/api/status/',
        '/API/status',
        '//evil.example/',
        '/\\evil.example/',
        '//evil.example/api/status',
        '/\\x/api/status',
        '/api/%00',
        `/${FILE}`,
        '*',
      ],
    ];
    for (const target of targets) {
      const { status, text } = await served.send(target, withToken(served));
      expect(status, target).toBe(404);
      expect(JSON.parse(text).error.code).toBe('NOT_FOUND');
    }
    const foreign = `GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nConnection: close\r\n\r\n`;
    expect(await sendRaw(served.port, foreign)).toMatch(/^HTTP\/1\.1 40[34] /);
  });

  it('at any other address of this machine', async () => {
    const served = await startServer([FILE]);
    const others = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ family, address }) => family === 'IPv4' && address !== '127.0.0.1')
      .map(({ address }) => address);
    // 127.0.0.2 is this machine too, on systems that have all of that network.
    for (const host of [...others, '127.0.0.2']) {
      const answered = await new Promise<boolean>((resolve) => {
        const socket = connect(served.port, host, () => resolve(true));
        socket.on('error', () => resolve(false));
      });
      expect(answered, host).toBe(false);
    }
  });
});

describe('parameters', () => {
  it('that are missing, odd or unknown are refused with what was expected', async () => {
    const served = await startServer([FILE]);
    await served.ready;
    const cases: Readonly<Record<string, RegExp>> = {
      'node?snapshot=0': /found no node, expected a whole number from 0 to /,
      'node?snapshot=1&node=0': /found snapshot="1", expected a whole number from 0 to 0/,
      'node?node=0': /found no snapshot/,
      'node?snapshot=0&node=-1': /found node="-1", expected a whole number/,
      'node?snapshot=0&node=1e3': /found node="1e3"/,
      'node?snapshot=0&node=0x10': /found node="0x10"/,
      'node?snapshot=0&node=99999999999999999999': /expected a whole number/,
      'node?snapshot=0&node=0&node=1': /found node 2 times, expected it once/,
      'node?snapshot=0&node=0&color=red': /found a parameter "color", expected/,
      'edges?snapshot=0&node=0&limit=0': /expected a whole number from 1 to 500/,
      'edges?snapshot=0&node=0&limit=501': /expected a whole number from 1 to 500/,
      'edges?snapshot=0&node=0&sort=random': /expected one of file, retained/,
      'search?snapshot=0': /found no text, expected a text of 1 to 200 characters/,
      'search?snapshot=0&text=': /expected a text of 1 to 200/,
      [`search?snapshot=0&text=${'x'.repeat(201)}`]: /found text="x{40}…", expected a text of 1 to 200/,
      'classes?snapshot=0&filter=constructor': /expected one of none, detached-dom/,
      'members?snapshot=0': /expected a class, or a filter/,
      'diff?base=0&snapshot=0': /found one snapshot as base and current, expected two/,
      'status?x=1': /found a parameter "x", expected none/,
      'report?x=1': /found a parameter "x", expected none/,
    };
    for (const [question, expected] of Object.entries(cases)) {
      const { status, text } = await served.send(`/api/${question}`, withToken(served));
      expect(status, question).toBe(400);
      expect(JSON.parse(text)).toMatchObject({ schemaVersion: 1, kind: 'error', error: { code: 'PARAMETER' } });
      expect(JSON.parse(text).error.message, question).toMatch(expected);
    }
    for (const question of [
      'node?snapshot=0&node=99999999',
      'node?snapshot=0&id=4',
      'members?snapshot=0&class=nothing',
    ]) {
      const { status, text } = await served.send(`/api/${question}`, withToken(served));
      expect([question, status, JSON.parse(text).error.code]).toEqual([question, 404, 'NOT_FOUND']);
    }
  });
});

describe('clients that ask too much', () => {
  it('get no further with long targets and headers', async () => {
    const served = await startServer([FILE]);
    expect((await served.send(`/${'x'.repeat(5000)}`, withToken(served))).status).toBe(414);
    const host = `Host: 127.0.0.1:${served.port}\r\n`;
    expect(await sendRaw(served.port, `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    expect(await sendRaw(served.port, `GET / HTTP/1.1\r\n${host}X: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    expect(await sendRaw(served.port, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect((await served.send('/api/status', withToken(served))).status).toBe(200);
  });

  it('are cut off where they send their request too slowly, and others are answered meanwhile', async () => {
    const served = await startServer([FILE]);
    const slow = sendRaw(served.port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\n`);
    expect((await served.send('/api/status', withToken(served))).status).toBe(200);
    expect(await slow).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('do not get more than a number of connections', async () => {
    const served = await startServer([FILE]);
    const held = Array.from({ length: 100 }, () => connect(served.port, '127.0.0.1'));
    let ended = 0;
    await new Promise<void>((resolve) => {
      for (const socket of held) {
        socket.on('error', () => {});
        socket.on('close', () => {
          ended++;
          if (ended === 100 - 64) resolve();
        });
      }
    });
    for (const socket of held) socket.destroy();
    expect(ended).toBeGreaterThanOrEqual(36);
  });
});
