import { besideBytes, computeBeside, type RunBeside, touchedFirst } from '../analysis/index.js';
import { estimateBytes } from '../read/columns-reader.js';
import type { ReadTail, TailReply } from '../read/tail.js';
import type { Arena } from '../wasm/arena.js';
import { type BesideReply, type BesideRequest, besideOf, type SecondThreadRequest } from './beside-messages.js';
import { takeSecondWorker } from './second-worker.js';

/** A second thread beside a task's own. Started early: its start-up then passes while the file is read. */
export class SecondThread {
  readonly #worker = takeSecondWorker();
  #failure: Error | undefined;

  constructor() {
    // A thread may die while nobody waits for it; whoever asks next is told.
    this.#worker.on('error', (error) => {
      this.#failure = error;
    });
  }

  /** Runs the part beside there, or here where the arena has no room for both at a time. */
  runOn(arena: Arena): RunBeside {
    return async (graph, selfSize, stopwatch) => {
      const bytes = besideBytes(graph);
      if (!arena.hasRoom(bytes + estimateBytes(graph.header))) return computeBeside(arena, graph, selfSize, stopwatch);
      const part = arena.cut(bytes);
      // The lists can be long, and no pass over there reads them.
      const { strings, lists: _, ...plain } = graph;
      const request: BesideRequest = {
        kind: 'beside',
        part,
        ahead: touchedFirst(arena, graph),
        graph: { ...plain, lists: new Map() },
        strings: strings.data,
        selfSize,
        timings: stopwatch !== undefined,
      };
      const reply = await this.#ask<BesideReply>(request);
      if (reply.ok) stopwatch?.add(reply.timings);
      return besideOf(reply);
    };
  }

  /** Has the tail of a plain file read there while this thread reads the rest. */
  tailOf(file: string): ReadTail {
    return (request) => this.#ask<TailReply>({ kind: 'tail', file, ...request });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask<T>(request: SecondThreadRequest): Promise<T> {
    return new Promise((resolve, reject) => {
      const worker = this.#worker;
      if (this.#failure) throw this.#failure;
      worker.ref();
      const settle = (act: () => void) => {
        worker.unref();
        worker.off('message', onMessage);
        worker.off('error', onError);
        act();
      };
      const onMessage = (reply: T) => settle(() => resolve(reply));
      const onError = (error: Error) => settle(() => reject(error));
      worker.on('message', onMessage);
      worker.on('error', onError);
      worker.postMessage(request);
    });
  }
}
