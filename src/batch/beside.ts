import {
  type Beside,
  type BesideOptions,
  besideBytes,
  computeBeside,
  type SnapshotCounts,
  touchedFirst,
} from '../analysis/index.js';
import type { Companion } from '../analysis/two-threads.js';
import { SnapshotError } from '../base/errors.js';
import type { Stopwatch } from '../base/stopwatch.js';
import type { StageTiming } from '../base/types.js';
import type { Graph } from '../graph/graph.js';
import { findPaths, type PathRequest, type Paths } from '../paths/find-paths.js';
import type { CutAside } from '../picture/index.js';
import type { CutNodes } from '../picture/tree-cut.js';
import { estimateBytes } from '../read/columns-reader.js';
import type { ReadTail, TailReply } from '../read/tail.js';
import type { Arena, ArenaPart, SharedKernels } from '../wasm/arena.js';
import type { WholeColumn } from '../wasm/region.js';
import {
  type BeginPathsRequest,
  type BesideReply,
  besideOf,
  type Numbered,
  type OrderRequest,
  type PathsReply,
  type SecondThreadRequest,
  type SumRequest,
  type TouchRequest,
} from './beside-messages.js';
import { takeSecondWorker } from './second-worker.js';

/** Bytes a node without which the part beside is not worth a try: results, and the scratch of all but classes. */
const LEAST_BESIDE = 14;

/** A request that has no answer yet. */
interface Question {
  readonly number: number;
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A companion that can begin before the analysis does. */
export interface ReadyCompanion extends Companion {
  /** To be called as soon as these are known. */
  readonly ready: (counts: SnapshotCounts, stopwatch?: Stopwatch) => void;
  /** Finds paths there, or here where the part is too small for that. */
  readonly findPaths: (request: PathRequest, stopwatch?: Stopwatch) => Promise<Paths>;
  readonly cutTree: CutAside;
}

/** What another thread can begin with, or load, before it is asked for it. */
export interface Ahead {
  readonly paths: boolean;
  readonly picture: boolean;
}

const NOTHING_AHEAD: Ahead = { paths: false, picture: false };

/** A second thread beside a task's own. Started early: its start-up then passes while the file is read. */
export class SecondThread {
  readonly #worker = takeSecondWorker();
  readonly #asked: Question[] = [];
  #latest: Promise<unknown> = Promise.resolve();
  #failure: Error | undefined;
  #next = 0;

  constructor() {
    // A thread may die while nobody waits for it; whoever asks next is told.
    this.#worker.on('error', (error) => {
      this.#failure = error;
      for (const { reject } of this.#asked.splice(0)) reject(error);
    });
    this.#worker.on('message', ({ number, content }: Numbered<unknown>) => {
      const at = this.#asked.findIndex((question) => question.number === number);
      const [question] = at < 0 ? [] : this.#asked.splice(at, 1);
      if (this.#asked.length === 0) this.#worker.unref();
      question?.resolve(content);
    });
    this.#worker.unref();
  }

  /** Settles when all that it was asked is done: until then it may be at an arena's memory. */
  async idle(): Promise<void> {
    await Promise.allSettled([this.#latest]);
  }

  /** Has it take parts of an analysis in an arena; `ahead`: what it is going to be asked for. */
  companionOn(arena: Arena, { paths: beginsPaths, picture } = NOTHING_AHEAD): ReadyCompanion {
    let part: ArenaPart | undefined;
    let hasBegun = false;
    return {
      ready: (counts, stopwatch) => {
        if (!hasRoomForBoth(arena, counts)) return;
        part = arena.cut(besideBytes(counts));
        this.#touch(arena, counts, stopwatch);
      },
      beside: async (graph, selfSize, options) => {
        if (part === undefined) return this.#besideInRest(arena, graph, selfSize, options);
        const reply = this.#askBeside(part, graph, selfSize, options, beginsPaths);
        if (beginsPaths) {
          hasBegun = true;
          // The next one to ask meets a failure.
          const timings = options.stopwatch !== undefined;
          this.#run({ kind: 'begin paths', picture, timings }, options.stopwatch).catch(() => {});
        }
        return besideOf(await reply);
      },
      order: (ordering, task, stopwatch) =>
        this.#run({ kind: 'order', ...kernelsOf(arena), ordering, task }, stopwatch),
      isBusy: () => hasBegun,
      sumSpan: (span, stopwatch) => this.#run({ kind: 'sum', ...kernelsOf(arena), span }, stopwatch),
      findPaths: async (request, stopwatch) =>
        (hasBegun ? await this.#askPaths(request, stopwatch) : undefined) ?? findPaths(arena, request),
      cutTree: async ({ data: strings }, plan) =>
        hasBegun ? this.#ask<CutNodes | undefined>({ kind: 'tree', strings, plan }) : undefined,
    };
  }

  #touch(arena: Arena, counts: SnapshotCounts, stopwatch?: Stopwatch): void {
    // A failure of the other thread is met by whoever asks next.
    this.#run({ kind: 'touch', memory: arena.memory, span: touchedFirst(arena, counts) }, stopwatch).catch(() => {});
  }

  /** The part beside where there is no room for both at their worst: there in what is left, or here. */
  async #besideInRest(arena: Arena, graph: Graph, selfSize: WholeColumn, options: BesideOptions): Promise<Beside> {
    // Before the cut, which counts all above as touched.
    this.#touch(arena, graph, options.stopwatch);
    const least = LEAST_BESIDE * graph.header.nodeCount;
    const rest = options.ownBytes === undefined ? undefined : arena.cutAbove(options.ownBytes, least);
    if (rest === undefined) return computeBeside(arena, graph, selfSize, options);
    const reply = await this.#askBeside(rest, graph, selfSize, options, false);
    if (reply.ok || reply.error.code !== 'TOO_LARGE') return besideOf(reply);
    // It had less than it may take at its worst. What it has done to sizes and states does no harm when it is done again.
    arena.joinAbove();
    return computeBeside(arena, graph, selfSize, { stopwatch: options.stopwatch });
  }

  async #askBeside(
    part: ArenaPart,
    graph: Graph,
    selfSize: WholeColumn,
    { statistics, stopwatch }: BesideOptions,
    beginsPaths: boolean,
  ): Promise<BesideReply> {
    // The lists can be long, and no pass over there reads them.
    const { strings, lists: _, ...plain } = graph;
    const reply = await this.#ask<BesideReply>({
      kind: 'beside',
      part,
      graph: { ...plain, lists: new Map() },
      strings: strings.data,
      selfSize,
      statistics,
      beginsPaths,
      timings: stopwatch !== undefined,
    });
    if (reply.ok) stopwatch?.add(reply.timings);
    return reply;
  }

  /** Undefined where that found no room. */
  async #askPaths(request: PathRequest, stopwatch?: Stopwatch): Promise<Paths | undefined> {
    const { globals, keys, parentOf, steps } = request;
    const timings = stopwatch !== undefined;
    const reply = await this.#ask<PathsReply>({ kind: 'paths', globals, keys, parentOf, steps, timings });
    if (!reply.ok && reply.error.code !== 'TOO_LARGE') throw SnapshotError.fromData(reply.error);
    if (!reply.ok) return undefined;
    stopwatch?.add(reply.timings);
    return reply;
  }

  async #run(
    request: TouchRequest | OrderRequest | SumRequest | BeginPathsRequest,
    stopwatch?: Stopwatch,
  ): Promise<void> {
    const timings = await this.#ask<StageTiming[]>(request);
    stopwatch?.add(timings);
  }

  /** Has the tail of a plain file read there while this thread reads the rest. */
  tailOf(file: string): ReadTail {
    return (request) => this.#ask<TailReply>({ kind: 'tail', file, ...request });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask<T>(content: SecondThreadRequest): Promise<T> {
    const answer = new Promise<T>((resolve, reject) => {
      if (this.#failure) throw this.#failure;
      const number = this.#next++;
      this.#asked.push({ number, resolve: resolve as (reply: unknown) => void, reject });
      this.#worker.ref();
      this.#worker.postMessage({ number, content } satisfies Numbered<SecondThreadRequest>);
    });
    this.#latest = answer;
    return answer;
  }
}

function kernelsOf({ memory, module }: Arena): SharedKernels {
  return { memory, module };
}

function hasRoomForBoth(arena: Arena, counts: SnapshotCounts): boolean {
  return arena.hasRoom(besideBytes(counts) + estimateBytes(counts.header));
}
