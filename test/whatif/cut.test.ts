import { describe, expect, it } from 'vitest';
import { SnapshotError } from '#src/base/errors.js';
import { parseCut } from '#src/whatif/cut.js';

describe('a cut is read', () => {
  it.each([
    ['@123', { kind: 'node', id: 123 }, []],
    ['@0', { kind: 'node', id: 0 }, []],
    ['@123.name', { kind: 'node', id: 123 }, ['name']],
    ['@123.<symbol kEvents>', { kind: 'node', id: 123 }, ['<symbol kEvents>']],
    ['@123[5]', { kind: 'node', id: 123 }, [5]],
    ['@123["5"]', { kind: 'node', id: 123 }, ['5']],
    ['@123["odd. [name]"]', { kind: 'node', id: 123 }, ['odd. [name]']],
    ['@123."odd.name"', { kind: 'node', id: 123 }, ['odd.name']],
    ['@123["\\u00e9\\""]', { kind: 'node', id: 123 }, ['é"']],
    ['class:Session', { kind: 'class', name: 'Session' }, []],
    ['class:system / Context', { kind: 'class', name: 'system / Context' }, []],
    ['class:{a, b}.a', { kind: 'class', name: '{a, b}' }, ['a']],
    ['class:"a.b[c]".d', { kind: 'class', name: 'a.b[c]' }, ['d']],
    ['class:""', { kind: 'class', name: '' }, []],
    ['global.a.b["c"]', { kind: 'global' }, ['a', 'b', 'c']],
    ['global["a"][7]', { kind: 'global' }, ['a', 7]],
    ['global.__proto__', { kind: 'global' }, ['__proto__']],
  ])('%s', (expression, from, steps) => {
    expect(parseCut(expression)).toEqual({ expression, from, steps });
  });
});

describe('what is no cut is refused, with what was found and what was expected', () => {
  it.each([
    ['', 'its end, expected @ID, class:NAME or global.NAME'],
    ['foo', '"foo", expected @ID, class:NAME or global.NAME'],
    ['@', '"@", expected @ID'],
    ['@x', '"@x", expected @ID'],
    ['@1x', '"x", expected .NAME, [NUMBER] or ["NAME"]'],
    ['@1.', 'its end, expected a name'],
    ['@1..a', '".a", expected a name'],
    ['@1[', '"[", expected .NAME'],
    ['@1[a]', '"[a]", expected .NAME'],
    ['@1[5', '"[5", expected .NAME'],
    ['@1["a"', 'its end, expected a ]'],
    ['@1["a', '"\\"a", expected a name'],
    ['@1["\\q"]', '"\\"\\\\q\\"]", expected a JSON string'],
    ['@1.a.b', '2 steps, expected at most one'],
    ['class:', 'its end, expected a name'],
    ['class:A.b[3]', '2 steps, expected at most one'],
    ['Class:A', '"Class:A", expected @ID'],
    ['global', 'its end, expected a property, as in global.cache'],
    ['globals.a', '"globals.a", expected @ID'],
    ['global.a ]', '"]", expected .NAME'],
  ])('%s', (expression, reason) => {
    let thrown: unknown;
    try {
      parseCut(expression);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SnapshotError);
    expect(thrown).toMatchObject({ code: 'CUT' });
    expect((thrown as Error).message).toContain(`cut ${expression}: found ${reason}`);
  });

  it('however long it is', () => {
    expect(() => parseCut(`@1${'.a'.repeat(100_000)}`)).toThrow('found 100000 steps');
    expect(() => parseCut(`@1["${'\\'.repeat(100_001)}`)).toThrow('expected a name');
  });
});
