// The labelled corpus: programs that leak, each with a twin that does not, and innocent ones that only look like it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{detector: string, holders: string[], classes: string[]}} Label innocents have no holders and no classes
 * @typedef {{pattern: string, variant: 'leaky' | 'fixed' | 'innocent', half: 'A' | 'B', program: string, label: Label}} Sample
 *   `program`: the file to run
 */

const folderOf = (group) => fileURLToPath(new URL(`${group}/`, import.meta.url));

/** Every variant of every pattern, in alphabetical order. */
export function readCorpus() {
  return [...samplesOf('programs', leakyAndFixed), ...samplesOf('innocents', innocent)];
}

/**
 * Programs around libraries that others wrote: misused, or leaking by themselves, and two that keep nothing. They have no twins. Installs
 * the libraries from their lock file, once.
 */
export function readLibraries() {
  const folder = folderOf('packages');
  if (!existsSync(join(folder, 'node_modules', '.package-lock.json'))) {
    console.error('installing libraries into bench/eval/packages …');
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return samplesOf('packages', (pattern) => (hasFile(pattern, 'leaky.cjs') ? leaky(pattern) : innocent(pattern)));
}

const hasFile = (folder, name) => readdirSync(folder).includes(name);

/** @returns {Sample[]} */
function samplesOf(group, variantsIn) {
  const isPattern = (name) => existsSync(join(folderOf(group), name, 'label.json'));
  const names = readdirSync(folderOf(group)).filter(isPattern).sort();
  const halves = halvesOf(names);
  return names.flatMap((pattern) => {
    const folder = join(folderOf(group), pattern);
    const label = labelOf(JSON.parse(readFileSync(join(folder, 'label.json'), 'utf8')));
    return variantsIn(folder).map((variant) => ({ pattern, half: halves.get(pattern), label, ...variant }));
  });
}

/** A half to tune on and one that is held out: by turns, so that both have their share of every part of the alphabet. */
export function halvesOf(names) {
  return new Map([...names].sort().map((name, position) => [name, position % 2 === 0 ? 'A' : 'B']));
}

/** Patterns that no detector knows are a group of their own. */
function labelOf({ detector, holders = [], classes = [] }) {
  return { detector: detector ?? 'none', holders, classes };
}

function leakyAndFixed(folder) {
  return ['leaky', 'fixed'].map((variant) => ({ variant, program: fileNamed(folder, variant) }));
}

function leaky(folder) {
  return [{ variant: 'leaky', program: fileNamed(folder, 'leaky') }];
}

function innocent(folder) {
  return [{ variant: 'innocent', program: fileNamed(folder, 'program') }];
}

function fileNamed(folder, name) {
  const file = readdirSync(folder).find((each) => each === `${name}.cjs` || each === `${name}.mjs`);
  if (file === undefined) throw new Error(`${folder}: found no ${name}.cjs or ${name}.mjs`);
  return join(folder, file);
}

/** Digest of all that a program's series depends on: its file, the modules beside it, the recorder. */
export function textDigest({ program, variant }) {
  const folder = join(program, '..');
  const twin = variant === 'leaky' ? 'fixed.' : 'leaky.';
  const files = readdirSync(folder).filter((file) => extname(file) !== '.json' && !file.startsWith(twin));
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  return hash.update(readFileSync(new URL('record-series.cjs', import.meta.url))).digest('hex');
}
