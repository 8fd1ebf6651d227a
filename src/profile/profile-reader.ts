import { SnapshotError } from '../base/errors.js';
import type { HeapProfile } from '../base/profile-types.js';
import { MAX_TREE_DEPTH } from '../read/json-value.js';
import { EXPECTED, FIELDS, ITEMS, isList, isShape, type Kind, type Shape } from './shapes.js';
import { type Frame, type SiteLimits, SiteTable, STACK } from './site-table.js';
import { LONGEST_TEXT, type Scalar, type TokenSink } from './tokens.js';

/** Brackets that may be open: a node of the tree has an object and a list. */
const MAX_DEPTH = 2 * MAX_TREE_DEPTH;
/** What DevTools calls a function without a name. */
const ANONYMOUS = '(anonymous)';

/** An object or list that has begun. */
interface Open {
  readonly shape: Shape;
  /** What has been read of an object; 0 stands for an object or a list. */
  readonly values: Map<string, string | number>;
  /** Of a node, once its call frame has been read. */
  frame?: Frame;
}

/** What keeps nothing is the same object however often it is open: nesting may be deep where nobody reads. */
const KEEPS_NOTHING: ReadonlyMap<Shape, Open> = new Map(
  (['children', 'samples', 'other'] as const).map((shape) => [shape, { shape, values: new Map() }]),
);

/** Takes a profile's tokens. What is open is a list, not calls of functions: a stack of frames may be as deep as V8's. */
export class ProfileReader implements TokenSink {
  readonly #sites: SiteTable;
  readonly #open: Open[] = [];
  #key = '';
  #isComplete = false;

  constructor(limits?: SiteLimits) {
    this.#sites = new SiteTable(limits);
  }

  /** Of the whole file, to be asked for once; throws where that has ended too early or lacks the tree. */
  finish(bytes: number): HeapProfile {
    if (!this.#isComplete)
      throw new SnapshotError(
        'TRUNCATED',
        'found the end of the file, expected more of a sampling heap profile',
        bytes,
      );
    return this.#sites.finish();
  }

  key(name: string): void {
    this.#key = name;
  }

  begin(list: boolean): void {
    const kind = this.#expected();
    if (kind !== 'other' && !(isShape(kind) && isList(kind) === list))
      throw this.#refused(list ? 'a list' : 'an object');
    if (kind !== 'other') this.#note(0);
    if (kind === 'children' && this.#open.at(-1)?.frame === undefined) throw this.#early();
    if (kind === 'samples') this.#sites.beginSamples();
    if (this.#open.length === MAX_DEPTH) throw tooDeep();
    const shape = isShape(kind) ? kind : 'other';
    this.#open.push(KEEPS_NOTHING.get(shape) ?? { shape, values: new Map() });
  }

  value(value: Scalar): void {
    const kind = this.#expected();
    if (kind === 'other') return;
    const checked = checkedAs(kind, value);
    if (checked === undefined) throw this.#refused(describe(value), codeFor(kind, value));
    this.#note(checked);
  }

  end(): void {
    const ended = this.#open.pop();
    if (ended === undefined) return;
    if (ended.shape === 'frame') this.#endFrame(ended);
    else if (ended.shape === 'node') this.#endNode(ended);
    else if (ended.shape === 'sample') this.#sites.addSample(needed(ended, 'nodeId') as number);
    else if (ended.shape === 'profile') this.#endProfile(ended);
  }

  #expected(): Kind {
    const open = this.#open.at(-1);
    if (open === undefined) return 'profile';
    return ITEMS[open.shape] ?? FIELDS[open.shape].get(this.#key) ?? 'other';
  }

  /** A field that stands twice would be read by its last value by some and by its first one by others. */
  #note(value: string | number): void {
    const open = this.#open.at(-1);
    if (open === undefined || ITEMS[open.shape] !== undefined) return;
    if (open.values.has(this.#key)) {
      const code = open.shape === 'profile' ? 'DUPLICATE_SECTION' : 'SYNTAX';
      throw new SnapshotError(code, `${open.shape}: found "${this.#key}" twice, expected it once`);
    }
    open.values.set(this.#key, value);
  }

  #endFrame(ended: Open): void {
    const node = this.#open.at(-1);
    if (node === undefined) return;
    const name = needed(ended, 'functionName') as string;
    node.frame = {
      name: this.#sites.texts.numberOf(name === '' ? ANONYMOUS : name),
      script: this.#sites.texts.numberOf(needed(ended, 'url') as string),
      // V8 counts from 0 and says -1 where it does not know.
      line: 1 + (needed(ended, 'lineNumber') as number),
      column: 1 + (needed(ended, 'columnNumber') as number),
    };
  }

  #endNode(ended: Open): void {
    const selfSize = needed(ended, 'selfSize') as number;
    if (ended.frame === undefined) throw missing('node', 'callFrame');
    const id = ended.values.get('id') as number | undefined;
    this.#sites.addNode(ended.frame, selfSize, id, () => this.#namesAbove());
  }

  /** The root is no function. */
  #namesAbove(): number[] {
    const names: number[] = [];
    for (let at = this.#open.length - 1; at > 1 && names.length < STACK; at--) {
      const { shape, frame } = this.#open[at];
      if (shape === 'node' && frame !== undefined) names.push(frame.name);
    }
    return names;
  }

  #endProfile({ values }: Open): void {
    if (!values.has('head'))
      throw new SnapshotError('MISSING_SECTION', 'found no "head", expected the tree of a sampling heap profile');
    this.#isComplete = true;
  }

  #early(): SnapshotError {
    return new SnapshotError('SYNTAX', 'node: found "children" before "callFrame", expected V8’s order');
  }

  #refused(found: string, code: 'SYNTAX' | 'NUMBER' | 'TOO_LARGE' = 'SYNTAX'): SnapshotError {
    const open = this.#open.at(-1);
    const where = open === undefined ? '' : `${ITEMS[open.shape] ? open.shape : this.#key}: `;
    return new SnapshotError(code, `${where}found ${found}, expected ${EXPECTED[this.#expected()]}`);
  }
}

/** Undefined for what is no such value. */
function checkedAs(kind: Kind, value: Scalar): string | number | undefined {
  if (kind === 'text') return typeof value === 'string' && value.length <= LONGEST_TEXT ? value : undefined;
  if (isShape(kind) || typeof value !== 'number' || !Number.isSafeInteger(value)) return undefined;
  return value >= (kind === 'count' ? 0 : -1) ? value : undefined;
}

function codeFor(kind: Kind, value: Scalar): 'SYNTAX' | 'NUMBER' | 'TOO_LARGE' {
  if (kind === 'text') return typeof value === 'string' ? 'TOO_LARGE' : 'SYNTAX';
  return !isShape(kind) && typeof value === 'number' ? 'NUMBER' : 'SYNTAX';
}

/** Texts may be of any length, and hostile. */
function describe(value: Scalar): string {
  if (typeof value !== 'string') return String(value);
  return value.length > LONGEST_TEXT
    ? `a text of more than ${LONGEST_TEXT.toLocaleString('en-US')} characters`
    : 'a text';
}

function needed({ shape, values }: Open, field: string): string | number {
  const value = values.get(field);
  if (value === undefined) throw missing(shape, field);
  return value;
}

function missing(shape: Shape, field: string): SnapshotError {
  return new SnapshotError('HEADER', `${shape}: found no "${field}", expected one`);
}

function tooDeep(): SnapshotError {
  const most = MAX_TREE_DEPTH.toLocaleString('en-US');
  return new SnapshotError('TOO_DEEP', `found more than ${most} frames on top of each other, expected fewer`);
}
