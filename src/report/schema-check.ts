import { nearestName } from './nearest-name.js';
import type { Schema } from './schema-parts.js';

/**
 * The first place where `value` breaks `schema`, as `at: found …, expected …`; undefined where there is none. Knows as much
 * of JSON Schema as the documents' own schemas use. What it passes can be used as the type that the schema describes.
 */
export function schemaViolation(schema: Schema, value: unknown, at = 'document'): string | undefined {
  if ('const' in schema) return value === schema.const ? undefined : misfit(at, value, expectation(schema));
  if ('oneOf' in schema) return oneOf(schema, value, at);
  const types = [schema.type].flat() as readonly string[];
  if (!types.some((type) => hasType(value, type))) return misfit(at, value, expectation(schema));
  if (typeof value === 'number' && value < ((schema.minimum as number | undefined) ?? value)) {
    return misfit(at, value, `${schema.minimum} or more`);
  }
  if (typeof value === 'number' && value > ((schema.maximum as number | undefined) ?? value)) {
    return misfit(at, value, `${schema.maximum} at most`);
  }
  if (typeof value === 'string' && schema.pattern !== undefined && !new RegExp(schema.pattern as string).test(value))
    return misfit(at, value, expectation(schema));
  if (Array.isArray(value))
    return firstOf(value, (item, n) => schemaViolation(schema.items as Schema, item, `${at}[${n}]`));
  return types.includes('object') ? objectViolation(schema, value as object, at) : undefined;
}

/** Alternatives are told apart by their constants, so a misfit of the one that comes closest is the one to tell. Of other ones all are told. */
function oneOf(schema: Schema, value: unknown, at: string): string | undefined {
  const options = schema.oneOf as readonly Schema[];
  const violations = options.map((option) => schemaViolation(option, value, at));
  if (violations.includes(undefined)) return undefined;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const chosen = options.findIndex(
    ({ type, properties = {} }) =>
      isObject &&
      type === 'object' &&
      Object.entries(properties as Record<string, Schema>).every(
        ([key, property]) => !('const' in property) || (value as Record<string, unknown>)[key] === property.const,
      ),
  );
  return chosen < 0 ? misfit(at, value, expectation(schema)) : violations[chosen];
}

function objectViolation(schema: Schema, value: object, at: string): string | undefined {
  const properties = schema.properties as Readonly<Record<string, Schema>>;
  const missing = (schema.required as readonly string[]).find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) return `${at}: found no ${missing}, expected one`;
  return firstOf(Object.entries(value), ([key, item]) => {
    if (Object.hasOwn(properties, key)) return schemaViolation(properties[key], item, `${at}.${key}`);
    if (typeof schema.additionalProperties === 'object')
      return schemaViolation(schema.additionalProperties as Schema, item, `${at}[${shortJson(key)}]`);
    const nearest = nearestName(key, Object.keys(properties));
    return `${at}: found a property ${shortJson(key)}, expected ${nearest === undefined ? 'no such' : JSON.stringify(nearest)}`;
  });
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

/** What a schema asks for, for people. */
function expectation(schema: Schema): string {
  if ('const' in schema) return JSON.stringify(schema.const);
  if ('oneOf' in schema) return [...new Set((schema.oneOf as readonly Schema[]).map(expectation))].join(' or ');
  if (schema.pattern !== undefined) return schema.title as string;
  return [schema.type].flat().join(' or ');
}

/** Never a whole list or object, which may be as deep as it likes. */
function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value).slice(0, 60);
  return Array.isArray(value) ? 'a list' : 'an object';
}

function shortJson(key: string): string {
  return JSON.stringify(key.slice(0, 40));
}
