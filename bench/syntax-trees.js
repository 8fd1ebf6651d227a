// A program whose heap is what compilers, linters and bundlers have: syntax trees of many source files. It writes its own
// snapshot. The sources are those of DevTools' front end, which the peers bring along, parsed by TypeScript.
//   node --expose-gc bench/syntax-trees.js CHARACTERS OUT
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeHeapSnapshot } from 'node:v8';

const peers = fileURLToPath(new URL('peers/', import.meta.url));
const typescript = createRequire(`${peers}package.json`)('typescript');

function sources() {
  const folder = `${peers}node_modules/chrome-devtools-frontend/front_end`;
  const files = readdirSync(folder, { recursive: true }).filter((name) => /(?<!\.test)\.ts$/.test(name));
  return files.sort().map((name) => `${folder}/${name}`);
}

/** Trees of as many whole files as have that many characters together. */
function parse(characters) {
  const trees = [];
  let total = 0;
  for (const file of sources()) {
    const text = readFileSync(file, 'utf8');
    total += text.length;
    if (total > characters) break;
    trees.push(typescript.createSourceFile(file, text, typescript.ScriptTarget.Latest, true));
  }
  return trees;
}

const [characters, out] = [Number(process.argv[2]), process.argv[3]];
if (!Number.isInteger(characters) || characters < 1 || !out) {
  console.error('usage: node --expose-gc bench/syntax-trees.js CHARACTERS OUT');
  process.exit(2);
}
globalThis.trees = parse(characters);
globalThis.gc?.();
console.log(writeHeapSnapshot(resolve(out)));
