// Ids in addresses, bodies and answers: numbers, as in RingCX, or text.
import { Type } from 'typebox';

/** No control characters, and no spaces at the ends. */
const ID_PATTERN = '^(?!\\s)[^\\u0000-\\u001f\\u007f-\\u009f]+(?<!\\s)$';

/** For messages about invalid ids. */
const ID_TITLE = 'an id without control characters and without spaces at the start or end,';

/** An id in an address. */
export const PathId = Type.String({ minLength: 1, maxLength: 256, pattern: ID_PATTERN, title: ID_TITLE });

/** The address of a call about an account. */
export const AccountParams = Type.Object({ accountId: PathId });

/** An id in a body: a number, as in RingCX, or text. */
export const Id = Type.Union([PathId, Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })]);

/** An id in a body, or empty text for none. */
export const IdOrNone = Type.Union([Id, Type.Literal('')]);

/** An id in an answer. */
export const WireId = Type.Union([Type.Integer(), Type.String()], {
  description: 'A number, as in RingCX, if the id is one; otherwise text.',
});

/** The id as it is stored. */
export const idText = (id: string | number): string => String(id).toWellFormed();

/** The id as it is sent: programs written for RingCX expect numbers for the ids of agents, groups and states. */
export function wireId(id: string): number | string {
  const number = Number(id);
  return Number.isSafeInteger(number) && number >= 0 && String(number) === id ? number : id;
}
