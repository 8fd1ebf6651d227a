import { toJson } from '../build/snapshot-builder.js';

/** Objects of one size each, named by the given bytes (latin1, as JSON text without quotes), all held by the root. */
export interface ByteNamed {
  readonly names: readonly string[];
  /** Names of a property that each object refers to the root by, in the same form; objects are then plain ones. */
  readonly properties?: readonly string[];
  /** Puts all constructors at one place. */
  readonly located?: boolean;
}

const SIZE = 16;

/** A snapshot whose names a JSON writer could not write: placeholders are replaced in the bytes. */
export function snapshotOfBytes({ names, properties = [], located = false }: ByteNamed): Uint8Array {
  const ordinals = [...names.keys()].map((index) => index + 1);
  const json = toJson({
    nodes: [
      { type: 'synthetic', name: '', id: 1, selfSize: 0 },
      ...ordinals.map((node) => ({ type: 'object', name: `<<${node}>>`, id: 2 * node + 1, selfSize: SIZE })),
    ],
    edges: ordinals.flatMap((node) => [
      { from: 0, type: 'element', nameOrIndex: node, to: node },
      ...(properties.length > 0 ? [{ from: node, type: 'property', nameOrIndex: `<<p${node}>>`, to: 0 }] : []),
    ]),
    locations: located ? ordinals.map((node) => ({ node, scriptId: 1, line: 2, column: 3 })) : [],
  });
  let text = Buffer.from(json).toString('latin1');
  for (const node of ordinals) {
    text = text.replace(`"<<${node}>>"`, () => `"${names[node - 1]}"`);
    text = text.replace(`"<<p${node}>>"`, () => `"${properties[node - 1]}"`);
  }
  return Buffer.from(text, 'latin1');
}
