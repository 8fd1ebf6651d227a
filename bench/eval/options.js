// What the evaluation is asked to do.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

const USAGE = `npm run eval -- [--only REGEX] [--half A|B] [--nodes 20,22] [--count N] [--prefix 3,4,6] [--without-detectors]
  [--libraries] [--peers] [--peer-nodes 22] [--jobs N] [--keep] [--json FILE]`;

const options = {
  only: { type: 'string', default: '' },
  half: { type: 'string' },
  nodes: { type: 'string', default: '18,20,22,24,newest' },
  count: { type: 'string', default: '8' },
  prefix: { type: 'string', default: '' },
  'without-detectors': { type: 'boolean', default: false },
  peers: { type: 'boolean', default: false },
  'peer-nodes': { type: 'string', default: '22' },
  jobs: { type: 'string' },
  keep: { type: 'boolean', default: false },
  libraries: { type: 'boolean', default: false },
  json: { type: 'string' },
};

/** Ends the process where they cannot be understood. */
export function readOptions() {
  try {
    return understood(parseArgs({ options }).values);
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

function understood(values) {
  const list = (name) => values[name].split(',').filter(Boolean);
  const number = (name, text, least) => {
    if (!(Number.isInteger(Number(text)) && Number(text) >= least)) {
      throw new RangeError(`--${name}: found ${text}, expected a whole number from ${least} on`);
    }
    return Number(text);
  };
  if (![undefined, 'A', 'B'].includes(values.half))
    throw new RangeError(`--half: found ${values.half}, expected A or B`);
  const cores = availableParallelism();
  // What is measured shares the machine with as little as can be.
  const jobs = values.jobs ?? (values.peers ? 1 : Math.min(2, cores));
  return {
    only: new RegExp(values.only),
    half: values.half,
    nodes: list('nodes'),
    count: number('count', values.count, 2),
    prefixes: list('prefix').map((text) => number('prefix', text, 2)),
    isWithoutDetectors: values['without-detectors'],
    peers: values.peers,
    peerNodes: list('peer-nodes'),
    jobs: number('jobs', jobs, 1),
    concurrency: Math.max(1, Math.floor(cores / Number(jobs))),
    keep: values.keep,
    isLibraries: values.libraries,
    json: values.json,
  };
}
