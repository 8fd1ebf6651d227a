import type { Input } from '../read/input.js';
import { LIST_SECTIONS } from '../read/snapshot-columns.js';
import type { Output } from './output.js';

const SECTIONS: ReadonlySet<string> = new Set(['nodes', 'edges', 'trace_tree', ...LIST_SECTIONS]);

/** Whether a section is a list of numbers, or of such lists. */
export function isOfNumbers(section: string): boolean {
  return SECTIONS.has(section);
}

// What a byte is.
const OTHER = 0;
const PLAIN = 1;
const OPEN = 2;
const CLOSE = 3;

const KINDS = new Uint8Array(256);
for (const character of '0123456789-+.eE, \t\r\n') KINDS[character.charCodeAt(0)] = PLAIN;
KINDS['['.charCodeAt(0)] = OPEN;
KINDS[']'.charCodeAt(0)] = CLOSE;

/**
 * Copies a list of numbers, or of lists of them, however deep; without an output, passes over it. Only what such lists are made of gets
 * through: whatever stands in their place, no text does. Anything else is refused.
 */
export async function copyNumbers(input: Input, name: string, output?: Output): Promise<void> {
  const first = await input.peek();
  if (KINDS[first] !== OPEN) throw input.unexpected(first, `"[" to open ${name}`);
  let depth = 0;
  do {
    const { bytes, position, end } = input;
    let at = position;
    for (let kind = PLAIN; at < end && (kind !== CLOSE || depth > 0); at++) {
      kind = KINDS[bytes[at]];
      if (kind === PLAIN) continue;
      if (kind === OTHER) break;
      depth += kind === OPEN ? 1 : -1;
    }
    output?.bytes(bytes.subarray(position, at));
    input.position = at;
    if (depth > 0 && at < end) throw input.unexpected(bytes[at], `a number of ${name}`);
    if (depth > 0 && !(await input.fill())) throw input.truncated(`the rest of ${name}`);
  } while (depth > 0);
}
