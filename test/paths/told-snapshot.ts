import { HeapView } from '#src/analysis/heap-view.js';
import { analyseSnapshot } from '#src/analysis/index.js';
import type { Scene } from '#src/detect/detector.js';
import { sceneOf } from '#src/detect/scene.js';
import { findGlobals } from '#src/paths/globals.js';
import { type Labels, labelStrings } from '#src/paths/labels.js';
import { groupByPath, type PathGroups } from '#src/paths/path-groups.js';
import { sourceOf } from '#src/read/file.js';
import { BytesSource, type OpenSource } from '#src/read/source.js';
import type { Arena } from '#src/wasm/arena.js';
import type { PlainSnapshot } from '../build/plain-snapshot.js';
import { type TextOptions, toJson } from '../build/snapshot-builder.js';
import { readWith } from '../engine/engine.js';

/** A snapshot with its paths, in the arena of all tests: good until the next one is read. */
export interface ToldSnapshot {
  readonly arena: Arena;
  readonly view: HeapView;
  readonly labels: Labels;
  readonly groups: PathGroups;
  readonly scene: Scene;
  /** 0 where a node has no path. */
  keyOf(node: number): bigint;
}

async function tell(open: OpenSource): Promise<ToldSnapshot> {
  const { arena, raw } = await readWith(open);
  const snapshot = analyseSnapshot(arena, raw, { keepRawSizes: true });
  const labels = labelStrings(arena, snapshot.graph);
  const groups = groupByPath(arena, snapshot, labels);
  const view = new HeapView(arena, snapshot);
  const groupOf = arena.view(groups.groupOf);
  const keys = new BigUint64Array(groups.keys.buffer, 0, groups.size);
  const keyOf = (node: number) => keys[groupOf[node]];
  const paths = { parentOf: arena.view(groups.parentOf), keyOf, globals: findGlobals(view) };
  const scene = sceneOf(view, paths, []);
  return { arena, view, labels, groups, scene, keyOf };
}

export const tellFile = (file: string): Promise<ToldSnapshot> => tell(sourceOf(file));

export function tellPlain(plain: PlainSnapshot, options: TextOptions = {}): Promise<ToldSnapshot> {
  return tell(() => new BytesSource(toJson(plain, options)));
}
