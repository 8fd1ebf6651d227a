import { HeapView } from '../analysis/heap-view.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import type { PictureOptions, SnapshotPicture } from '../base/report-types.js';
import type { ClassSummary } from '../base/types.js';
import type { StringTable } from '../read/string-table.js';
import type { Onlooker } from '../suspects/collect.js';
import { type Arena, whereThereIsRoom } from '../wasm/arena.js';
import { type FoundWaste, searchWaste } from '../waste/index.js';
import { WASTE_TEXTS } from '../waste/names.js';
import { type HeldNodes, withHolders } from '../waste/scene.js';
import { cutTree, treeOf } from './dominator-tree.js';
import { type CutNodes, cutNodes, planTree, type TreePlan } from './tree-cut.js';

/** Has another thread cut a tree, once it has found the paths: undefined where it has no room. */
export type CutAside = (strings: StringTable, plan: TreePlan) => Promise<CutNodes | undefined>;

const nobody: CutAside = async () => undefined;

/** What a person is shown of one snapshot, from a look at it while suspects are sought, or from one of its own. */
export class PictureMaker implements Onlooker {
  readonly texts = WASTE_TEXTS;
  readonly #file: string;
  readonly #summaries: readonly ClassSummary[];
  readonly #options: Required<PictureOptions>;
  readonly #cutAside: CutAside;
  #picture: SnapshotPicture | undefined;

  constructor(
    file: string,
    summaries: readonly ClassSummary[],
    options: Required<PictureOptions>,
    cutAside: CutAside = nobody,
  ) {
    this.#file = file;
    this.#summaries = summaries;
    this.#options = options;
    this.#cutAside = cutAside;
  }

  /** Undefined until the snapshot has been looked at. */
  get picture(): SnapshotPicture | undefined {
    return this.#picture;
  }

  /**
   * This thread looks for waste; the other one cuts the tree when it has found the paths, while suspects are told. Where there is no room for
   * waste there is no picture, which is to cost nobody the search for suspects.
   */
  readonly prepare = (view: HeapView): ((held: HeldNodes) => Promise<void>) => {
    const plan = planTree(view, this.#options);
    const aside = this.#cutAside(view.strings, plan);
    // A failure is met by who waits, and must not count as unhandled until then.
    aside.catch(() => {});
    const waste = whereThereIsRoom(() => searchWaste(view));
    // Texts are told by it when paths are found, for which this thread may have to wait.
    view.fingerprints.prepare();
    return async (held) => {
      const told = waste && this.#told(waste, held);
      const nodes = (await aside) ?? whereThereIsRoom(() => cutNodes(view.arena, view.strings, plan));
      if (told && nodes) this.#show({ file: this.#file, ...treeOf(view, nodes) }, told);
    };
  };

  /** Where nobody else looks for paths. The analysis must have kept ids and raw sizes. */
  lookAlone(arena: Arena, snapshot: AnalysedSnapshot): void {
    // Before paths are found: neither takes its memory beside the other.
    const view = new HeapView(arena, snapshot);
    const tree = { file: this.#file, ...cutTree(view, this.#options) };
    const waste = searchWaste(view);
    withHolders(arena, snapshot, (held) => this.#show(tree, this.#told(waste, held)));
  }

  #told(waste: FoundWaste, held: HeldNodes): SnapshotPicture['waste'] {
    const { wasteItems: top, showValues } = this.#options;
    return { file: this.#file, ...waste(held, { top, showValues }) };
  }

  #show(tree: SnapshotPicture['tree'], waste: SnapshotPicture['waste']): void {
    this.#picture = { tree, waste, classes: this.#summaries.slice(0, this.#options.classes) };
  }
}
