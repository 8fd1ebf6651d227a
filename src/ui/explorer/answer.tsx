import type { ComponentChild } from 'preact';
import { Name } from '../parts/name.js';
import type { Question, Reply, Waiting } from './server.js';
import { useAnswer } from './use-answer.js';

interface AnswerProps<T> {
  readonly of: string;
  readonly question: Question;
  readonly children: (answer: T) => ComponentChild;
}

/** Shows an answer of the server's, how far it is, or why there is none. */
export function Answer<T>({ of, question, children }: AnswerProps<T>) {
  return <Replied reply={useAnswer<T>(of, question)}>{children}</Replied>;
}

export function Replied<T>({
  reply,
  children,
}: {
  readonly reply: Reply<T> | undefined;
  readonly children: (answer: T) => ComponentChild;
}) {
  if (reply === undefined) return <p class="pending" aria-busy="true" />;
  if (reply.state === 'waiting') return <Progress status={reply.status} />;
  if (reply.state === 'failed')
    return (
      <p class="failed" role="alert">
        <Name text={reply.message} most={500} />
      </p>
    );
  return <>{children(reply.answer)}</>;
}

const WORK: Readonly<Record<string, string>> = {
  closed: 'not open yet',
  waiting: 'waits for its turn',
  opening: 'is being read and analysed',
  indexing: 'is open; its index is being made',
  working: 'is being worked out',
};

function Progress({ status: { state, stage, fraction, file } }: { status: Waiting }) {
  return (
    <div class="pending" role="status" aria-busy="true">
      <p>
        {file === undefined ? 'This' : <Name text={file} />} {WORK[state] ?? state}
        {stage !== undefined && `: ${stage}`}
      </p>
      {fraction !== undefined && <progress value={fraction} max={1} />}
    </div>
  );
}
