import type { HeapView } from '../analysis/heap-view.js';
import type { Ordinal } from '../base/types.js';
import type { Scene } from './detector.js';
import { type Functions, functionsOf } from './functions.js';
import { type KnownNames, namesIn } from './known-names.js';

/** A timer that Node still has in one of its lists. */
export interface LiveTimer {
  readonly timer: Ordinal;
  /** The function that is called, behind `bind()`. */
  readonly callback: Ordinal;
  readonly isInterval: boolean;
}

/** What `object:Timeout` nodes say. Delays are small integers, which a snapshot does not show. */
export class Timers {
  readonly #view: HeapView;
  readonly #names: KnownNames;
  readonly #functions: Functions;

  constructor(scene: Scene) {
    this.#view = scene.view;
    this.#names = namesIn(scene.view);
    this.#functions = functionsOf(scene);
  }

  /** Undefined for a timer that has been cleared or has fired, and for another class's object of that name. */
  live(timer: Ordinal): LiveTimer | undefined {
    const callback = this.#names.property(timer, '_onTimeout');
    if (!this.#functions.isClosure(callback)) return undefined;
    // Clearing takes a timer out of its list; the links then lead to `null`.
    if (!this.#isLink(this.#names.property(timer, '_idleNext'))) return undefined;
    if (!this.#isLink(this.#names.property(timer, '_idlePrev'))) return undefined;
    return { timer, callback: this.#functions.unwrap(callback), isInterval: this.#repeats(timer) };
  }

  #isLink(node: number): boolean {
    if (node < 0 || this.#view.nodeType[node] !== this.#view.nodeTypes.object) return false;
    return this.#names.isNamed(node, 'Timeout') || this.#names.isNamed(node, 'TimersList');
  }

  /** `_repeat` is the interval, mostly a small integer and so no edge at all; `null` for a timeout. */
  #repeats(timer: Ordinal): boolean {
    const repeat = this.#names.property(timer, '_repeat');
    return repeat < 0 || this.#view.nodeType[repeat] === this.#view.nodeTypes.number;
  }
}
