// Schemas that check requests and describe them in the OpenAPI document: one definition for both.
import type { FastifySchemaCompiler, FastifyTypeProvider } from 'fastify';
import { type Static, type TSchema, type TSchemaOptions, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { mismatches } from './mismatches.ts';

/** Handlers get what the schema says. */
export interface SchemaTypes extends FastifyTypeProvider {
  validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
}

/** A field that clients leave out, or send as null. */
export const absent = <T extends TSchema>(schema: T, options: TSchemaOptions = {}) =>
  Type.Optional(Type.Union([schema, Type.Null()], options));

/**
 * Unknown fields are ignored, known ones are checked; texts of addresses and forms become what the schema asks for.
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

function invalidRequest(schema: TSchema, given: unknown): UserError {
  const validationErrors = mismatches(schema, given)
    .take(LIMITS.validationErrors)
    .map(({ path, message, value }) => ({ attributeName: path.join('.'), message, value }))
    .toArray();
  const [first, ...others] = validationErrors;
  const what = first?.attributeName ? `field ${first.attributeName}` : 'body';
  const more =
    others.length > 0 ? ` ${others.length} more ${others.length > 1 ? 'fields are' : 'field is'} wrong.` : '';
  return new UserError(
    'INVALID_REQUEST',
    `The ${what} ${first?.message}.${more}`,
    'Fix the fields named in validationErrors.',
    validationErrors,
  );
}

/** An answer that is no JSON, as the document describes it: a text, of one content type or of several. */
export const textAnswer = (contentType: string | readonly string[], description: string) => ({
  description,
  content: Object.fromEntries([contentType].flat().map(type => [type, { schema: Type.String() }])),
});
