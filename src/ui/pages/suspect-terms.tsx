import type { SuspectTerms } from '../../base/suspect-types.js';
import type { Case } from '../model/cases.js';
import { Meter } from '../parts/meter.js';

type Term = keyof SuspectTerms;

/** What speaks for a leak; each can be nothing. */
const FOR: readonly (readonly [Term, string, string])[] = [
  ['growth', 'Growth', 'that it is no accident'],
  ['ages', 'Ages', 'share of the intervals of which some still live'],
  ['share', 'Share', 'of the heap’s growth'],
  ['regularity', 'Regularity', 'share of the intervals with the usual number of new ones'],
  ['detectors', 'Detectors', 'strength of the pattern that is known to leak'],
];
/** What speaks against it: 1 is nothing. */
const AGAINST: readonly (readonly [Term, string, string])[] = [
  ['artifact', 'Artifact', 'less than 1: a side effect of the engine’s own'],
  ['bounded', 'Bounded', 'less than 1: a limit stands beside it'],
  ['plateau', 'Plateau', 'less than 1: it has stopped growing'],
];

/** What the confidence is made of. */
export function Terms({ terms, suspect }: { terms: SuspectTerms; suspect: Case }) {
  return (
    <section aria-labelledby="part-terms">
      <h2 id="part-terms">
        Why {suspect.confidence.toFixed(2)} <span class="note">what the confidence is made of</span>
      </h2>
      <table class="rows terms">
        <tbody>
          {FOR.map((row) => (
            <TermRow key={row[0]} row={row} value={terms[row[0]]} />
          ))}
        </tbody>
        <tbody class="factors">
          {AGAINST.map((row) => (
            <TermRow key={row[0]} row={row} value={terms[row[0]]} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function TermRow({ row: [, name, meaning], value }: { row: readonly [Term, string, string]; value: number }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Meter value={value} label={name} />
      </td>
      <td class="quiet">{meaning}</td>
    </tr>
  );
}
