import { Refusal } from './refusal.js';

interface Bounds {
  readonly least?: number;
  readonly most: number;
  /** Without it the parameter must be given. */
  readonly otherwise?: number;
}

/** The parameters of a request, each with its bounds. What nobody has asked for may not be there. */
export class Parameters {
  readonly #given: URLSearchParams;
  readonly #asked = new Set<string>();

  constructor(given: URLSearchParams) {
    this.#given = given;
  }

  /** Whether it is there, with a value or without. */
  has(name: string): boolean {
    return this.#given.has(name);
  }

  whole(name: string, { least = 0, most, otherwise }: Bounds): number {
    const text = this.#one(name);
    if (text === undefined && otherwise !== undefined) return otherwise;
    const value = text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new Refusal('PARAMETER', `found ${shown(name, text)}, expected a whole number from ${least} to ${most}`);
  }

  choice<T extends string>(name: string, choices: readonly T[], otherwise?: T): T {
    const text = this.#one(name);
    if (text === undefined && otherwise !== undefined) return otherwise;
    const found = choices.find((choice) => choice === text);
    if (found !== undefined) return found;
    throw new Refusal('PARAMETER', `found ${shown(name, text)}, expected one of ${choices.join(', ')}`);
  }

  /** A text of `least` to `most` UTF-16 units. */
  text(
    name: string,
    { least = 0, most, otherwise }: Omit<Bounds, 'otherwise'> & { readonly otherwise?: string },
  ): string {
    const text = this.#one(name);
    if (text === undefined && otherwise !== undefined) return otherwise;
    if (text !== undefined && text.length >= least && text.length <= most) return text;
    throw new Refusal('PARAMETER', `found ${shown(name, text)}, expected a text of ${least} to ${most} characters`);
  }

  /** Throws for what is left. */
  finish(): void {
    for (const name of this.#given.keys()) {
      if (!this.#asked.has(name))
        throw new Refusal(
          'PARAMETER',
          `found a parameter ${clipped(name)}, expected ${[...this.#asked].join(', ') || 'none'}`,
        );
    }
  }

  #one(name: string): string | undefined {
    this.#asked.add(name);
    const all = this.#given.getAll(name);
    if (all.length > 1) throw new Refusal('PARAMETER', `found ${name} ${all.length} times, expected it once`);
    return all[0];
  }
}

function shown(name: string, text: string | undefined): string {
  return text === undefined ? `no ${name}` : `${name}=${clipped(text)}`;
}

const clipped = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
