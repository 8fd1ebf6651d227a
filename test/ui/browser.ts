import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { scratchFolder } from '../promises/scratch-folder.js';

const CHROMIUM = '/usr/bin/chromium';
/** Set where a browser must be there, as in CI. */
const isNeeded = process.env.HEAPSLEUTH_NEEDS_BROWSER === '1';

/** Whether tests that look at pages run: not without a browser, unless one is needed, and then they fail. */
export const hasBrowser = existsSync(CHROMIUM) || isNeeded;
if (!hasBrowser) process.stderr.write(`skipped: found no ${CHROMIUM}, in which the HTML report is looked at\n`);

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a page has done that it should not. Empty for every page that is as it should be. */
export interface Misdeeds {
  readonly errors: string[];
  /** Of anything but the page itself. */
  readonly requests: string[];
  /** Of its own policy. */
  readonly violations: string[];
  /** Dialogs, and calls of `executed`, which payloads try. */
  readonly executions: string[];
}

export interface OpenPage {
  readonly page: Page;
  readonly misdeeds: Misdeeds;
}

/** A browser for the tests of a file, with a profile of its own. Opens what reporters have written from disk. */
export function useBrowser() {
  const folder = scratchFolder();
  let context: BrowserContext;
  let files = 0;
  beforeAll(async () => {
    const profile = join(folder, 'profile');
    mkdirSync(profile);
    context = await chromium.launchPersistentContext(profile, {
      ...{ executablePath: CHROMIUM, headless: true, args: FLAGS, viewport: { width: 1280, height: 900 } },
    });
  });
  afterAll(() => context?.close());
  return {
    folder,
    /** Writes a page into a file, and hands back its address. */
    write(text: string): string {
      const file = join(folder, `report-${files++}.html`);
      writeFileSync(file, text);
      return pathToFileURL(file).href;
    },
    async open(address: string, hash = ''): Promise<OpenPage> {
      const page = await context.newPage();
      const misdeeds = await watched(page, address);
      await page.goto(address + hash);
      await page.waitForSelector('main h1, main h2');
      return { page, misdeeds };
    },
  };
}

async function watched(page: Page, address: string): Promise<Misdeeds> {
  const misdeeds: Misdeeds = { errors: [], requests: [], violations: [], executions: [] };
  page.on('pageerror', (error) => misdeeds.errors.push(error.stack ?? error.message));
  page.on('console', (message) => misdeeds.errors.push(`${message.type()}: ${message.text()}`));
  page.on('dialog', (dialog) => {
    misdeeds.executions.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', () => misdeeds.executions.push('popup'));
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== address) misdeeds.requests.push(request.url());
  });
  await page.exposeFunction('executed', (what: unknown) => misdeeds.executions.push(`executed: ${String(what)}`));
  await page.exposeFunction('violated', (what: string) => misdeeds.violations.push(what));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      (globalThis as unknown as { violated: (what: string) => void }).violated(
        `${event.violatedDirective}: ${event.blockedURI}`,
      );
    });
  });
  return misdeeds;
}

/** Waits for two frames, in which everything that a click has changed has been drawn. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined)))),
  );
}

export const NO_MISDEEDS: Misdeeds = { errors: [], requests: [], violations: [], executions: [] };
