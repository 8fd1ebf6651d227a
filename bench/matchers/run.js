// How often `toHaveNoLeak` is right in test runners: functions that leak, and such as do not, each in a test file of its own.
//   node bench/matchers/run.js [--runner vitest-forks,vitest-threads,jest,node] [--only REGEX] [--rounds N] [--per-round N] [--json FILE]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machine } from '../results.js';
import { formatTable } from '../table.js';
import { readPrograms } from './programs.js';
import { RUNNERS } from './runners.js';
import { writeTests } from './written-tests.js';

const { values: asked } = parseArgs({
  options: {
    runner: { type: 'string', default: Object.keys(RUNNERS).join(',') },
    only: { type: 'string', default: '' },
    rounds: { type: 'string' },
    'per-round': { type: 'string' },
    json: { type: 'string' },
  },
});
const runners = asked.runner.split(',');
const unknown = runners.filter((name) => !(name in RUNNERS));
const programs = readPrograms(new RegExp(asked.only));
if (unknown.length > 0 || programs.length === 0) {
  console.error(
    `found --runner ${asked.runner} --only ${asked.only}, expected some of ${Object.keys(RUNNERS)} and a program's name`,
  );
  process.exit(2);
}
const options = {
  ...(asked.rounds && { rounds: Number(asked.rounds) }),
  ...(asked['per-round'] && { perRound: Number(asked['per-round']) }),
};

const figures = {};
for (const name of runners) {
  const results = await RUNNERS[name].run(writeTests(name, RUNNERS[name], programs, options));
  figures[name] = scoreOf(programs, results);
  for (const { program, outcome } of figures[name].wrong) console.error(`${name}: ${program}: ${outcome}`);
}
console.log(
  formatTable([
    ['runner', 'leaks', 'found', 'holder named', 'innocent', 'false alarms', 'not run'],
    ...runners.map((name) => {
      const { leaks, found, named, innocents, alarms, lost } = figures[name];
      return [name, leaks, found, named, innocents, alarms, lost].map(String);
    }),
  ]),
);
if (asked.json)
  writeFileSync(asked.json, `${JSON.stringify({ schemaVersion: 1, ...machine, options, figures }, null, 2)}\n`);
// Wrong answers are figures; a test that did not run is a failure.
if (runners.some((name) => figures[name].lost > 0)) process.exitCode = 1;

function scoreOf(all, results) {
  const score = { leaks: 0, found: 0, named: 0, innocents: 0, alarms: 0, lost: 0, wrong: [] };
  const note = (program, outcome) => score.wrong.push({ program: `${program.kind}/${program.name}`, outcome });
  for (const program of all) {
    const result = results.get(program);
    if (result?.isClean === undefined) {
      score.lost++;
      note(program, `did not run: ${result?.error ?? 'no result'}`);
      continue;
    }
    const told = result.suspects
      .map(({ title, confidence, count }) => `${title} ${confidence.toFixed(2)} ${count}`)
      .join('; ');
    if (program.kind === 'innocents') {
      score.innocents++;
      if (!result.isClean) note(program, `false alarm: ${told}`);
      score.alarms += Number(!result.isClean);
      continue;
    }
    score.leaks++;
    score.found += Number(!result.isClean);
    const isNamed = !result.isClean && result.leaks.some(({ expression }) => program.holder.test(expression));
    score.named += Number(isNamed);
    if (!isNamed) note(program, `${result.isClean ? 'not found' : 'another holder'}: ${told}`);
  }
  return score;
}
