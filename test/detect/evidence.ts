import type { Finding } from '#src/detect/detector.js';

/** Evidence by its label. */
export function evidenceOf({ evidence }: Finding): Record<string, string | number> {
  return Object.fromEntries(evidence.map(({ label, value }) => [label, value]));
}
