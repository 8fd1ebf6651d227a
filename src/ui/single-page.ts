import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
// @ts-expect-error: what builds is plain JavaScript
import { licencesOf } from '../../.ci/licences.mjs';

export interface SinglePageOptions {
  /** Whether the page may ask the server that it came from. Default: it may ask nobody. */
  readonly asksServer?: boolean;
}

/**
 * Puts a policy into the page that lets nothing run or load but its own script and style, told by their hashes, and hands on the licences
 * of what is bundled: in a file beside the page, and in the page itself, which is copied without that file.
 */
export function singlePage({ asksServer = false }: SinglePageOptions = {}): Plugin {
  return {
    name: 'heapsleuth:single-page',
    enforce: 'post',
    generateBundle: {
      // Behind the plugin that puts script and style into the page.
      order: 'post',
      handler(_, bundle) {
        const licences: string = licencesOf([...this.getModuleIds()]);
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue;
          file.source = `${withPolicy(String(file.source), asksServer).trimEnd()}\n<!--\n${licences.replaceAll('--', '- -')}-->\n`;
        }
        this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: licences });
      },
    },
  };
}

function withPolicy(html: string, asksServer: boolean): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashesOf(html, /<script type="module"[^>]*>(.*?)<\/script>/gs)}`,
    `style-src ${hashesOf(html, /<style[^>]*>(.*?)<\/style>/gs)}`,
    ...(asksServer ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const head = '<meta charset="utf-8">';
  const parts = html.split(head);
  if (parts.length !== 2) throw new Error(`found ${parts.length - 1} times ${head}, expected it once`);
  // Before anything that it is to rule.
  return parts.join(`${head}\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`);
}

function hashesOf(html: string, pattern: RegExp): string {
  const hashes = [...html.matchAll(pattern)].map(
    ([, text]) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  if (hashes.length !== 1) throw new Error(`found ${hashes.length} of ${pattern} in the page, expected 1`);
  return hashes[0];
}
