import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { gated } from '../report/gated-inputs.js';
import { rendered } from '../report/rendered.js';
import { hasBrowser, NO_MISDEEDS, settled, useBrowser } from './browser.js';
import { demoReport, demoScanReport } from './report-inputs.js';

const SUSPECT = 'InvoiceServer.inFlight keeps RequestContext';

describe.skipIf(!hasBrowser)('the HTML report in a browser', () => {
  const browser = useBrowser();
  let analysis: string;
  let scan: string;
  let held: string;
  let suppressed: string;
  let signature: string;

  beforeAll(async () => {
    const input = await demoReport();
    signature = input.analysis.suspects?.[0].signature ?? '';
    analysis = browser.write(await rendered('html', input));
    const { gate, ...judged } = gated(input, false);
    if (gate?.budgets === undefined) throw new Error('expected budgets');
    // As wide as it gets.
    const wide = { budget: 'suspects.growth', unit: 'bytes', limit: 5e8, actual: 8.5e8, over: 3.5e8 } as const;
    const budgets = [...gate.budgets, { ...wide, state: 'exceeded', what: SUSPECT } as const];
    held = browser.write(await rendered('html', { ...judged, gate: { ...gate, budgets } }));
    suppressed = browser.write(await rendered('html', gated(input, true)));
    scan = browser.write(await rendered('html', await demoScanReport(join(browser.folder, 'demo'))));
  });

  /** Every page, with something that only it has. */
  const pages: readonly (readonly [name: string, hash: () => string, text: RegExp])[] = [
    ['overview', () => '', /Cap InvoiceServer\.inFlight/],
    ['growth', () => '#/growth', /Growth over the series.*RequestContext/s],
    ['treemap', () => '#/tree', /5,000 of 52,693 objects are listed/],
    ['icicle', () => '#/tree//icicle', /Icicle.*As a table/s],
    ['classes', () => '#/classes', /194 classes.*InvoiceServer/s],
    ['suspect', () => `#/suspect/${signature}`, /GC root.*\.inFlight.*heapsleuth inspect .*server-8.*--id \d+/s],
    ['waste', () => '#/waste', /Duplicate strings: 66\.8 kB/],
    ['inputs', () => '#/inputs', /7 snapshots of one process, compared by ids and paths/],
  ];
  const ofScans: typeof pages = [
    ['telemetry', () => '#/telemetry', /1 heap goes on growing.*by 36 low points/s],
    ['trail', () => '#/trail', /L1 trend baseline.*L5 finalizers.*it only fills/s],
    ['failed inputs', () => '#/inputs', /1 snapshot of 9 could not be read.*TRUNCATED.*at byte 12.*1 broken line/s],
  ];

  const ofGates: typeof pages = [
    [
      'overview',
      () => '',
      /Fails: worse than the baseline; budget heap\.size exceeded\.1 leak suspect.*2 of 4 exceeded2 budgets exceeded.*500\.0 MBan interval850\.0 MB350\.0 MB2 budgets are metThe most.*Suspects: 1 new; \d+ figures worse/s,
    ],
    [
      'gate',
      () => '#/gate',
      /Fails for 2 reasons.*heap\.size exceededserver-8\.heapsnapshot\.gz9\.0 MB12\.1 MB3\.1 MB.*b{40}unusedmended in 2\.02027-01-31.*InvoiceServer\.inFlight keeps RequestContextnewan interval\+852\.4 kB.*RequestContextretained an interval\+425\.4 kB\+850\.8 kB/s,
    ],
    ['suspect', () => `#/suspect/${signature}`, /new The baseline does not have it\./],
  ];

  async function text(page: Page): Promise<string> {
    return (await page.textContent('main')) ?? '';
  }

  test.each(pages)('%s of an analysis', async (_, hash, expected) => {
    const { page, misdeeds } = await browser.open(analysis, hash());
    expect(await text(page)).toMatch(expected);
    expect(misdeeds).toEqual(NO_MISDEEDS);
    await page.close();
  });

  test.each([...pages.filter(([name]) => name !== 'inputs'), ...ofScans])('%s of a scan', async (_, hash, expected) => {
    const { page, misdeeds } = await browser.open(scan, hash());
    expect(await text(page)).toMatch(expected);
    expect(misdeeds).toEqual(NO_MISDEEDS);
    await page.close();
  });

  test.each(ofGates)('%s of what was held against something', async (_, hash, expected) => {
    const { page, misdeeds } = await browser.open(held, hash());
    expect(await text(page)).toMatch(expected);
    expect(misdeeds).toEqual(NO_MISDEEDS);
    await page.close();
  });

  test('what is suppressed stands apart, with its reason and until when', async () => {
    const { page, misdeeds } = await browser.open(suppressed);
    expect(await text(page)).toMatch(
      /No suspects but one that is suppressed.*Suppressed.*keeps RequestContext until 2027-01-31: mended in 2\.0/s,
    );
    expect(await page.locator('.card').count()).toBe(0);
    await page.click(`main ul a:has-text("${SUSPECT}")`);
    await page.waitForSelector('.page-head:has-text("suppressed until 2027-01-31: mended in 2.0")');
    await page.goto(`${suppressed}#/gate`);
    await page.waitForSelector(`tr:has-text("${SUSPECT}"):has-text("in force")`);
    expect(misdeeds).toEqual(NO_MISDEEDS);
    await page.close();
  });

  test('without a gate there is no page of it', async () => {
    const { page } = await browser.open(analysis, '#/gate');
    expect(await text(page)).toContain('no such page');
    expect(await page.textContent('nav')).not.toContain('baseline');
    await page.close();
  });

  test('a finding’s anchor is a place in the report', async () => {
    for (const part of ['growth', 'retained', 'path']) {
      const { page } = await browser.open(scan, `#flame://${signature}#${part}`);
      expect(await page.textContent('main h1')).toBe(SUSPECT);
      await page.close();
    }
  });

  test('what is not there is said to be not there', async () => {
    const { page } = await browser.open(analysis, '#/nothing');
    expect(await text(page)).toContain('no such page');
    await page.goto(`${analysis}#/suspect/0123`);
    await page.waitForSelector('text=No such suspect');
    await page.close();
  });

  test('from the overview to the suspect, into the tree, to a class, and back', async () => {
    const { page, misdeeds } = await browser.open(analysis);
    await page.click(`main a:has-text("${SUSPECT}")`);
    await page.waitForSelector('text=Who holds it');
    await page.click('nav a:has-text("Dominator tree")');
    // The page before it has pictures, too.
    await page.waitForSelector('h1:has-text("Dominator tree")');
    await page.waitForSelector('canvas');
    // The largest thing in the picture lies at its left, below the root.
    const canvas = await page.locator('canvas').boundingBox();
    if (canvas === null) throw new Error('expected a picture');
    await page.mouse.click(canvas.x + 40, canvas.y + 26);
    await page.waitForSelector('.breadcrumbs li:nth-child(2)');
    expect(await page.textContent('.breadcrumbs [aria-current]')).toBe('Server');
    await page.fill('main input[type=search]', 'RequestContext');
    await page.waitForSelector('.matches button');
    expect(await page.textContent('.matches [role=status]')).toMatch(/^501 listed objects found/);
    await page.locator('canvas').hover({ position: { x: 40, y: 5 } });
    expect(await page.textContent('.tooltip')).toMatch(/Server.*retained8\.6 MB, 71\.0 % of the heap.*id@6197/);
    await page.click('.matches button >> nth=0');
    await page.waitForSelector('.breadcrumbs [aria-current]:has-text("RequestContext")');
    await page.click('nav a:has-text("Classes")');
    await page.click('button.sort:has-text("Objects Δ")');
    expect(await page.getAttribute('th[aria-sort]', 'aria-sort')).toBe('descending');
    expect(await page.textContent('.class-table tbody tr:not(.spacer) td')).toBe('OrderLine');
    await page.click('button.sort:has-text("Objects Δ")');
    expect(await page.getAttribute('th[aria-sort]', 'aria-sort')).toBe('ascending');
    await page.fill('main input[type=search]', 'requestc');
    await page.waitForSelector('text=1 class of 194');
    await page.goBack();
    await page.waitForSelector('.breadcrumbs [aria-current]:has-text("RequestContext")');
    await page.goBack();
    await page.waitForSelector('.breadcrumbs [aria-current]:has-text("Server")');
    expect(misdeeds).toEqual(NO_MISDEEDS);
    await page.close();
  });

  test('lines are chosen, measured otherwise, and their values told under the pointer', async () => {
    const { page, misdeeds } = await browser.open(analysis, '#/growth');
    const checked = () => page.locator('.legend input:checked').count();
    expect(await checked()).toBe(6);
    await page.click('.legend label:has-text("InvoiceServer")');
    expect(await checked()).toBe(7);
    await page.click('button:has-text("Objects")');
    await page.click('button:has-text("Log")');
    await settled(page);
    const value = () => page.textContent('.legend li:first-child .number');
    expect(await value()).toBe('500');
    const plot = await page.locator('.u-over').boundingBox();
    if (plot === null) throw new Error('expected a chart');
    await page.mouse.move(plot.x + 3, plot.y + 50);
    await settled(page);
    expect(await value()).toBe('150');
    await page.locator('.chart').focus();
    await page.keyboard.press('ArrowRight');
    await settled(page);
    expect(await value()).toBe('200');
    expect(await page.getAttribute('.chart', 'aria-valuetext')).toMatch(/^2: RequestContext 200, Buffer 207/);
    await page.click('button:has-text("Paths")');
    await page.waitForSelector('.legend .what:has-text("in InvoiceServer.inFlight")');
    expect(misdeeds).toEqual(NO_MISDEEDS);
    await page.close();
  });

  test('by keyboard alone', async () => {
    const { page, misdeeds } = await browser.open(analysis);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open]');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    await page.keyboard.press('3');
    await page.waitForSelector('canvas');
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.matches('input[type=search]'))).toBe(true);
    await page.locator('.walk').focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowLeft', 'ArrowDown']) await page.keyboard.press(key);
    expect(await page.textContent('.selected')).toMatch(
      /^\{request, listening, connection\}, class Object, retains 8\.6 MB/,
    );
    await page.keyboard.press('Enter');
    await page.waitForSelector('.breadcrumbs li:nth-child(3)');
    await page.keyboard.press('Backspace');
    await page.waitForSelector('.breadcrumbs [aria-current]:has-text("Server")');
    await page.locator('.tree-table tbody tr').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-expanded'))).toBe('true');
    await page.keyboard.press('4');
    await page.waitForSelector('.class-table');
    await page.locator('.scroller').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'End']) await page.keyboard.press(key);
    await page.waitForSelector('tr[aria-selected=true][aria-rowindex="195"]');
    expect(misdeeds).toEqual(NO_MISDEEDS);
    await page.close();
  });

  test('only rows that are to be seen are in the page', async () => {
    const { page } = await browser.open(analysis, '#/classes');
    const rows = await page.locator('.class-table tbody tr').count();
    expect(rows).toBeGreaterThan(10);
    expect(rows).toBeLessThan(60);
    await page.close();
  });

  test('the colours are the reader’s choice, or the system’s', async () => {
    const { page } = await browser.open(analysis);
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.click('button:has-text("System colours")');
    await settled(page);
    expect(await ground()).toBe(light);
    await page.click('button:has-text("Light")');
    await settled(page);
    expect(await ground()).toBe(dark);
    await page.close();
  });

  test('on paper there is what matters, whichever page is open', async () => {
    const { page } = await browser.open(scan, '#/classes');
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('main')).toBe(false);
    const paper = await page.innerText('.paper');
    for (const wanted of [
      'Something leaks.',
      SUSPECT,
      'Cap InvoiceServer.inFlight',
      'Duplicate strings',
      'trend baseline',
      'TRUNCATED',
    ])
      expect(paper).toContain(wanted);
    await page.close();
  });

  test('nothing is wider than a phone', async () => {
    const { page } = await browser.open(scan);
    await page.setViewportSize({ width: 375, height: 812 });
    for (const [, hash] of [...pages, ...ofScans]) {
      await page.goto(scan + (hash() || '#/overview'));
      await settled(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), hash()).toBeLessThanOrEqual(375);
    }
    for (const [, hash] of ofGates) {
      await page.goto(held + (hash() || '#/overview'));
      await settled(page);
      await page.evaluate(() => {
        for (const one of document.querySelectorAll('details')) one.open = true;
      });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), hash()).toBeLessThanOrEqual(375);
    }
    await page.close();
  });
});
