import { engineVersion } from '../base/engine-version.js';
import { Message } from './protobuf.js';
import type { Reporter } from './reporter.js';
import { type Frame, type Stack, type StackGroup, stackGroups } from './stacks.js';
import { storedGzip } from './stored-gzip.js';
import { terminalText } from './terminal-text.js';

// Numbers of fields as github.com/google/pprof has them in profile.proto.
const PROFILE = {
  ...{ sampleType: 1, sample: 2, location: 4, function: 5, stringTable: 6, periodType: 11, period: 12 },
  ...{ comment: 13, defaultSampleType: 14 },
} as const;
const VALUE_TYPE = { type: 1, unit: 2 } as const;
const SAMPLE = { location: 1, value: 2, label: 3 } as const;
const LABEL = { key: 1, text: 2 } as const;
const LOCATION = { id: 1, line: 4 } as const;
const LINE = { function: 1, line: 2, column: 3 } as const;
const FUNCTION = { id: 1, name: 2, fileName: 4 } as const;

/**
 * A profile for `go tool pprof` and what else reads its format: the stacks of other pictures, with how many objects and bytes each has. Its
 * group is the outermost frame of a stack, and a label, so that one can be looked at by itself. It has no time.
 */
export const reporter: Reporter = {
  render: (input) => {
    const profile = new Profile();
    for (const group of stackGroups(input)) for (const stack of group.stacks) profile.add(group, stack);
    return storedGzip(profile.finish());
  },
};

class Profile {
  readonly #message = new Message();
  readonly #texts = new Numbered();
  readonly #functions = new Numbered();
  readonly #locations = new Numbered();

  constructor() {
    // The first text is the empty one.
    this.#texts.of('', () => {});
    this.#message.message(PROFILE.sampleType, this.#valueType('objects', 'count'));
    this.#message.message(PROFILE.sampleType, this.#valueType('space', 'bytes'));
  }

  /** The innermost frame comes first. */
  add({ name }: StackGroup, { frames, objects, bytes }: Stack): void {
    const locations = [{ name }, ...frames].map((frame) => this.#location(frame)).reverse();
    const label = new Message().number(LABEL.key, this.#text('group')).number(LABEL.text, this.#text(name));
    const sample = new Message()
      .numbers(SAMPLE.location, locations)
      .numbers(SAMPLE.value, [objects, bytes])
      .message(SAMPLE.label, label);
    this.#message.message(PROFILE.sample, sample);
  }

  finish(): Uint8Array {
    this.#message
      .message(PROFILE.periodType, this.#valueType('space', 'bytes'))
      .number(PROFILE.period, 1)
      .number(PROFILE.comment, this.#text(`heapsleuth ${engineVersion()}`))
      .number(PROFILE.defaultSampleType, this.#text('space'));
    for (const text of this.#texts.keys) this.#message.text(PROFILE.stringTable, text);
    return this.#message.finish();
  }

  #text(text: string): number {
    return this.#texts.of(text, () => {}) - 1;
  }

  #valueType(type: string, unit: string): Message {
    return new Message().number(VALUE_TYPE.type, this.#text(type)).number(VALUE_TYPE.unit, this.#text(unit));
  }

  #location(frame: Frame): number {
    const { line = 0, column = 0 } = frame.place ?? {};
    const own = this.#function(frame);
    return this.#locations.of(JSON.stringify([own, line, column]), (id) => {
      const place = new Message().number(LINE.function, own).number(LINE.line, line).number(LINE.column, column);
      this.#message.message(PROFILE.location, new Message().number(LOCATION.id, id).message(LOCATION.line, place));
    });
  }

  #function({ name, place }: Frame): number {
    const file = place ? terminalText(place.script) : '';
    return this.#functions.of(JSON.stringify([name, file]), (id) => {
      const own = new Message().number(FUNCTION.id, id).number(FUNCTION.name, this.#text(name));
      this.#message.message(PROFILE.function, own.number(FUNCTION.fileName, this.#text(file)));
    });
  }
}

/** Numbers from 1 on for texts, in the order in which they are asked for. */
class Numbered {
  readonly #numbers = new Map<string, number>();

  get keys(): Iterable<string> {
    return this.#numbers.keys();
  }

  /** `add` is called for a text that has none yet. */
  of(key: string, add: (number: number) => void): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    this.#numbers.set(key, number);
    add(number);
    return number;
  }
}
