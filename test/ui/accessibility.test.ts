import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '#src/base/types.js';
import { seriesFile } from '../cli/run-cli.js';
import { gated } from '../report/gated-inputs.js';
import { rendered } from '../report/rendered.js';
import { startServer } from '../serve/served.js';
import { hasBrowser, settled, useBrowser } from './browser.js';
import { demoScanReport } from './report-inputs.js';

const PAGES = ['overview', 'gate', 'growth', 'tree', 'classes', 'suspect', 'waste', 'telemetry', 'trail', 'inputs'];
/** Of text on its ground: WCAG's level AA, for small and for large letters. */
const CONTRAST = 4.5;
const CONTRAST_OF_LARGE = 3;

/** Controls and pictures that nothing names. */
function nameless(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const named = (element: Element) =>
      element.getAttribute('aria-label') ||
      element.textContent?.trim() ||
      element.getAttribute('aria-labelledby') ||
      (element instanceof HTMLInputElement && element.labels?.length);
    const wanted = 'a, button, input, select, canvas, [role=img], [tabindex="0"], nav, dialog';
    return [...document.querySelectorAll(`.screen :is(${wanted})`)]
      .filter(
        (element) =>
          !element.closest('[aria-hidden=true], [role=img] *, [role=slider] *') &&
          !named(element) &&
          !named(element.parentElement as Element),
      )
      .map((element) => element.outerHTML.slice(0, 120));
  });
}

function structure(page: Page) {
  return page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    const levels = [...document.querySelectorAll('.screen :is(h1, h2, h3, h4)')].map(({ tagName }) =>
      Number(tagName[1]),
    );
    const references = [...document.querySelectorAll('[aria-labelledby]')].flatMap(
      (element) => element.getAttribute('aria-labelledby')?.split(' ') ?? [],
    );
    return {
      lang: document.documentElement.lang,
      landmarks: ['header', 'nav', 'main'].map((name) => document.querySelectorAll(`.screen ${name}`).length > 0),
      twice: ids.filter((id, at) => ids.indexOf(id) !== at),
      broken: references.filter((id) => document.getElementById(id) === null),
      titles: levels.filter((level) => level === 1).length,
      skipped: levels.filter((level, at) => at > 0 && level > levels[at - 1] + 1),
    };
  });
}

/** Texts whose contrast is lower than they need, with their colours. */
function faint(page: Page): Promise<string[]> {
  return page.evaluate(
    ([least, leastOfLarge]) => {
      const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      if (context === null) throw new Error('expected a canvas');
      const pixel = (colours: readonly string[]) => {
        context.clearRect(0, 0, 1, 1);
        for (const colour of colours) {
          context.fillStyle = colour;
          context.fillRect(0, 0, 1, 1);
        }
        return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
      };
      const luminance = (channels: readonly number[]) => {
        const [r, g, b] = channels.map((value) => {
          const share = value / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const found: string[] = [];
      for (const element of document.querySelectorAll('.screen *')) {
        const isText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
        if (!isText || element.closest(':disabled') || !element.checkVisibility()) continue;
        const grounds: string[] = [];
        for (let at: Element | null = element; at; at = at.parentElement)
          grounds.unshift(getComputedStyle(at).backgroundColor);
        const { color, fontSize, fontWeight } = getComputedStyle(element);
        const [light, dark] = [luminance(pixel([...grounds, color])), luminance(pixel(grounds))].sort((a, b) => b - a);
        const size = Number.parseFloat(fontSize);
        const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
        const contrast = (light + 0.05) / (dark + 0.05);
        if (contrast < (isLarge ? leastOfLarge : least))
          found.push(`${contrast.toFixed(2)} ${color} ${element.outerHTML.slice(0, 100)}`);
      }
      return [...new Set(found)];
    },
    [CONTRAST, CONTRAST_OF_LARGE] as const,
  );
}

describe.skipIf(!hasBrowser)('whoever reads it, and however', () => {
  const browser = useBrowser();
  let report: string;
  let signature: string;

  beforeAll(async () => {
    const input = await demoScanReport(join(browser.folder, 'demo'));
    signature = input.report.findings[0].signature;
    const { gate, analysis } = gated({ ...input, kind: 'analysis', analysis: input.analysis as Analysis }, false);
    report = browser.write(await rendered('html', { ...input, analysis, ...(gate && { gate }) }));
  });

  test.each(PAGES)('%s has names, order and contrast, in both themes', async (name) => {
    const { page } = await browser.open(report, `#/${name}${name === 'suspect' ? `/${signature}` : ''}`);
    expect(await nameless(page)).toEqual([]);
    expect(await structure(page)).toEqual({
      ...{ lang: 'en', landmarks: [true, true, true], twice: [], broken: [], titles: 1, skipped: [] },
    });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      expect(await faint(page), colorScheme).toEqual([]);
    }
    await page.close();
  });

  test('the explorer’s pages have them, too', async () => {
    const served = await startServer([1, 2].map(seriesFile));
    const { page } = await browser.open(served.address);
    for (const hash of ['graph', 'objects', 'objects/1/contexts', 'compare', 'node/1/1', 'search/1/map']) {
      await page.goto(`http://127.0.0.1:${served.port}/#/${hash}`);
      await page.locator('main .node-link, main table.rows tbody tr').first().waitFor();
      expect(await nameless(page), hash).toEqual([]);
      expect(await structure(page), hash).toMatchObject({ lang: 'en', twice: [], broken: [], titles: 1, skipped: [] });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await settled(page);
        expect(await faint(page), `${hash}, ${colorScheme}`).toEqual([]);
      }
    }
    await page.close();
  });

  test('everything that is clicked can be reached by Tab or arrows, and shows that it has the focus', async () => {
    const { page } = await browser.open(report);
    const reached = new Set<string>();
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press('Tab');
      const focus = await page.evaluate(() => {
        const { activeElement } = document;
        const { outlineStyle, outlineWidth } = getComputedStyle(activeElement ?? document.body);
        const text = activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
        return {
          text,
          isShown: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
          isBody: activeElement === document.body,
        };
      });
      if (focus.isBody) break;
      expect(focus.isShown, focus.text).toBe(true);
      reached.add(focus.text.trim());
    }
    for (const wanted of ['Growth', 'Classes', 'InvoiceServer.inFlight keeps RequestContext', 'Keys'])
      expect([...reached]).toContain(wanted);
    await page.close();
  });
});
