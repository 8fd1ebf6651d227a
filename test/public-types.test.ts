import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** The declaration files that a user's compiler reads, from the package's entry on. */
function declarations(): Map<string, string> {
  const found = new Map<string, string>();
  const open = [new URL('../dist/index.d.ts', import.meta.url)];
  for (let url = open.pop(); url !== undefined; url = open.pop()) {
    if (found.has(url.pathname)) continue;
    const text = readFileSync(url, 'utf8');
    found.set(url.pathname, text);
    for (const [, path] of text.matchAll(/from '(\.[^']+)\.js'/g)) open.push(new URL(`${path}.d.ts`, url));
  }
  return found;
}

test('the public types need nothing that Node has no types for', () => {
  const files = declarations();
  expect(files.size).toBeGreaterThan(8);
  for (const [file, text] of files) {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(code, file).not.toMatch(/WebAssembly|from '#/);
  }
});
