import { execFileSync } from 'node:child_process';
import { analyseSnapshot } from '#src/analysis/index.js';
import type { WasteKind, WasteName } from '#src/base/waste-types.js';
import { sourceOf } from '#src/read/file.js';
import { BytesSource, type OpenSource } from '#src/read/source.js';
import { groundOf, type WasteFinder, type WasteGround, type WasteScene, withHolders } from '#src/waste/scene.js';
import type { PlainSnapshot } from '../build/plain-snapshot.js';
import { toJson } from '../build/snapshot-builder.js';
import { readWith } from '../engine/engine.js';

const SHOWING = { top: 1000, showValues: true };

/** What waste is looked for in, and told from. */
export type WholeScene = WasteGround & WasteScene;

async function withSource<T>(open: OpenSource, work: (scene: WholeScene) => T): Promise<T> {
  const { arena, raw } = await readWith(open);
  const snapshot = analyseSnapshot(arena, raw, { keepRawSizes: true });
  return withHolders(arena, snapshot, (held) => {
    const ground = groundOf(held.view);
    return work({ ...ground, ...held, ...SHOWING });
  });
}

/** What a finder says at once, as `work` of the functions below. */
export function foundBy(find: WasteFinder): (scene: WholeScene) => readonly WasteKind[] {
  return (scene) => find(scene)(scene);
}

/** What `work` says of a described snapshot's scene, which is good only as long as it runs. */
export function withPlain<T>(plain: PlainSnapshot, work: (scene: WholeScene) => T): Promise<T> {
  const bytes = toJson(plain);
  return withSource(() => new BytesSource(bytes), work);
}

export function withFile<T>(file: string, work: (scene: WholeScene) => T): Promise<T> {
  return withSource(sourceOf(file), work);
}

/** Runs a program of the running Node that finds a garbage collector in `gc` and a function that writes in `write`. */
export function writeWithProgram(file: string, program: string): void {
  const whole = `'use strict'; const write = () => require('node:v8').writeHeapSnapshot(process.argv[1]); ${program}; gc(); write();`;
  execFileSync(process.execPath, ['--expose-gc', '-e', whole, file], { stdio: ['ignore', 'ignore', 'inherit'] });
}

export function kindOf(kinds: readonly WasteKind[], name: WasteName): WasteKind {
  const found = kinds.find(({ kind }) => kind === name);
  if (found === undefined) throw new Error(`found no ${name}, expected it among ${kinds.map(({ kind }) => kind)}`);
  return found;
}
