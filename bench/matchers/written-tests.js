// A program as a user would write it into a test file: the function and what it uses are variables of that file.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folderOfAll = fileURLToPath(new URL('../data/matchers/', import.meta.url));

/**
 * Writes one file for each program; with `isModule` false as CommonJS, which is what Jest runs by default.
 * @returns {{folder: string, tests: {program: object, file: string, result: string}[]}}
 */
export function writeTests(runner, { isModule, imports, setup }, programs, options) {
  const folder = join(folderOfAll, runner);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(setup ?? {})) writeFileSync(join(folder, name), text);
  const tests = programs.map((program) => {
    const name = `${program.kind}-${program.name}`;
    const file = join(folder, `${name}.test.${isModule ? 'mjs' : 'cjs'}`);
    const result = join(folder, `${name}.json`);
    const text = `${imports}${program.text}${testOf(program, result, options)}`;
    writeFileSync(file, isModule ? text.replace(/^export /gm, '') : asCommonJs(text));
    return { program, file, result };
  });
  return { folder, tests };
}

function testOf({ kind, name }, result, options) {
  return `
test(${JSON.stringify(`${kind}/${name}`)}, async () => {
  const analysis = await measureLeaks(call, ${JSON.stringify(options)});
  require('node:fs').writeFileSync(${JSON.stringify(result)}, resultOf(analysis));
}, 300_000);

function resultOf(analysis) {
  let error;
  try {
    assertNoLeak(analysis);
  } catch (thrown) {
    error = thrown;
  }
  if (error !== undefined && error.code !== 'ERR_ASSERTION') return JSON.stringify({ error: error.message });
  const { suspects, rounds } = analysis;
  const rows = suspects.map(({ title, confidence, holder, growth, path, terms }) => ({
    ...{ title, confidence, expression: holder.expression, kind: holder.kind, count: growth?.count, path, terms },
    bytes: growth?.bytesPerInterval,
  }));
  const leaks = rows.filter(({ confidence }) => confidence >= 0.75);
  return JSON.stringify({ isClean: error === undefined, leaks, suspects: rows.slice(0, 3), rounds });
}
`.replace("require('node:fs')", "process.getBuiltinModule('node:fs')");
}

function asCommonJs(text) {
  return text
    .replace(
      /^import \{([^}]+)\} from ('[^']+');/gm,
      (_, names, from) => `const {${names.replaceAll(' as ', ': ')}} = require(${from});`,
    )
    .replace(/^import ('[^']+');/gm, 'require($1);')
    .replace(/^export /gm, '');
}
