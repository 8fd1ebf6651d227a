import type { WasteName } from '../base/waste-types.js';

/** What people are told of each kind of waste. */
export const WASTE_TITLES: Readonly<Record<WasteName, string>> = {
  'duplicate-strings': 'Duplicate strings',
  'possibly-equal-strings': 'Strings that begin alike',
  'sliced-strings': 'Strings kept by slices of them',
  'sparse-tables': 'Sparse Maps and Sets',
  'empty-collections': 'Empty collections',
  'array-slack': 'Arrays with unused room',
  'duplicate-shapes': 'Duplicate object shapes',
  'dead-variables': 'Variables nobody uses',
};
