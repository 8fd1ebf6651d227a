import { engineVersion } from '../base/engine-version.js';
import type { Place } from '../base/suspect-types.js';
import { toJson } from './json.js';
import type { Reporter } from './reporter.js';
import { type Frame, type StackGroup, stackGroups } from './stacks.js';
import { terminalText } from './terminal-text.js';

/** Profiles for speedscope.app: a sampled one for each group of stacks, whose weights are bytes. */
export const reporter: Reporter = {
  render: (input) => {
    const frames = new FrameTable();
    const profiles = stackGroups(input).map((group) => profileOf(group, frames));
    return toJson({
      $schema: 'https://www.speedscope.app/file-format-schema.json',
      exporter: `heapsleuth@${engineVersion()}`,
      name: 'heapsleuth',
      activeProfileIndex: 0,
      shared: { frames: frames.listed },
      profiles,
    });
  },
};

function profileOf({ name, stacks }: StackGroup, frames: FrameTable) {
  const endValue = stacks.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    ...{ type: 'sampled', name, unit: 'bytes', startValue: 0, endValue },
    samples: stacks.map((stack) => stack.frames.map((frame) => frames.indexOf(frame))),
    weights: stacks.map(({ bytes }) => bytes),
  };
}

/** Frames of all profiles, each once. */
class FrameTable {
  readonly listed: object[] = [];
  readonly #indexes = new Map<string, number>();

  indexOf({ name, place }: Frame): number {
    const frame = { name, ...(place && placeOf(place)) };
    const key = JSON.stringify(frame);
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    this.#indexes.set(key, this.listed.length);
    return this.listed.push(frame) - 1;
  }
}

function placeOf({ script, line, column }: Place) {
  return { file: terminalText(script), ...(line > 0 && { line }), ...(column > 0 && { col: column }) };
}
