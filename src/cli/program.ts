import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { terminalText } from '../report/terminal-text.js';
import { addJudging, addLimits, addSuspects } from './analysis-options.js';
import type { AnalyzeCommandOptions } from './analyze.js';
import type { BatchCommandOptions } from './batch.js';
import { EXIT } from './exit-codes.js';
import { addReporters, addSharedOptions, shardOf, withPlainNames } from './options.js';
import { say, talkStream, writeOutput } from './output.js';

// Each action imports its command when it runs: `--help`, `--version` and mistyped options answer without the engine.

export async function runProgram(argv: readonly string[]): Promise<void> {
  try {
    const program = await createProgram(argv[2]);
    await program.parseAsync(withPlainNames(argv));
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

/** `asked`: the command line's first word. Where it is a command, the others are left out: they take a moment to set up. */
export async function createProgram(asked: string | undefined): Promise<Command> {
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
      writeOut: (text) => {
        // A reader of a help that has gone, or cannot take it, is told nothing.
        writeOutput(text).catch(() => {});
      },
      writeErr: (text) => talkStream().write(text),
      // Messages quote the command line, which a script may have filled with anything.
      outputError: (text, write) =>
        write(
          `${text
            .trimEnd()
            .split('\n')
            .map((line) => terminalText(line))
            .join('\n')}\n`,
        ),
    });
  // Nobody asks for a version and a command.
  if (asked === '--version' || asked === '-V') return program;
  const command = COMMANDS.get(asked ?? '');
  if (command) {
    await command(program);
    return program;
  }
  for (const add of COMMANDS.values()) await add(program);
  return program.addHelpText('after', (await import('./examples.js')).EXAMPLES);
}

function addAnalyze(program: Command): void {
  const command = program
    .command('analyze')
    .summary('what is in a snapshot, or what grows over several')
    .description('Analyses snapshots. Several are taken as one series: snapshots of one process, in the order given.')
    .argument('<file...>', 'snapshots, plain, .gz or .zst');
  addSuspects(addLimits(addJudging(addReporters(addSharedOptions(command, 'classes'))))).action(
    async (files: string[], options: AnalyzeCommandOptions) => {
      const [{ execute }, { analyzeCommand }] = await Promise.all([import('./execution.js'), import('./analyze.js')]);
      await execute((execution) => analyzeCommand(files, options, execution), options.progress);
    },
  );
}

function addBatch(program: Command): void {
  const command = program
    .command('batch')
    .summary('what grows over the snapshots of a folder')
    .description("Analyses a folder's snapshots as one series, in natural order of their names.")
    .argument('<folder>', 'a folder with snapshots of one process');
  addSuspects(addLimits(addJudging(addReporters(addSharedOptions(command, 'classes')))))
    .addOption(
      new Option(
        '--shard <i/n>',
        'analyse only the i-th of n shares, and print a document for `merge`; every machine needs the whole folder',
      ).argParser(shardOf),
    )
    .action(async (folder: string, options: BatchCommandOptions) => {
      const [{ execute }, { batchCommand }] = await Promise.all([import('./execution.js'), import('./batch.js')]);
      await execute((execution) => batchCommand(folder, options, execution), options.progress);
    });
}

/** In the order of the help. */
const COMMANDS = new Map<string, (program: Command) => void | Promise<void>>([
  ['analyze', addAnalyze],
  ['batch', addBatch],
  ['merge', async (program) => (await import('./further-commands.js')).addMerge(program)],
  ['diff', async (program) => (await import('./further-commands.js')).addDiff(program)],
  ['baseline', async (program) => (await import('./baseline-commands.js')).addBaseline(program)],
  ['inspect', async (program) => (await import('./further-commands.js')).addInspect(program)],
  ['whatif', async (program) => (await import('./further-commands.js')).addWhatIf(program)],
  ['waste', async (program) => (await import('./further-commands.js')).addWaste(program)],
  ['scan', async (program) => (await import('./service-commands.js')).addScan(program)],
  ['query', async (program) => (await import('./service-commands.js')).addQuery(program)],
  ['serve', async (program) => (await import('./serve-commands.js')).addServe(program)],
  ['redact', async (program) => (await import('./rewrite-commands.js')).addRedact(program)],
  ['extract', async (program) => (await import('./rewrite-commands.js')).addExtract(program)],
  ['schema', async (program) => (await import('./further-commands.js')).addSchema(program)],
]);

function packageVersion(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}
