// Validates requests with the schemas that also describe them in the OpenAPI document.
import type { FastifySchemaCompiler, FastifyTypeProvider } from 'fastify';
import { type Static, type TSchema, type TSchemaOptions, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { mismatches } from './mismatches.ts';

/** Gives handlers the types of their schemas. */
export interface SchemaTypes extends FastifyTypeProvider {
  validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
}

/** An optional field, which clients may also send as null. */
export const nullish = <T extends TSchema>(schema: T, options: TSchemaOptions = {}) =>
  Type.Optional(Type.Union([schema, Type.Null()], options));

/**
 * Checks known fields and ignores unknown ones. Text in addresses and forms is converted to the types of the schema.
 * @throws UserError INVALID_REQUEST with `validationErrors` (by the request)
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema);
  return input => {
    const value = httpPart === 'body' ? input : Value.Convert(schema, structuredClone(input));
    if (validator.Check(value)) return { value };
    return { error: invalidRequest(schema, value) };
  };
};

function invalidRequest(schema: TSchema, input: unknown): UserError {
  const validationErrors = mismatches(schema, input)
    .take(LIMITS.validationErrors)
    .map(({ path, message, value }) => ({ attributeName: path.join('.'), message, value }))
    .toArray();
  const [first, ...others] = validationErrors;
  const subject = first?.attributeName ? `field ${first.attributeName}` : 'body';
  const more =
    others.length > 0 ? ` ${others.length} more ${others.length > 1 ? 'fields are' : 'field is'} invalid.` : '';
  return new UserError(
    'INVALID_REQUEST',
    `The ${subject} ${first?.message}.${more}`,
    'Correct the fields listed in validationErrors.',
    validationErrors,
  );
}

/** Describes an answer that is text, with one or several content types. */
export const textAnswer = (contentType: string | readonly string[], description: string) => ({
  description,
  content: Object.fromEntries([contentType].flat().map(type => [type, { schema: Type.String() }])),
});
