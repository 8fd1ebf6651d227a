import type { EnginePort } from './devtools-engine.js';

type Listener = (event: { data: unknown }) => void;

export interface PortPair {
  first: EnginePort;
  second: EnginePort;
  /** After this nothing is delivered any more, whatever was posted before. */
  close(): void;
}

function isProblemReport(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'problemReport' in data;
}

/**
 * Two connected ports within this thread. Unlike a `MessageChannel` it holds no handle, so that an engine which fails
 * half way leaves nothing behind. Reports about unreachable nodes are dropped: the engine would print them.
 */
export function createPortPair(): PortPair {
  let closed = false;

  function createPort(peers: Set<Listener>, own: Set<Listener>): EnginePort {
    return {
      addEventListener: (_type, listener) => own.add(listener),
      removeEventListener: (_type, listener) => own.delete(listener),
      start: () => {},
      postMessage: (data) => {
        if (isProblemReport(data)) return;
        queueMicrotask(() => {
          if (closed) return;
          for (const listener of [...peers]) listener({ data });
        });
      },
    };
  }

  const left = new Set<Listener>();
  const right = new Set<Listener>();
  return {
    first: createPort(right, left),
    second: createPort(left, right),
    close: () => {
      closed = true;
    },
  };
}
