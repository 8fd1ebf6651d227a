import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HeapView } from '#src/analysis/heap-view.js';
import { analyseSnapshot } from '#src/analysis/index.js';
import type { Detector, Scene } from '#src/detect/detector.js';
import { sceneOf } from '#src/detect/scene.js';
import { findGlobals } from '#src/paths/globals.js';
import { groupByPath } from '#src/paths/path-groups.js';
import { sourceOf } from '#src/read/file.js';
import { readSnapshot } from '#src/read/reader.js';
import { Arena } from '#src/wasm/arena.js';

/** A snapshot as these detectors look at it. */
export async function sceneOfFile(file: string, detectors: readonly Detector[]): Promise<Scene> {
  const arena = await Arena.create();
  const raw = await readSnapshot(sourceOf(file), arena, {});
  const snapshot = analyseSnapshot(arena, raw, { keepRawSizes: true });
  const view = new HeapView(arena, snapshot);
  const parentOf = arena.view(groupByPath(arena, snapshot).parentOf);
  const names = (of: 'objects' | 'closures') => [...new Set(detectors.flatMap((detector) => detector[of] ?? []))];
  return sceneOf(
    view,
    { parentOf, globals: findGlobals(view) },
    { objects: names('objects'), closures: names('closures') },
  );
}

/** Runs a program of `programs/`, which writes a snapshot to the path that it is given; that path. */
export function snapshotOf(program: string, folder: string): string {
  const file = join(folder, `${program}.heapsnapshot`);
  const path = fileURLToPath(new URL(`programs/${program}.cjs`, import.meta.url));
  execFileSync(process.execPath, ['--expose-gc', path, file]);
  return file;
}
