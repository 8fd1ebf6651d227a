// Results of single series, kept between runs: an evaluation that was broken off goes on where it was.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const resultsFolder = fileURLToPath(new URL('../data/eval/results/', import.meta.url));
const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Raised with every change of what a result holds or how a baseline answers. */
const SCHEMA = 1;

/**
 * @typedef {{analyses: Record<string, import('./analyse.js').StoredAnalysis>, peers: Record<string, object>}} Stored
 *   analyses by name, peers by theirs
 */

/** Digest of the library as it is built, whatever the sources say. */
export function buildDigest() {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => /\.js$|\.wasm$/.test(file));
  if (files.length === 0) throw new Error('found no build of heapsleuth: npm run build');
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(`${file}\n`).update(readFileSync(join(dist, file)));
  return hash.digest('hex');
}

/** What is known of a series; of another build only what peers have said, of another recording nothing. */
export function readStored(id, { recording, build }) {
  const file = join(resultsFolder, `${id}.json`);
  const stored = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const isSame = stored?.schema === SCHEMA && stored.recording === recording;
  return {
    analyses: isSame && stored.build === build ? stored.analyses : {},
    peers: isSame ? stored.peers : {},
  };
}

export function writeStored(id, keys, { analyses, peers }) {
  const file = join(resultsFolder, `${id}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.partial`, JSON.stringify({ schema: SCHEMA, ...keys, analyses, peers }));
  renameSync(`${file}.partial`, file);
}
