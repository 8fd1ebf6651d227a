// Takes the pictures of README.md anew: the report and the explorer on the demo, in a real browser.
//   node bench/pictures.js
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { plainEnvironment } from './measure.js';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--disable-background-networking'];
const SIZE = { width: 1280, height: 800 };
/** Thousands of boxes take more bytes than text does. */
const SIZE_OF_TREE = { width: 900, height: 580 };
/** Of a picture: a reader of README.md loads all of them. */
const MOST_BYTES = 150_000;

const root = fileURLToPath(new URL('..', import.meta.url));
const pictures = fileURLToPath(new URL('../snapshots/pictures/', import.meta.url));
const main = fileURLToPath(new URL('../dist/bin/heapsleuth.js', import.meta.url));
/** As seen from the root: no picture is to show where the clone lies. */
const SERIES = 'snapshots';

if (!existsSync(CHROMIUM)) {
  console.error(`pictures: found no ${CHROMIUM}, in which the pages are looked at`);
  process.exit(2);
}
mkdirSync(pictures, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'heapsleuth-pictures-'));
try {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    await takeReport(browser);
    await takeExplorer(browser);
  } finally {
    await browser.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function takeReport(browser) {
  const file = join(folder, 'report.html');
  const args = ['batch', SERIES, '--reporter', 'html', `--output-file.html=${file}`];
  const { status, stderr } = spawnSync(process.execPath, [main, ...args], {
    ...{ cwd: root, encoding: 'utf8', env: plainEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] },
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: exit code ${status}: ${stderr}`);
  const page = await openPage(browser, pathToFileURL(file).href);
  await page.waitForSelector('.card');
  await take(page, 'overview');
  await page.click('.card h3 a');
  await page.waitForSelector('article canvas');
  await take(page, 'suspect');
  await page.setViewportSize(SIZE_OF_TREE);
  await page.click('nav a:has-text("Dominator tree")');
  // The page before it has pictures, too.
  await page.waitForSelector('h1:has-text("Dominator tree")');
  await page.waitForSelector('main canvas');
  await take(page, 'dominator-tree');
}

async function takeExplorer(browser) {
  const server = spawn(process.execPath, [main, 'serve', SERIES], {
    ...{ cwd: root, env: plainEnvironment(), stdio: ['ignore', 'pipe', 'ignore'] },
  });
  try {
    const page = await openPage(browser, await firstLine(server));
    // The bar says how far the report is until it is there.
    await page.waitForSelector('nav a:has-text("Growth")');
    await page.fill('.search-bar input', 'InvoiceServer');
    await page.keyboard.press('Enter');
    await page.click('main table.rows .node-link:has-text("InvoiceServer")');
    await page.waitForSelector('.node-head h1:has-text("InvoiceServer")');
    await page.waitForSelector('.chain .node-link');
    await page.waitForSelector('.way-picture .box');
    await page.waitForSelector('.node-tree > [role=treeitem]');
    await page.getByRole('button', { name: 'Dominated' }).click();
    await page.waitForSelector('.node-tree[aria-label="What it alone keeps"] .tree-row .node-link');
    await take(page, 'explorer');
  } finally {
    server.kill('SIGINT');
  }
}

async function firstLine(server) {
  for await (const line of createInterface({ input: server.stdout })) return line;
  throw new Error('serve: found an end of its output, expected an address');
}

async function openPage(browser, address) {
  const page = await browser.newPage({
    ...{ viewport: SIZE, deviceScaleFactor: 1, colorScheme: 'light', reducedMotion: 'reduce', locale: 'en-GB' },
  });
  await page.goto(address);
  return page;
}

/** Where the pointer is, nothing is pointed at; what has the focus shows it no more. */
async function take(page, name) {
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
  });
  const file = join(pictures, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  const { size } = statSync(file);
  if (size > MOST_BYTES) throw new Error(`found ${size} bytes in ${name}.png, expected ${MOST_BYTES} at most`);
  console.log(`snapshots/pictures/${name}.png  ${Math.ceil(size / 1000)} kB`);
}
