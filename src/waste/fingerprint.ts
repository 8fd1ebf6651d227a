const FINGERPRINT_DIGITS = 8;

/** What is shown of a text in place of it: the first digits of SHA-256 over its UTF-8. */
export function fingerprintOf(text: string): string {
  // Dear to load, and needed for the few that are told.
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256').update(text, 'utf8').digest('hex');
  return hash.slice(0, FINGERPRINT_DIGITS);
}
