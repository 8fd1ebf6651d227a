import type { Bytes } from '../base/types.js';
import type { Ending, Place } from './place.js';

/** The children there are, and the memory they may take together. */
export class Crew {
  readonly #places = new Set<Place>();
  readonly #allowance: Bytes;

  constructor(allowance: Bytes) {
    this.#allowance = allowance;
  }

  get isEmpty(): boolean {
    return this.#places.size === 0;
  }

  get busy(): Place[] {
    return this.#all((place) => place.isBusy);
  }

  get waiting(): Place[] {
    return this.#all((place) => place.isWaiting);
  }

  get idle(): Place[] {
    return this.#all((place) => place.isIdle);
  }

  /** Told to end, and not gone yet: their memory is still taken. */
  get ending(): Place[] {
    return this.#all((place) => place.ending !== undefined);
  }

  add(place: Place): void {
    this.#places.add(place);
  }

  delete(place: Place): void {
    this.#places.delete(place);
  }

  /** Bytes that no child but this one has been allotted. */
  free(except: Place | undefined): Bytes {
    return this.#all((place) => place !== except).reduce((rest, place) => rest - place.allotted, this.#allowance);
  }

  endIdle(): void {
    for (const place of this.idle) place.end('spare');
  }

  /** Ends those that have not ended yet. */
  endAll(why: Ending): void {
    for (const place of this.#places) if (place.ending === undefined) place.end(place.isIdle ? 'spare' : why);
  }

  async allEnded(): Promise<void> {
    await Promise.all([...this.#places].map(({ ended }) => ended));
  }

  /** Beyond what they may take together, the one furthest past its own share has to go; before that those without work. */
  watchMemory(): void {
    const living = this.#all((place) => place.ending === undefined);
    const held = new Map(living.map((place) => [place, place.residentBytes]));
    const total = [...held.values()].reduce((sum, bytes) => sum + bytes, 0);
    if (total <= this.#allowance) return;
    const excess = (place: Place) => (held.get(place) as Bytes) - place.allotted;
    if (this.idle.length > 0) this.endIdle();
    else living.reduce((worst, place) => (excess(place) > excess(worst) ? place : worst)).end('outgrown');
  }

  #all(is: (place: Place) => boolean): Place[] {
    return [...this.#places].filter(is);
  }
}
