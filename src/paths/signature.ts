import { createHash } from 'node:crypto';

/**
 * What a suspect is known by from run to run: SHA-1 of the steps that matter, one a line. Without ids, sizes, line numbers and
 * absolute paths (the manner of LeakCanary's leak signatures).
 */
export function signatureOf(steps: readonly string[]): string {
  return createHash('sha1').update(steps.join('\n')).digest('hex');
}
