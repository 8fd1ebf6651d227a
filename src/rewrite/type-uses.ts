import { type Header, numberedMask } from '../read/header.js';
import { USE } from './vocabulary.js';

/** Node types whose names are no data. What nobody knows may be any. */
const OWN_NODES: readonly string[] = ['hidden', 'array', 'native', 'synthetic', 'object shape'];
const NAMED_NODES: readonly string[] = ['object', 'code', 'closure', 'wasm object'];
const LINKS: readonly string[] = ['internal', 'shortcut', 'weak', 'invisible'];

/** All uses that nodes make of strings, and all that edges make. */
export const NODE_USES = USE.own | USE.name | USE.value;
export const EDGE_USES = USE.name | USE.link | USE.property | USE.entry;

/** The use that a node's type makes of its name, by type. */
export function nodeUses({ nodeTypes }: Header): Uint8Array {
  return Uint8Array.from(nodeTypes, (type) => {
    if (OWN_NODES.includes(type)) return USE.own;
    return NAMED_NODES.includes(type) ? USE.name : USE.value;
  });
}

/** The same of edges; 0 where the name is a number. */
export function edgeUses(header: Header): Uint8Array {
  const numbered = numberedMask(header);
  return Uint8Array.from(header.edgeTypes, (type, code) => {
    if (code < 32 && ((numbered >>> code) & 1) === 1) return 0;
    if (type === 'context') return USE.name;
    return LINKS.includes(type) ? USE.link : USE.property;
  });
}
