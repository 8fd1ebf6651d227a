import { useEffect, useState } from 'preact/hooks';

/** Where the reader is: the page's id, and what the page makes of the rest. */
export interface Route {
  readonly page: string;
  readonly rest: readonly string[];
}

const ANCHOR = /^#?flame:\/\/([^#]*)#(growth|retained|path)$/s;

/** `#/suspect/SIGNATURE/growth`; the anchors of findings, `flame://SIGNATURE#growth`, are such places. Empty: the first page. */
export function routeOf(hash: string): Route {
  const anchor = ANCHOR.exec(decoded(hash));
  if (anchor) return { page: 'suspect', rest: [anchor[1], anchor[2]] };
  const [page = '', ...rest] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decoded);
  return { page, rest };
}

/** A link's target within the page. Whatever the texts are, it begins with `#/`. */
export function hrefTo(page: string, ...rest: readonly (string | number)[]): string {
  return `#/${[page, ...rest].map((part) => encodeURIComponent(String(part).toWellFormed())).join('/')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function goTo(page: string, ...rest: readonly (string | number)[]): void {
  location.hash = hrefTo(page, ...rest);
}

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const read = () => setHash(location.hash);
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  return routeOf(hash);
}
