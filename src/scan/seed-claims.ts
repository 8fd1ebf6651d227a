/** A figure that was claimed of another system. */
export interface Claim {
  /** What it is of, as far as that is said. */
  readonly name: string;
  /** Null for a claim without a number. */
  readonly value: number | null;
  readonly unit: string | null;
  /** Never here: a claim is not a result. */
  readonly isMeasured: false;
}

function claim(name: string, value: number | null = null, unit: string | null = null): Claim {
  return { name, value, unit, isMeasured: false };
}

/**
 * Figures of a plant's sensors and of its operation, which have nothing to do with heaps. Nobody measured them here, and nothing is
 * compared with them. What comes nearest and is measured: the packed archive for `edge` (five-layer-scan S46), the time to a diagnosis, the
 * kernels' size and work without a network for `operation` (S47).
 */
export const CLAIMS: Readonly<Record<'edge' | 'operation', readonly Claim[]>> = {
  edge: [
    claim('sites', 3),
    claim('sensors', 117),
    claim('sampling of the sensors', 200, 'Hz'),
    claim('a time, of what is not said', 42, 'ms'),
    claim('loss that leads to a switch', 15, '%'),
    claim('switch, at most', 2.3, 's'),
    claim('inference', 8.7, 'ms'),
    claim('updates', -92.3, '%'),
    claim('updates, in', 4.1, 's'),
    claim('failures', 0, 'of 217'),
  ],
  operation: [
    claim('MTTD before', 27, 'min'),
    claim('MTTD after', 3, 'min'),
    claim('stops', -63, '%'),
    claim('stock', 2.8, '×'),
    claim('a share, of what is not said', 99.992, '%'),
    claim('offline', 142, 'h'),
    claim('snapshots', 83),
    claim('OPC UA'),
    claim('WASM', 12, 'MB'),
    claim('model classes', 7),
  ],
};
