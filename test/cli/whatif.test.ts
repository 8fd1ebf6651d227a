import { describe, expect, it } from 'vitest';
import { SCHEMAS } from '#src/report/schemas.js';
import { TERMINAL_ACTIVE } from '../report/hostile-names.js';
import { schemaViolations } from '../report/schema-check.js';
import { run, seriesFile } from './run-cli.js';

const FILE = seriesFile(8);

describe('whatif', () => {
  it('says in the first line what would be freed', async () => {
    const { code, stdout, stderr } = await run(['whatif', FILE, '--cut', 'class:InvoiceServer.inFlight']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toBe('8.5 MB would be freed, 70.7 % of the heap.');
    expect(stdout).toMatch(/freed +8\.5 MB \(8,538,912 bytes\) in 6,021 nodes\n/);
    expect(stdout).toMatch(/class:InvoiceServer\.inFlight +1\n/);
    expect(stdout).toMatch(/RequestContext +500 +36\.0 kB +0\.4 %\n/);
  });

  it('takes several cuts together, and --top', async () => {
    const cuts = ['--cut', 'class:RequestContext', '--cut', 'class:Buffer'];
    const { code, stdout } = await run(['whatif', FILE, ...cuts, '--top', '2']);
    expect(code).toBe(0);
    expect(stdout).toContain('Cuts 2\n');
    expect(stdout).toMatch(/What goes 2 of \d+ classes/);
  });

  it('--json prints one document that follows the schema', async () => {
    const { code, stdout } = await run(['whatif', FILE, '--cut', 'class:RequestContext', '--json']);
    expect(code).toBe(0);
    const document = JSON.parse(stdout);
    expect(schemaViolations(SCHEMAS.whatif, document)).toEqual([]);
    expect(document.cuts).toEqual([{ expression: 'class:RequestContext', nodes: 500, edges: 0 }]);
    expect(document.classes).toHaveLength(document.classCount);
  });

  it('says how much more goes where a map holds values by their keys', async () => {
    const file = new URL('../corpus/chrome156.heapsnapshot.gz', import.meta.url).pathname;
    const { stdout } = await run(['whatif', file, '--cut', 'class:WeakMap']);
    expect(stdout.split('\n')[0]).toBe('4.6 kB to 82.2 kB would be freed, 3.4 % of the heap.');
    expect(stdout).toMatch(
      /up to +82\.2 kB \(82,164 bytes\) in 1,103 nodes, as values in WeakMaps go with their maps\n/,
    );
  });

  it('says it where nothing would be freed', async () => {
    const { code, stdout } = await run(['whatif', FILE, '--cut', 'class:RequestContext.__proto__']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nothing would be freed: all of it is held elsewhere, too\.\n/);
  });

  it('--help lists what can be cut', async () => {
    const { code, stdout } = await run(['whatif', '--help']);
    expect(code).toBe(0);
    for (const form of ['@123.name', '@123["odd name"]', 'class:Name.prop', 'global.a.b["c"]']) {
      expect(stdout).toContain(form);
    }
  });
});

describe('whatif exits 2, with a reason on stderr and nothing on stdout, for', () => {
  it.each([
    ['no cut', [], "required option '--cut <expr>' not specified"],
    ['an expression that is none', ['--cut', 'Session'], 'found "Session", expected @ID, class:NAME or global.NAME'],
    ['an id that no node has', ['--cut', '@2000000001'], 'found no node with the id 2000000001 among 52,693'],
    ['a class without objects', ['--cut', 'class:NoSuch'], 'found no object of the class NoSuch among 52,693'],
    ['an edge that no object has', ['--cut', 'class:RequestContext.x'], 'found no edge "x" on its 500 objects'],
    ['a cache', ['--cut', '@1', '--cache'], "unknown option '--cache'"],
  ])('%s', async (_, options, reason) => {
    const { code, stdout, stderr } = await run(['whatif', FILE, ...options]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });

  it('a hostile expression, quoted with its controls escaped', async () => {
    const { code, stderr } = await run(['whatif', FILE, '--cut', 'class:\x1b[31m']);
    expect(code).toBe(2);
    expect(stderr).not.toMatch(TERMINAL_ACTIVE);
    const named = await run(['whatif', FILE, '--cut', 'class:"\x1b]0;x"']);
    expect(named.stderr).toContain('\\x1b]0;x');
  });
});

it('whatif exits 3 for a file that cannot be read', async () => {
  const { code, stdout, stderr } = await run(['whatif', 'absent.heapsnapshot', '--cut', '@1']);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(/^heapsleuth: absent\.heapsnapshot: .*UNREADABLE/);
});
