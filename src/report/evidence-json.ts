import type { FoundPattern, ToldDominator, ToldPattern } from '../suspects/evidence.js';
import type { DetailDocument, EvidenceDocument, TableDocument } from '../suspects/evidence-document.js';
import { evidenceLine, holderJson, placeJson } from './suspect-json.js';

// Rebuilt key by key, as all documents are.

export function evidenceJson(document: EvidenceDocument): EvidenceDocument {
  const { totalSize, ids, groups, dominated, findings, details, dominatedDetails, dominators } = document;
  return {
    totalSize,
    ids: { level: ids.level, ids: ids.ids, kinds: ids.kinds, largest: ids.largest },
    groups: table(groups),
    dominated: table(dominated),
    findings: findings.map(pattern),
    details: details.map(detail),
    dominatedDetails: dominatedDetails.map(({ group, holder, className }) => ({
      group,
      holder: holderJson(holder),
      className,
    })),
    dominators: dominators.map(dominator),
  };
}

function table({ isCut, keys, parents, members, degrees, selfSize, retainedSize }: TableDocument): TableDocument {
  return { isCut, keys, parents, members, degrees, selfSize, retainedSize };
}

function pattern({ detector, name, key, count, bytes, strength, bounded, told }: FoundPattern): FoundPattern {
  return {
    ...{ detector, name, key, count, bytes, strength },
    ...(bounded !== undefined && { bounded }),
    ...(told && { told: toldPattern(told) }),
  };
}

function toldPattern(told: ToldPattern): ToldPattern {
  const { title, holder, chain, sampleGroups, path, evidence, repair, sampleIds, identity } = told;
  return {
    ...{ title, holder: holderJson(holder), chain, sampleGroups, path },
    ...{ evidence: evidence.map(evidenceLine), repair, sampleIds, identity },
  };
}

function detail(found: DetailDocument): DetailDocument {
  const { group, holder, chain, inside, memberClass, containerClass, memberPlace } = found;
  const { path, distance, identity, ids, sampleIds } = found;
  return {
    ...{ group, holder: holderJson(holder), chain, inside, memberClass, containerClass },
    ...(memberPlace && { memberPlace: placeJson(memberPlace) }),
    ...(found.writers && { writers: found.writers }),
    ...{ path, distance, identity, ids, sampleIds },
  };
}

function dominator({ className, retainedSize, isClass, accumulation, members }: ToldDominator): ToldDominator {
  const { id, holder, path, identity } = accumulation;
  return {
    className,
    retainedSize,
    ...(isClass && { isClass }),
    accumulation: {
      className: accumulation.className,
      id,
      retainedSize: accumulation.retainedSize,
      holder: holderJson(holder),
      ...{ path, identity },
    },
    ...(members && {
      members: { className: members.className, count: members.count, retainedSize: members.retainedSize },
    }),
  };
}
