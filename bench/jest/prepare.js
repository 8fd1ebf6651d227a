// Jest, installed from its own lock file the first time it is needed.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('./', import.meta.url));

/** Path of its command's script. */
export function prepareJest() {
  if (!existsSync(`${folder}node_modules/.package-lock.json`)) {
    console.error('installing Jest into bench/jest …');
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
  }
  return `${folder}node_modules/jest/bin/jest.js`;
}
