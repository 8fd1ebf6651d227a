// A server and its client, on one connection each.

import { once } from 'node:events';
import { createServer, get } from 'node:http';

const server = createServer((request, response) => response.end(request.url));
export async function call(n) {
  if (!server.listening) {
    server.listen(0, '127.0.0.1').unref();
    await once(server, 'listening');
  }
  await new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: server.address().port, path: `/${n}`, agent: false }, (response) => {
      response.resume().on('end', resolve);
    }).on('error', reject);
  });
}
