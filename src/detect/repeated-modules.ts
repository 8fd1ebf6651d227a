import type { Ordinal } from '../base/types.js';
import type { Holder } from '../paths/holder-types.js';
import type { Finding, Scene } from './detector.js';
import { namesIn } from './known-names.js';
import { retainedTogether } from './topmost.js';

/** Modules that were loaded more than once from one file, the most bytes first: the cache forgets them, their parents do not. */
export function findRepeatedModules(scene: Scene, leastCopies: number): Finding[] {
  const files = filesOfModules(scene);
  const repeated = [...copiesByFile(files)].filter(([, copies]) => copies.length >= leastCopies);
  return repeated.map(([file, copies]) => findingOf(scene, file, copies, files)).sort((a, b) => b.bytes - a.bytes);
}

function copiesByFile(files: ReadonlyMap<Ordinal, string>): Map<string, Ordinal[]> {
  const copies = new Map<string, Ordinal[]>();
  for (const [module, file] of files) {
    const known = copies.get(file);
    if (known) known.push(module);
    else copies.set(file, [module]);
  }
  return copies;
}

/** Programs have thousands of modules, not millions. */
function filesOfModules({ view, objects }: Scene): Map<Ordinal, string> {
  const names = namesIn(view);
  const files = new Map<Ordinal, string>();
  for (const module of objects('Module')) {
    const file = names.property(module, 'filename');
    if (file >= 0 && view.typeName(file).includes('string')) files.set(module, view.names.display(file));
  }
  return files;
}

/** Steps from a module to the one that has it among its children. */
const NEAR = 4;

/** The module that loaded a copy: by its name, since the way to it leads through Node's own modules. */
function parentOf({ holders }: Scene, copy: Ordinal, files: ReadonlyMap<Ordinal, string>): Holder {
  for (const { from, to } of holders.pathTo(copy).slice(0, NEAR)) {
    const file = files.get(from);
    if (file === undefined) continue;
    return { expression: `module.children of ${lastParts(file)}`, kind: 'module', container: to, place: undefined };
  }
  return holders.holderOf(copy);
}

function findingOf(
  scene: Scene,
  path: string,
  copies: readonly Ordinal[],
  files: ReadonlyMap<Ordinal, string>,
): Finding {
  const { view } = scene;
  const newest = copies.toSorted((a, b) => view.id(b) - view.id(a));
  // The newest one is in use.
  const older = newest.slice(1);
  const holder = parentOf(scene, older[older.length - 1], files);
  const shown = lastParts(path);
  return {
    anchor: holder.container,
    key: `module ${shown}`,
    count: copies.length,
    bytes: retainedTogether(view, older),
    strength: 0.4,
    title: `${copies.length} copies of the module ${shown}`,
    holder,
    evidence: [
      { label: 'file', value: shown },
      { label: 'copies', value: copies.length },
      { label: 'retained size of the newest', value: view.retainedSize[newest[0]] },
    ],
    repair: `Do not load ${shown} again after taking it out of the cache: {holder} keeps every copy.`,
    samples: newest.slice(0, 3),
  };
}

/** Enough to tell files apart, and the same on every machine. */
function lastParts(path: string): string {
  return path.split(/[\\/]/).slice(-2).join('/');
}
