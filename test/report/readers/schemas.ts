// What the published schemas ask for, as far as reporters use them, in the subset that `schemaViolations` knows.

const STRING = { type: 'string' };
const NUMBER = { type: 'number' };
const COUNT = { type: 'integer', minimum: 0 };
const PLACE = { type: 'integer', minimum: 1 };

function object(properties: object, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: 'object', properties, required };
}

const list = (items: object) => ({ type: 'array', items });

const MESSAGE = object({ text: STRING });
const REGION = object({ startLine: PLACE, startColumn: PLACE }, ['startColumn']);
const LOCATION = object({ physicalLocation: object({ artifactLocation: object({ uri: STRING }), region: REGION }) });

/** SARIF 2.1.0 (OASIS), with what GitHub's upload asks for besides. */
export const SARIF = object({
  $schema: STRING,
  version: { const: '2.1.0' },
  runs: list(
    object({
      tool: object({
        driver: object({
          name: STRING,
          semanticVersion: STRING,
          rules: list(object({ id: STRING, shortDescription: MESSAGE, fullDescription: MESSAGE, help: MESSAGE })),
        }),
      }),
      columnKind: { const: 'utf16CodeUnits' },
      results: list(
        object(
          {
            ruleId: STRING,
            ruleIndex: COUNT,
            level: { oneOf: [{ const: 'error' }, { const: 'warning' }, { const: 'note' }] },
            message: MESSAGE,
            locations: list(LOCATION),
            suppressions: list(object({ kind: { const: 'external' }, justification: STRING })),
            baselineState: { oneOf: [{ const: 'new' }, { const: 'unchanged' }] },
            partialFingerprints: object({ 'heapsleuthSignature/v1': STRING }),
            properties: object({ confidence: NUMBER, retainedSize: NUMBER }),
          },
          ['suppressions', 'baselineState'],
        ),
      ),
    }),
  ),
});

/** https://www.speedscope.app/file-format-schema.json */
export const SPEEDSCOPE = object({
  $schema: { const: 'https://www.speedscope.app/file-format-schema.json' },
  exporter: STRING,
  name: STRING,
  activeProfileIndex: COUNT,
  shared: object({
    frames: list(object({ name: STRING, file: STRING, line: NUMBER, col: NUMBER }, ['file', 'line', 'col'])),
  }),
  profiles: list(
    object({
      type: { const: 'sampled' },
      name: STRING,
      unit: { const: 'bytes' },
      startValue: NUMBER,
      endValue: NUMBER,
      samples: list(list(COUNT)),
      weights: list(COUNT),
    }),
  ),
});
