import type { HeapView } from '../analysis/heap-view.js';
import type { StringTable } from '../read/string-table.js';
import type { Arena } from '../wasm/arena.js';
import { type OpenTask, openTask, takeTask } from '../wasm/open-task.js';
import type { Names } from './names.js';
import type { ObjectLists } from './object-lists.js';
import { type ExamplePlan, findExamples, planExamples } from './shape-examples.js';
import { type CollectionPlan, findCollections, planCollections } from './suspicious-collections.js';
import { type Kernels, planTexts, readTexts, type TextPlan } from './texts.js';

/** Parts of the search for waste that either of two threads can do: plain data, whose results lie in the memory they share. */
export interface Survey {
  readonly texts: TextPlan;
  readonly examples: ExamplePlan;
  readonly collections: CollectionPlan;
  readonly tasks: Readonly<Record<Part, OpenTask>>;
}

type Part = 'texts' | 'examples' | 'collections';

/** In the order in which another thread takes them. */
const PARTS: readonly Part[] = ['texts', 'examples', 'collections'];

export function planSurvey(arena: Arena, view: HeapView, names: Names, objects: ObjectLists): Survey {
  const [texts, examples, collections] = PARTS.map(() => arena.zeroed('u32', 1));
  return {
    texts: planTexts(arena, view),
    examples: planExamples(arena, view, names),
    collections: planCollections(arena, view, names, objects),
    tasks: { texts, examples, collections },
  };
}

/** Allows another thread to take parts. */
export function openSurvey({ memory }: Arena, { tasks }: Survey): void {
  for (const part of PARTS) openTask(memory, tasks[part]);
}

/** The other thread's: whatever nobody has taken yet. */
export function joinSurvey(kernels: Kernels, strings: StringTable, survey: Survey): void {
  for (const part of PARTS) if (takeTask(kernels.memory, survey.tasks[part])) run(part, kernels, strings, survey);
}

/** The first thread's, once the survey is open: the same from the other end. Whether the other thread has taken some. */
export function takeBack(kernels: Kernels, strings: StringTable, survey: Survey): boolean {
  let isShared = false;
  for (const part of PARTS.toReversed()) {
    if (takeTask(kernels.memory, survey.tasks[part])) run(part, kernels, strings, survey);
    else isShared = true;
  }
  return isShared;
}

/** All of it, where there is no other thread. */
export function runSurvey(kernels: Kernels, strings: StringTable, survey: Survey): void {
  for (const part of PARTS) run(part, kernels, strings, survey);
}

function run(part: Part, kernels: Kernels, strings: StringTable, { texts, examples, collections }: Survey): void {
  if (part === 'texts') readTexts(kernels, strings, texts);
  else if (part === 'examples') findExamples(kernels, examples);
  else findCollections(kernels, collections);
}
