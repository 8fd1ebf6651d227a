import { readFileSync } from 'node:fs';
import { UsageError } from './exit-codes.js';

/** The bytes of a key file. */
export function keyOf(file: string | undefined): Uint8Array | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`cannot read the key: ${(error as Error).message}`);
  }
}
