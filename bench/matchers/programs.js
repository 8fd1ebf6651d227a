// The functions that are measured: each a file that exports `call`.
import { readdirSync, readFileSync } from 'node:fs';

const KINDS = ['leaks', 'innocents'];

/**
 * Those whose name fits, in order.
 * @returns {{kind: string, name: string, text: string, holder?: RegExp}[]}
 */
export function readPrograms(only) {
  return KINDS.flatMap((kind) => {
    const folder = new URL(`${kind}/`, import.meta.url);
    const names = readdirSync(folder).map((file) => file.replace(/\.js$/, ''));
    const asked = names.sort().filter((name) => only.test(`${kind}/${name}`));
    return asked.map((name) => readProgram(kind, name, readFileSync(new URL(`${name}.js`, folder), 'utf8')));
  });
}

function readProgram(kind, name, text) {
  if (!/^export (?:async )?function call\(/m.test(text))
    throw new Error(`${kind}/${name}: found no exported function call`);
  if (kind !== 'leaks') return { kind, name, text };
  const [, words] = /^\/\/ Holder: (.+)$/m.exec(text) ?? [];
  if (words === undefined) throw new Error(`${kind}/${name}: found no line with the holder, expected one`);
  // One of them has to stand in the holder's expression as a whole word.
  return { kind, name, text, holder: new RegExp(`\\b(?:${words})\\b`) };
}
