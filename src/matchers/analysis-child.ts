// The child process of `measureLeaks`: one message with the files, one with the analysis. Its own memory is nobody's series.

import { analyze } from '../index.js';
import type { ChildAnswer, ChildQuestion } from './in-child.js';

process.on('disconnect', () => process.exit());

process.once('message', ({ files, options }: ChildQuestion) => {
  analyze(files, options).then(
    (analysis) => answer({ analysis }),
    (error: unknown) => answer({ failure: error instanceof Error ? error.message : String(error) }),
  );
});

function answer(message: ChildAnswer): void {
  process.send?.(message, undefined, undefined, () => process.disconnect());
}
