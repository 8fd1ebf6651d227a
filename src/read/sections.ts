// The outermost level of a snapshot: one object, whose members are its sections.

import { SnapshotError } from '../base/errors.js';
import type { Input } from './input.js';
import { MAX_TREE_DEPTH, readValue } from './json-value.js';

const MAX_NAME = 1 << 16;

/** Consumes the value of the section `name`; true ends the walk there. */
export type VisitSection = (name: string) => Promise<boolean>;

/** Calls `visit` at the value of every section, in the file's order. */
export async function forEachSection(input: Input, visit: VisitSection): Promise<void> {
  await skipByteOrderMark(input);
  await input.expect(0x7b, '"{" to open the snapshot');
  if ((await input.peek()) === 0x7d) {
    input.position++;
    await expectEnd(input);
  } else if (!(await visitSection(input, visit))) {
    await forEachFurtherSection(input, visit);
  }
}

/** The same from behind the value of a section to the end of the file. */
export async function forEachFurtherSection(input: Input, visit: VisitSection): Promise<void> {
  for (;;) {
    const next = await input.peek();
    if (next !== 0x2c && next !== 0x7d) throw input.unexpected(next, '"," or "}" after a section');
    input.position++;
    if (next === 0x7d) break;
    if (await visitSection(input, visit)) return;
  }
  await expectEnd(input);
}

async function visitSection(input: Input, visit: VisitSection): Promise<boolean> {
  if ((await input.peek()) !== 0x22) throw input.unexpected(await input.peek(), "a section's name");
  const name = JSON.parse(await readValue(input, 1, MAX_NAME)) as string;
  await input.expect(0x3a, '":"');
  await input.peek();
  return visit(name);
}

async function expectEnd(input: Input): Promise<void> {
  const rest = await input.peek();
  if (rest >= 0) throw input.unexpected(rest, 'the end of the file');
}

/** Skips sections until `wanted`, and calls `read` at its value. False where there is none. */
export async function findSection(input: Input, wanted: string, read: () => Promise<void>): Promise<boolean> {
  let found = false;
  await forEachSection(input, async (name) => {
    found = name === wanted;
    await (found ? read() : readValue(input, MAX_TREE_DEPTH));
    return found;
  });
  return found;
}

async function skipByteOrderMark(input: Input): Promise<void> {
  while (input.end - input.position < 3) if (!(await input.fill())) break;
  const { bytes, position } = input;
  if (bytes[position] === 0xef && bytes[position + 1] === 0xbb && bytes[position + 2] === 0xbf) input.position += 3;
}

export function duplicateSection(name: string, input: Input): SnapshotError {
  return new SnapshotError('DUPLICATE_SECTION', `found a second section "${name}", expected one`, input.offset);
}

export function missingSection(name: string, input: Input): SnapshotError {
  return new SnapshotError(
    'MISSING_SECTION',
    `found no section "${name}" up to the end of the file, expected one`,
    input.offset,
  );
}
