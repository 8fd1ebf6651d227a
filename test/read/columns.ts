import type { RawSnapshot } from '#src/read/snapshot-columns.js';
import type { Arena } from '#src/wasm/arena.js';
import { type WholeColumn, wholeNumbers } from '#src/wasm/region.js';

/** Everything the reader made of a file, copied out of the arena, so that two readings can be compared. */
export function copyColumns(arena: Arena, raw: RawSnapshot) {
  const { columns, strings, lists, locations, header } = raw;
  const whole = (column: WholeColumn) => wholeNumbers(arena.memory.buffer, column, new Float64Array(header.nodeCount));
  return {
    header,
    type: arena.view(columns.nodeType).slice(),
    name: arena.view(columns.nodeName).slice(),
    id: whole(columns.nodeId),
    selfSize: whole(columns.rawSelfSize),
    firstEdge: arena.view(columns.firstEdge).slice(),
    detachedness: columns.detachedness && arena.view(columns.detachedness).slice(),
    edgeType: arena.view(columns.edgeType).slice(),
    edgeName: arena.view(columns.edgeName).slice(),
    edgeTo: arena.view(columns.edgeTo).slice(),
    strings: Array.from({ length: strings.count }, (_, index) => strings.text(index)),
    lists: Object.fromEntries(lists),
    locations,
  };
}
