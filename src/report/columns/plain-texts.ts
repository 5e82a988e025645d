// Plain texts, which every format writes as they are. Whether a row's texts are plain is stored with a cached session and with an
// entry of the directory: to search each row for what has to be quoted, guarded or escaped was half of a report's cost.

/** Letters, marks, digits, and what is common in names, addresses and phone numbers. */
const REST = String.raw`\p{L}\p{M}\p{N}._*()/#:;!?$%^~@+=-`;
/** No text that a spreadsheet would run as a formula begins with these. */
const FIRST = String.raw`\p{L}\p{N}._*()/#:;!?$%^~`;
/** Such as +1 (650) 555-0100. */
const PHONE_NUMBER = String.raw`\+[0-9 ().*#xX/-]*[0-9)*#xX]`;

/** Formats preserve spaces at the ends in their own ways, so a plain text has none there. */
const PLAIN = `^(?:[${FIRST}](?:[ ${REST}]*[${REST}])?|${PHONE_NUMBER})?$`.replaceAll('\\', '\\\\');

/** In workbooks, `_x` may begin an escape sequence, and longer texts are cut. */
const needsEscaping = (texts: readonly string[]) => `arrayExists(
        text -> NOT match(text, '${PLAIN}') OR position(text, '_x') > 0 OR length(text) > 32767,
        [${texts.map(name => `toString(${name})`).join(', ')}]
    )`;

/** The texts of a session that reports print. */
export const SESSION_NEEDS_ESCAPING = needsEscaping([
  'agent_id',
  'login_session_id',
  'username',
  'phone',
  'external_agent_id',
  'dial_group_name',
]);

/** The texts of a directory entry that reports print. */
export const ENTRY_NEEDS_ESCAPING = needsEscaping([
  'first_name',
  'last_name',
  'username',
  'team',
  'external_agent_id',
  'dial_group_name',
]);
