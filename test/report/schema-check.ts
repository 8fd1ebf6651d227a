type Json = Record<string, unknown>;

/** Where `value` breaks `schema`: as much of JSON Schema as the documents' schemas use. */
export function schemaViolations(schema: unknown, value: unknown, place = '$'): string[] {
  const rule = schema as Json;
  if ('const' in rule)
    return value === rule.const ? [] : [`${place}: found ${JSON.stringify(value)}, expected ${rule.const}`];
  if ('oneOf' in rule) {
    const matching = (rule.oneOf as Json[]).filter((option) => schemaViolations(option, value, place).length === 0);
    return matching.length === 1 ? [] : [`${place}: fits ${matching.length} of the alternatives, expected 1`];
  }
  const types = [rule.type].flat();
  if (!types.some((type) => hasType(value, type)))
    return [`${place}: found ${JSON.stringify(value)}, expected ${types}`];
  if (rule.minimum !== undefined && (value as number) < (rule.minimum as number))
    return [`${place}: below ${rule.minimum}`];
  if (rule.maximum !== undefined && (value as number) > (rule.maximum as number))
    return [`${place}: above ${rule.maximum}`];
  if (Array.isArray(value)) return value.flatMap((item, n) => schemaViolations(rule.items, item, `${place}[${n}]`));
  return types.includes('object') ? objectViolations(rule, value as Json, place) : [];
}

function objectViolations(rule: Json, value: Json, place: string): string[] {
  const properties = rule.properties as Json;
  const missing = (rule.required as string[]).filter((key) => !Object.hasOwn(value, key));
  return [
    ...missing.map((key) => `${place}.${key}: missing`),
    ...Object.keys(value).flatMap((key) =>
      Object.hasOwn(properties, key)
        ? schemaViolations(properties[key], value[key], `${place}.${key}`)
        : [`${place}.${key}: found, expected no such property`],
    ),
  ];
}

function hasType(value: unknown, type: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  return typeof value === type && value !== null && !Array.isArray(value);
}
