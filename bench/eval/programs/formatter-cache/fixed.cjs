// Recipe search: finds the words a cook typed and marks them in titles and ingredients.
const NOUNS = ['soup', 'pie', 'salad', 'stew', 'bread', 'curry', 'noodles', 'dumplings'];
const STYLES = ['smoky', 'lemon', 'garlic', 'mushroom', 'chestnut', 'ginger', 'spinach', 'pumpkin', 'lentil'];
const STOP_WORDS = new Set(['with', 'and', 'the', 'for']);

const recipes = [];
for (const style of STYLES) {
  for (const noun of NOUNS) {
    recipes.push({
      title: `${style} ${noun}`,
      ingredients: [`${style} paste`, 'olive oil', 'salt', `stock for ${noun}`],
    });
  }
}

const patternCache = new Map();
const PATTERN_LIMIT = 80;
const popular = new Map(NOUNS.map((noun) => [noun, 0]));

function escapeText(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function patternFor(query) {
  let pattern = patternCache.get(query);
  if (pattern === undefined) {
    const words = query.split(/\s+/).filter((word) => word !== '' && !STOP_WORDS.has(word));
    pattern = new RegExp(`\\b(${words.map(escapeText).join('|')})`, 'giu');
    if (patternCache.size >= PATTERN_LIMIT) patternCache.delete(patternCache.keys().next().value);
    patternCache.set(query, pattern);
  }
  return pattern;
}

function mark(text, pattern) {
  return text.replace(pattern, '<mark>$1</mark>');
}

function score(recipe, pattern) {
  const inTitle = recipe.title.match(pattern)?.length ?? 0;
  const inList = recipe.ingredients.reduce((sum, line) => sum + (line.match(pattern)?.length ?? 0), 0);
  return inTitle * 3 + inList;
}

function search(query) {
  const pattern = patternFor(query);
  const hits = recipes.map((recipe) => ({ recipe, points: score(recipe, pattern) })).filter((hit) => hit.points > 0);
  hits.sort((one, other) => other.points - one.points);
  for (const { recipe } of hits.slice(0, 3)) {
    const noun = recipe.title.split(' ')[1];
    popular.set(noun, popular.get(noun) + 1);
  }
  return hits.slice(0, 5).map(({ recipe }) => ({
    title: mark(recipe.title, pattern),
    ingredients: recipe.ingredients.map((line) => mark(line, pattern)),
  }));
}

let cook = 41;
function typed() {
  cook = (cook * 69_621) % 2_147_483_647;
  const style = STYLES[cook % STYLES.length];
  const noun = NOUNS[(cook >> 5) % NOUNS.length];
  return `${style} ${noun} for ${1 + ((cook >> 9) % 12)} in ${10 + ((cook >> 13) % 80)} minutes`;
}

async function round() {
  let hits = 0;
  for (let at = 0; at < 110; at++) hits += search(typed()).length;
  return { hits, popular: Object.fromEntries(popular) };
}

module.exports = { round };
