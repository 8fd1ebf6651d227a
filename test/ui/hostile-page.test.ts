import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { rendered } from '../report/rendered.js';
import { hasBrowser, NO_MISDEEDS, settled, useBrowser } from './browser.js';
import { hostileReport } from './hostile-report.js';
import { scriptPayloads } from './script-payloads.js';

const COUNT = 500;
const AT_ONCE = 100;
const PAYLOADS = scriptPayloads(COUNT);
const PAGES = [
  'overview',
  'gate',
  'growth',
  'tree',
  'tree//icicle',
  'classes',
  'waste',
  'telemetry',
  'trail',
  'inputs',
];

test('there are 500 payloads, all different', () => {
  expect(new Set(PAYLOADS).size).toBe(COUNT);
});

/** Goes to addresses within the page as fast as it can draw them. */
async function visit(page: Page, hashes: readonly string[]): Promise<number> {
  return page.evaluate(async (all) => {
    let drawn = 0;
    for (const hash of all) {
      const changed = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
      location.hash = hash;
      await changed;
      await new Promise((resolve) => setTimeout(resolve, 0));
      drawn += document.querySelector('main h1')?.textContent ? 1 : 0;
    }
    return drawn;
  }, hashes);
}

describe.skipIf(!hasBrowser)('500 payloads as names of classes, properties, files, holders and everything else', () => {
  const browser = useBrowser();

  test('would run where a page took them for markup', async () => {
    const address = browser.write('<!doctype html><main><h1>control</h1></main>');
    const { page, misdeeds } = await browser.open(address);
    await page.evaluate(
      (texts) => {
        for (const text of texts) {
          const element = document.createElement('div');
          element.innerHTML = text;
          document.body.append(element);
        }
      },
      PAYLOADS.filter((text) => /onerror|onload/.test(text)).slice(0, 60),
    );
    await page.waitForFunction(() => document.images.length > 0);
    await settled(page);
    await page.close();
    expect(misdeeds.executions.length).toBeGreaterThan(10);
    expect(misdeeds.requests.length).toBeGreaterThan(0);
  });

  test.each(Array.from({ length: COUNT / AT_ONCE }, (_, at) => at * AT_ONCE))(
    'from %i on: 0 executions, 0 requests',
    async (start) => {
      const names = PAYLOADS.slice(start, start + AT_ONCE);
      const { page, misdeeds } = await browser.open(browser.write(await rendered('html', hostileReport(names))));
      const suspects = names.map((name) => `#/suspect/${encodeURIComponent(name.slice(0, 300).toWellFormed())}/growth`);
      expect(await visit(page, [...PAGES.map((name) => `#/${name}`), ...suspects])).toBe(PAGES.length + AT_ONCE);
      await visit(
        page,
        names.map((name) => `#/tree/3/treemap/${encodeURIComponent(name.slice(0, 300).toWellFormed())}`),
      );
      await visit(page, ['#/classes']);
      for (const top of [500, 1500, 2500, 4000]) {
        await page.evaluate((y) => document.querySelector('.scroller')?.scrollTo(0, y), top);
        await settled(page);
      }
      await visit(page, ['#/tree']);
      await page.mouse.move(500, 500);
      await page.mouse.move(700, 520);
      await page.emulateMedia({ media: 'print' });
      await settled(page);
      expect(misdeeds).toEqual(NO_MISDEEDS);
      expect(await page.evaluate(() => document.scripts.length)).toBe(2);
      expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
      await page.close();
    },
  );

  test('names that hide or reorder text are shown with what they hide', async () => {
    const { page } = await browser.open(
      browser.write(await rendered('html', hostileReport(['\u202eevil\u2066\u200b']))),
    );
    expect(await page.innerText('.card h3')).toContain('\\u202eevil\\u2066\\u200b');
    await page.close();
  });

  test('names of any length break no page, not on a phone either', async () => {
    const long = ['x'.repeat(5000), '漢'.repeat(3000), 'w-'.repeat(3000), 'a\u0301'.repeat(2000)];
    const { page } = await browser.open(browser.write(await rendered('html', hostileReport(long))));
    for (const width of [375, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const hash of PAGES) {
        await visit(page, [`#/${hash}/`]);
        await page.evaluate(() => {
          for (const one of document.querySelectorAll('details')) one.open = true;
        });
        await settled(page);
        const widths = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(widths, `${hash} at ${width}`).toBeLessThanOrEqual(width);
      }
    }
    await page.close();
  });
});
