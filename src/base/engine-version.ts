import { readFileSync } from 'node:fs';

let version: string | undefined;

/** The engine that runs now, as in package.json. */
export function engineVersion(): string {
  version ??= JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version as string;
  return version;
}
