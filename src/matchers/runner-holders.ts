import type { Suspect } from '../base/suspect-types.js';

/** What a test runner keeps for each thing a test does, and lets go of when the test is over: the holder, and the class it keeps. */
interface RunnerHolder {
  readonly expression: RegExp;
  readonly keeps: string;
}

const RUNNER_HOLDERS: readonly RunnerHolder[] = [
  // Jest's console: lines wait there until the file is done.
  { expression: /^global\.console\b/, keeps: '{message, origin, type}' },
];

/** Whether what accumulates is the test runner's. Only for what has been measured in one. */
export function isRunners({ holder, title }: Suspect): boolean {
  return RUNNER_HOLDERS.some(
    ({ expression, keeps }) => expression.test(holder.expression) && title.endsWith(` keeps ${keeps}`),
  );
}
