// A store for the length of a call.

import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage();
export async function call(n) {
  return storage.run({ n }, async () => {
    await Promise.resolve();
    return storage.getStore().n;
  });
}
