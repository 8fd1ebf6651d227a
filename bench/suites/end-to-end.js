import { analyze, openSnapshot } from '#src/index.js';

/** The public calls, worker thread and start-up included. */
export default async function endToEnd(file) {
  // Without suspects: what the baseline was measured on. With them, its worker's code would be another one for both.
  const analyzeFile = async () => {
    const { snapshots } = await analyze(file, { suspects: false });
    if (!snapshots[0].ok) throw new Error(snapshots[0].error.message);
  };
  const openFile = async () => {
    const snapshot = await openSnapshot(file);
    snapshot.close();
  };
  return [
    { name: 'analyze', run: analyzeFile },
    { name: 'openSnapshot', run: openFile },
  ];
}
