// A child process: one snapshot at a time, on a thread of its own. This thread only listens, so that the end of the parent,
// however it came, ends the child at once.

import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { ChildTask, FromChild, ToChild } from './child-messages.js';
import { WorkerPool } from './pool.js';
import type { PackedResult } from './tasks.js';

process.on('disconnect', end);
// The parent may have gone before this module was loaded.
if (!process.connected) end();
// A terminal sends it to every process of the command; what becomes of the children is for the parent to say.
process.on('SIGINT', () => {});

const pool = new WorkerPool(1);
let asking: MessagePort | undefined;

process.on('message', (message: ToChild) => {
  if (message.kind === 'task') void work(message.task, message.listens);
  else asking?.postMessage(message.names);
});

async function work(task: ChildTask, listens: boolean): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  asking = port1.on('message', () => send({ kind: 'analysed' }));
  const series = task.series === 'ask' ? port2 : task.series;
  const result = await pool.run<PackedResult>(
    { ...task, series },
    task.file,
    listens ? (progress) => send({ kind: 'progress', ...progress }) : undefined,
    series === port2 ? port2 : undefined,
  );
  port1.close();
  send({ kind: 'result', result });
}

function send(message: FromChild): void {
  // Without a parent there is nobody to tell; `disconnect` follows.
  process.send?.(message, undefined, undefined, () => {});
}

/** Not by `exit`, which waits for the thread to come out of its loop. There is nothing to tidy up. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}
