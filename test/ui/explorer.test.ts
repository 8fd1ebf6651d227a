import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { ClassRow, Rows } from '#src/base/explorer-types.js';
import { toJson } from '../build/snapshot-builder.js';
import { seriesFile } from '../cli/run-cli.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { type Served, startServer } from '../serve/served.js';
import { hasBrowser, NO_MISDEEDS, type OpenPage, settled, useBrowser } from './browser.js';
import { hostileSnapshot } from './hostile-snapshot.js';

/** The page asks its own server, with the token where it belongs, and nobody else. */
function expectWellBehaved({ misdeeds }: OpenPage, { port, token }: Served): void {
  const own = misdeeds.requests.filter((url) => url.startsWith(`http://127.0.0.1:${port}/`));
  expect(own.length).toBeGreaterThan(2);
  for (const url of own) expect(url).not.toContain(token);
  const foreign = misdeeds.requests.filter((url) => !own.includes(url));
  expect({ ...misdeeds, requests: foreign }).toEqual(NO_MISDEEDS);
}

const textOf = (page: Page) => page.locator('main').innerText();

describe.runIf(hasBrowser)('the explorer', () => {
  const browser = useBrowser();

  it('is walked through by clicks: search, node, retainers, dominator, class, filter, comparison', async () => {
    const served = await startServer([1, 2, 3].map(seriesFile));
    const open = await browser.open(served.address);
    const { page } = open;
    await page.locator('.node-tree .node-link').first().waitFor();
    expect(page.url()).toBe(`http://127.0.0.1:${served.port}/#/`);

    await page.fill('.search-bar input', 'RequestContext');
    await page.keyboard.press('Enter');
    await page.locator('h2', { hasText: 'Nodes by name' }).waitFor();
    await page.locator('main table.rows tbody tr').first().waitFor();
    await page.locator('main table.rows .node-link', { hasText: 'RequestContext' }).first().click();

    await page.locator('.node-head h1', { hasText: 'RequestContext' }).waitFor();
    const retainers = page.locator('.node-tree > [role=treeitem]');
    await retainers.first().waitFor();
    await retainers.first().locator('.twisty').first().click();
    await retainers.first().locator('[role=group] [role=treeitem]').first().waitFor();
    expect(await retainers.first().getAttribute('aria-expanded')).toBe('true');
    await page.getByRole('button', { name: 'Dominated' }).click();
    await page.locator('.node-tree[aria-label="What it alone keeps"] .tree-row .node-link').first().waitFor();

    await page.locator('.chain .node-link').first().waitFor();
    expect(await page.locator('.way-picture .box').count()).toBeGreaterThan(3);
    const dominator = await page.locator('.chain .node-link').first().innerText();
    await page.locator('.chain .node-link').first().click();
    const id = dominator.replace(/^.*@/s, '');
    await page.locator('.node-head', { hasText: `@${id}` }).waitFor();

    await page.locator('.node-head a').first().click();
    await page.locator('.controls select').first().waitFor();
    expect(page.url()).toContain('#/members/2/');
    await page.locator('main table.rows tbody tr').first().waitFor();

    await page.locator('nav a', { hasText: 'Objects and filters' }).click();
    // The page before it has such a choice as well.
    await page.locator('h1', { hasText: 'Objects by class' }).waitFor();
    await page.getByLabel('Filter').selectOption('contexts');
    await page.locator('caption', { hasText: 'Retained by contexts' }).waitFor();
    expect(page.url()).toContain('#/objects/2/contexts');
    await page.locator('main table.rows a').first().click();
    await page.locator('main p.quiet a', { hasText: 'Retained by contexts' }).waitFor();

    await page.locator('nav a', { hasText: 'Compare' }).click();
    await page.locator('main table.rows tbody tr', { hasText: 'RequestContext' }).waitFor();
    const row = page.locator('main table.rows tbody tr', { hasText: 'RequestContext' });
    const count = await row.locator('a').first().innerText();
    await row.locator('a').first().click();
    await page.locator('main p.quiet', { hasText: `${count} objects` }).waitFor();
    await page.locator('main table.rows .node-link').first().click();
    await page.locator('.node-head h1', { hasText: 'RequestContext' }).waitFor();
    expectWellBehaved(open, served);
    await page.close();
  });

  it('has the pages of the report as soon as there is one, and their ids lead to nodes', async () => {
    const served = await startServer([1, 2, 3, 4].map(seriesFile));
    const { page } = await browser.open(served.address);
    await page.locator('nav a', { hasText: 'Overview' }).click();
    await page.locator('article.card h3 a').first().click();
    await page.locator('#part-samples').waitFor();
    await page.locator('section[aria-labelledby=part-samples] a').first().click();
    await page.locator('.node-head h1').waitFor();
    expect(page.url()).toMatch(/#\/node\/3\/\d+$/);
    await page.close();
  });

  it('finds a node by its id, opens rows by keys, and says what it cannot find', async () => {
    const served = await startServer([seriesFile(1)]);
    const { page } = await browser.open(served.address);
    await page.locator('.search-bar input').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('@1');
    await page.keyboard.press('Enter');
    await page.locator('p', { hasText: 'The node with that id' }).locator('.node-link').click();
    await page.locator('.node-head h1', { hasText: '(root)' }).waitFor();
    await page.getByRole('button', { name: 'References' }).click();
    const rows = page.locator('.node-tree > [role=treeitem]');
    await rows.first().locator('.node-link').focus();
    await page.keyboard.press('ArrowRight');
    await rows.first().locator('[role=group] .node-link').first().waitFor();
    await page.keyboard.press('ArrowDown');
    expect(
      await page.evaluate(() => document.activeElement?.closest('[role=treeitem]')?.getAttribute('aria-level')),
    ).toBe('2');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    await rows.first().locator('[role=group]').waitFor({ state: 'detached' });
    await page.goto(`http://127.0.0.1:${served.port}/#/node/0/4`);
    await page.locator('[role=alert]', { hasText: 'found no node with the id 4' }).waitFor();
    await page.close();
  });

  it('asks for the address where it has no token, and outlives its server', async () => {
    const served = await startServer([seriesFile(1)]);
    const bare = await browser.open(`http://127.0.0.1:${served.port}/`);
    await bare.page.locator('[role=alert]', { hasText: 'found no token or another one' }).waitFor();
    await bare.page.close();
    const { page } = await browser.open(served.address);
    await page.locator('.node-tree .node-link').first().waitFor();
    await page.reload();
    await page.locator('.node-tree .node-link').first().waitFor();
    await served.stop();
    await page.locator('nav a', { hasText: 'Objects and filters' }).click();
    await page.locator('[role=alert]', { hasText: 'the server does not answer' }).first().waitFor();
    await page.close();
  });

  it('takes the address of a later server at the same port in the same tab', async () => {
    const before = await startServer([seriesFile(1)]);
    const { page } = await browser.open(before.address);
    await page.locator('.node-tree .node-link').first().waitFor();
    await before.stop();
    const after = await startServer([seriesFile(2)], { port: before.port });
    const reloaded = page.waitForEvent('load');
    await page.evaluate((address) => location.assign(address), after.address);
    await reloaded;
    await page.locator('.node-tree .node-link').first().waitFor();
    expect(page.url()).toBe(`http://127.0.0.1:${after.port}/#/`);
    expect(await page.evaluate(() => sessionStorage.getItem('heapsleuth:token'))).toBe(after.token);
    await page.close();
  });

  it('shows more of a list once, however often that is asked for', async () => {
    const served = await startServer([seriesFile(1)]);
    const { page } = await browser.open(served.address);
    const more = page.locator('.node-tree .more button').last();
    await more.waitFor();
    await more.evaluate((button: HTMLButtonElement) => {
      for (let time = 0; time < 3; time++) button.click();
    });
    const links = page.locator('.node-tree .node-link');
    await links.nth(50).waitFor();
    await settled(page);
    const ids = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(ids).toHaveLength(100);
    expect(new Set(ids).size).toBe(100);
    await page.close();
  });

  it('runs and loads nothing that names of a heap say', async () => {
    const folder = scratchFolder();
    const { plain, payloads } = hostileSnapshot();
    expect(payloads.length).toBeGreaterThanOrEqual(500);
    const file = join(folder, '1.heapsnapshot');
    writeFileSync(file, toJson(plain));
    const served = await startServer([seriesFile(1), file], { showValues: true });
    const open = await browser.open(served.address);
    const { page } = open;
    const at = (hash: string) => page.goto(`http://127.0.0.1:${served.port}/${hash}`);
    await page.locator('.node-tree .node-link').first().waitFor();
    for (let more = page.locator('.more button'); (await more.count()) > 0; ) {
      const before = await page.locator('.node-tree .node-link').count();
      await more.first().click();
      await page.waitForFunction((known) => document.querySelectorAll('.node-tree .node-link').length > known, before);
    }
    expect(await page.locator('.node-tree .node-link').count()).toBe(500);
    for (let node = 0; node < 40; node++) {
      await at(`#/node/1/${2 * node + 1}`);
      await page.locator('.way-picture').waitFor();
    }
    for (const payload of payloads.slice(0, 40)) {
      await at(`#/search/1/${encodeURIComponent(payload.slice(0, 150).toWellFormed())}`);
      await page.locator('h2', { hasText: 'Nodes by name' }).waitFor();
    }
    const { items: classes } = await served.ask<Rows<ClassRow>>('classes', { snapshot: 1, limit: 500 });
    expect(classes.length).toBeGreaterThan(100);
    for (const { key } of classes.slice(0, 40)) {
      await at(`#/members/1/${encodeURIComponent(key)}`);
      await page.locator('main table.rows .node-link').first().waitFor();
    }
    await at('#/objects/1');
    await page.locator('main table.rows tbody tr').first().waitFor();
    expect((await textOf(page)).length).toBeGreaterThan(1000);
    expectWellBehaved(open, served);
    await page.close();
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 375],
  ] as const)('fits its window: %s, %i pixels', async (colorScheme, width) => {
    const served = await startServer([1, 2].map(seriesFile));
    const { page } = await browser.open(served.address);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    const at = (hash: string) => page.goto(`http://127.0.0.1:${served.port}/${hash}`);
    const pages = ['#/graph', '#/objects', '#/compare', '#/node/1/1', '#/search/1/map'];
    for (const hash of pages) {
      await at(hash);
      await page.locator('main .node-link, main table.rows tbody tr').first().waitFor();
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, hash).toBeLessThanOrEqual(0);
    }
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(ground).toBe(colorScheme === 'dark' ? 'rgb(22, 23, 26)' : 'rgb(251, 250, 248)');
    await page.close();
  });
});
