import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** The end of a temporary file's name: machine and process that write it, and what no other call has. */
const OWNED = /([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{12}\.partial$/;

export function temporaryEnd(): string {
  return `${machineName()}-${process.pid}-${randomBytes(6).toString('hex')}.partial`;
}

/** Process ids mean something on one machine only; folders can be shared by several. */
export function machineName(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

/** Whether a name ends as `temporaryEnd` does, for a process of this machine that is no more. */
export function isLeft(name: string): boolean {
  const [, machine, id] = OWNED.exec(name) ?? [];
  return machine === machineName() && !isAlive(Number(id));
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // Another user's process is alive, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
