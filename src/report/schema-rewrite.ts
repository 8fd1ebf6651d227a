import { anyOf, count, document, text } from './schema-parts.js';

/** What was written, and how much of it there is. */
const written = {
  file: text,
  output: text,
  level: anyOf('none', 'basic', 'names', 'full'),
  nodeCount: count,
  edgeCount: count,
  bytes: count,
};

export const redactionSchema = document('redaction', { ...written, strings: count, replaced: count, split: count });

export const extractionSchema = document('extraction', {
  ...written,
  id: count,
  pathNodes: count,
  dominated: count,
  taken: count,
  edgesCut: count,
  retainedSize: count,
  takenSize: count,
});
