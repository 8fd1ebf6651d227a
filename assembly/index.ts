// Everything the engine calls. One list, so that the module's surface can be read in one place.

export { assignClasses, markClassNames, sumClasses } from './classes';
export {
  checkEdgeNames,
  checkNodeNames,
  fillF64,
  fillHalves,
  fillOrdinals,
  fillU8,
  fillU32,
  prefixSum,
  sumU32,
} from './columns';
export { depthFirst } from './depth-first';
export { detachedByName, propagateDetachedness } from './detachedness';
export { findDistances, markFiltered } from './distances';
export { fillPredecessors, immediateDominators, placePredecessors } from './dominators';
export { dropTableEdges, markRetaining } from './essential';
export { findOwners, hasUserRoot, transferSizes } from './owners';
export { buildRetainers } from './retainers';
export { readEdgeRows, readNodeRows } from './rows';
export { scanNumbers, skipCommas } from './scan';
export { findExamples } from './shape-examples';
export { assignShapes, collectShapes } from './shapes';
export { sumStatistics } from './statistics';
export { scanStrings } from './strings';
export { dominatorsByOrdinal, orderTree, retainedSizes } from './tree';
