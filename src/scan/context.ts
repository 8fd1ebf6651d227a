import { createHash } from 'node:crypto';
import { LAYERS } from '../base/scan-layers.js';
import type { Level, ScanLayer } from '../base/scan-types.js';
import { canonicalJson } from './canonical-json.js';

export type OutputName = (typeof LAYERS)[number]['output'];

/** One layer's output, by the names that layers have. */
export interface SignedLayer extends ScanLayer {
  readonly output: OutputName;
  readonly deps: readonly OutputName[];
}

/** A layer is missing, out of order or not what was signed. */
export class DependencyIntegrityError extends Error {
  override readonly name = 'DependencyIntegrityError';
  readonly code = 'DEPENDENCY_INTEGRITY';
  readonly level: number;
  /** What is not there, if that is it. */
  readonly missing: string | undefined;
  readonly expected: string;
  readonly found: string;

  constructor(level: number, found: string, expected: string, missing?: string) {
    super(`layer ${level}: found ${found}, expected ${expected}`);
    this.level = level;
    this.missing = missing;
    this.expected = expected;
    this.found = found;
  }
}

/**
 * The state of a scan between two layers: immutable, and only made by signing one layer after the other. What it passes on is
 * checked: a layer that is missing or has been altered ends the scan.
 */
export class ScanContext {
  readonly level: Level;
  readonly deps: ReadonlySet<OutputName>;
  readonly status: SignedLayer['status'];
  readonly prevHash: string;
  readonly signature_hash: string;
  readonly layers: readonly SignedLayer[];

  private constructor(layers: readonly SignedLayer[]) {
    const last = layers[layers.length - 1];
    this.level = last.level;
    this.deps = new Set(last.deps);
    this.status = last.status;
    this.prevHash = last.prevHash;
    this.signature_hash = last.signature_hash;
    this.layers = layers;
  }

  /** Signs the first layer. */
  static start(payload: unknown, engineVersion: string, reason?: string): ScanContext {
    return new ScanContext([sign(1, '', payload, engineVersion, reason)]);
  }

  /** Signs the next layer, once those before it have been checked. `reason`: why there is no evidence, if there is none. */
  next(payload: unknown, engineVersion: string, reason?: string): ScanContext {
    validateChain(this.layers, engineVersion);
    if (this.level === 5) throw new DependencyIntegrityError(6, 'a sixth layer', 'five');
    const level = (this.level + 1) as Level;
    return new ScanContext([...this.layers, sign(level, this.signature_hash, payload, engineVersion, reason)]);
  }
}

/** Throws a `DependencyIntegrityError` unless layers 1 … k are there without gaps, in order, and as they were signed. */
export function validateChain(layers: readonly SignedLayer[], engineVersion: string): void {
  let prevHash = '';
  for (const [at, layer] of layers.entries()) {
    const { level, output } = LAYERS[Math.min(at, LAYERS.length - 1)];
    if (layer.level !== at + 1 || layer.output !== output)
      throw new DependencyIntegrityError(
        at + 1,
        `layer ${layer.level}, ${layer.output}`,
        `layer ${level}, ${output}`,
        output,
      );
    const before = LAYERS.slice(0, at).map((one) => one.output);
    const missing = before.find((name) => !layer.deps.includes(name));
    if (missing !== undefined || layer.deps.length !== before.length)
      throw new DependencyIntegrityError(
        at + 1,
        `dependencies on ${listed(layer.deps)}`,
        `those on ${listed(before)}`,
        missing,
      );
    if (layer.prevHash !== prevHash)
      throw new DependencyIntegrityError(
        at + 1,
        `previous signature ${shown(layer.prevHash)}`,
        shown(prevHash),
        `L${at}.signature_hash`,
      );
    const expected = hashOf(layer, engineVersion);
    if (layer.signature_hash !== expected)
      throw new DependencyIntegrityError(
        at + 1,
        `signature ${shown(layer.signature_hash)}`,
        shown(expected),
        `L${at + 1}.signature_hash`,
      );
    prevHash = layer.signature_hash;
  }
}

function sign(level: Level, prevHash: string, payload: unknown, engineVersion: string, reason?: string): SignedLayer {
  const draft = {
    level,
    output: LAYERS[level - 1].output,
    deps: LAYERS.slice(0, level - 1).map(({ output }) => output),
    status: reason === undefined ? ('ok' as const) : ('no-evidence' as const),
    ...(reason !== undefined && { reason }),
    payload,
    prevHash,
  };
  return { ...draft, signature_hash: hashOf(draft, engineVersion) };
}

function hashOf(
  { level, deps, status, reason, prevHash, payload }: Omit<SignedLayer, 'signature_hash'>,
  engineVersion: string,
): string {
  const signed = {
    level,
    deps: [...deps].sort(),
    status,
    reason,
    prevHash,
    payload: sha256(canonicalJson(payload)),
    engineVersion,
  };
  return sha256(canonicalJson(signed));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}

function shown(hash: string): string {
  return hash === '' ? 'none' : hash.slice(0, 12);
}
