// @vscode/v8-heap-parser, the parser behind VS Code's heap view: the whole file as bytes, then its class groups
// with retained sizes.
//   node bench/peers/v8-heap-parser.js FILE
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// The package's "import" entry is for browsers.
const { decode_bytes, init_panic_hook } = createRequire(import.meta.url)('@vscode/v8-heap-parser');

init_panic_hook();
const graph = decode_bytes(readFileSync(process.argv[2]));
const groups = graph.get_class_groups(0, 0xffff_ffff, false);
const sum = (field) => groups.reduce((total, group) => total + Number(group[field]), 0);

console.log(JSON.stringify({ nodeCount: sum('children_len'), totalSize: sum('self_size'), classCount: groups.length }));
