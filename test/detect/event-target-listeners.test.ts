import { expect, test } from 'vitest';
import { eventTargetListeners } from '#src/detect/event-target-listeners.js';
import { corpusFile } from '../api/snapshot-files.js';
import { evidenceOf, expressionsOf, findingsOf, lineOf } from './findings.js';
import { sceneOfFile } from './scene.js';

const found = await findingsOf('event-targets', eventTargetListeners);

test('signals with a listener each are not found', () => {
  expect(expressionsOf(found.findings)).toEqual([
    'listeners of "abort" on module-level shutdown.#signal in event-targets.cjs',
    'listeners of "news" on global.keep.bus',
  ]);
});

test('the listeners of a signal are counted under its owner', () => {
  const abort = found.with('listeners of "abort"');
  expect(abort.count).toBe(184);
  expect(evidenceOf(abort, 'most frequent function')).toBe('onAbort() in event-targets.cjs');
  expect(evidenceOf(abort, 'listeners from this function')).toBe(180);
  expect(abort.holder?.place?.line).toBe(lineOf('event-targets', 'function onAbort()'));
  expect(abort.bytes).toBeGreaterThan(180 * 300 * 4);
});

test('targets of a class of the program’s are known too', () => {
  const news = found.with('listeners of "news"');
  expect(news.count).toBe(35);
  expect(evidenceOf(news, 'most frequent function')).toBe('(anonymous) of subscribe() in event-targets.cjs');
});

test('a browser’s listeners are counted by function', async () => {
  const scene = await sceneOfFile(corpusFile('chrome156'), [eventTargetListeners]);
  const findings = eventTargetListeners.detect(scene, eventTargetListeners.limits);
  expect(findings.map(({ count, key }) => ({ count, key }))).toEqual([
    { count: 200, key: 'event listeners (anonymous) of Card()' },
  ]);
});
