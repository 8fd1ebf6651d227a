/** A registry as plain data: names and keys by class number. */
export interface ClassLists {
  readonly names: string[];
  readonly keys: string[];
}

/** Numbers classes by their key, from 1; 0 stands for none. */
export class ClassRegistry implements ClassLists {
  readonly names: string[];
  readonly keys: string[];
  readonly #numbers: Map<string, number>;

  constructor({ names, keys }: ClassLists = { names: [''], keys: [''] }) {
    this.names = names;
    this.keys = keys;
    this.#numbers = new Map(keys.map((key, number) => [key, number]));
  }

  get lists(): ClassLists {
    return { names: this.names, keys: this.keys };
  }

  /** The class known by its name alone. `identity` is `StringTable.identity`'s: it tells names apart that look the same. */
  named(name: string, identity = name): number {
    return this.#number(`,${identity}`, name);
  }

  /** The class of objects of the given one whose constructor stands at this place. */
  located(scriptId: number, line: number, column: number, plain: number): number {
    // A plain class's key is a comma and its identity.
    return this.#number(`${scriptId},${line},${column}${this.keys[plain]}`, this.names[plain]);
  }

  get size(): number {
    return this.names.length;
  }

  #number(key: string, name: string): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.names.length;
      this.#numbers.set(key, number);
      this.names.push(name);
      this.keys.push(key);
    }
    return number;
  }
}
