import { createRandom, type Random } from './random.js';
import type { TableOptions, TextOptions } from './snapshot-builder.js';

const SECTIONS: readonly string[] = [
  'snapshot',
  'nodes',
  'edges',
  'trace_function_infos',
  'trace_tree',
  'samples',
  'locations',
  'scopes',
  'scope_context_vars',
  'scope_uses',
  'strings',
];

/** Nested, empty and misleading values: the names of real sections and brackets within strings. */
const UNKNOWN_SECTIONS: Readonly<Record<string, unknown>> = {
  future: { nodes: [1, 2, { edges: [] }], strings: ['"nodes":[', ']}', '\\'] },
  empty: {},
  list: [[], [[]], {}, null, true, false, -1.5e-3, 'é'],
  flag: false,
  'näme "quoted"': 'nodes',
};

function randomUnknownSections(random: Random): Record<string, unknown> {
  return Object.fromEntries(Object.entries(UNKNOWN_SECTIONS).filter(() => random.chance(0.5)));
}

/** Every freedom a producer has, at random: all files made with these options say the same. */
export function randomJsonOptions(seed: number): TableOptions & TextOptions {
  const random = createRandom(seed);
  return {
    style: random.pick(['v8', 'compact', 'pretty']),
    seed,
    bom: random.chance(0.2),
    strings: random.pick(['escaped', 'raw']),
    sectionOrder: random.chance(0.5) ? random.shuffle(SECTIONS) : undefined,
    unknownSections: random.chance(0.5) ? randomUnknownSections(random) : undefined,
    permuteFields: random.chance(0.5) ? seed : undefined,
    extraNodeFields: random.chance(0.3) ? ['colour', 'weight'] : undefined,
    extraEdgeFields: random.chance(0.3) ? ['strength'] : undefined,
    extraLocationFields: random.chance(0.3) ? ['script_object_index'] : undefined,
    extraNodeTypes: random.chance(0.3) ? ['unheard of'] : undefined,
    extraEdgeTypes: random.chance(0.3) ? ['unheard of'] : undefined,
  };
}
