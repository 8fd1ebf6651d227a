// Variables of an ES module that imports and exports. Usage: node exports.mjs FILE
import { EventEmitter } from 'node:events';
import v8 from 'node:v8';
import { cache } from './again.mjs';
import store from './store.mjs';

class InEsModule {}
class InChainOfObjects {}

const kept = [new InEsModule()];
let chain;
for (let at = 0; at < 20; at++) chain = { next: chain, value: new InChainOfObjects() };

export const shared = new EventEmitter();
export default { name: 'exports' };

globalThis.use = () => [kept, chain, cache, store];

v8.writeHeapSnapshot(process.argv[2]);
