import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../../dist/bin/heapsleuth.js', import.meta.url));
export const SERIES = fileURLToPath(new URL('../../snapshots', import.meta.url));

export function seriesFile(step: number): string {
  return `${SERIES}/server-${step}.heapsnapshot.gz`;
}

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables that decide on colour and progress are the test's to set, not the machine's. */
export function start(args: readonly string[], env: Record<string, string> = {}, cwd?: string): ChildProcess {
  const { PATH, SystemRoot } = process.env;
  const inherited = Object.fromEntries(Object.entries({ PATH, SystemRoot }).filter(([, value]) => value !== undefined));
  return spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...inherited, ...env } as NodeJS.ProcessEnv });
}

export function finished(child: ChildProcess): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

export function run(args: readonly string[], env?: Record<string, string>, cwd?: string): Promise<Finished> {
  return finished(start(args, env, cwd));
}
