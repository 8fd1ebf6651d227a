import { readFileSync } from 'node:fs';
import { Argument, Command, CommanderError, Option } from 'commander';
import { terminalText } from '../report/terminal-text.js';
import type { AnalyzeCommandOptions } from './analyze.js';
import type { BatchCommandOptions } from './batch.js';
import { EXIT } from './exit-codes.js';
import type { InspectOptions } from './inspect.js';
import {
  addOutputOptions,
  addReporters,
  addSharedOptions,
  byteSize,
  collected,
  detectorSetting,
  nonNegativeInteger,
  positiveInteger,
  type SharedOptions,
  seconds,
  shardOf,
  withPlainNames,
} from './options.js';
import { say, talkStream, writeOutput } from './output.js';
import type { WasteCommandOptions } from './waste.js';
import type { WhatIfCommandOptions } from './whatif.js';

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
async function createProgram(asked: string | undefined): Promise<Command> {
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
    })
    .addHelpText('after', EXAMPLES);
  // Nobody asks for a version and a command.
  if (asked === '--version' || asked === '-V') return program;
  const command = COMMANDS.get(asked ?? '');
  for (const add of command ? [command] : COMMANDS.values()) await add(program);
  return program;
}

function addAnalyze(program: Command): void {
  const command = program
    .command('analyze')
    .summary('what is in a snapshot, or what grows over several')
    .description('Analyses snapshots. Several are taken as one series: snapshots of one process, in the order given.')
    .argument('<file...>', 'snapshots, plain, .gz or .zst');
  addSuspects(addLimits(addReporters(addSharedOptions(command, 'classes')))).action(
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
  addSuspects(addLimits(addReporters(addSharedOptions(command, 'classes'))))
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

function addMerge(program: Command): void {
  program
    .command('merge')
    .summary('puts the shards of a batch together')
    .description('Prints what `batch` would have printed for the whole folder, from what `batch --shard` printed.')
    .argument('<part...>', 'the documents of all shards, in any order')
    .option('--json', 'print one JSON document instead of tables')
    .action(async (parts: string[], options: { json?: boolean }) => {
      const [{ execute }, { mergeCommand }] = await Promise.all([import('./execution.js'), import('./merge.js')]);
      await execute((execution) => mergeCommand(parts, options, execution), 'never');
    });
}

function addDiff(program: Command): void {
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
  addSharedOptions(command, 'entries of each kind').action(async (file: string, options: InspectOptions) => {
    const [{ execute }, { inspectCommand }] = await Promise.all([import('./execution.js'), import('./inspect.js')]);
    await execute((execution) => inspectCommand(file, options, execution), options.progress);
  });
}

function addWhatIf(program: Command): void {
  const command = program
    .command('whatif')
    .summary('how many bytes would be freed without some nodes or edges')
    .description(
      'Looks again for all that is reachable, without what is cut, and says what is not: exact where retained sizes overlap or share.',
    )
    .argument('<file>', 'a snapshot')
    .addOption(
      new Option('--cut <expr>', 'what is taken away; may be given several times, for all of it together')
        .argParser(collected)
        .makeOptionMandatory(),
    )
    .addHelpText('after', CUTS);
  addOutputOptions(command, 'classes').action(async (file: string, options: WhatIfCommandOptions) => {
    const [{ execute }, { whatIfCommand }] = await Promise.all([import('./execution.js'), import('./whatif.js')]);
    await execute((execution) => whatIfCommand(file, options, execution), options.progress);
  });
}

function addWaste(program: Command): void {
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

function addSchema(program: Command): void {
  program
    .command('schema')
    .summary('the JSON Schema of what --json prints')
    .addArgument(new Argument('<document>', 'a kind of document').choices(DOCUMENTS))
    .action(async (kind: (typeof DOCUMENTS)[number]) => {
      const { SCHEMAS } = await import('../report/schemas.js');
      await writeOutput(`${JSON.stringify(SCHEMAS[kind], null, 2)}\n`);
    });
}

/** What several snapshots may take. */
function addLimits(command: Command): Command {
  return command
    .addOption(
      new Option('--concurrency <n>', 'snapshots analysed at a time (default: as many as cores)').argParser(
        positiveInteger,
      ),
    )
    .addOption(
      new Option(
        '--max-memory <size>',
        'memory that all of them may take together, such as 4G (default: 80 % of what is available)',
      ).argParser(byteSize),
    )
    .addOption(
      new Option(
        '--mode <mode>',
        'memory: the fastest; external: edges in temporary files, for what memory does not hold; shallow: counts and self sizes only; auto: the first of the first two that fits',
      )
        .choices(['auto', 'memory', 'external', 'shallow'])
        .default('auto'),
    )
    .option('--temp <folder>', "where temporary files go (default: the system's folder for them)")
    .addOption(
      new Option('--timeout <seconds>', 'time that one snapshot may take (default: unlimited)').argParser(seconds),
    )
    .option('--timings', 'say on stderr how long each stage took, to report a slow file');
}

/** How leaks are looked for. */
function addSuspects(command: Command): Command {
  return command
    .option('--no-suspects', 'do not look for leaks: classes and growth only, in two thirds of the time')
    .addOption(
      new Option(
        '--warmup <n>',
        'snapshots at the start to leave out when looking for leaks (default: one of six or more)',
      ).argParser(nonNegativeInteger),
    )
    .option('--assume-same-process', 'take ids as those of one process where that is in doubt')
    .addOption(
      new Option(
        '--detector <setting>',
        'switch a detector off (live-timers=off) or change a limit (unbounded-map.leastEntries=500); once for each',
      ).argParser(detectorSetting),
    );
}

/** In the order of the help. */
const COMMANDS = new Map<string, (program: Command) => void | Promise<void>>([
  ['analyze', addAnalyze],
  ['batch', addBatch],
  ['merge', addMerge],
  ['diff', addDiff],
  ['inspect', addInspect],
  ['whatif', addWhatIf],
  ['waste', addWaste],
  ['scan', async (program) => (await import('./service-commands.js')).addScan(program)],
  ['query', async (program) => (await import('./service-commands.js')).addQuery(program)],
  ['redact', async (program) => (await import('./rewrite-commands.js')).addRedact(program)],
  ['extract', async (program) => (await import('./rewrite-commands.js')).addExtract(program)],
  ['schema', addSchema],
]);

function packageVersion(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
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

const EXAMPLES = `
Examples:
  $ heapsleuth batch snapshots                         which class grows, and by how much
  $ heapsleuth analyze app.heapsnapshot                what is in one snapshot
  $ heapsleuth diff before.heapsnapshot after.heapsnapshot
  $ heapsleuth inspect app.heapsnapshot --class Session  which objects of a class are the largest
  $ heapsleuth inspect app.heapsnapshot --id 4711      who holds this object
  $ heapsleuth whatif app.heapsnapshot --cut class:Session.cart  what would go with it
  $ heapsleuth inspect app.heapsnapshot --id 4711 --cache  the same at once, the second time
  $ heapsleuth waste app.heapsnapshot                  what takes memory for nothing
  $ heapsleuth batch snapshots --json | jq '.growth.classes[0]'
  $ heapsleuth scan heapsleuth --archive archive       what a service's telemetry and snapshots say, kept for later
  $ heapsleuth query "SELECT * FROM top_suspects"
  $ heapsleuth batch snapshots --shard 1/2 > 1.json     half of it here, the other half elsewhere, then
  $ heapsleuth merge 1.json 2.json

Exit codes:
  0 done   1 scan has found what it is to fail on   2 wrong usage   3 some inputs failed   4 internal error or output not writable   130, 143 interrupted
`;
