import { headerText, NODE_FIELD_COUNT } from './format.js';
import { Plan } from './plan.js';
import { freshText, quoted } from './strings.js';
import { FileWriter } from './writer.js';

const COMMA = 0x2c;

/**
 * Writes a snapshot as Node 24 would, section by section; every section builds the blocks anew, so memory stays small.
 * The same parameters give the same bytes.
 * @param {string} path
 * @param {{nodeCount: number, edgeCount: number, seed: number}} parameters
 * @returns {number} bytes written
 */
export function writeSnapshot(path, parameters) {
  const plan = new Plan(parameters);
  const writer = new FileWriter(path);
  writer.text(`{"snapshot":${headerText(plan.nodeCount, plan.edgeCount)},\n"nodes":[`);
  writeNumbers(writer, plan, writeNodes);
  writer.text('],\n"edges":[');
  writeNumbers(writer, plan, writeEdges);
  writer.text('],\n"trace_function_infos":[],\n"trace_tree":[],\n"samples":[],\n"locations":[');
  writeNumbers(writer, plan, writeLocations);
  writer.text('],\n"strings":[');
  writeStrings(writer, plan);
  writer.text(']}');
  writer.close();
  return writer.bytesWritten;
}

/** Commas stand between numbers only: `write` puts one before each but the first. */
function writeNumbers(writer, plan, write) {
  let first = true;
  const put = (number) => {
    if (first) first = false;
    else writer.byte(COMMA);
    writer.number(number);
  };
  for (const block of plan.blocks()) write(block, plan.table, put);
}

function writeNodes(block, table, put) {
  const { type, name, selfSize, degree } = block.nodes;
  for (let local = 0; local < block.nodeCount; local++) {
    put(type[local]);
    put(table.indexOf(name[local]));
    put(block.idOf(block.start + local));
    put(selfSize[local]);
    put(degree[local]);
    put(0);
  }
}

function writeEdges(block, table, put) {
  const { type, name, to } = block.edges;
  for (const place of block.edgeOrder()) {
    put(type[place]);
    put(table.indexOf(name[place]));
    put(to[place] * NODE_FIELD_COUNT);
  }
}

function writeLocations(block, _table, put) {
  for (const [index, value] of block.locations.entries()) put(index % 4 === 0 ? value * NODE_FIELD_COUNT : value);
}

function writeStrings(writer, plan) {
  let separator = '';
  for (const text of allStrings(plan)) {
    writer.text(separator + quoted(text));
    separator = ',\n';
  }
}

function* allStrings(plan) {
  yield* plan.table.words();
  for (const block of plan.blocks()) {
    for (const [index, text] of block.freshTexts.entries())
      yield text ?? freshText(plan.seed, block.freshStart + index);
  }
  yield* plan.table.numbers();
}
