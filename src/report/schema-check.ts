import type { Schema } from './schema-parts.js';

/**
 * The first place where `value` breaks `schema`, as `at: found …, expected …`; undefined where there is none. Knows as much
 * of JSON Schema as the documents' own schemas use. What it passes can be used as the type that the schema describes.
 */
export function schemaViolation(schema: Schema, value: unknown, at = 'document'): string | undefined {
  if ('const' in schema) return value === schema.const ? undefined : misfit(at, value, JSON.stringify(schema.const));
  if ('oneOf' in schema) return oneOf(schema.oneOf as readonly Schema[], value, at);
  const types = [schema.type].flat() as readonly string[];
  if (!types.some((type) => hasType(value, type))) return misfit(at, value, types.join(' or '));
  if (typeof value === 'number' && value < ((schema.minimum as number | undefined) ?? value)) {
    return misfit(at, value, `${schema.minimum} or more`);
  }
  if (Array.isArray(value))
    return firstOf(value, (item, n) => schemaViolation(schema.items as Schema, item, `${at}[${n}]`));
  return types.includes('object') ? objectViolation(schema, value as object, at) : undefined;
}

/** Alternatives are told apart by their constants, so a misfit of the one that comes closest is the one to tell. */
function oneOf(options: readonly Schema[], value: unknown, at: string): string | undefined {
  const violations = options.map((option) => schemaViolation(option, value, at));
  if (violations.includes(undefined)) return undefined;
  const chosen = options.findIndex(({ properties }) =>
    Object.entries(properties as Record<string, Schema>).every(
      ([key, schema]) => !('const' in schema) || (value as Record<string, unknown> | null)?.[key] === schema.const,
    ),
  );
  return violations[Math.max(0, chosen)];
}

function objectViolation(schema: Schema, value: object, at: string): string | undefined {
  const properties = schema.properties as Readonly<Record<string, Schema>>;
  const missing = (schema.required as readonly string[]).find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) return `${at}: found no ${missing}, expected one`;
  return firstOf(Object.entries(value), ([key, item]) =>
    Object.hasOwn(properties, key)
      ? schemaViolation(properties[key], item, `${at}.${key}`)
      : `${at}: found a property ${JSON.stringify(key.slice(0, 40))}, expected no such`,
  );
}

function firstOf<T>(items: readonly T[], check: (item: T, at: number) => string | undefined): string | undefined {
  for (const [at, item] of items.entries()) {
    const violation = check(item, at);
    if (violation !== undefined) return violation;
  }
  return undefined;
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isSafeInteger(value);
  if (type === 'array') return Array.isArray(value);
  return typeof value === type && value !== null && !Array.isArray(value);
}

function misfit(at: string, value: unknown, expected: string): string {
  return `${at}: found ${describe(value)}, expected ${expected}`;
}

/** Never a whole list or object, which may be as deep as it likes. */
function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value).slice(0, 60);
  return Array.isArray(value) ? 'a list' : 'an object';
}
