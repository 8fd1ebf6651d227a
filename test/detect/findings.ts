import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Detector, Finding } from '#src/detect/detector.js';
import { scratchFolder } from '../promises/scratch-folder.js';
import { sceneOfFile, snapshotOf } from './scene.js';

/** Names of some nodes, to compare samples by. */
export interface Found {
  readonly findings: readonly Finding[];
  /** The only finding whose holder's expression begins so. */
  with(expression: string): Finding;
  nameOf(node: number): string;
  idOf(node: number): number;
}

/** What a detector says of the snapshot that a program writes. Called once a test file. */
export async function findingsOf(program: string, detector: Detector): Promise<Found> {
  const { view, ...scene } = await sceneOfFile(snapshotOf(program, scratchFolder()), [detector]);
  const findings = detector.detect({ view, ...scene }, detector.limits);
  return {
    findings,
    nameOf: (node) => view.name(node),
    idOf: (node) => view.id(node),
    with(expression) {
      const some = findings.filter(({ holder }) => holder?.expression.startsWith(expression));
      if (some.length !== 1) throw new Error(`found ${some.length} findings, expected one of ${expression}`);
      return some[0];
    },
  };
}

export function expressionsOf(findings: readonly Finding[]): string[] {
  return findings.map(({ holder }) => holder?.expression ?? '').sort();
}

export function evidenceOf({ evidence }: Finding, label: string): string | number | undefined {
  return evidence.find((one) => one.label === label)?.value;
}

/** Where a text first stands in a program, counted from 1. */
export function lineOf(program: string, text: string): number {
  const script = fileURLToPath(new URL(`programs/${program}.cjs`, import.meta.url));
  const lines = readFileSync(script, 'utf8').split('\n');
  const line = lines.findIndex((one) => one.includes(text)) + 1;
  if (line === 0) throw new Error(`found no ${text} in ${program}.cjs, expected it there`);
  return line;
}
