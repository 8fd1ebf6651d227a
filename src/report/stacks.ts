import type { ScanSite } from '../base/scan-types.js';
import type { GroupGrowth, Place } from '../base/suspect-types.js';
import type { Bytes } from '../base/types.js';
import { type Issue, issuesOf } from './issues.js';
import type { ReportInput } from './reporter.js';
import { terminalText } from './terminal-text.js';

/** One frame of a stack, in one line. */
export interface Frame {
  readonly name: string;
  readonly place?: Place;
}

/** Bytes by the way in which they are held or allocated, from the root on. */
export interface Stack {
  readonly frames: readonly Frame[];
  /** How many objects; 0 where that is not known. */
  readonly objects: number;
  readonly bytes: Bytes;
}

/** Stacks of one kind; those of two groups may be the same bytes. */
export interface StackGroup {
  readonly name: string;
  readonly stacks: readonly Stack[];
}

/** Columns of a frame's name. */
const WIDEST = 200;

/**
 * What pictures of stacks show: what suspects retain by their paths, what grows by its holder, what functions have in use by profiles.
 * Pictures add up, so what grows has its self sizes: retained ones would count what one path holds through another twice. A group without
 * stacks is left out, except the first one.
 */
export function stackGroups(input: ReportInput): StackGroup[] {
  const { analysis } = input;
  const sites = input.kind === 'scan' ? input.report.sites : [];
  const [issues, ...others] = [
    { name: input.kind === 'scan' ? 'findings' : 'suspects', stacks: issuesOf(input).map(ofIssue) },
    { name: 'growing paths', stacks: (analysis?.growth?.paths ?? []).map(ofGroup) },
    { name: 'allocated by', stacks: sites.map(ofSite) },
  ];
  return [issues, ...others.filter(({ stacks }) => stacks.length > 0)];
}

function ofIssue({ path, holder, growth, retainedSize }: Issue): Stack {
  const frames = path.map((step) => frameOf(step));
  return {
    frames: frames.length > 0 ? frames : [frameOf(holder.expression, holder.place)],
    objects: growth?.count.at(-1) ?? 0,
    bytes: retainedSize,
  };
}

function ofGroup({ holder, className, count, selfSize }: GroupGrowth): Stack {
  const frames = [frameOf(holder.expression, holder.place), frameOf(className)];
  return { frames, objects: count[count.length - 1], bytes: selfSize[selfSize.length - 1] };
}

/** Its stack has the nearest function first. */
function ofSite({ function: name, stack, values, original, script, line, column }: ScanSite): Stack {
  const above = stack.toReversed().map((step) => frameOf(step));
  const frames = [...above, frameOf(name, original ?? { script, line, column })];
  return { frames, objects: 0, bytes: values[values.length - 1] };
}

function frameOf(name: string, place?: Place): Frame {
  return { name: terminalText(name, WIDEST) || '(anonymous)', ...(place && { place }) };
}
