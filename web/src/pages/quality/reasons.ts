// Why an input could not be used, in words.

const REASONS: Readonly<Record<string, string>> = {
  INVALID_JSON: 'Not JSON',
  NOT_AN_OBJECT: 'Not an object',
  MISSING_FIELD: 'A field is missing',
  INVALID_TIME: 'A time cannot be read',
  INVALID_VALUE: 'A value cannot be used',
  UNKNOWN_EVENT: 'An event of no known kind',
  WRONG_ACCOUNT: 'The sender may not write to the account',
  TOO_LARGE: 'Too large',
};

export const reasonName = (reason: string): string => REASONS[reason] ?? reason;
