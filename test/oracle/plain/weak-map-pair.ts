/** The edge name V8 gives to a value of a WeakMap, from its key as well as from its table. */
const PAIR =
  /^\d+(?<pair> \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(?<table>\d+)\))$/;

export interface WeakMapPair {
  /** The name without its leading number: equal on both edges of a pair. */
  pair: string;
  /** Node id of the table. */
  table: number;
}

/** What an `internal` edge's name says about a WeakMap; undefined for all other names. Rule: devtools-semantics S3.1. */
export function parseWeakMapPair(edgeType: string, edgeName: string | number): WeakMapPair | undefined {
  if (edgeType !== 'internal') return undefined;
  const groups = PAIR.exec(String(edgeName))?.groups;
  return groups && { pair: groups.pair, table: Number(groups.table) };
}
