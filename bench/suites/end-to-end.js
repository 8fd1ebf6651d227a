import { analyze, openSnapshot } from '#src/index.js';

/** The public calls, worker thread and start-up included. */
export default async function endToEnd(file) {
  const analyzeFile = async (options) => {
    const { snapshots } = await analyze(file, options);
    if (!snapshots[0].ok) throw new Error(snapshots[0].error.message);
  };
  const openFile = async () => {
    const snapshot = await openSnapshot(file);
    snapshot.close();
  };
  return [
    { name: 'analyze', run: () => analyzeFile({ suspects: false }) },
    { name: 'analyze, with suspects', run: () => analyzeFile({}) },
    { name: 'openSnapshot', run: openFile },
  ];
}
