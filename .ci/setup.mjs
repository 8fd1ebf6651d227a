// Brings a clone to the state in which every other command works: packages as the lock file says, and a fresh build.
// Does nothing where nothing has changed, so it can stand before every command.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);

/** Time of the newest file at or below a path; 0 if there is none. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const isOlder = (output, ...inputs) => newest(output) < Math.max(...inputs.map(newest));

function npm(what, ...args) {
  process.stderr.write(`heapsleuth: ${what} …\n`);
  // Output goes to stderr: what the command itself prints stays alone on stdout.
  const result = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

if (isOlder(at('node_modules', '.package-lock.json'), at('package-lock.json'))) {
  npm('installing packages', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
}
if (isOlder(at('dist', 'wasm', 'module.wasm'), at('assembly'), at('asconfig.json'))) {
  npm('building the kernels', 'run', '--silent', 'build:wasm');
}
if (isOlder(at('dist', 'index.js'), at('src'), at('tsconfig.json'), at('dist', 'wasm', 'module.d.ts'))) {
  npm('building the library', 'run', '--silent', 'build:js');
}
// What pages take of the library is in there as well.
if (
  isOlder(
    at('dist', 'ui', 'report.html'),
    at('src', 'ui'),
    at('src', 'base'),
    at('src', 'report'),
    at('.ci', 'licences.mjs'),
    at('package-lock.json'),
  )
) {
  npm('building the page of the HTML report', 'run', '--silent', 'build:ui');
}
const bundled = [
  at('dist', 'index.js'),
  at('dist', 'wasm'),
  at('.ci', 'bundle.mjs'),
  at('.ci', 'bundle-matchers.mjs'),
  at('.ci', 'licences.mjs'),
  at('node_modules', '.package-lock.json'),
];
if (isOlder(at('dist', 'bin', 'package.json'), ...bundled)) {
  npm('bundling the command', 'run', '--silent', 'build:bin');
}
