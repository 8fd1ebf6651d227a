import { ClassRegistry } from '../analysis/class-registry.js';
import { assignByTypeAndName, type Classes, summarizeClasses } from '../analysis/classes.js';
import type { InterfaceDefinition } from '../analysis/interface-tree.js';
import { LocatedClasses } from '../analysis/located-classes.js';
import type { ClassSummary } from '../base/types.js';
import { assignInterfaces } from './interfaces.js';
import { takeU8, takeU32, type Workspace } from './workspace.js';

/** S8, as `assignClasses` of src/analysis: puts `classOf` on the shelf. */
export function assignClasses(workspace: Workspace, interfaces?: readonly InterfaceDefinition[]): Classes {
  const { arena, shelf, graph } = workspace;
  const registry = new ClassRegistry();
  arena.scratch(() => {
    const classOf = arena.allocate('u32', graph.header.nodeCount);
    const columns = { nodeType: takeU8(workspace, 'nodeType'), nodeName: takeU32(workspace, 'nodeName') };
    const detachedness = takeU8(workspace, 'detachedness');
    assignByTypeAndName(arena, { ...graph, columns, detachedness }, registry, classOf);
    shelf.put('classOf', classOf);
  });
  const used = assignInterfaces(workspace, registry, interfaces);
  arena.scratch(() => {
    const classOf = takeU32(workspace, 'classOf');
    new LocatedClasses(registry).assign(
      arena,
      { ...graph, columns: { nodeType: takeU8(workspace, 'nodeType') } },
      classOf,
    );
    shelf.put('classOf', classOf);
  });
  return { registry, interfaces: used };
}

/** S9. Scratch: 28 bytes a node, 32 with large sizes, 28 a class. */
export function summarize(workspace: Workspace, classes: Classes): ClassSummary[] {
  const { arena, shelf, graph } = workspace;
  return arena.scratch(() => {
    const classOf = takeU32(workspace, 'classOf');
    const selfSize = { low: takeU32(workspace, 'selfSize'), high: shelf.takeIf('selfSizeHigh', 'u32') };
    const figures = {
      selfSize,
      retainedSize: shelf.take('retainedSize', 'f64'),
      distance: shelf.take('distance', 'i32'),
      treeOrder: takeU32(workspace, 'treeOrder'),
      treeSize: takeU32(workspace, 'treeSize'),
    };
    return summarizeClasses(arena, graph, classes, classOf, figures);
  });
}
