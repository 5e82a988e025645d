// Names and other short texts in requests.
import { Type } from 'typebox';
import { LIMITS } from '../../limits.ts';

export const ShortText = Type.String({ maxLength: 256 });

/** Text that is required. */
export const RequiredText = Type.String({ maxLength: 256, pattern: '\\S', title: 'a text that is not blank,' });

export const Label = Type.String({
  maxLength: LIMITS.nameChars,
  description: 'A name that helps people recognize it.',
});

/** The text as it is stored. */
export const plainText = (text: string): string => text.toWellFormed().trim();
