/**
 * What a suspect is known by from run to run: SHA-1 of what it is told by, one step a line. Without ids, sizes, line numbers and
 * absolute paths (the manner of LeakCanary's leak signatures).
 */
export function signatureOf(identity: string): string {
  // Dear to load, and few snapshots have a suspect that needs it.
  return process.getBuiltinModule('node:crypto').createHash('sha1').update(identity).digest('hex');
}
