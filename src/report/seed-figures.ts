import type { Level } from '../base/scan-types.js';
import { AUDITS, CONFIDENCE_LIMITS, convergeRate, EXPOSURE } from '../scan/seed.js';
import { CLAIMS, type Claim } from '../scan/seed-claims.js';
import { heading, type Screen } from './screen.js';

const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];
/** For how many rates of convergence are told. */
const SAMPLES = 1000;

/** The figures that the scan was first described with, for a document. */
export function seedJson() {
  return {
    layers: LEVELS.map((level) => ({
      ...{ level, exposure: EXPOSURE[level].name, remark: EXPOSURE[level].remark, audit: AUDITS[level] },
      convergeRate: { n: SAMPLES, formula: convergeRate(level, SAMPLES), text: convergeRate(level, SAMPLES, 'text') },
    })),
    confidenceLimits: CONFIDENCE_LIMITS,
    claims: { edge: CLAIMS.edge, operation: CLAIMS.operation },
  };
}

/** The same for people: figures to look up, none of which decides anything. */
export function seedText(screen: Screen): string {
  const layers = LEVELS.map((level) => {
    const { name, remark } = EXPOSURE[level];
    const audit = AUDITS[level];
    const rates = `${convergeRate(level, SAMPLES)} by the formula, ${convergeRate(level, SAMPLES, 'text')} by its text`;
    const audited = audit === null ? '' : `; ${audit.states} states, ${audit.rounds} rounds, ${audit.check}`;
    return `  L${level} ${name}${remark === null ? '' : ` (${remark})`}: converges with ${rates}${audited}\n`;
  });
  const limits = (['age', 'depth', 'frequency'] as const).map((name) => {
    const { low, high, prose, unit } = CONFIDENCE_LIMITS[name];
    return `  ${name}: low ${low}, high ${high}, in its text ${prose} ${unit}\n`;
  });
  return [
    '\n',
    heading('Figures of the first description', 'not measured here, and nothing depends on them', screen),
    ...layers,
    ...limits,
    ...[...CLAIMS.edge, ...CLAIMS.operation].map((claim) => `  ${claimText(claim)}\n`),
  ].join('');
}

function claimText({ name, value, unit }: Claim): string {
  return value === null ? name : `${name}: ${value}${unit === null ? '' : ` ${unit}`}`;
}
