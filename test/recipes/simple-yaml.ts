// Reads the YAML that workflows are written in: maps, lists, plain and quoted scalars, blocks with `|`, lists in brackets, `{}`. Whatever else
// YAML has is refused, so nothing is read in another way than a whole parser would.

export type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml };

interface Line {
  readonly indent: number;
  readonly text: string;
  readonly number: number;
}

export function readYaml(text: string): Yaml {
  const lines = text.split('\n').map((raw, at): Line => {
    const content = raw.trimStart();
    return { indent: raw.length - content.length, text: content.trimEnd(), number: at + 1 };
  });
  if (/\t/.test(text)) throw new Error('found a tab, expected spaces');
  const reader = new Reader(lines);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #lines: readonly Line[];
  #at = 0;

  constructor(lines: readonly Line[]) {
    this.#lines = lines;
  }

  value(indent: number): Yaml {
    const line = this.#next();
    if (line === undefined || line.indent < indent) return null;
    return line.text.startsWith('- ') ? this.#list(line.indent) : this.#map(line.indent);
  }

  end(): void {
    const line = this.#next();
    if (line !== undefined) throw new Error(`line ${line.number}: found ${line.text}, expected the end`);
  }

  #next(): Line | undefined {
    while (this.#at < this.#lines.length && /^(?:#|$)/.test(this.#lines[this.#at].text)) this.#at++;
    return this.#lines[this.#at];
  }

  #list(indent: number): Yaml[] {
    const items: Yaml[] = [];
    for (let line = this.#next(); line?.indent === indent && line.text.startsWith('- '); line = this.#next()) {
      const rest = line.text.slice(2).trimStart();
      if (!KEY.test(rest)) {
        items.push(scalar(rest, line));
        this.#at++;
        continue;
      }
      // The item's map begins behind the dash.
      const inner = { ...line, indent: line.indent + line.text.length - rest.length, text: rest };
      items.push(this.#map(inner.indent, inner));
    }
    return items;
  }

  #map(indent: number, first?: Line): { readonly [key: string]: Yaml } {
    const map: Record<string, Yaml> = Object.create(null);
    for (let line = first ?? this.#next(); line?.indent === indent && KEY.test(line.text); line = this.#next()) {
      const [whole, key] = KEY.exec(line.text) as RegExpExecArray;
      if (key in map) throw new Error(`line ${line.number}: found ${key} twice`);
      const rest = withoutComment(line.text.slice(whole.length).trim());
      this.#at++;
      if (rest === '|') map[key] = this.#block(indent);
      else map[key] = rest === '' ? this.value(indent + 1) : scalar(rest, line);
    }
    const rest = this.#next();
    if (rest !== undefined && rest.indent > indent)
      throw new Error(`line ${rest.number}: found ${rest.text}, expected no more indentation`);
    return map;
  }

  #block(indent: number): string {
    const lines: Line[] = [];
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at];
      if (line.text !== '' && line.indent <= indent) break;
      lines.push(line);
    }
    const least = Math.min(...lines.filter(({ text }) => text !== '').map((line) => line.indent));
    return `${lines
      .map((line) => ' '.repeat(Math.max(0, line.indent - least)) + line.text)
      .join('\n')
      .trimEnd()}\n`;
  }
}

const KEY = /^([A-Za-z_][\w-]*):(?= |$)/;

function withoutComment(text: string): string {
  const [, quoted] = /^("[^"]*"|'[^']*') +#/.exec(text) ?? [];
  if (quoted !== undefined) return quoted;
  return /^['"]/.test(text) ? text : text.replace(/(?:^| +)#.*$/, '');
}

function scalar(raw: string, { number }: Pick<Line, 'number'>): Yaml {
  const text = withoutComment(raw);
  const quoted = /^'([^']*)'$|^"([^"\\]*)"$/.exec(text);
  if (quoted) return quoted[1] ?? quoted[2];
  if (text === '{}') return {};
  const list = /^\[([\w, .-]*)\]$/.exec(text);
  if (list) return list[1].split(',').map((item) => scalar(item.trim(), { number }));
  // What would be something else to YAML than text.
  if (/^[[\]{}&*!|>%@`"',?]|: | #/.test(text))
    throw new Error(`line ${number}: found ${text}, expected a plain scalar`);
  if (/^(?:true|false)$/.test(text)) return text === 'true';
  if (/^(?:~|null|yes|no|on|off)$/i.test(text))
    throw new Error(`line ${number}: found ${text}, expected quotes around it`);
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
