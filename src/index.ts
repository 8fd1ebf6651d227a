export { SnapshotError, type SnapshotErrorCode, type SnapshotErrorData } from './base/errors.js';
export * from './base/suspect-types.js';
export * from './base/types.js';
export { analyze } from './batch/analyze.js';
export { listSnapshots } from './batch/folder.js';
export { diffSnapshots, openSnapshot, whatIf } from './batch/open.js';
export type { EdgeList } from './graph/edge-list.js';
export type { HeapSnapshot } from './graph/heap-snapshot.js';
export type { Columns, FigureName } from './graph/opened.js';
