import type { Reporter } from './reporter.js';
import { type Stack, stackGroups } from './stacks.js';

/** Folded stacks, as Brendan Gregg's flame graphs take them: `group;frame;frame bytes`, a stack a line. */
export const reporter: Reporter = {
  render: (input) =>
    stackGroups(input)
      .flatMap(({ name, stacks }) => stacks.map((stack) => lineOf(name, stack)))
      .join(''),
};

function lineOf(group: string, { frames, bytes }: Stack): string {
  return `${[group, ...frames.map(({ name }) => foldedName(name))].join(';')} ${bytes}\n`;
}

/** The format has no escape for what ends a frame. */
function foldedName(name: string): string {
  return name.replaceAll(';', '\\x3b');
}
