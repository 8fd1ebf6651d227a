// Does pieces of work, a few at a time.

/**
 * Never rejects: a piece that fails is told to `onFailed`, and the others go on.
 * @template T
 * @param {readonly T[]} pieces
 * @param {number} jobs
 * @param {(piece: T) => Promise<void>} work
 * @param {(piece: T, error: Error) => void} onFailed
 */
export async function inParallel(pieces, jobs, work, onFailed) {
  const open = pieces[Symbol.iterator]();
  const worker = async () => {
    for (const piece of open) {
      try {
        await work(piece);
      } catch (error) {
        onFailed(piece, error);
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
}
