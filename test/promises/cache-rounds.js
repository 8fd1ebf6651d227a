// Rounds of reading and now and then losing the same caches, at the same time as other processes do. Prints one digest of all
// answers for each round. A note is a failure, but for the one that is due where another process touches the file meanwhile.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { analyze, openSnapshot } from 'heapsleuth';

const [file, cache, rounds, seed] = process.argv.slice(2);

const onNote = (note) => {
  if (!/^not cached: .* changed while it was analysed$/.test(note)) throw new Error(note);
};

for (let round = 0; round < Number(rounds); round++) {
  const chance = (round * 7 + Number(seed) * 3) % 11;
  if (chance === 0) loseCaches();
  if (chance === 1) utimesSync(file, new Date(), new Date());
  console.log(await digestOfAnswers());
}

async function digestOfAnswers() {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(await analyze(file, { cache, onNote })));
  const snapshot = await openSnapshot(file, { cache, onNote });
  for (const column of Object.values(snapshot.columns)) hash.update(column.slice());
  for (let node = 0; node < snapshot.nodeCount; node += 97) {
    hash.update(JSON.stringify([snapshot.nodeName(node), snapshot.pathToRoot(node), [...snapshot.dominated(node)]]));
  }
  snapshot.close();
  return hash.digest('hex');
}

function loseCaches() {
  if (!existsSync(cache)) return;
  for (const name of readdirSync(cache)) if (name.endsWith('.heapidx')) rmSync(`${cache}/${name}`, { force: true });
}
