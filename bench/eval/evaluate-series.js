// One program in one version of Node: recorded, analysed, remembered, and its snapshots removed.
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { analyseSeries } from './analyse.js';
import { textDigest } from './corpus.js';
import { MEMLAB, OWN, runPeers } from './peers.js';
import { recordSeries } from './record.js';
import { readStored, writeStored } from './store.js';

/**
 * @typedef {{sample: import('./corpus.js').Sample, node: {major: string, version: string, path: string}, peers: boolean}} Task
 * @typedef {{count: number, wanted: import('./analyse.js').Wanted[], build: string, keep: boolean, concurrency: number}} Plan
 */

/**
 * What is missing is made; a series of which nothing is missing is not even recorded.
 * @param {Task} task
 * @param {Plan} plan
 * @returns {Promise<import('./store.js').Stored & {isReused: boolean}>}
 */
export async function evaluateSeries(task, { count, wanted, build, keep, concurrency }) {
  const { sample, node } = task;
  const id = `${node.version}/${sample.pattern}-${sample.variant}-${count}`;
  const recording = recordingKey(task, count);
  const keys = { recording, build };
  const stored = readStored(id, keys);
  const missing = wanted.filter(({ name }) => stored.analyses[name] === undefined);
  const arePeersMissing = task.peers && peersMissing(stored.peers);
  if (missing.length === 0 && !arePeersMissing) return { ...stored, isReused: true };
  const series = await recordSeries({ node: node.path, id, program: sample.program, key: recording, count });
  for (const each of missing) stored.analyses[each.name] = await analyseSeries(series.files, each, concurrency);
  if (arePeersMissing) stored.peers = await runPeers(series.folder, series.files);
  writeStored(id, keys, stored);
  if (!keep) rmSync(series.folder, { recursive: true });
  return { ...stored, isReused: false };
}

function recordingKey({ sample, node }, count) {
  return createHash('sha256')
    .update(`${textDigest(sample)} ${node.version} ${count}`)
    .digest('hex');
}

/** MemLab says the same whatever is built here, so another build does not have it run again. Nor is our own cost beside it measured anew. */
function peersMissing(peers) {
  return [OWN, ...MEMLAB].some((name) => peers[name] === undefined);
}
