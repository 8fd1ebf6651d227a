import type { TreeOrdering } from '../analysis/dominators.js';
import {
  type Beside,
  type BesideOptions,
  besideBytes,
  type Companion,
  computeBeside,
  touchedFirst,
} from '../analysis/index.js';
import type { Stopwatch } from '../base/stopwatch.js';
import type { StageTiming } from '../base/types.js';
import type { Graph } from '../graph/graph.js';
import { estimateBytes } from '../read/columns-reader.js';
import type { ReadTail, TailReply } from '../read/tail.js';
import type { Arena, ArenaPart, ArenaSpan } from '../wasm/arena.js';
import type { OpenTask } from '../wasm/open-task.js';
import type { WholeColumn } from '../wasm/region.js';
import { type BesideReply, besideOf, type Numbered, type SecondThreadRequest } from './beside-messages.js';
import { takeSecondWorker } from './second-worker.js';

/** Bytes a node without which the part beside is not worth a try: results, and the scratch of all but classes. */
const LEAST_BESIDE = 14;

/** A request that has no answer yet. */
interface Question {
  readonly number: number;
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A second thread beside a task's own. Started early: its start-up then passes while the file is read. */
export class SecondThread {
  readonly #worker = takeSecondWorker();
  readonly #asked: Question[] = [];
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

  /** Has it take parts of the analysis in an arena. */
  companionOn(arena: Arena): Companion {
    return {
      beside: (graph, selfSize, options) => this.#beside(arena, graph, selfSize, options),
      order: (ordering, task, stopwatch) => this.#order(arena, ordering, task, stopwatch),
    };
  }

  /** The part beside there, or here where the arena has no room for both at a time. */
  async #beside(arena: Arena, graph: Graph, selfSize: WholeColumn, options: BesideOptions): Promise<Beside> {
    const bytes = besideBytes(graph);
    if (arena.hasRoom(bytes + estimateBytes(graph.header))) {
      return besideOf(await this.#askBeside(arena.cut(bytes), touchedFirst(arena, graph), graph, selfSize, options));
    }
    const least = LEAST_BESIDE * graph.header.nodeCount;
    // Before the cut, which counts all above as touched.
    const ahead = touchedFirst(arena, graph);
    const rest = options.ownBytes === undefined ? undefined : arena.cutAbove(options.ownBytes, least);
    if (rest === undefined) return computeBeside(arena, graph, selfSize, options);
    const reply = await this.#askBeside(rest, ahead, graph, selfSize, options);
    if (reply.ok || reply.error.code !== 'TOO_LARGE') return besideOf(reply);
    // It had less than it may take at its worst. What it has done to sizes and states does no harm when it is done again.
    arena.joinAbove();
    return computeBeside(arena, graph, selfSize, { stopwatch: options.stopwatch });
  }

  async #askBeside(
    part: ArenaPart,
    ahead: ArenaSpan,
    graph: Graph,
    selfSize: WholeColumn,
    { statistics, stopwatch }: BesideOptions,
  ): Promise<BesideReply> {
    // The lists can be long, and no pass over there reads them.
    const { strings, lists: _, ...plain } = graph;
    const reply = await this.#ask<BesideReply>({
      kind: 'beside',
      part,
      ahead,
      graph: { ...plain, lists: new Map() },
      strings: strings.data,
      selfSize,
      statistics,
      timings: stopwatch !== undefined,
    });
    if (reply.ok) stopwatch?.add(reply.timings);
    return reply;
  }

  async #order(
    { memory, module }: Arena,
    ordering: TreeOrdering,
    task: OpenTask,
    stopwatch?: Stopwatch,
  ): Promise<void> {
    const timings = await this.#ask<StageTiming[]>({ kind: 'order', memory, module, ordering, task });
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
    return new Promise((resolve, reject) => {
      if (this.#failure) throw this.#failure;
      const number = this.#next++;
      this.#asked.push({ number, resolve: resolve as (reply: unknown) => void, reject });
      this.#worker.ref();
      this.#worker.postMessage({ number, content } satisfies Numbered<SecondThreadRequest>);
    });
  }
}
