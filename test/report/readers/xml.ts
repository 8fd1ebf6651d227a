/** An element of a document. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

/** Char of XML 1.0, production 2. */
const NO_CHARACTER = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;
const NAME = '[A-Za-z_:][-A-Za-z0-9._:]*';
const DECLARATION = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/;
const TOKEN = new RegExp(`<(/?)(${NAME})((?: ${NAME}="[^"<]*")*)(/?)>|([^<]+)`, 'uy');
const REFERENCES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a document without comments, sections and processing instructions. Throws where it is not well-formed. */
export function readXml(text: string): Element {
  const bad = NO_CHARACTER.exec(text);
  if (bad) throw new Error(`found U+${text.charCodeAt(bad.index).toString(16)}, which is no character of XML 1.0`);
  if (!DECLARATION.test(text)) throw new Error('found no declaration');
  const root: Draft = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  TOKEN.lastIndex = (DECLARATION.exec(text) as RegExpExecArray)[0].length;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const [, end, name, attributes, empty, characters] = TOKEN.exec(text) ?? fail(text, at);
    const top = open[open.length - 1];
    if (characters !== undefined) top.text += decoded(characters);
    else if (end) closeElement(open, name);
    else {
      const element: Draft = { name, attributes: attributesOf(attributes), children: [], text: '' };
      top.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length !== 1) throw new Error(`found the end, expected </${open[open.length - 1].name}>`);
  if (root.children.length !== 1 || root.text.trim() !== '')
    throw new Error('expected one element, and no text beside it');
  return root.children[0];
}

interface Draft extends Element {
  readonly children: Draft[];
  text: string;
}

function closeElement(open: Draft[], name: string): void {
  const top = open.pop();
  if (top?.name !== name || open.length === 0) throw new Error(`found </${name}>, expected </${top?.name}>`);
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, key, value] of text.matchAll(/ ([^=]+)="([^"]*)"/g)) {
    if (Object.hasOwn(attributes, key)) throw new Error(`found the attribute ${key} twice`);
    attributes[key] = decoded(value);
  }
  return attributes;
}

function decoded(text: string): string {
  if (text.includes(']]>')) throw new Error('found ]]> in a text');
  return text.replace(/&([^;]*;?)/g, (whole, name: string) => {
    if (!name.endsWith(';') || !Object.hasOwn(REFERENCES, name.slice(0, -1))) throw new Error(`found ${whole}`);
    return REFERENCES[name.slice(0, -1)];
  });
}

function fail(text: string, at: number): never {
  throw new Error(`found ${JSON.stringify(text.slice(at, at + 40))}, expected a tag or a text`);
}
