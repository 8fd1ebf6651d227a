import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Question, Reply, Server } from './server.js';

/** Milliseconds until what is not there yet is asked for again. */
const AGAIN_MS = 400;

export const ServerContext = createContext<Server | undefined>(undefined);

export function useServer(): Server {
  const server = useContext(ServerContext);
  if (server === undefined) throw new Error('found no server, expected one around the explorer');
  return server;
}

/** Asks until there is an answer. What was asked for before stays until then; undefined at first. */
export function useAnswer<T>(name: string, question: Question): Reply<T> | undefined {
  const server = useServer();
  const key = `${name} ${JSON.stringify(question)}`;
  const [reply, setReply] = useState<{ readonly key: string; readonly reply: Reply<T> }>();
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const next = await server.ask<T>(name, question, abort.signal);
      setReply({ key, reply: next });
      if (next.state === 'waiting') timer = setTimeout(() => void ask().catch(() => {}), AGAIN_MS);
    };
    ask().catch(() => {});
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [key, server]);
  return reply?.key === key ? reply.reply : undefined;
}
