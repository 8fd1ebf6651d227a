import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DominatorTree } from '#src/base/report-types.js';
import { lookOf, MOST_LINES } from '../../src/ui/charts/line-colours.js';
import { type Area, type Box, boxAt, heightOf, layOut, type TreeView } from '../../src/ui/tree/layout.js';
import { paletteOf } from '../../src/ui/tree/palette.js';
import { TreeModel } from '../../src/ui/tree/tree-model.js';
import { createRandom } from '../build/random.js';

const SEEDS = Array.from({ length: 20 }, (_, at) => at + 1);
const [WIDTH, HEIGHT] = [800, 560];

/** A random tree in preorder: children retain no more than their parent, the largest first. */
function randomTree(nodes: number, seed: number): { tree: DominatorTree; parent: number[] } {
  const random = createRandom(seed);
  const [depth, retainedSize, parent]: number[][] = [[], [], []];
  const waiting = [{ size: 1e6, level: 0, above: -1 }];
  for (let next = waiting.pop(); next && depth.length < nodes; next = waiting.pop()) {
    const node = depth.length;
    depth.push(next.level);
    retainedSize.push(next.size);
    parent.push(next.above);
    let room = next.size;
    const sizes = Array.from({ length: next.level === 0 ? 4 : random.int(5) }, () => {
      const size = Math.floor(room * random.next() * 0.8);
      room -= size;
      return size;
    }).filter((size) => size > 0);
    for (const size of sizes.sort((a, b) => a - b)) waiting.push({ size, level: next.level + 1, above: node });
  }
  const texts = ['Map', 'Array', 'Shop', 'Cart', '<b>', '', 'Set', 'Date', 'Error', 'Promise'];
  const each = (one: (node: number) => number) => depth.map((_, node) => one(node));
  const tree = {
    ...{ file: 'a', nodeCount: nodes, totalSize: 1e6, leastSize: 1, texts, depth, retainedSize },
    ...{ name: each(() => random.int(texts.length)), className: each(() => random.int(10)) },
    ...{ id: each((node) => 2 * node + 1), selfSize: each(() => 1), childCount: each(() => 3) },
  };
  return { tree, parent };
}

describe('the tree of a report', () => {
  test.each(SEEDS)('has its links back: parents, children, ways, what lies below (seed %i)', (seed) => {
    const { tree, parent } = randomTree(300, seed);
    const model = new TreeModel(tree);
    expect([...model.parent]).toEqual(parent);
    for (let node = 0; node < model.size; node++) {
      expect(model.children(node)).toEqual([...parent.keys()].filter((other) => parent[other] === node));
      const way = model.way(node);
      expect([way[0], way[way.length - 1], way.length]).toEqual([0, node, tree.depth[node] + 1]);
      expect(model.withId(tree.id[node])).toBe(node);
    }
    const marked = [3, 10, 11].filter((node) => node < model.size);
    const below = [...model.below(marked)].flatMap((mark, node) => (mark === 1 ? [node] : []));
    expect(below).toEqual([...parent.keys()].filter((node) => model.way(node).some((step) => marked.includes(step))));
  });

  test('is searched by name, class and id, whatever the case', () => {
    const { tree } = randomTree(200, 5);
    const model = new TreeModel(tree);
    const named = (text: string) =>
      [...tree.depth.keys()].filter((node) =>
        [tree.name[node], tree.className[node]].some((at) => tree.texts[at] === text),
      );
    expect(model.search(' SHOP ').sort((a, b) => a - b)).toEqual(named('Shop'));
    expect(model.search('<b>').length).toBeGreaterThan(0);
    expect(model.search('@11')).toEqual([5]);
    expect([model.search(''), model.search('nothing')]).toEqual([[], []]);
    const sizes = model.search('a').map((node) => tree.retainedSize[node]);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });
});

describe.each(['treemap', 'icicle'] as const)('as a %s', (view: TreeView) => {
  test.each(SEEDS)('boxes lie within their dominators’, and beside each other (seed %i)', (seed) => {
    const { tree, parent } = randomTree(300, seed);
    const model = new TreeModel(tree);
    const boxes = layOut(model, 0, view, WIDTH, HEIGHT);
    const byNode = new Map(boxes.map((box) => [box.node, box]));
    expect(boxes.length).toBeGreaterThan(1);
    for (const box of boxes.slice(1)) {
      const above = byNode.get(parent[box.node]) as Box;
      expect(box.x).toBeGreaterThanOrEqual(above.x - 0.01);
      expect(box.x + box.width).toBeLessThanOrEqual(above.x + above.width + 0.01);
      if (view === 'treemap') expect(box.y + box.height).toBeLessThanOrEqual(above.y + above.height + 0.01);
      else expect(box.width / above.width).toBeCloseTo(tree.retainedSize[box.node] / tree.retainedSize[above.node], 6);
      for (const other of boxes)
        if (other.node > box.node && parent[other.node] === parent[box.node])
          expect(overlap(box, other)).toBeLessThan(0.5);
    }
    // What is drawn last lies on top: a point in a box without boxes in it is that box's.
    for (const box of boxes.filter(
      ({ node, width, height }) => model.end[node] === node + 1 && width > 1 && height > 1,
    ))
      expect(boxAt(boxes, box.x + box.width / 2, box.y + box.height / 2)).toBe(box);
  });

  test('begins at the node that is zoomed into, whatever its depth', () => {
    const chain = Array.from({ length: 3000 }, (_, at) => at);
    const { tree } = randomTree(1, 1);
    const each = (one: (node: number) => number) => chain.map(one);
    const model = new TreeModel({
      ...{ ...tree, depth: chain, name: each(() => 0), className: each(() => 0), id: each((node) => node) },
      ...{ selfSize: each(() => 1), retainedSize: each((node) => 3000 - node), childCount: each(() => 1) },
    });
    const boxes = layOut(model, 2000, view, WIDTH, HEIGHT);
    expect(boxes[0]).toMatchObject({ node: 2000, x: 0, y: 0, width: WIDTH });
    expect(boxes.length).toBeGreaterThan(10);
    expect(heightOf(boxes, view, HEIGHT)).toBeLessThanOrEqual(HEIGHT);
    expect(boxAt(boxes, -1, 5)).toBeUndefined();
  });
});

describe('what is blank in a treemap', () => {
  test.each(SEEDS)('is a rectangle without boxes, as large as what is not listed (seed %i)', (seed) => {
    const { tree, parent } = randomTree(300, seed);
    const boxes = layOut(new TreeModel(tree), 0, 'treemap', WIDTH, HEIGHT);
    const blanks = boxes.flatMap(({ blank, ...box }) => (blank ? [{ box, blank }] : []));
    expect(blanks.length).toBeGreaterThan(1);
    for (const { box, blank } of blanks) {
      const within = boxes.filter((one) => parent[one.node] === box.node);
      for (const one of within) expect(overlap(blank, one)).toBeLessThan(0.01);
      for (const [at, size] of [['x', 'width'] as const, ['y', 'height'] as const]) {
        expect(blank[at]).toBeGreaterThanOrEqual(box[at]);
        expect(blank[at] + blank[size]).toBeLessThanOrEqual(box[at] + box[size] + 0.01);
      }
      const areaOf = (one: { width: number; height: number }) => one.width * one.height;
      const listed = within.reduce((sum, one) => sum + tree.retainedSize[one.node], 0);
      // Edges and headers take some of it; of small frames much.
      if (areaOf(box) > 20_000)
        expect(Math.abs(areaOf(blank) / areaOf(box) - (1 - listed / tree.retainedSize[box.node]))).toBeLessThan(0.12);
    }
  });

  test('is not told where it is the node’s own size', () => {
    const { tree } = randomTree(300, 1);
    const own = new TreeModel({ ...tree, selfSize: tree.retainedSize.map((size) => size / 2) });
    expect(layOut(own, 0, 'treemap', WIDTH, HEIGHT).some(({ blank }) => blank)).toBe(false);
  });
});

function overlap(a: Area, b: Area): number {
  const along = (from: number, to: number, size: number, other: number) =>
    Math.min(from + size, to + other) - Math.max(from, to);
  return Math.max(0, Math.min(along(a.x, b.x, a.width, b.width), along(a.y, b.y, a.height, b.height)));
}

/** Of a colour as the theme has it, `#rrggbb`. */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [r, g, b] = channels.map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** A colour of the light theme, and of the dark one. */
function themeColours(name: string): string[] {
  const css = readFileSync(new URL('../../src/ui/styles/theme.css', import.meta.url), 'utf8');
  return [...css.matchAll(new RegExp(`${name}: (#[0-9a-f]{6});`, 'g'))].slice(0, 2).map(([, colour]) => colour);
}

test('what is drawn can be read: labels on every box, lines on the ground', () => {
  const model = new TreeModel(randomTree(300, 3).tree);
  const [inks, grounds] = [themeColours('--ink'), themeColours('--ground')];
  for (const [at, isDark] of [false, true].entries()) {
    const { classes, colourOf } = paletteOf(model, isDark);
    for (const name of [...classes, 'another']) expect(contrast(colourOf(name), inks[at]), name).toBeGreaterThan(4.5);
    const looks = Array.from({ length: MOST_LINES }, (_, line) => lookOf(line, isDark));
    for (const { colour } of looks) expect(contrast(colour, grounds[at]), colour).toBeGreaterThan(3);
    expect(new Set(looks.map((look) => JSON.stringify(look))).size).toBe(MOST_LINES);
  }
});

test('classes that fill most of the picture have colours of their own, the same whatever is zoomed', () => {
  const { tree } = randomTree(300, 3);
  const model = new TreeModel(tree);
  for (const isDark of [true, false]) {
    const { classes, colourOf } = paletteOf(model, isDark);
    expect(classes.length).toBeGreaterThan(1);
    const colours = classes.map(colourOf);
    expect(new Set(colours).size).toBe(classes.length);
    expect(colours).not.toContain(colourOf('a class that is not there'));
  }
});
