// Names and other short texts that people give to things.
import { Type } from 'typebox';
import { LIMITS } from '../../limits.ts';

/** A name or another short text. */
export const ShortText = Type.String({ maxLength: 256 });

/** A name that is needed. */
export const SomeText = Type.String({ maxLength: 256, pattern: '\\S', title: 'a text that is not blank,' });

/** A name that people give to a thing. */
export const Label = Type.String({ maxLength: LIMITS.nameChars, description: 'A name for people.' });

/** The text of a name, as it is stored. */
export const plainText = (text: string): string => text.toWellFormed().trim();
