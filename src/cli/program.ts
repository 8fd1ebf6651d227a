import { readFileSync } from 'node:fs';
import { Argument, Command, CommanderError, Option } from 'commander';
import { terminalText } from '../report/terminal-text.js';
import type { AnalyzeCommandOptions } from './analyze.js';
import { EXIT } from './exit-codes.js';
import type { InspectOptions } from './inspect.js';
import { addSharedOptions, type CachingOptions, cacheOption, nonNegativeInteger, positiveInteger } from './options.js';
import { say, tolerateBrokenPipes, writeOutput } from './output.js';

// Each action imports its command when it runs: `--help`, `--version` and mistyped options answer without the engine.

export async function runProgram(argv: readonly string[]): Promise<void> {
  tolerateBrokenPipes();
  try {
    await createProgram().parseAsync(argv);
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      // Commander reports every mistake as 1, which here means findings.
      process.exitCode = thrown.exitCode === 0 ? EXIT.ok : EXIT.usage;
    } else {
      // Only an incomplete installation gets here: commands handle their own failures.
      say(thrown instanceof Error ? thrown.message : String(thrown));
      process.exitCode = EXIT.internal;
    }
  }
}

function createProgram(): Command {
  const program = new Command('heapsleuth')
    .description(
      'Says what leaks in V8 heap snapshots: exact retained sizes and growth, offline, for snapshots of any size.',
    )
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('(--help lists what there is)')
    .exitOverride()
    .configureOutput({
      // Messages quote the command line, which a script may have filled with anything.
      outputError: (text, write) =>
        write(
          `${text
            .trimEnd()
            .split('\n')
            .map((line) => terminalText(line))
            .join('\n')}\n`,
        ),
    })
    .addHelpText('after', EXAMPLES);
  addAnalyze(program);
  addBatch(program);
  addDiff(program);
  addInspect(program);
  addSchema(program);
  return program;
}

function addAnalyze(program: Command): void {
  const command = program
    .command('analyze')
    .summary('what is in a snapshot, or what grows over several')
    .description('Analyses snapshots. Several are taken as one series: snapshots of one process, in the order given.')
    .argument('<file...>', 'snapshots, plain, .gz or .zst');
  addSharedOptions(command, 'classes')
    .addOption(concurrencyOption())
    .addOption(cacheOption())
    .action(async (files: string[], options: AnalyzeCommandOptions) => {
      const [{ execute }, { analyzeCommand }] = await Promise.all([import('./execution.js'), import('./analyze.js')]);
      await execute((execution) => analyzeCommand(files, options, execution), options.progress);
    });
}

function addBatch(program: Command): void {
  const command = program
    .command('batch')
    .summary('what grows over the snapshots of a folder')
    .description("Analyses a folder's snapshots as one series, in natural order of their names.")
    .argument('<folder>', 'a folder with snapshots of one process');
  addSharedOptions(command, 'classes')
    .addOption(concurrencyOption())
    .addOption(cacheOption())
    .action(async (folder: string, options: AnalyzeCommandOptions) => {
      const [{ execute }, { batchCommand }] = await Promise.all([import('./execution.js'), import('./batch.js')]);
      await execute((execution) => batchCommand(folder, options, execution), options.progress);
    });
}

function addDiff(program: Command): void {
  const command = program
    .command('diff')
    .summary('what changed between two snapshots')
    .description('Compares two snapshots of one process object by object: new, deleted, sizes, per class.')
    .argument('<base>', 'the earlier snapshot')
    .argument('<current>', 'the later snapshot');
  addSharedOptions(command, 'classes')
    .addOption(cacheOption())
    .action(async (base: string, current: string, options: CachingOptions) => {
      const [{ execute }, { diffCommand }] = await Promise.all([import('./execution.js'), import('./diff.js')]);
      await execute((execution) => diffCommand(base, current, options, execution), options.progress);
    });
}

function addInspect(program: Command): void {
  const command = program
    .command('inspect')
    .summary('everything about one node, or the largest objects of a class')
    .description(
      'Shows one node: its sizes, who holds it, what it holds. Unlike the other commands it prints values of strings.',
    )
    .argument('<file>', 'a snapshot')
    .addOption(new Option('--id <n>', "the node's id, as DevTools shows it after the @").argParser(nonNegativeInteger))
    .addOption(
      new Option('--ordinal <n>', "the node's position in the file, from 0")
        .argParser(nonNegativeInteger)
        .conflicts('id'),
    )
    .addOption(
      new Option('--class <name>', 'the largest objects of a class, to pick one').conflicts(['id', 'ordinal']),
    );
  addSharedOptions(command, 'entries of each kind')
    .addOption(cacheOption())
    .action(async (file: string, options: InspectOptions) => {
      const [{ execute }, { inspectCommand }] = await Promise.all([import('./execution.js'), import('./inspect.js')]);
      await execute((execution) => inspectCommand(file, options, execution), options.progress);
    });
}

function addSchema(program: Command): void {
  program
    .command('schema')
    .summary('the JSON Schema of what --json prints')
    .addArgument(
      new Argument('<document>', 'a kind of document').choices(['analysis', 'diff', 'inspection', 'members']),
    )
    .action(async (kind: 'analysis' | 'diff' | 'inspection' | 'members') => {
      const { SCHEMAS } = await import('../report/schemas.js');
      await writeOutput(`${JSON.stringify(SCHEMAS[kind], null, 2)}\n`);
    });
}

function concurrencyOption(): Option {
  return new Option('--concurrency <n>', 'snapshots analysed at a time (default: as many as cores)').argParser(
    positiveInteger,
  );
}

function packageVersion(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}

const EXAMPLES = `
Examples:
  $ heapsleuth batch snapshots                         which class grows, and by how much
  $ heapsleuth analyze app.heapsnapshot                what is in one snapshot
  $ heapsleuth diff before.heapsnapshot after.heapsnapshot
  $ heapsleuth inspect app.heapsnapshot --class Session  which objects of a class are the largest
  $ heapsleuth inspect app.heapsnapshot --id 4711      who holds this object
  $ heapsleuth inspect app.heapsnapshot --id 4711 --cache  the same at once, the second time
  $ heapsleuth batch snapshots --json | jq '.growth.classes[0]'

Exit codes:
  0 done   2 wrong usage   3 some inputs failed   4 internal error or output not writable   130, 143 interrupted
`;
