import type { Command } from 'commander';
import type { InspectOptions } from './inspect.js';
import {
  addOutputOptions,
  addReporters,
  addSharedOptions,
  collected,
  nonNegativeInteger,
  type ReporterOptions,
  type SharedOptions,
} from './options.js';
import { writeOutput } from './output.js';
import type { WasteCommandOptions } from './waste.js';
import type { WhatIfCommandOptions } from './whatif.js';

// Commands whose start does not count: their definitions are read when one of them is asked for, or the help of all.

export function addMerge(program: Command): void {
  const command = program
    .command('merge')
    .summary('puts the shards of a batch together')
    .description('Prints what `batch` would have printed for the whole folder, from what `batch --shard` printed.')
    .argument('<part...>', 'the documents of all shards, in any order')
    .option('--json', 'print one JSON document instead of tables');
  addReporters(command).action(async (parts: string[], options: ReporterOptions) => {
    const [{ execute }, { mergeCommand }] = await Promise.all([import('./execution.js'), import('./merge.js')]);
    await execute((execution) => mergeCommand(parts, options, execution), 'never');
  });
}

export function addDiff(program: Command): void {
  const command = program
    .command('diff')
    .summary('what changed between two snapshots, or two heap profiles')
    .description(
      'Compares two snapshots of one process object by object: new, deleted, sizes, per class. Of two sampling heap profiles it says which functions have more in use.',
    )
    .argument('<base>', 'the earlier snapshot')
    .argument('<current>', 'the later snapshot');
  addSharedOptions(command, 'classes').action(async (base: string, current: string, options: SharedOptions) => {
    const [{ execute }, { diffCommand }] = await Promise.all([import('./execution.js'), import('./diff.js')]);
    await execute((execution) => diffCommand(base, current, options, execution), options.progress);
  });
}

export function addInspect(program: Command): void {
  const command = program
    .command('inspect')
    .summary('everything about one node, or the largest objects of a class')
    .description(
      'Shows one node: its sizes, who holds it, what it holds. Unlike the other commands it prints values of strings.',
    )
    .argument('<file>', 'a snapshot')
    .addOption(
      program.createOption('--id <n>', "the node's id, as DevTools shows it after the @").argParser(nonNegativeInteger),
    )
    .addOption(
      program
        .createOption('--ordinal <n>', "the node's position in the file, from 0")
        .argParser(nonNegativeInteger)
        .conflicts('id'),
    )
    .addOption(
      program
        .createOption('--class <name>', 'the largest objects of a class, to pick one')
        .conflicts(['id', 'ordinal']),
    );
  addSharedOptions(command, 'entries of each kind').action(async (file: string, options: InspectOptions) => {
    const [{ execute }, { inspectCommand }] = await Promise.all([import('./execution.js'), import('./inspect.js')]);
    await execute((execution) => inspectCommand(file, options, execution), options.progress);
  });
}

export function addWhatIf(program: Command): void {
  const command = program
    .command('whatif')
    .summary('how many bytes would be freed without some nodes or edges')
    .description(
      'Looks again for all that is reachable, without what is cut, and says what is not: exact where retained sizes overlap or share.',
    )
    .argument('<file>', 'a snapshot')
    .addOption(
      program
        .createOption('--cut <expr>', 'what is taken away; may be given several times, for all of it together')
        .argParser(collected)
        .makeOptionMandatory(),
    )
    .addHelpText('after', CUTS);
  addOutputOptions(command, 'classes').action(async (file: string, options: WhatIfCommandOptions) => {
    const [{ execute }, { whatIfCommand }] = await Promise.all([import('./execution.js'), import('./whatif.js')]);
    await execute((execution) => whatIfCommand(file, options, execution), options.progress);
  });
}

export function addWaste(program: Command): void {
  const command = program
    .command('waste')
    .summary('memory that is spent on nothing')
    .description(
      'Lists strings twice, collections without content or half empty, room that is not used, variables that nobody uses: with what would certainly be free without them, and an upper bound where a snapshot cannot tell.',
    )
    .argument('<file>', 'a snapshot')
    .option('--show-values', 'print the beginnings of texts; without it only their lengths and fingerprints');
  addOutputOptions(command, 'items of each kind').action(async (file: string, options: WasteCommandOptions) => {
    const [{ execute }, { wasteCommand }] = await Promise.all([import('./execution.js'), import('./waste.js')]);
    await execute((execution) => wasteCommand(file, options, execution), options.progress);
  });
}

/** Names of documents that are published. */
const DOCUMENTS = [
  'analysis',
  'diff',
  'inspection',
  'members',
  'shard',
  'whatif',
  'waste',
  'scan',
  'query',
  'profile-diff',
] as const;

export function addSchema(program: Command): void {
  program
    .command('schema')
    .summary('the JSON Schema of what --json prints')
    .addArgument(program.createArgument('<document>', 'a kind of document').choices(DOCUMENTS))
    .action(async (kind: (typeof DOCUMENTS)[number]) => {
      const { SCHEMAS } = await import('../report/schemas.js');
      await writeOutput(`${JSON.stringify(SCHEMAS[kind], null, 2)}\n`);
    });
}

const CUTS = `
What can be cut:
  @123                  the node with that id, as DevTools shows it
  class:Name            all objects of that class, as inspect --class lists them
  @123.name             an edge of that node: a property, a variable of a context, or V8's own
  @123[5]               its element 5
  @123["odd name"]      a name that has dots or brackets, as a JSON string; classes likewise: class:"a.b"
  class:Name.prop       that edge of every object of the class
  global.a.b["c"]       the last edge of a path from the global object
`;
