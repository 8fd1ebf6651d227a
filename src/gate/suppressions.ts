import type { SuppressedMark, Suppression, SuppressionResult } from '../base/gate-types.js';

/** What suppressions have done to suspects or findings. */
export interface Suppressing<Item> {
  readonly items: readonly Item[];
  readonly results: readonly SuppressionResult[];
}

/**
 * Marks what is suppressed on the day `today` (`2026-11-28`). One that has expired marks nothing; where two have a signature, the one that
 * holds longer does.
 */
export function suppress<Item extends { readonly signature: string; readonly suppressed?: SuppressedMark }>(
  items: readonly Item[],
  suppressions: readonly Suppression[],
  today: string,
): Suppressing<Item> {
  const signatures = new Set(items.map(({ signature }) => signature));
  const results = suppressions.map(
    ({ signature, reason, expires }): SuppressionResult => ({
      ...{ signature, reason, expires },
      state: today > expires ? 'expired' : signatures.has(signature) ? 'applied' : 'unmatched',
    }),
  );
  const marks = new Map<string, SuppressedMark>();
  for (const { signature, reason, expires, state } of results) {
    const known = marks.get(signature);
    if (state === 'applied' && (known === undefined || known.expires < expires))
      marks.set(signature, { reason, expires });
  }
  const marked = (item: Item): Item => {
    const suppressed = marks.get(item.signature);
    return suppressed === undefined ? item : { ...item, suppressed };
  };
  return { items: items.map(marked), results };
}
