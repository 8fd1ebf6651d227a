import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HeapView } from '#src/analysis/heap-view.js';
import { analyseSnapshot } from '#src/analysis/index.js';
import type { Detector, Finding, Scene } from '#src/detect/detector.js';
import { sceneOf } from '#src/detect/scene.js';
import { findGlobals } from '#src/paths/globals.js';
import { groupByPath } from '#src/paths/path-groups.js';
import { sourceOf } from '#src/read/file.js';
import { readSnapshot } from '#src/read/reader.js';
import { Arena } from '#src/wasm/arena.js';

/** What detectors look at in a file. */
export async function sceneOfFile(file: string, detectors: readonly Detector[]): Promise<Scene> {
  const arena = await Arena.create();
  const raw = await readSnapshot(sourceOf(file), arena, {});
  const snapshot = analyseSnapshot(arena, raw, { keepRawSizes: true });
  const view = new HeapView(arena, snapshot);
  const groups = groupByPath(arena, snapshot);
  const [parentOf, groupOf] = [arena.view(groups.parentOf), arena.view(groups.groupOf)];
  const keyOf = (node: number) => BigInt(groupOf[node]);
  return sceneOf(view, { parentOf, keyOf, globals: findGlobals(view) }, detectors);
}

/** The snapshot that a program of this folder writes, run by the running Node. */
export function snapshotOf(program: string, folder: string): string {
  const name = basename(program, '.cjs');
  const script = fileURLToPath(new URL(`programs/${name}.cjs`, import.meta.url));
  const file = join(folder, `${name}.heapsnapshot`);
  execFileSync(process.execPath, ['--expose-gc', script, file], { stdio: ['ignore', 'ignore', 'inherit'] });
  return file;
}

/** A finding by its holder, and texts of its evidence. */
export function evidenceOf({ evidence }: Finding): Record<string, string | number> {
  return Object.fromEntries(evidence.map(({ label, value }) => [label, value]));
}

/** Findings by what their holders are called. */
export function byHolder(scene: Scene, findings: readonly Finding[]): Map<string, Finding> {
  return new Map(
    findings.map((finding) => [(finding.holder ?? scene.holders.nameOf(finding.anchor)).expression, finding]),
  );
}
