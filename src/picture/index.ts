import type { HeapView } from '../analysis/heap-view.js';
import type { AnalysedSnapshot } from '../analysis/index.js';
import type { PictureOptions, SnapshotPicture } from '../base/report-types.js';
import type { ClassSummary } from '../base/types.js';
import type { Aside, Onlooker } from '../suspects/collect.js';
import type { Arena } from '../wasm/arena.js';
import { type FoundWaste, searchWaste, WasteSearch } from '../waste/index.js';
import { WASTE_TEXTS } from '../waste/names.js';
import { type HeldNodes, withHolders } from '../waste/scene.js';
import { openSurvey, runSurvey, type Survey, takeBack } from '../waste/survey.js';
import { cutTree } from './dominator-tree.js';

/** Settles when the other thread has taken of the survey what it could. */
function share(arena: Arena, survey: Survey, aside: Aside): Promise<void> {
  openSurvey(arena, survey);
  const done = aside(survey);
  // A failure is met by who waits, and must not count as unhandled until then.
  done.catch(() => {});
  return done;
}

/** What a person is shown of one snapshot, from a look at it while suspects are sought, or from one of its own. */
export class PictureMaker implements Onlooker {
  readonly texts = WASTE_TEXTS;
  readonly #file: string;
  readonly #summaries: readonly ClassSummary[];
  readonly #options: Required<PictureOptions>;
  #tree: SnapshotPicture['tree'] | undefined;
  #waste: FoundWaste | undefined;
  #picture: SnapshotPicture | undefined;

  constructor(file: string, summaries: readonly ClassSummary[], options: Required<PictureOptions>) {
    this.#file = file;
    this.#summaries = summaries;
    this.#options = options;
  }

  /** Undefined until the snapshot has been looked at. */
  get picture(): SnapshotPicture | undefined {
    return this.#picture;
  }

  readonly prepare = (arena: Arena, view: HeapView, aside: Aside | undefined): Promise<void> =>
    arena.scratchAsync(async () => {
      const search = new WasteSearch(arena, view);
      const shared = aside && share(arena, search.survey, aside);
      this.#cut(arena, view);
      if (shared === undefined) runSurvey(arena, view.strings, search.survey);
      else if (takeBack(arena, view.strings, search.survey)) await shared;
      this.#waste = search.finish();
      // Until then it may look at the memory, though it takes nothing any more.
      await shared;
    });

  readonly look = (held: HeldNodes): void => {
    const { classes, wasteItems: top, showValues } = this.#options;
    if (this.#tree === undefined || this.#waste === undefined) return;
    const waste = { file: this.#file, ...this.#waste(held, { top, showValues }) };
    this.#picture = { tree: this.#tree, waste, classes: this.#summaries.slice(0, classes) };
  };

  /** Where nobody else looks for paths. The analysis must have kept ids and raw sizes. */
  lookAlone(arena: Arena, snapshot: AnalysedSnapshot): void {
    withHolders(arena, snapshot, (held) => {
      this.#cut(arena, held.view);
      this.#waste = searchWaste(arena, held.view);
      this.look(held);
    });
  }

  #cut(arena: Arena, view: HeapView): void {
    this.#tree = { file: this.#file, ...cutTree(arena, view, this.#options) };
  }
}
