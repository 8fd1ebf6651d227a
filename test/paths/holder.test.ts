import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Holder } from '#src/paths/holder-types.js';
import { signatureOf } from '#src/paths/signature.js';
import { identityOf } from '#src/suspects/details.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { type ToldSnapshot, tellFile } from './told-snapshot.js';

const PROGRAMS = fileURLToPath(new URL('programs/', import.meta.url));

/** Class of a member, and who holds it: expression, kind, class of the container, file and line. */
const HOLDERS: readonly [member: string, expression: string, kind: string, container: string, place: string][] = [
  ['InGlobal', 'global.requestCache', 'global', 'Map', 'nowhere'],
  ['InModule', 'module-level moduleItems in holders.cjs', 'module', 'Array', 'holders.cjs'],
  ['InClosure', 'variable table in makeTable() in holders.cjs', 'closure', 'Array', 'holders.cjs:33'],
  ['InAnonymous', 'variable nameless in (anonymous)() in holders.cjs', 'closure', 'Array', 'holders.cjs:39'],
  ['InField', 'Service.queue', 'field', 'Array', 'holders.cjs:50'],
  ['InPrivate', 'Service.#secrets', 'field', 'Array', 'holders.cjs:50'],
  ['InStatic', 'Service.registry', 'static', 'Array', 'holders.cjs:50'],
  ['InChain', 'Service.options.retry.failed', 'field', 'Array', 'holders.cjs:50'],
  ['InSymbol', 'Service[tag]', 'field', 'Array', 'holders.cjs:50'],
  ['InArray', 'Service.rows', 'field', 'Array', 'holders.cjs:50'],
  ['InMap', 'Service.byName', 'field', 'Map', 'holders.cjs:50'],
  ['InSet', 'Service.open', 'field', 'Set', 'holders.cjs:50'],
  ['InWeakMap', 'Service.extra', 'field', 'WeakMap', 'holders.cjs:50'],
  ['InList', 'Service.head', 'field', 'InList', 'holders.cjs:50'],
  ['InDictionary', 'Service.byKey', 'field', 'Object', 'holders.cjs:50'],
  ['InBlock', 'block variable alone in makeBlocks() in holders.cjs', 'closure', 'Array', 'holders.cjs:73'],
  [
    'InFullBlock',
    'block variable (first or second).list in makeBlocks() in holders.cjs',
    'closure',
    'Array',
    'holders.cjs:78',
  ],
  ['InCatch', 'block variable caught in makeBlocks() in holders.cjs', 'closure', 'Array', 'holders.cjs:83'],
  ['InDoubt', 'block variable (count or kept) in makeBlocks() in holders.cjs', 'closure', 'Array', 'holders.cjs:88'],
  ['InBlockOfModule', 'block variable perName in holders.cjs', 'closure', 'Array', 'holders.cjs:96'],
  ['InExports', 'module.exports.shelves.books in shelf.cjs', 'module', 'Array', 'shelf.cjs'],
];
const COUNTS: Readonly<Record<string, number>> = { InArray: 2, InList: 50, InDictionary: 100 };

function run(program: string, ...files: string[]): void {
  execFileSync(process.execPath, [program, ...files], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function membersOf({ view }: ToldSnapshot, className: string): number[] {
  const isMember = (node: number) => view.nodeType[node] === view.nodeTypes.object && view.name(node) === className;
  return Array.from({ length: view.nodeCount }, (_, node) => node).filter(isMember);
}

/** A module's variables have no function to name; the line is that of some function that sees them. */
function placeText({ place, kind }: Holder): string {
  if (place === undefined) return 'nowhere';
  return kind === 'module' ? basename(place.script) : `${basename(place.script)}:${place.line}`;
}

function tellMember(told: ToldSnapshot, member: number) {
  const holder = told.scene.holders.holderOf(member);
  return [holder.expression, holder.kind, told.view.className(holder.container), placeText(holder)];
}

/** By class of the members, from the one nearest to the root: which is the last in the file is another one in another run. */
function signaturesOf(told: ToldSnapshot): Record<string, string> {
  const { holders } = told.scene;
  const signature = (member: number) =>
    signatureOf(identityOf({ holders }, holders.pathTo(member), holders.holderOf(member)));
  const nearest = (name: string) =>
    membersOf(told, name).reduce((best, node) => (told.view.distance[node] < told.view.distance[best] ? node : best));
  return Object.fromEntries(HOLDERS.map(([name]) => [name, signature(nearest(name))]));
}

describe('holders of a program', () => {
  const folder = scratchFolder();
  const files = [1, 2].map((step) => join(folder, `${step}.heapsnapshot`));
  beforeAll(() => run(join(PROGRAMS, 'holders.cjs'), ...files));

  test('are named as a person would, with their kind, container and place', async () => {
    const told = await tellFile(files[0]);
    for (const [name, ...expected] of HOLDERS) {
      const members = membersOf(told, name);
      expect(members, name).toHaveLength(COUNTS[name] ?? 1);
      for (const member of members) expect(tellMember(told, member), name).toEqual(expected);
    }
  });

  test('are written without what differs from run to run', async () => {
    const told = await tellFile(files[0]);
    const { holders } = told.scene;
    const stepsTo = (name: string) => {
      const [member] = membersOf(told, name);
      const { container } = holders.holderOf(member);
      const path = holders.pathTo(member);
      const inside = path.slice(
        0,
        path.findIndex(({ to }) => to === container),
      );
      return inside.map((step) => `${holders.stepText(step)} ${holders.className(step.to)}`).reverse();
    };
    expect(stepsTo('InWeakMap')).toEqual(['(table) (array)', '[] InWeakMap']);
    expect(stepsTo('InMap')).toEqual(['(table) (array)', '[] InMap']);
    expect(stepsTo('InDictionary')).toEqual(['[] InDictionary']);
    expect(stepsTo('InSymbol')).toEqual(['[] InSymbol']);
  });

  test('have one signature in two snapshots, two runs and two folders, and different ones among themselves', async () => {
    const elsewhere = join(folder, 'elsewhere');
    cpSync(PROGRAMS, elsewhere, { recursive: true });
    const others = [1, 2].map((step) => join(elsewhere, `${step}.heapsnapshot`));
    run(join(elsewhere, 'holders.cjs'), ...others);
    const expected = signaturesOf(await tellFile(files[0]));
    expect(new Set(Object.values(expected)).size).toBe(HOLDERS.length);
    for (const file of [files[1], ...others]) expect(signaturesOf(await tellFile(file)), file).toEqual(expected);
  });

  test('a node that is itself named: a global object, a variable, the head of a list', async () => {
    const told = await tellFile(files[0]);
    const { holders } = told.scene;
    const [member] = membersOf(told, 'InGlobal');
    const { container } = holders.holderOf(member);
    expect(holders.nameOf(container)).toMatchObject({ expression: 'global.requestCache', container });
    const path = holders.pathTo(member);
    expect(path.at(-1)?.from).toBe(told.view.root);
    expect(holders.nameOf(path.at(-1)?.to ?? -1)).toMatchObject({ expression: 'global', kind: 'global' });
    const [service] = membersOf(told, 'Service');
    expect(holders.nameOf(service).expression).toBe('module-level service in holders.cjs');
  });
});

test('a path says which variable of a block it comes through, where one snapshot says so', async () => {
  const file = join(scratchFolder(), 'blocks.heapsnapshot');
  run(join(PROGRAMS, 'block-variables.cjs'), file);
  const told = await tellFile(file);
  const { holders } = told.scene;
  const stepsOf = (name: string) => {
    const [member] = membersOf(told, name);
    const block = holders.pathTo(member).find((step) => holders.stepText(step).startsWith('block variable')) ?? never();
    return [holders.stepText(block), holders.toldStep(block)].map((text) => text.replace('block variable ', ''));
  };
  expect(stepsOf('InFull')).toEqual(['(first or second or third or last)', 'second']);
  // One of the two integers lies before the function, so one before this at most; and one behind that at least.
  expect(stepsOf('BeforeFunction')).toEqual(['(count or before or work or behind or other)', '(count or before)']);
  expect(stepsOf('BehindFunction')).toEqual(['(count or before or work or behind or other)', '(behind or other)']);
  expect(stepsOf('BesideInteger')).toEqual(['(count or kept)', '(count or kept)']);
  // A function that is called like another variable contradicts nothing, or is not believed.
  expect(stepsOf('InMisnamed')).toEqual(['(work or renamed)', 'work']);
});

function never(): never {
  throw new Error('found no step from a block, expected one');
}

test('an ES module’s variables are module-level, whatever it imports and exports', async () => {
  const file = join(scratchFolder(), 'module.heapsnapshot');
  run(join(PROGRAMS, 'exports.mjs'), file);
  const told = await tellFile(file);
  const [member] = membersOf(told, 'InEsModule');
  expect(tellMember(told, member)).toEqual(['module-level kept in exports.mjs', 'module', 'Array', 'exports.mjs']);
  const exported = (name: string) => tellMember(told, membersOf(told, name)[0]);
  expect(exported('InExport')).toEqual(['export cache of store.mjs', 'module', 'Map', 'store.mjs']);
  expect(exported('InDefaultExport')).toEqual(['export default.items of store.mjs', 'module', 'Array', 'store.mjs']);
  const [listed] = membersOf(told, 'InChainOfObjects');
  expect(told.scene.holders.holderOf(listed).expression).toMatch(/^module-level chain(\[\])?\.value in exports\.mjs$/);
});

test('what other modules pass on under their own names is called as by its own module', async () => {
  const file = join(scratchFolder(), 'names.heapsnapshot');
  run(join(PROGRAMS, 'names.mjs'), file);
  const told = await tellFile(file);
  const [member] = membersOf(told, 'InPassedExport');
  expect(tellMember(told, member)).toEqual(['export cache of origin.mjs', 'module', 'Map', 'origin.mjs']);
});
