/**
 * @typedef {{wallMs: number, peakBytes: number, nodeCount: number, onCurve: boolean}} Point
 * @typedef {Point & {nsPerNode: number, bytesPerNode: number, timeRatio: number, memoryRatio: number}} Placed
 */

/**
 * Time and memory a node, each as a multiple of the least on the curve. A spread is the largest of these multiples; NaN for
 * fewer than two points, since one alone is always even with itself. Points off the curve are compared but do not count.
 * @param {Point[]} points
 * @returns {{points: Placed[], timeSpread: number, memorySpread: number}}
 */
export function drawCurve(points) {
  const priced = points.map((point) => ({
    ...point,
    nsPerNode: (point.wallMs * 1e6) / point.nodeCount,
    bytesPerNode: point.peakBytes / point.nodeCount,
  }));
  const counting = priced.filter(({ onCurve }) => onCurve);
  const all = (field) => counting.map((point) => point[field]);
  const [leastTime, leastMemory] = [Math.min(...all('nsPerNode')), Math.min(...all('bytesPerNode'))];
  const spread = (field, least) => (counting.length < 2 ? Number.NaN : Math.max(...all(field)) / least);
  return {
    points: priced.map((point) => ({
      ...point,
      timeRatio: point.nsPerNode / leastTime,
      memoryRatio: point.bytesPerNode / leastMemory,
    })),
    timeSpread: spread('nsPerNode', leastTime),
    memorySpread: spread('bytesPerNode', leastMemory),
  };
}
