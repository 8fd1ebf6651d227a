import { terminalText } from './terminal-text.js';

/** What XML 1.0 has no character for, of what `terminalText` leaves. */
const NO_CHARACTERS = /[\ufffe\uffff]/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text of any origin, for an element or an attribute: well-formed XML 1.0 whatever is in it, on one line. */
export function xmlText(text: string): string {
  return terminalText(text)
    .replace(NO_CHARACTERS, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element. `content`: finished XML; attributes that are undefined are left out. */
export function xmlElement(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  return content === '' ? `<${name}${written.join('')}/>\n` : `<${name}${written.join('')}>${content}</${name}>\n`;
}
