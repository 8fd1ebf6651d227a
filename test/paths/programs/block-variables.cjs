'use strict';

// node block-variables.cjs OUT.heapsnapshot
// Blocks with several variables, of which some are small integers: those have no edge.

const { writeHeapSnapshot } = require('node:v8');

class InFull {}
class BehindFunction {}
class BeforeFunction {}
class BesideInteger {}
class InMisnamed {}

const readers = [];
{
  const first = [];
  const second = [new InFull()];
  const third = undefined;
  const last = {};
  readers.push(() => [first, second, third, last]);
}
{
  let count = 0;
  const before = [new BeforeFunction()];
  const work = function work() {};
  const behind = [new BehindFunction()];
  let other = 1;
  readers.push(() => [count++, before, work, behind, other++]);
}
{
  let count = 0;
  const kept = [new BesideInteger()];
  readers.push(() => [count++, kept]);
}
{
  const work = [new InMisnamed()];
  const renamed = function work() {};
  readers.push(() => [work, renamed]);
}

writeHeapSnapshot(process.argv[2]);
