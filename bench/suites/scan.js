import { sourceOf } from '#src/read/file.js';
import { readSnapshot } from '#src/read/reader.js';
import { Arena } from '#src/wasm/arena.js';

/** File to columns and string table: windows, numbers, strings, and every check on the way. */
export default async function scan(file) {
  const arena = await Arena.create();
  const source = sourceOf(file);
  const run = async () => {
    arena.reset();
    await readSnapshot(source, arena);
  };
  return [{ name: 'scan', run }];
}
