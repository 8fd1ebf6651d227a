// Compiles the digit loop of the floor, with the compiler of the kernels.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const source = at('digit-loop.ts');

export const digitLoopFile = at('../data/digit-loop.wasm');

/** Compiles it where it is missing or older than its source. */
export function compileDigitLoop() {
  if (existsSync(digitLoopFile) && statSync(digitLoopFile).mtimeMs >= statSync(source).mtimeMs) return;
  console.error('compiling the digit loop of the floor …');
  mkdirSync(dirname(digitLoopFile), { recursive: true });
  const options = ['--runtime', 'stub', '--importMemory', '-O3', '--converge', '--noAssert'];
  const asc = at('../../node_modules/assemblyscript/bin/asc.js');
  // In its own folder: in the project's the compiler would find the kernels' configuration.
  execFileSync(process.execPath, [asc, 'digit-loop.ts', '--outFile', digitLoopFile, ...options], {
    cwd: at('.'),
    stdio: ['ignore', 2, 2],
  });
}
