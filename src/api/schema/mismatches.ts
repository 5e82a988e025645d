// Describes how a value differs from its schema: one message per invalid field.
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';

export interface Mismatch {
  /** Field names and list positions, outermost first. */
  path: readonly string[];
  message: string;
  value: unknown;
}

/** The keywords of JSON schema that this file uses. */
interface Schema {
  type?: string;
  title?: string;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
}

/** One mismatch per field, however many alternatives it has. They are computed lazily. */
export const mismatches = (schema: TSchema, value: unknown): Generator<Mismatch> =>
  mismatchesAt(schema as Schema, value, []);

function* mismatchesAt(schema: Schema, value: unknown, path: readonly string[]): Generator<Mismatch> {
  if (Value.Check(schema as TSchema, value)) return;
  let hasNested = false;
  for (const mismatch of nestedMismatches(schema, value, path)) {
    hasNested = true;
    yield mismatch;
  }
  if (!hasNested) yield { path, message: `must be ${expected(schema)}`, value };
}

/** Mismatches of the fields of an object or the items of a list; none if the value itself has the wrong type. */
function* nestedMismatches(schema: Schema, value: unknown, path: readonly string[]): Generator<Mismatch> {
  for (const { properties, required = [], items } of alternatives(schema)) {
    if (items !== undefined && Array.isArray(value)) {
      for (const [nth, item] of value.entries()) yield* mismatchesAt(items, item, [...path, String(nth)]);
      return;
    }
    if (properties === undefined || !isObject(value)) continue;
    for (const [key, field] of Object.entries(properties)) {
      const at = [...path, key];
      if (Object.hasOwn(value, key)) yield* mismatchesAt(field, value[key], at);
      else if (required.includes(key))
        yield { path: at, message: `is missing: it must be ${expected(field)}`, value: undefined };
    }
    return;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const alternatives = (schema: Schema): Schema[] => schema.anyOf?.flatMap(alternatives) ?? [schema];

/** The allowed values and types as text. */
function expected(schema: Schema): string {
  const each = alternatives(schema).map(alternative => ({ alternative, values: valuesOf(alternative) }));
  const values = each.flatMap(({ values = [] }) => values.map(quoted));
  const kinds = each.filter(({ values }) => values === undefined).map(({ alternative }) => kindOf(alternative));
  const isNullable = values.includes('null');
  const all = [...new Set([...values.filter(value => value !== 'null'), ...kinds, ...(isNullable ? ['null'] : [])])];
  const last = all.pop();
  if (all.length === 0) return String(last);
  return `${kinds.length === 0 ? 'one of ' : ''}${all.join(', ')} or ${last}`;
}

/** The allowed values, if they can be listed. */
function valuesOf({ type, enum: values, const: only }: Schema): unknown[] | undefined {
  if (values !== undefined) return values;
  if (only !== undefined) return [only];
  return { null: [null], boolean: [true, false] }[type ?? ''];
}

const quoted = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : String(value));

function kindOf(schema: Schema): string {
  const { type, title, pattern, minLength, maxLength, minimum, maximum, minItems, maxItems } = schema;
  if (type === 'string') {
    const form = title ?? (pattern === undefined ? 'a text' : `a text of the form ${pattern}`);
    return `${form}${range('of', minLength, maxLength, ' characters')}`;
  }
  if (type === 'integer') return `a whole number${range('from', minimum, maximum, '')}`;
  if (type === 'number') return `a number${range('from', minimum, maximum, '')}`;
  if (type === 'array') {
    const size = range('of', minItems, maxItems, ' items');
    const items = schema.items === undefined ? '' : ` (each ${expected(schema.items)})`;
    return `a list${size}${schema.uniqueItems ? ' without repetition' : ''}${items}`;
  }
  return type === 'object' ? 'an object' : 'another value';
}

function range(preposition: string, min: number | undefined, max: number | undefined, unit: string): string {
  if (min !== undefined && max !== undefined) return ` ${preposition} ${min} to ${max}${unit}`;
  if (min !== undefined) return ` of at least ${min}${unit}`;
  return max === undefined ? '' : ` of at most ${max}${unit}`;
}
