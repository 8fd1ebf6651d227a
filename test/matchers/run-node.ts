import { type ChildProcess, spawn } from 'node:child_process';
import type { Finished } from '../cli/run-cli.js';
import { finished } from '../cli/run-cli.js';

/** Node in a folder, without what the test runner around it has told Node. */
export function runNode(args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Finished> {
  return finished(startNode(args, cwd, env));
}

export function startNode(args: readonly string[], cwd: string, env: Record<string, string> = {}): ChildProcess {
  const { PATH, HOME } = process.env;
  const inherited = Object.fromEntries(Object.entries({ PATH, HOME }).filter(([, value]) => value !== undefined));
  return spawn(process.execPath, args, { cwd, env: { ...inherited, NO_COLOR: '1', ...env } as NodeJS.ProcessEnv });
}
