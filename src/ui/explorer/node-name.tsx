import type { EdgeRow, HiddenValue, NodeRow } from '../../base/explorer-types.js';
import { SYSTEM_DISTANCE } from '../../base/types.js';
import { formatBytes, formatCount } from '../../report/units.js';
import { Name } from '../parts/name.js';
import { hrefTo } from '../shell/routes.js';

/** A node as a link to its page. */
export function NodeLink({ snapshot, node }: { snapshot: number; node: NodeRow }) {
  return (
    <a href={hrefTo('node', snapshot, node.id)} class="node-link">
      {node.name === null ? <Hidden value={node.value} /> : <Name text={nameOf(node)} most={160} />}
      <span class="id">@{node.id}</span>
    </a>
  );
}

/** The root has no name of its own. */
export function nameOf({ name, distance, className }: NodeRow): string {
  if (name === null) return className;
  return name === '' && distance === SYSTEM_DISTANCE ? '(root)' : name;
}

/** What stands for a value that is not shown. */
export function Hidden({ value }: { value: HiddenValue | undefined }) {
  if (value === undefined) return <span class="hidden-value">value not shown</span>;
  const told =
    'bytes' in value ? formatBytes(value.bytes) : `${formatCount(value.length)} characters, ${value.fingerprint}`;
  return (
    <span
      class="hidden-value"
      title="A value of a string, or a name that is data: its length and the beginning of a digest. --show-values shows it."
    >
      {told}
    </span>
  );
}

/** `.name`, `[5]`, or what kind of edge it is where its name is V8's own. */
export function EdgeName({ edge: { type, name, value } }: { edge: Pick<EdgeRow, 'type' | 'name' | 'value'> }) {
  if (name === null)
    return (
      <span class={`edge ${type}`}>
        <Hidden value={value} />
      </span>
    );
  const text = type === 'element' ? `[${name}]` : type === 'hidden' ? `#${name}` : String(name);
  return (
    <span class={`edge ${type}`} title={type}>
      <Name text={text} most={120} />
    </span>
  );
}
