import { buildRetainers } from '#src/analysis/retainers.js';
import { sourceOf } from '#src/read/file.js';
import { readSnapshot } from '#src/read/reader.js';
import { Arena } from '#src/wasm/arena.js';

/** All edges turned round: count, prefix sum, fill. */
export default async function csr(file) {
  const arena = await Arena.create();
  const snapshot = await readSnapshot(sourceOf(file), arena);
  const run = () => {
    arena.scratch(() => buildRetainers(arena, snapshot));
  };
  return [{ name: 'CSR', run }];
}
