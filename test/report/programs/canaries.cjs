// A program whose values, names, script and folder are 1,000 secrets, of which many accumulate. Usage: node canary-script.cjs FOLDER
const { join } = require('node:path');
const v8 = require('node:v8');

// Texts that are put together stay in parts, and their whole is in no heap.
const secret = (kind, at) => Buffer.from(`canary-${kind}-${at}`).toString();
const classes = Array.from({ length: 150 }, (_, at) => new Function(`return class CanaryClass${at} {}`)());

class CanaryVault {
  constructor() {
    for (let at = 0; at < 150; at++) {
      this[`canaryField${at}`] = { [`canaryKey${at}`]: [], [secret('odd', at)]: [], [`canaryToken123456_${at}`]: [] };
    }
  }
}

const canaryVault = new CanaryVault();
const canaryTable = {};
globalThis.canaryGlobal = { vault: canaryVault, canaryTable, map: new Map() };

function canaryGrow(round) {
  const canaryMap = globalThis.canaryGlobal.map;
  for (let at = 0; at < 150; at++) {
    const field = canaryVault[`canaryField${at}`];
    const made = Object.assign(new classes[at](), { text: secret('value', `${round}-${at}`), [`canaryPart${at}`]: {} });
    for (const name of Object.keys(field)) field[name].push(made, { made }, Buffer.alloc(4000));
    canaryMap.set(secret('key', `${round}-${at}`), made);
    canaryTable[`canaryEntry_${round}_${at}`] = { made: new Error(secret('error', at)) };
  }
}

for (let round = 0; round < 4; round++) {
  canaryGrow(round);
  v8.writeHeapSnapshot(join(process.argv[2], `canary-${round}.heapsnapshot`));
}
setInterval(() => canaryGrow(9), 1000).unref();
