import { GENERATED_100_M, prepareGenerated, preparePlainHeap, prepareRecords } from '../prepare.js';

/**
 * What the large benchmark runs on, smallest first.
 * @typedef {object} ScaleFile
 * @property {string} key what the goals call it
 * @property {string} title
 * @property {number} millions of nodes; `--up-to` chooses by it
 * @property {() => string} prepare writes it unless it is there; returns its path
 * @property {string[]} contenders always run
 * @property {string[]} peers run where asked for
 * @property {boolean} [onCurve] counts for the spread of time and memory a node
 * @type {ScaleFile[]}
 */
export const scaleFiles = [
  {
    key: 'small',
    title: 'a plain Node heap',
    millions: 0.04,
    prepare: preparePlainHeap,
    contenders: ['heapsleuth', 'node'],
    peers: ['devtools'],
  },
  records('1m', 1, 90_000),
  records('3m', 3.5, 300_000, ['devtools', 'v8-heap-parser']),
  records('10m', 10, 900_000),
  records('20m', 20, 1_800_000),
  records('40m', 40, 3_600_000, ['devtools']),
  {
    key: '100m',
    title: 'generated',
    millions: 100,
    prepare: () => prepareGenerated(GENERATED_100_M),
    contenders: ['heapsleuth', 'floor'],
    peers: [],
  },
];

function records(key, millions, count, peers = []) {
  const title = `${count} records`;
  const contenders = ['heapsleuth', 'floor'];
  return { key, title, millions, prepare: () => prepareRecords(count), contenders, peers, onCurve: true };
}
