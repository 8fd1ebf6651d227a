/** One step of a path as the engine tells it: by which edge, and to what. */
export interface PathStep {
  readonly kind: 'property' | 'element' | 'variable' | 'internal';
  readonly edge: string;
  readonly node: string;
}

/** What each kind is called beside the edge. */
export const STEP_KINDS: Readonly<Record<PathStep['kind'], string>> = {
  property: 'property',
  element: 'element',
  variable: 'variable',
  internal: 'internal',
};

/** `.inFlight Map` and `["in flight"] Map`, `[] global`, `variable this InvoiceServer`, `(table) (array)`. */
const FORMS: readonly (readonly [PathStep['kind'], RegExp])[] = [
  ['variable', /^((?:block )?variable (?:\([^)]*\)|\S+))(?: (.*))?$/s],
  ['property', /^(\.[^\s]+|\["(?:[^"\\]|\\.)*"\])(?: (.*))?$/s],
  ['element', /^(\[[^\]]*\])(?: (.*))?$/s],
  ['internal', /^(\([^)]*\))(?: (.*))?$/s],
];

export function stepOf(text: string): PathStep {
  for (const [kind, form] of FORMS) {
    const found = form.exec(text);
    if (found) return { kind, edge: found[1], node: found[2] ?? '' };
  }
  return { kind: 'internal', edge: '', node: text };
}

/** The step of what holds the members: the last one that a name leads to, and that is not theirs. */
export function containerStep(steps: readonly PathStep[]): number {
  const named = steps.slice(0, -1).findLastIndex(({ kind }) => kind === 'property' || kind === 'variable');
  return named < 0 ? steps.length - 1 : named;
}
