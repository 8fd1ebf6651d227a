import type { Ordinal, PlainNode, PlainSnapshot } from '../build/plain-snapshot.js';
import type { Random } from '../build/random.js';

/** Adds nodes behind the last and edges among all of them. */
export class PathDraft {
  readonly #plain: PlainSnapshot;
  readonly #random: Random;

  constructor(plain: PlainSnapshot, random: Random) {
    this.#plain = plain;
    this.#random = random;
  }

  node(name: string, type = 'object'): Ordinal {
    const last = this.#plain.nodes.at(-1) as PlainNode;
    const hasStates = this.#plain.nodes[0].detachedness !== undefined;
    const node = { type, name, id: last.id + 2, selfSize: 16, ...(hasStates && { detachedness: 0 }) };
    return this.#plain.nodes.push(node) - 1;
  }

  link(from: Ordinal, name: string | number, to: Ordinal, type = 'property'): void {
    this.#plain.edges.push({ from, type, nameOrIndex: name, to });
  }

  /** A node that was there before any of these. */
  any(): Ordinal {
    return this.#random.int(this.#plain.nodes.length);
  }

  /** A list, of one class or two in turns; at times its end leads back. */
  list(head: Ordinal, length: number): void {
    const classes = this.#random.pick([['Link'], ['Link', 'Foo'], ['Foo', 'Bar', 'Link']]);
    let last = head;
    const members = Array.from({ length }, (_, at) => {
      const member = this.node(classes[at % classes.length]);
      this.link(last, 'next', member);
      last = member;
      return member;
    });
    if (this.#random.chance(0.5)) this.link(last, 'next', this.#random.pick(members));
  }

  tree(top: Ordinal, depth: number): void {
    if (depth === 0) return;
    for (const side of ['left', 'right']) {
      const child = this.node('Branch');
      this.link(top, side, child);
      this.tree(child, depth - 1);
    }
  }

  dictionary(holder: Ordinal, entries: number): Ordinal {
    const dictionary = this.node('Object');
    this.link(holder, 'dictionary', dictionary);
    for (let at = 0; at < entries; at++) this.link(dictionary, `key ${at}`, this.node(at % 2 ? 'Foo' : 'Bar'));
    return dictionary;
  }

  /** Many ways to the same nodes by few names: paths that tie. */
  maze(start: Ordinal, layers: number): void {
    let above = [start];
    for (let layer = 0; layer < layers; layer++) {
      const members = Array.from({ length: 1 + this.#random.int(3) }, () =>
        this.node(this.#random.pick(['Foo', 'Bar'])),
      );
      for (const member of members) {
        for (const from of above) {
          if (from === above[0] || this.#random.chance(0.6)) this.link(from, this.#random.pick(['a', 'b']), member);
        }
      }
      above = members;
    }
  }
}

/** Puts onto a random graph what paths tell apart: lists, trees, dictionaries, mazes, rings. */
export function addPathStructures(plain: PlainSnapshot, random: Random): void {
  const draft = new PathDraft(plain, random);
  const lists = random.int(3);
  for (let list = 0; list < lists; list++) draft.list(draft.any(), 1 + random.int(12));
  if (random.chance(0.5)) draft.tree(draft.any(), 1 + random.int(3));
  if (random.chance(0.6)) draft.dictionary(draft.any(), random.pick([30, 31, 32, 33, 40]));
  if (random.chance(0.6)) draft.maze(draft.any(), 2 + random.int(6));
}
