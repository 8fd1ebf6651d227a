import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A project's folder in which the package is installed: what it publishes, in `node_modules`, as test runners treat files there in their
 * own way. Other packages are links to those of this repository, or of another of its folders.
 */
export function projectIn(folder: string, files: Readonly<Record<string, string>>, packages = 'node_modules'): string {
  const project = mkdtempSync(join(folder, 'project-'));
  const modules = join(project, 'node_modules');
  const own = join(modules, 'heapsleuth');
  mkdirSync(own, { recursive: true });
  for (const published of ['package.json', 'dist'])
    cpSync(join(ROOT, published), join(own, published), { recursive: true });
  for (const name of new Set([...readdirSync(join(ROOT, packages)), ...readdirSync(join(ROOT, 'node_modules'))])) {
    const isThere = existsSync(join(ROOT, packages, name));
    if (!name.startsWith('.')) symlinkSync(join(ROOT, isThere ? packages : 'node_modules', name), join(modules, name));
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  }
  return project;
}
