// Why an input was rejected, as a person reads it.

const REASONS: Readonly<Record<string, string>> = {
  INVALID_JSON: 'Not JSON',
  NOT_AN_OBJECT: 'Not a JSON object',
  MISSING_FIELD: 'Missing field',
  INVALID_TIME: 'Unreadable time',
  INVALID_VALUE: 'Invalid value',
  UNKNOWN_EVENT: 'Unknown kind of event',
  WRONG_ACCOUNT: 'Sender has no right to the account',
  TOO_LARGE: 'Too large',
};

export const reasonName = (reason: string): string => REASONS[reason] ?? reason;
