'use strict';
// Promises that nothing settles, with functions and callbacks that wait for them.
const { setTimeout: sleep } = require('node:timers/promises');

const waiting = [];

function reply() {
  return new Promise((resolve) => {
    waiting.push(resolve);
  });
}

async function ask(id) {
  const question = new Array(400).fill(id);
  const answer = await reply();
  return [question, answer];
}

async function handle(id) {
  const request = { id, headers: new Array(50).fill(id) };
  await ask(id);
  return request;
}

function then(id) {
  reply().then(function onReply(text) {
    return text + id;
  });
}

async function consume() {
  await reply();
}

async function* lines() {
  yield 1;
  await reply();
}

async function readLines() {
  for await (const _ of lines());
}

async function settled(id) {
  return id;
}

async function main() {
  globalThis.done = [];
  for (let id = 0; id < 90; id++) handle(id);
  for (let id = 0; id < 30; id++) then(id);
  for (let id = 0; id < 20; id++) globalThis.done.push(settled(id));
  consume();
  readLines();
  Promise.all([reply(), reply()]);
  await sleep(20);
  global.gc();
  require('node:v8').writeHeapSnapshot(process.argv[2]);
  process.exit();
}

main();
