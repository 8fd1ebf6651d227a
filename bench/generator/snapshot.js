import { headerText, NODE_FIELD_COUNT } from './format.js';
import { Plan } from './plan.js';
import { FreshTexts, quoted } from './texts.js';
import { FileWriter } from './writer.js';

/**
 * Writes a snapshot as Node 24 would. The blocks are planned once and built anew for nodes and for edges, so memory hardly
 * grows with the file; what comes with the edges but stands behind them waits in files beside it.
 * The same parameters give the same bytes.
 * @param {string} path
 * @param {{nodeCount: number, edgeCount: number, seed: number}} parameters
 * @returns {number} bytes written
 */
export function writeSnapshot(path, parameters) {
  const plan = new Plan(parameters);
  const file = new FileWriter(path);
  const locations = new FileWriter(`${path}.locations`);
  const strings = new FileWriter(`${path}.strings`);
  file.raw(`{"snapshot":${headerText(plan.nodeCount, plan.edgeCount)},\n"nodes":`);
  file.beginList();
  for (const block of plan.blocks()) writeNodes(file, block, plan.table);
  file.endList();
  file.raw(',\n"edges":');
  file.beginList();
  writeWords(strings, plan.table.words());
  const texts = new FreshTexts(strings, plan.seed);
  for (const block of plan.blocks()) {
    writeEdges(file, block, plan.table);
    writeLocations(locations, block);
    writeTexts(strings, texts, block);
  }
  writeWords(strings, plan.table.numbers());
  file.endList();
  locations.endList();
  strings.endList();
  file.raw(',\n"trace_function_infos":[],\n"trace_tree":[],\n"samples":[],\n"locations":');
  file.take(locations);
  file.raw(',\n"strings":');
  file.take(strings);
  file.raw('}');
  file.close();
  return file.bytesWritten;
}

function writeNodes(writer, block, table) {
  const { type, name, selfSize, degree } = block.nodes;
  for (let local = 0; local < block.nodeCount; local++) {
    writer.number(type[local]);
    writer.number(table.indexOf(name[local]));
    writer.number(block.idOf(block.start + local));
    writer.number(selfSize[local]);
    writer.number(degree[local]);
    writer.number(0);
  }
}

function writeEdges(writer, block, table) {
  const { type, name, to } = block.edges;
  for (const place of block.edgeOrder()) {
    writer.number(type[place]);
    writer.number(table.indexOf(name[place]));
    writer.number(to[place] * NODE_FIELD_COUNT);
  }
}

function writeLocations(writer, { locations }) {
  for (let place = 0; place < locations.length; place += 4) {
    writer.number(locations[place] * NODE_FIELD_COUNT);
    for (let field = 1; field < 4; field++) writer.number(locations[place + field]);
  }
}

function writeTexts(writer, texts, block) {
  for (const [index, text] of block.freshTexts.entries()) {
    if (text === undefined) texts.write(block.freshStart + index);
    else writeWord(writer, text);
  }
}

function writeWords(writer, words) {
  for (const word of words) writeWord(writer, word);
}

function writeWord(writer, word) {
  writer.startString();
  writer.raw(quoted(word));
  writer.endString();
}
