import type { Command } from 'commander';
import type { ExtractCommandOptions } from './extract.js';
import { nonNegativeInteger } from './options.js';
import type { RedactCommandOptions } from './redact.js';

/** Commands that write snapshots for others to see. */
export function addRedact(program: Command): void {
  const command = program
    .command('redact')
    .summary('a snapshot without secrets, for others to open')
    .description(
      'Writes a snapshot that DevTools opens as it does the first one, with texts replaced by their lengths and hashes. Equal texts stay equal.',
    )
    .argument('<in>', 'a snapshot, plain, .gz or .zst')
    .argument('<out>', 'the file to write; gzipped where its name ends in .gz');
  addLevel(program, command).action(async (input: string, output: string, options: RedactCommandOptions) => {
    const [{ execute }, { redactCommand }] = await Promise.all([import('./execution.js'), import('./redact.js')]);
    await execute((execution) => redactCommand(input, output, options, execution), options.progress);
  });
}

export function addExtract(program: Command): void {
  const command = program
    .command('extract')
    .summary('one node and what it holds, as a small snapshot')
    .description(
      'Writes the node, what it dominates and its path to the root as a snapshot that DevTools opens, redacted. Ids and self sizes stay.',
    )
    .argument('<file>', 'a snapshot')
    .argument('<out>', 'the file to write; gzipped where its name ends in .gz')
    .addOption(
      program
        .createOption('--id <n>', "the node's id, as DevTools shows it after the @")
        .argParser(nonNegativeInteger)
        .makeOptionMandatory(),
    )
    .addOption(
      program
        .createOption('--limit <nodes>', 'nodes below it at most, nearest first (default: 10000)')
        .argParser(nonNegativeInteger),
    )
    .option('--no-redact', 'write values of strings as they are');
  addLevel(program, command).action(async (input: string, output: string, options: ExtractCommandOptions) => {
    const [{ execute }, { extractCommand }] = await Promise.all([import('./execution.js'), import('./extract.js')]);
    await execute((execution) => extractCommand(input, output, options, execution), options.progress);
  });
}

function addLevel(program: Command, command: Command): Command {
  return command
    .option('--json', 'print one JSON document about what was written instead of text')
    .addOption(
      program
        .createOption(
          '--redact <level>',
          "basic: values; names: also names of properties that look like data or are many; full: every text that is not V8's own",
        )
        .choices(['basic', 'names', 'full'])
        .default('basic'),
    )
    .option(
      '--key-file <file>',
      'a key for the hashes, so that texts are equal in several files (default: a random one)',
    )
    .addOption(
      program
        .createOption('--progress <when>', 'show a progress bar on stderr')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    );
}
