// What other ways of looking at the same series answer, and whether that helps.
import { mentions, REPORTED, rankOf } from './score.js';

/**
 * @typedef {{isHolder: boolean, isClass: boolean}} Answer whether it names who holds what leaks, and at least what leaks
 * @typedef {{name: string, answersOf: (run: object) => Answer[] | undefined}} Baseline undefined where it did not run
 */

/** Lists of classes: they cannot name a holder. */
const LISTS = [
  'DevTools, count',
  'DevTools, size',
  'DevTools, count each step',
  'DevTools, size each step',
  'class growth table',
];

/** @type {Baseline[]} */
export const BASELINES = [
  {
    name: 'heapsleuth',
    answersOf: ({ suspects, label }) => suspects.map((suspect) => answerOfSuspect(suspect, label)),
  },
  {
    name: `heapsleuth from ${REPORTED}`,
    answersOf: ({ suspects, label }) =>
      suspects.filter(({ confidence }) => confidence >= REPORTED).map((suspect) => answerOfSuspect(suspect, label)),
  },
  ...LISTS.map((name) => ({
    name,
    answersOf: ({ lists, label }) => lists[name].map((each) => classAnswer(each, label)),
  })),
];

/** MemLab's, by the name its output is kept under. */
export function peerBaseline(name) {
  return {
    name,
    answersOf: ({ peers, label }) => peers[name]?.answers?.map((text) => answerOfText(text, label)),
  };
}

function answerOfSuspect({ holder, title }, label) {
  const isHolder = mentions(holder.expression, label.holders);
  return { isHolder, isClass: isHolder || mentions(title, label.classes) };
}

function answerOfText(text, label) {
  const isHolder = mentions(text, label.holders);
  return { isHolder, isClass: isHolder || mentions(text, label.classes) };
}

function classAnswer(name, { classes }) {
  return { isHolder: false, isClass: classes.some((each) => bare(each) === bare(name)) };
}

/** Strings and regular expressions are `(string)` in one list and `string` in another. */
function bare(name) {
  return name.replace(/^\((.*)\)$/, '$1');
}

/** Shares of the leaky runs with a right answer among the first, and of the others with any answer at all. */
export function scoreBaseline({ name, answersOf }, runs) {
  const answered = runs.flatMap((run) => {
    const answers = answersOf(run);
    return answers === undefined ? [] : [{ variant: run.variant, answers }];
  });
  const leaky = answered.filter(({ variant }) => variant === 'leaky').map(({ answers }) => answers);
  const others = answered.filter(({ variant }) => variant !== 'leaky').map(({ answers }) => answers);
  const found = (field, top) => share(leaky, (answers) => rankOf(answers.map((answer) => answer[field])) <= top);
  return {
    ...{ name, leakyRuns: leaky.length, otherRuns: others.length },
    holder1: found('isHolder', 1),
    holder3: found('isHolder', 3),
    holder10: found('isHolder', 10),
    class1: found('isClass', 1),
    class3: found('isClass', 3),
    class10: found('isClass', 10),
    silent: share(leaky, (answers) => answers.length === 0),
    alarms: share(others, (answers) => answers.length > 0),
  };
}

function share(items, isCounted) {
  return items.filter(isCounted).length / items.length;
}
