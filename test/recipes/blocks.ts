import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
  /** What the first line calls the file, as a comment of the language; undefined where it does not. */
  readonly name: string | undefined;
}

/** The recipes' pages, by their names here. */
export function recipePages(): string[] {
  return readdirSync(HERE)
    .filter((name) => name.endsWith('.md'))
    .sort();
}

/** All pages that show command lines: the project's own, by their path from its root, and the recipes. */
export function pagesWithCommands(): string[] {
  return ['README.md', 'snapshots/README.md', ...recipePages().map((name) => `test/recipes/${name}`)];
}

export function pageText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

export function blocksOf(path: string): Block[] {
  return [...pageText(path).matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => {
    const [, name] = /^(?:\/\/|#|<!--) ([\w./-]+\.\w+)(?: -->)?\n/.exec(text) ?? [];
    return { page: path, language, text, name };
  });
}

/** The files of a recipe, by their names. */
export function filesOf(recipe: string): Record<string, string> {
  const named = blocksOf(`test/recipes/${recipe}`).filter(({ name }) => name !== undefined);
  return Object.fromEntries(named.map(({ name, text }) => [name, text]));
}
