import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const at = (path: string) => new URL(`../../dist/ui/${path}`, import.meta.url);
const PAGE = readFileSync(at('report.html'), 'utf8');
const PACKAGES = ['@tanstack/virtual-core', 'd3-hierarchy', 'preact', 'uplot'];
/** In bytes: what every report has beside its document. It has 205,000. */
const LARGEST = 260_000;

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const inside = (element: string) => [...PAGE.matchAll(new RegExp(`<${element}[^>]*>(.*?)</${element}>`, 'gs'))];

describe('the page that reports are made of', () => {
  test('lets nothing run or load but its own script and style', () => {
    const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(PAGE) ?? [];
    const scripts = inside('script').filter(([element]) => element.includes('type="module"'));
    expect(scripts).toHaveLength(1);
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(scripts[0][1])}`,
      `style-src ${hashOf(inside('style')[0][1])}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    // What comes before a policy is not ruled by it.
    expect(PAGE.indexOf('<meta http-equiv')).toBeLessThan(PAGE.search(/<script|<style|<link/));
  });

  test('has one script, one style and one place for a document, and refers to nothing', () => {
    expect([inside('script').length, inside('style').length]).toEqual([2, 1]);
    expect(PAGE.split('"heapsleuth:document"')).toHaveLength(2);
    const markup = PAGE.replace(/<(script|style)[^>]*>.*?<\/\1>|<!--.*?-->/gs, '');
    expect(markup).not.toMatch(/\s(?:src|href|style|on\w+)=|<link|<base|<iframe/i);
  });

  test('never takes text for markup', () => {
    const [[, script]] = inside('script').filter(([element]) => element.includes('type="module"'));
    // Preact has a property for that, which nothing here sets.
    expect(script.match(/\.innerHTML\s*=(?!=)/g)?.length ?? 0).toBeLessThanOrEqual(1);
    expect(script).not.toMatch(/insertAdjacentHTML|document\.write|outerHTML\s*=|\beval\(|new Function/);
    expect(script).not.toMatch(/dangerouslySetInnerHTML\s*:\s*\{/);
  });

  test('hands on the licences of what is bundled, with itself and beside itself', () => {
    const licences = readFileSync(at('LICENSES.txt'), 'utf8');
    for (const name of PACKAGES) expect(licences).toContain(`${name}\n\n`);
    expect(licences.match(/Copyright/g)?.length).toBeGreaterThanOrEqual(PACKAGES.length);
    for (const line of licences.split('\n').filter((text) => text.startsWith('Copyright')))
      expect(PAGE).toContain(line);
  });

  test('is small beside what it shows', () => {
    expect(Buffer.byteLength(PAGE)).toBeLessThan(LARGEST);
  });
});
