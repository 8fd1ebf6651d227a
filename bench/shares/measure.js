import { statSync } from 'node:fs';
import { analyseSnapshot } from '#src/analysis/index.js';
import { sourceOf } from '#src/read/file.js';
import { readSnapshot } from '#src/read/reader.js';
import { Arena } from '#src/wasm/arena.js';
import { bandShares, quantile, shareOfLargest } from './distributions.js';

/** Node and edge types rarer than this are left out. */
const RAREST = 0.005;
const NEAR = 64;
const REGION = 4096;
const MOST_USED = 100;

/**
 * Everything by which two heaps of the same size can differ in what they ask of an analysis, as text by name.
 * @param {string} file
 * @returns {Promise<Map<string, string>>}
 */
export async function measureShares(file) {
  const arena = await Arena.create();
  const raw = await readSnapshot(sourceOf(file), arena);
  const { graph, dominator, distance } = analyseSnapshot(arena, raw);
  const { header, columns } = graph;
  const view = (region) => arena.view(region);
  const nodes = { type: view(columns.nodeType), firstEdge: view(columns.firstEdge), header };
  const edges = { type: view(columns.edgeType), to: view(columns.edgeTo) };
  return new Map([
    ...sizeRows(header, raw.strings, file),
    ...typeRows('nodes: ', nodes.type, header.nodeTypes),
    ...typeRows('edges: ', edges.type, header.edgeTypes),
    ...degreeRows(nodes, edges),
    ...linkRows(nodes, edges),
    ...depthRows('distance', reached(view(distance))),
    ...depthRows('dominator depth', dominatorDepths(view(dominator))),
  ]);
}

function sizeRows({ nodeCount, edgeCount }, strings, file) {
  let stringBytes = 0;
  for (let index = 0; index < strings.count; index++) stringBytes += strings.byteLength(index);
  const fileBytes = /\.(gz|zst)$/.test(file) ? [] : [['bytes a node', figure(statSync(file).size / nodeCount)]];
  return [
    ['nodes', String(nodeCount)],
    ['edges a node', figure(edgeCount / nodeCount)],
    ...fileBytes,
    ['nodes a string', figure(nodeCount / strings.count)],
    ['bytes a string', figure(stringBytes / strings.count)],
  ];
}

function typeRows(prefix, types, names) {
  const counts = new Float64Array(names.length);
  for (const type of types) counts[type]++;
  return names
    .map((name, type) => [prefix + name, counts[type] / types.length])
    .filter(([, share]) => share >= RAREST)
    .map(([name, share]) => [name, percent(share)]);
}

function degreeRows({ firstEdge, header }, { to }) {
  const out = new Uint32Array(header.nodeCount);
  for (let node = 0; node < out.length; node++) out[node] = firstEdge[node + 1] - firstEdge[node];
  const into = new Uint32Array(header.nodeCount);
  for (const target of to) into[target]++;
  return [
    ...bandShares(out).map(([band, share]) => [`out-degree ${band}`, percent(share)]),
    ['largest out-degree', String(quantile(out, 1))],
    ...bandShares(into).map(([band, share]) => [`in-degree ${band}`, percent(share)]),
    [`edges to the ${MOST_USED} most used`, percent(shareOfLargest(into, MOST_USED))],
  ];
}

/** How far apart in the file the two ends of an edge are: what decides about cache misses. */
function linkRows({ firstEdge, header }, { to }) {
  let [near, region, back] = [0, 0, 0];
  for (let node = 0; node < header.nodeCount; node++) {
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      const step = Math.abs(to[edge] - node);
      if (step < NEAR) near++;
      else if (step < REGION) region++;
      if (to[edge] < node) back++;
    }
  }
  return [
    [`edges over less than ${NEAR} nodes`, percent(near / to.length)],
    [`edges over less than ${REGION} nodes`, percent((near + region) / to.length)],
    ['edges that lead back', percent(back / to.length)],
  ];
}

function depthRows(name, depths) {
  return [0.5, 0.9, 0.99, 1].map((share) => [
    `${name}, ${share === 1 ? 'largest' : `${share * 100} %`}`,
    String(quantile(depths, share)),
  ]);
}

/** Of nodes that cannot be reached the distance is no number of edges. */
function reached(distance) {
  return distance.filter((value) => value >= 0 && value < 100_000_000);
}

/** Depths in the dominator tree: each node's chain is followed up to the first one whose depth is known. */
function dominatorDepths(dominator) {
  const depths = new Uint32Array(dominator.length);
  const chain = [];
  for (let start = 0; start < dominator.length; start++) {
    let node = start;
    for (; depths[node] === 0 && dominator[node] !== node; node = dominator[node]) chain.push(node);
    for (let depth = depths[node]; chain.length > 0; ) depths[chain.pop()] = ++depth;
  }
  return depths;
}

const figure = (value) => value.toPrecision(3);
const percent = (share) => `${(share * 100).toFixed(1)} %`;
