import { gunzipSync } from 'node:zlib';
import { Profile } from 'pprof-format';

/** A stack of a profile, the outermost frame first. */
export interface PprofStack {
  readonly frames: readonly { readonly name: string; readonly file: string; readonly line: number }[];
  readonly values: readonly number[];
  readonly labels: Readonly<Record<string, string>>;
}

export interface PprofFile {
  /** `space/bytes`. */
  readonly types: readonly string[];
  readonly defaultType: string;
  readonly stacks: readonly PprofStack[];
}

/** Reads a profile as pprof does: by ids, each of which has to lead somewhere, once. */
export function readPprof(bytes: Uint8Array): PprofFile {
  const profile = Profile.decode(gunzipSync(bytes));
  const texts = profile.stringTable.strings;
  if (texts[0] !== '') throw new Error(`found ${JSON.stringify(texts[0])} as the first text, expected none`);
  if (new Set(texts).size !== texts.length) throw new Error('found a text twice');
  const text = (index: number | bigint) => {
    const found = texts[Number(index)];
    if (found === undefined) throw new Error(`found text ${index} of ${texts.length}`);
    return found;
  };
  const functions = byId(profile.function);
  const locations = byId(profile.location);
  const stacks = profile.sample.map(({ locationId, value, label }): PprofStack => {
    const frames = locationId.map((id) => {
      const [line] = found(locations, id).line;
      const own = found(functions, line.functionId);
      return { name: text(own.name), file: text(own.filename), line: Number(line.line) };
    });
    const labels = Object.fromEntries(label.map(({ key, str }) => [text(key), text(str)]));
    return { frames: frames.reverse(), values: value.map(Number), labels };
  });
  return {
    types: profile.sampleType.map(({ type, unit }) => `${text(type)}/${text(unit)}`),
    defaultType: text(profile.defaultSampleType),
    stacks,
  };
}

function byId<T extends { readonly id: number | bigint }>(all: readonly T[]): Map<number, T> {
  const known = new Map<number, T>();
  for (const one of all) {
    const id = Number(one.id);
    if (id === 0 || known.has(id)) throw new Error(`found id ${id} again, or none`);
    known.set(id, one);
  }
  return known;
}

function found<T>(known: ReadonlyMap<number, T>, id: number | bigint): T {
  const one = known.get(Number(id));
  if (one === undefined) throw new Error(`found no ${id}`);
  return one;
}
