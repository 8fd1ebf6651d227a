import { type Command, InvalidArgumentError, Option } from 'commander';
import type { FailOn } from '../gate/judge.js';
import { byteSize, CONFIG_FILE, detectorSetting, nonNegativeInteger, positiveInteger, seconds } from './options.js';

// Options of commands that analyse several snapshots.

/** What suspects are held against. */
export function addJudging(command: Command): Command {
  return addGate(command, ['high', 'medium', 'new', 'budget', 'never']).option(
    '--baseline <file>',
    'what is known, from `baseline save`: suspects that are not in it are new',
  );
}

/** What several snapshots may take. */
export function addLimits(command: Command): Command {
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
export function addSuspects(command: Command): Command {
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

/** `kinds`: what the command may be told to fail on, and what it does if it is not. */
export function addGate(command: Command, kinds: readonly FailOn[], usual: FailOn = 'budget'): Command {
  return command
    .option('--config <file>', `settings and budgets (default: ${CONFIG_FILE} of the working folder)`)
    .option('--no-config', 'none of those')
    .addOption(
      new Option(
        '--fail-on <what>',
        `exit with 1 on such findings, besides on budgets that are exceeded (default: ${usual})`,
      ).choices(kinds),
    )
    .option('--date <day>', 'the day that suppressions are looked at for (default: today)')
    .option(
      '--redact <level>',
      'names: names that look like data are replaced as well; full: all names',
      redactionLevel,
    )
    .option('--key-file <file>', 'a key for what stands in their place (default: a random one)');
}

function redactionLevel(level: string): string {
  if (['none', 'basic', 'names', 'full'].includes(level)) return level;
  throw new InvalidArgumentError('Expected none, basic, names or full.');
}
