import { useState } from 'preact/hooks';
import { containerStep, type PathStep, STEP_KINDS, stepOf } from '../model/path-steps.js';
import { Name } from './name.js';

/** Longer paths are told by their ends. */
const WHOLE = 22;
const AT_START = 5;
const AT_END = 12;

/** Who holds what, one under the other, from the root to what accumulates. */
export function PathPicture({ path, holder }: { path: readonly string[]; holder: string }) {
  const [isWhole, setWhole] = useState(path.length <= WHOLE);
  const steps = path.map(stepOf);
  const container = containerStep(steps);
  const isHidden = (at: number) => !isWhole && at >= AT_START && at < steps.length - AT_END;
  return (
    <ol class="path-picture" aria-label="Path from the root">
      <li class="step root">
        <span class="node">GC root</span>
      </li>
      {steps.map((step, at) => {
        if (isHidden(at))
          return at === AT_START ? (
            <Hidden key="hidden" count={steps.length - AT_START - AT_END} onShow={() => setWhole(true)} />
          ) : null;
        const role = at === steps.length - 1 ? 'member' : at === container ? 'container' : '';
        // A path may come through the same step twice.
        return <Step key={`${at} ${path[at]}`} step={step} role={role} holder={holder} />;
      })}
    </ol>
  );
}

function Hidden({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <li class="step hidden">
      <button type="button" class="plain" onClick={onShow}>
        {count} more steps
      </button>
    </li>
  );
}

function Step({ step: { kind, edge, node }, role, holder }: { step: PathStep; role: string; holder: string }) {
  return (
    <li class={`step ${kind} ${role}`}>
      <span class="edge">
        {edge !== '' && <Name text={edge} most={120} />}
        <span class="kind">{STEP_KINDS[kind]}</span>
      </span>
      <span class="node">
        <Name text={node} most={160} />
      </span>
      {role === 'container' && (
        <span class="role">
          holds them: <Name text={holder} most={120} />
        </span>
      )}
      {role === 'member' && <span class="role">what accumulates</span>}
    </li>
  );
}
