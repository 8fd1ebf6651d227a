import type { HeapView } from '../analysis/heap-view.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import type { PictureOptions, SnapshotPicture } from '../base/report-types.js';
import type { Onlooker } from '../suspects/collect.js';
import type { Arena } from '../wasm/arena.js';
import { type FoundWaste, searchWaste } from '../waste/index.js';
import { WASTE_TEXTS } from '../waste/names.js';
import { type HeldNodes, withHolders } from '../waste/scene.js';
import { cutTree } from './dominator-tree.js';

/** What a person is shown of one snapshot, from a look at it while suspects are sought, or from one of its own. */
export class PictureMaker implements Onlooker {
  readonly texts = WASTE_TEXTS;
  readonly #file: string;
  readonly #options: Required<PictureOptions>;
  #tree: SnapshotPicture['tree'] | undefined;
  #waste: FoundWaste | undefined;
  #picture: SnapshotPicture | undefined;

  constructor(file: string, options: Required<PictureOptions>) {
    this.#file = file;
    this.#options = options;
  }

  /** Undefined until the snapshot has been looked at. */
  get picture(): SnapshotPicture | undefined {
    return this.#picture;
  }

  readonly prepare = (view: HeapView): void => {
    this.#tree = { file: this.#file, ...cutTree(view, this.#options) };
    this.#waste = searchWaste(view);
  };

  readonly look = (held: HeldNodes): void => {
    const { wasteItems: top, showValues } = this.#options;
    if (this.#tree === undefined || this.#waste === undefined) return;
    const waste = { file: this.#file, ...this.#waste(held, { top, showValues }) };
    this.#picture = { tree: this.#tree, waste };
  };

  /** Where nobody else looks for paths. The analysis must have kept ids and raw sizes. */
  lookAlone(arena: Arena, snapshot: AnalysedSnapshot): void {
    withHolders(arena, snapshot, (held) => {
      this.prepare(held.view);
      this.look(held);
    });
  }
}
