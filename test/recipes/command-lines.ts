import { type Command, CommanderError } from 'commander';
import { withPlainNames } from '#src/cli/options.js';
import { createProgram } from '#src/cli/program.js';
import { blocksOf, pageText } from './blocks.js';

/** A command line of heapsleuth's, without its name. */
export interface CommandLine {
  readonly page: string;
  readonly words: readonly string[];
}

/** What stands for something else in tables and sentences. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  'FILE…': 'FILE',
  'PART…': 'PART',
  'I/N': '1/2',
  N: '1',
  EXPR: '@123',
  KIND: 'analysis',
  SECONDS: '60',
};

/** In blocks of shell and YAML, and in `code` that begins with the command and says more than its name. */
export function commandLinesOf(page: string): CommandLine[] {
  const inBlocks = blocksOf(page)
    .filter(({ language }) => ['sh', 'yaml'].includes(language))
    .flatMap(({ text }) => text.split('\n'))
    .flatMap((line) => /^\s*(?:- run: |run: )?(?:npx )?heapsleuth (.+)$/.exec(line)?.slice(1) ?? []);
  const prose = pageText(page).replace(/^```[\s\S]*?^```$/gm, '');
  const inline = [...prose.matchAll(/`heapsleuth ([^` ]+ [^`]+)`/g)].map(([, text]) => text);
  return [
    ...inBlocks.map(wordsOf),
    ...inline.map((text) => wordsOf(text).map((word) => PLACEHOLDERS[word] ?? word)),
  ].map((words) => ({ page, words }));
}

/** As a shell takes them: up to a comment or a pipe, quotes taken away. */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [, double, single, plain] of line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)) {
    if (plain !== undefined && /^(?:#|\||>|&&)/.test(plain)) break;
    words.push(double ?? single ?? plain);
  }
  return words;
}

export interface Parsed {
  readonly command: string;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** What the command's own parser makes of a line; nothing is run. Throws what the parser says of a wrong one. */
export async function parsed(words: readonly string[]): Promise<Parsed> {
  const program = await createProgram(words[0]);
  program.configureOutput({ writeErr: () => {}, outputError: () => {} });
  let found: Parsed | undefined;
  // `baseline save` is a command of a command.
  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
    if (command.commands.length > 0) continue;
    command.exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} });
    command.action((...given: unknown[]) => {
      const own = given.at(-1) as Command;
      found = { command: own.name(), args: own.args, options: own.opts() };
    });
  }
  try {
    await program.parseAsync(withPlainNames(['node', 'heapsleuth', ...words]));
  } catch (error) {
    if (error instanceof CommanderError) throw new Error(`heapsleuth ${words.join(' ')}: ${error.message}`);
    throw error;
  }
  if (found === undefined) throw new Error(`heapsleuth ${words.join(' ')}: found no command`);
  return found;
}
