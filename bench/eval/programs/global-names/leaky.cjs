// Newsletter previews. The old template language can only see global names, so a brand is published before rendering.
const DEFAULT_PALETTE = { text: '#222222', accent: '#0b6e4f', paper: '#ffffff' };
const ACCENTS = ['#0b6e4f', '#b23a48', '#2c5aa0', '#8a5a00', '#5b2a86'];

class Brand {
  constructor(slug, accent, footer) {
    this.slug = slug;
    this.palette = { ...DEFAULT_PALETTE, accent };
    this.footer = footer;
    this.fonts = [`${slug}-serif`, `${slug}-sans`];
  }
}

const templates = new Map();

function compile(source) {
  let parts = templates.get(source);
  if (parts === undefined) {
    parts = source.split(/\{\{|\}\}/).map((text, at) => (at % 2 === 0 ? { text } : { path: text.trim().split('.') }));
    templates.set(source, parts);
  }
  return parts;
}

function lookUp(root, path) {
  let value = root;
  for (const name of path) value = value?.[name];
  return value === undefined ? '' : String(value);
}

function render(source, brandName, letter) {
  const scope = { brand: globalThis[brandName], letter };
  return compile(source)
    .map((part) => (part.path ? lookUp(scope, part.path) : part.text))
    .join('');
}

const LETTER = '<h1 style="color:{{ brand.palette.accent }}">{{ letter.title }}</h1><p>{{ letter.body }}</p>';
const FOOTER = '<footer>{{ brand.footer }} {{ letter.issue }}</footer>';

function preview(slug, letter) {
  const brandName = `brand_${slug}`;
  const accent = ACCENTS[letter.issue % ACCENTS.length];
  globalThis[brandName] = new Brand(slug, accent, `You get this because you signed up at ${slug}.example.`);
  return render(LETTER, brandName, letter) + render(FOOTER, brandName, letter);
}

function draftsOf(day) {
  const drafts = [];
  for (let at = 0; at < 110 + ((day * 17) % 40); at++) {
    drafts.push({
      slug: `shop${day}x${at}`,
      letter: { issue: day * 100 + at, title: `News ${at}`, body: 'Dear reader, '.repeat(1 + (at % 6)) },
    });
  }
  return drafts;
}

async function round(k) {
  let bytes = 0;
  for (const { slug, letter } of draftsOf(k)) bytes += preview(slug, letter).length;
  return { bytes, templates: templates.size };
}

module.exports = { round };
