import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { detachedDom } from '#src/detect/detached-dom.js';
import type { Finding } from '#src/detect/detector.js';
import { type PlainEdge, type PlainNode, toJson } from '../build/snapshot-builder.js';
import { scratchFolder, writeIn } from '../promises/scratch-folder.js';
import { evidenceOf } from './evidence.js';
import { sceneOfFile } from './scene.js';

const folder = scratchFolder();
const CHROME = fileURLToPath(new URL('../corpus/chrome156.heapsnapshot.gz', import.meta.url));

class Page {
  readonly nodes: PlainNode[] = [];
  readonly edges: PlainEdge[] = [];
  readonly root = this.node('synthetic', '');
  readonly handles = this.node('synthetic', '(Global handles)');
  readonly window = this.node('object', 'Window');

  constructor() {
    this.edge(this.root, 'element', 1, this.handles);
    this.edge(this.root, 'shortcut', 'window', this.window);
  }

  node(type: string, name: string, detachedness = 0): number {
    this.nodes.push({ type, name, id: 2 * this.nodes.length + 1, selfSize: 100, detachedness });
    return this.nodes.length - 1;
  }

  edge(from: number, type: string, nameOrIndex: string | number, to: number): void {
    this.edges.push({ from, type, nameOrIndex, to });
  }

  /** An element with children that know it, as all do. */
  tree(children: number, detachedness = 2): number {
    const top = this.node('native', '<section class="card">', detachedness);
    for (let i = 0; i < children; i++) {
      const child = this.node('native', '<p>', detachedness);
      this.edge(top, 'element', i + 4, child);
      this.edge(child, 'element', 5, top);
    }
    this.edge(top, 'element', 3, this.node('native', 'blink::UniqueElementData', detachedness));
    return top;
  }

  /** A list that a property of the window leads to. */
  list(name: string): number {
    const list = this.node('object', 'Array');
    this.edge(this.window, 'property', name, list);
    return list;
  }

  async findings(limits = detachedDom.limits): Promise<Finding[]> {
    const file = writeIn(folder, 'page.heapsnapshot', toJson(this));
    return detachedDom.detect(await sceneOfFile(file, [detachedDom]), limits);
  }
}

describe('detached nodes of the DOM', () => {
  it('are one finding for each place that keeps them', async () => {
    const page = new Page();
    const removed = page.list('removed');
    for (let i = 0; i < 5; i++) page.edge(removed, 'element', i, page.tree(3));
    const cards = page.list('cards');
    for (let i = 0; i < 2; i++) {
      const card = page.node('object', 'Card');
      page.edge(cards, 'element', i, card);
      page.edge(card, 'property', 'el', page.tree(1));
    }
    page.edge(page.window, 'property', 'attached', page.tree(4, 1));
    const findings = await page.findings();
    expect(findings.map(({ title }) => title)).toEqual([
      '20 detached DOM nodes in 5 trees',
      '4 detached DOM nodes in 2 trees',
    ]);
    expect(findings[0]).toMatchObject({ count: 20, bytes: 5 * 500, anchor: removed, samples: { length: 3 } });
    expect(findings[0].holder?.expression).toBe('global.removed');
    expect(evidenceOf(findings[0])).toMatchObject({ 'elements held': 5, tags: '5 section', 'held by': 'Array' });
    expect(evidenceOf(findings[1])).toMatchObject({ 'held by': 'Card' });
    expect(findings[1].holder?.expression).toMatch(/^global\.cards/);
  });

  it('are told by who holds them and not by the console, which is nearer', async () => {
    const page = new Page();
    const far = page.node('object', 'Object');
    page.edge(page.list('kept'), 'element', 0, far);
    const tree = page.tree(2);
    page.edge(far, 'property', 'element', tree);
    page.edge(page.handles, 'internal', '7 / DevTools console', tree);
    const [finding, ...others] = await page.findings();
    expect(others).toEqual([]);
    expect(finding.holder?.expression).toMatch(/kept/);
    expect(finding.strength).toBeGreaterThan(0.5);
  });

  it('count for little where only the console refers to them', async () => {
    const page = new Page();
    page.edge(page.handles, 'internal', '7 / DevTools console', page.tree(2));
    const [finding] = await page.findings();
    expect(finding).toMatchObject({ count: 3, strength: 0.05 });
    expect(evidenceOf(finding).note).toContain('console');
  });

  it('are not told by what they hold themselves', async () => {
    const page = new Page();
    const tree = page.tree(0);
    const wrapper = page.node('object', 'Expando');
    page.edge(tree, 'property', 'expando', wrapper);
    page.edge(wrapper, 'property', 'element', tree);
    page.edge(page.list('removed'), 'element', 0, tree);
    const [finding] = await page.findings();
    expect(evidenceOf(finding)).toMatchObject({ 'held by': 'Array' });
  });

  it("are neither the browser's own objects, nor those of Node's bindings, nor attached ones", async () => {
    const page = new Page();
    for (const name of ['blink::NodeRareData', 'Node / BindingData', 'InternalNode', 'HTMLDocumentParser']) {
      page.edge(page.window, 'property', name, page.node('native', name, 2));
    }
    page.edge(page.window, 'property', 'div', page.node('native', '<div>', 1));
    page.edge(page.window, 'property', 'div', page.node('object', '<div>', 2));
    expect(await page.findings()).toEqual([]);
  });

  it('are told by the prefix of their name in files without the field', async () => {
    const page = new Page();
    const tree = page.node('native', 'Detached HTMLDivElement');
    page.edge(page.list('removed'), 'element', 0, tree);
    for (const node of page.nodes) delete node.detachedness;
    const [finding] = await page.findings();
    expect(finding).toMatchObject({ count: 1 });
    expect(evidenceOf(finding).tags).toBe('1 HTMLDivElement');
  });

  it('are passed over below the limit', async () => {
    const page = new Page();
    page.edge(page.list('removed'), 'element', 0, page.tree(3));
    expect(await page.findings({ ...detachedDom.limits, leastNodes: 5 })).toEqual([]);
  });
});

it("a page's widgets are found behind the console's references to them", async () => {
  const findings = detachedDom.detect(await sceneOfFile(CHROME, [detachedDom]), detachedDom.limits);
  const [widgets] = findings;
  // A hundred articles, each with five spans and their texts.
  expect(widgets.count).toBeGreaterThanOrEqual(1000);
  expect(evidenceOf(widgets).tags).toContain('article');
  expect(widgets.strength).toBeGreaterThan(0.3);
  expect(findings.length).toBeLessThan(10);
});
