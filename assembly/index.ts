// Everything the engine calls. One list, so that the module's surface can be read in one place.

export { assignClasses, countClasses, coverAncestors, markClassNames, sumRetained } from './classes';
export {
  checkEdgeNames,
  checkNodeNames,
  fillF64,
  fillHalves,
  fillOrdinals,
  fillU8,
  fillU32,
  listBits,
  prefixSum,
  sumU32,
} from './columns';
export { depthFirst } from './depth-first';
export { detachedByName, propagateDetachedness } from './detachedness';
export { findDistances, markFiltered } from './distances';
export {
  fillPredecessors,
  immediateDominators,
  linkDominators,
  placePredecessors,
  settleDominators,
  startDominators,
} from './dominators';
export { markEdges, markRootEdges } from './edge-bits';
export { dropTableEdges, markRetaining } from './essential';
export { labelTexts, markEdgeTexts, markNodeTexts } from './labels';
export { findLargest } from './largest-nodes';
export { checkPlaces, listObjectRows } from './locations';
export { findOwners, hasUserRoot, markOwnable, startOwners, transferSizes } from './owners';
export { countLevels, findPathKeys, groupPaths, keyDominated, orderByDistance, sumGroups } from './paths';
export { countPredecessors, placePairs, placeSources, spillSources } from './predecessor-sweeps';
export { firstOfTargets, keepRoomyArrays, keepWithEdges, markTargets } from './named-edges';
export { countNamed, countOfType, keepFlagged, keepSized, listNamed, listOfType } from './node-lists';
export { buildRetainers } from './retainers';
export { readEdgeRows, readNodeRows } from './rows';
export { scanNumbers, skipCommas } from './scan';
export {
  collectClaimed,
  markHeldNodes,
  numberRest,
  searchFromOrphans,
  searchFromRoot,
  spreadClaimed,
} from './search-blocks';
export { findExamples } from './shape-examples';
export { collectShapesOfRange, markPropertyNames } from './shape-windows';
export { assignShapes, collectShapes } from './shapes';
export { nextFlagged, sieveNodes } from './sieves';
export { countRetainers, sumElements, sumKinds } from './statistics';
export { scanStrings } from './strings';
export { countEntries } from './table-entries';
export {
  countNames,
  keepAlike,
  keepRepeated,
  listUsed,
  markAlike,
  markRepeated,
  readTexts,
} from './texts';
export { dominatorsByOrdinal, orderTree, retainedSizes } from './tree';
export {
  spreadDetachedness,
  spreadDistances,
  spreadOwners,
  startDetachedness,
} from './walks-over-blocks';
