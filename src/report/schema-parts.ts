/** A JSON Schema (2020-12), or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

export const text: Schema = { type: 'string' };
export const integer: Schema = { type: 'integer' };
export const number: Schema = { type: 'number' };
export const flag: Schema = { type: 'boolean' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const positive: Schema = { type: 'integer', minimum: 1 };
export const optional = (schema: Schema): Schema => ({ ...schema, optional: true });
export const list = (items: Schema): Schema => ({ type: 'array', items });

export const oneOf = (...schemas: readonly Schema[]): Schema => ({ oneOf: schemas });
/** One of these values. */
export const anyOf = (...values: readonly (string | number)[]): Schema =>
  oneOf(...values.map((value) => ({ const: value })));
/** A text that the expression matches; `expected` says what that is, for people. */
export const textLike = (pattern: string, expected: string): Schema => ({ type: 'string', pattern, title: expected });
/** An object whose keys are names of something. */
export const mapOf = (values: Schema): Schema => ({
  ...{ type: 'object', properties: {}, required: [], additionalProperties: values },
});

/** `null`, or what the schema says. */
export const orNull = (schema: Schema): Schema => ({ oneOf: [{ type: 'null' }, schema] });

/** Every property is required unless `optional`, and no other may appear: a document has exactly these keys. */
export function object(properties: Readonly<Record<string, Schema>>): Schema {
  const plain = Object.entries(properties).map(([key, { optional: _, ...schema }]) => [key, schema]);
  const required = Object.keys(properties).filter((key) => properties[key].optional !== true);
  return { type: 'object', properties: Object.fromEntries(plain), required, additionalProperties: false };
}

export function document(kind: string, properties: Readonly<Record<string, Schema>>): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `heapsleuth ${kind}, version 1`,
    ...object({ schemaVersion: { const: 1 }, kind: { const: kind }, ...properties }),
  };
}

export const place = object({ script: text, line: count, column: count });
export const holder = object({ expression: text, kind: text, place: optional(place) });
