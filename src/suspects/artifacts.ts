import type { SuspectHolder } from '../base/suspect-types.js';

/** How much is left of the confidence in a suspect that looks like a side effect. */
const ARTIFACT = 0.3;

/**
 * Classes that V8 and Node keep for their own ends (detectors, 3). What V8 notes of a program's own promises, registries and buffers is not
 * among them.
 */
const FAMILIES =
  /^\(compiled code\)$|^\(object shape\)$|^\(system\)$|^\(hidden\)$|^system \/ (?!PromiseReaction|WeakCell|Context|JSArrayBufferData|ArrayBufferData|ArrayList)|^Node \/|^(?:BytecodeArray|FeedbackVector|FeedbackCell|ScopeInfo|SharedFunctionInfo|StackFrameInfo|StackTraceFrame|WeakReference)$/;
/** Steps of a path that lead into code and its feedback, or to what a console holds. */
const STEPS =
  /^\((?:feedback_cell|shared|code|function_data|trusted_function_data|descriptors|back_pointer|map|prototype_info|transition_info)\)| \/ DevTools console/;

/** Whether a class is one of V8's or Node's own ends. */
export function isEngineFamily(className: string): boolean {
  return FAMILIES.test(className);
}

/** 1, or less for what grows as a program warms up, and for what Node holds for itself. Never hidden: the factor is printed. */
export function artifactFactor(memberClass: string, path: readonly string[], holder: SuspectHolder): number {
  if (isEngineFamily(memberClass) || path.some((step) => STEPS.test(step))) return ARTIFACT;
  return holder.kind === 'internal' ? ARTIFACT : 1;
}
