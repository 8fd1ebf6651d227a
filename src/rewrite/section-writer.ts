import { SnapshotError } from '../base/errors.js';
import type { Input } from '../read/input.js';
import { forEachSection } from '../read/sections.js';
import type { RawSnapshot } from '../read/snapshot-columns.js';
import { LIST_SECTIONS } from '../read/snapshot-columns.js';
import type { NamePlan } from './name-plan.js';
import { copyNumbers } from './number-lists.js';
import type { Output } from './output.js';
import { type Passes, skip } from './passes.js';
import type { Placeholders } from './placeholders.js';
import { RowRewriter } from './row-rewriter.js';
import { EDGE_USES, NODE_USES } from './type-uses.js';
import type { Uses } from './uses.js';

const TREE = 'trace_tree';
/** As V8 writes them: DevTools finds them in no other order. */
const ORDER = ['nodes', 'edges', 'trace_function_infos', TREE, ...LIST_SECTIONS.slice(1)];
const [QUOTE, COMMA, NEWLINE] = [0x22, 0x2c, 0x0a];
/** Strings after which what compresses is waited for. */
const STRINGS_AT_ONCE = 4096;

/** Writes a whole snapshot anew: known sections in V8's order, with other names. Of unknown ones nothing is known but that they may be anything. */
export class SectionWriter {
  readonly #passes: Passes;
  readonly #raw: RawSnapshot;
  readonly #plan: NamePlan;
  readonly #rows: RowRewriter;
  readonly #output: Output;

  constructor(passes: Passes, raw: RawSnapshot, plan: NamePlan, uses: Uses, output: Output) {
    this.#passes = passes;
    this.#raw = raw;
    this.#plan = plan;
    this.#rows = new RowRewriter(passes.arena, raw, plan, uses, output);
    this.#output = output;
  }

  async write(header: string, placeholders: Placeholders): Promise<void> {
    this.#output.text(`{"snapshot":${header}`);
    this.#passes.onWindow = () => this.#output.drain();
    await this.#numbers();
    await this.#strings(placeholders);
  }

  /** A pass over the file, and another one for each section that comes before one which it should come behind. */
  async #numbers(): Promise<void> {
    const { lists } = this.#raw;
    const left = ORDER.filter((name) => name === TREE || !isOptional(name) || lists.has(name as never));
    while (left.length > 0) {
      const before = left.length;
      await this.#passes.over((input) => this.#someOf(left, input));
      if (left.length < before) continue;
      // Whether there is one, only its absence from a whole file tells.
      if (left[0] !== TREE) throw new SnapshotError('MISSING_SECTION', `found ${left[0]} no more, expected it again`);
      this.#output.text(`,\n"${left.shift()}":[]`);
    }
  }

  async #someOf(left: string[], input: Input): Promise<void> {
    await forEachSection(input, async (name) => {
      if (name !== left[0]) await skip(input, name);
      else {
        this.#output.text(`,\n"${left.shift()}":`);
        await this.#section(name, input);
      }
      return left.length === 0;
    });
  }

  #section(name: string, input: Input): Promise<void> {
    const { copiedUses } = this.#plan;
    if (name === 'nodes' && (copiedUses & NODE_USES) !== 0) return this.#rows.nodes(input);
    const hidesIndexes = this.#plan.level === 'names' || this.#plan.level === 'full';
    if (name === 'edges' && (hidesIndexes || (copiedUses & EDGE_USES) !== 0))
      return this.#rows.edges(input, hidesIndexes);
    return copyNumbers(input, name, this.#output);
  }

  /** From memory: they have been read, and are not looked for again. */
  async #strings(placeholders: Placeholders): Promise<void> {
    const [plan, output] = [this.#plan, this.#output];
    output.text(',\n"strings":[');
    for (let index = 0; index < plan.count; index++) {
      if (index > 0) output.byte(COMMA);
      if (index > 0) output.byte(NEWLINE);
      output.byte(QUOTE);
      if (plan.isReplaced(index)) output.text(placeholders.of(index, plan.hiddenUses(index)));
      else this.#kept(index);
      output.byte(QUOTE);
      if (index % STRINGS_AT_ONCE === 0) await this.#breathe(index / plan.count);
    }
    for (const index of plan.copies) output.text(`,\n"${placeholders.of(index, plan.hiddenUses(index))}"`);
    output.text(']}\n');
  }

  /** As the file has it, escapes included. */
  #kept(index: number): void {
    const { strings } = this.#raw;
    const end = strings.end(index);
    for (let at = strings.end(index - 1); at < end; ) {
      const bytes = strings.bytesAt(at, end - at);
      this.#output.bytes(bytes);
      at += bytes.length;
    }
  }

  async #breathe(fraction: number): Promise<void> {
    await this.#output.drain();
    await this.#passes.turn(STRINGS_AT_ONCE * 32, fraction);
  }
}

function isOptional(section: string): boolean {
  return section !== 'nodes' && section !== 'edges';
}
