import { SnapshotError } from '../base/errors.js';
import type { HeapProfile } from '../base/profile-types.js';
import { diffProfiles } from '../profile/diff.js';
import { readProfile } from '../profile/index.js';
import { profileDiff, profileDiffJson, profileDiffText } from '../report/profile-diff.js';
import type { CommandResult, Execution } from './execution.js';
import { EXIT } from './exit-codes.js';
import { type GateOptions, type OutputOptions, TABLE_ROWS } from './options.js';

/** `diff` of two sampling heap profiles: what pprof calls `-diff_base`. */
export async function diffProfilesCommand(
  base: string,
  current: string,
  { json, top, redaction }: OutputOptions & Pick<GateOptions, 'redaction'>,
  { engine, screen }: Execution,
): Promise<CommandResult> {
  const profiles = [await read(base, engine.signal), await read(current, engine.signal)] as const;
  const sites = diffProfiles(profiles);
  const shown = json ? sites : sites.slice(0, top ?? TABLE_ROWS);
  const plain = profileDiff([base, current], profiles, shown.slice(0, top));
  const diff = redaction?.profiles(plain) ?? plain;
  return { output: json ? profileDiffJson(diff) : profileDiffText(diff, screen), exitCode: EXIT.ok };
}

/** A failure names its file. */
async function read(file: string, signal: AbortSignal): Promise<HeapProfile> {
  return readProfile(file, { signal }).catch((thrown) => {
    signal.throwIfAborted();
    const error = SnapshotError.from(thrown);
    error.file = file;
    throw error;
  });
}
