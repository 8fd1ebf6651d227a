import type { Ordinal } from '../base/types.js';
import type { WasteItem, WasteKind, WasteName, WasteText } from '../base/waste-types.js';
import { newestIds } from '../paths/id-sample.js';
import { ListedStrings } from './listed-strings.js';
import { byWaste, summed, type Waste } from './place-tally.js';
import { holderOf, type WasteGround, type WasteScene, type WasteTeller } from './scene.js';
import { groupStrings, type StringGroups } from './string-groups.js';

const SHOWN_UNITS = 60;

interface Row extends Waste {
  readonly group: number;
}

/**
 * Strings with one text, of which one would do: the largest stays, so that the rest is what certainly goes. Text that is cut off proves
 * nothing: what is equal only as far as the file tells is a kind of its own. Rule: devtools-semantics S12.
 */
export function findDuplicateStrings(ground: WasteGround): WasteTeller {
  const groups = groupStrings(ground.view, ground.names, new ListedStrings(ground));
  const rows: Record<'certain' | 'possible', Row[]> = { certain: [], possible: [] };
  for (let group = 0; group < groups.size; group++) {
    const count = groups.counts[group];
    if (count < 2) continue;
    const spare = groups.bytes[group] - groups.largest[group];
    if (groups.isCertain(group)) rows.certain.push({ group, count, reclaimable: spare });
    else rows.possible.push({ group, count, reclaimable: 0, atMost: spare });
  }
  const [certain, possible] = [rows.certain.sort(byWaste), rows.possible.sort(byWaste)];
  return (scene) => {
    const told = [...certain.slice(0, scene.top), ...possible.slice(0, scene.top)].map(({ group }) => group);
    const members = membersOf(groups, told);
    const kind = (name: WasteName, all: readonly Row[]): WasteKind => ({
      ...summed(name, all),
      items: all.slice(0, scene.top).map((row) => tell(scene, groups, row, members.get(row.group) ?? [])),
    });
    return [kind('duplicate-strings', certain), kind('possibly-equal-strings', possible)];
  };
}

/** Nodes of the groups asked for. Cost: one pass over the strings that may have a duplicate. */
function membersOf({ nodes, groups }: StringGroups, told: readonly number[]): Map<number, Ordinal[]> {
  const members = new Map<number, Ordinal[]>(told.map((group) => [group, []]));
  for (const [at, node] of nodes.entries()) members.get(groups[at])?.push(node);
  return members;
}

function tell(scene: WasteScene, groups: StringGroups, row: Row, members: readonly Ordinal[]): WasteItem {
  const { group, count, reclaimable, atMost } = row;
  const { example, share } = mostlyAt(scene, members);
  const text = textOf(scene, groups, group);
  const places = share < count ? `, ${share} of ${count} there` : '';
  return {
    holder: holderOf(scene, example),
    className: scene.view.className(example),
    ...{ count, bytes: groups.bytes[group], reclaimable },
    ...(atMost !== undefined && { atMost }),
    note: `${text.length} characters, ${text.fingerprint}${places}`,
    sampleIds: newestIds(scene.view, members),
    text,
  };
}

/** The place of most members: one of them, and how many they are. */
function mostlyAt({ keyOf }: WasteScene, members: readonly Ordinal[]): { example: Ordinal; share: number } {
  const places = new Map<bigint, { example: Ordinal; share: number }>();
  let most = { example: members[0], share: 0 };
  for (const node of members) {
    const key = keyOf(node);
    const place = places.get(key) ?? { example: node, share: 0 };
    place.share++;
    places.set(key, place);
    if (place.share > most.share) most = place;
  }
  return most;
}

function textOf({ view, showValues }: WasteScene, groups: StringGroups, group: number): WasteText {
  const text = groups.text(group);
  return {
    length: groups.textLength(group),
    fingerprint: view.fingerprints.of(text),
    ...(showValues && { value: text.slice(0, SHOWN_UNITS) }),
  };
}
