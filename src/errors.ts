// The errors that a user can cause: code, HTTP status and exit code. A bug is a plain Error and has none of these.

/** `status` is the HTTP status, `exit` the exit code of the command line. docs/errors.md is generated from this list. */
export const ERROR_CODES = {
  INVALID_REQUEST: { status: 400, exit: 2, meaning: 'A field or an option has an invalid value.' },
  UNKNOWN_TIME_ZONE: {
    status: 400,
    exit: 2,
    meaning: 'The time zone is not in the tz database, which has names such as America/New_York.',
  },
  START_AFTER_END: { status: 400, exit: 2, meaning: 'The range ends before it starts.' },
  UNKNOWN_REPORT_TYPE: {
    status: 400,
    exit: 2,
    meaning: 'The only report is CASPER_REPORT (Agent_Session_Report_Raw).',
  },
  INVALID_JSON: { status: 400, exit: 2, meaning: 'The request body is not valid JSON.' },
  NOT_AUTHENTICATED: { status: 401, exit: 2, meaning: 'The request has no credentials, or they are not valid.' },
  JWT_EXPIRED: { status: 401, exit: 2, meaning: 'The access token has expired; refresh it.' },
  INVALID_CLIENT: { status: 401, exit: 2, meaning: 'The client id or the client secret is wrong.' },
  INVALID_GRANT: {
    status: 400,
    exit: 2,
    meaning: 'The password, assertion or refresh token is wrong, expired, used or revoked.',
  },
  UNSUPPORTED_GRANT_TYPE: { status: 400, exit: 2, meaning: 'The grant type is not supported.' },
  ACCESS_DENIED: { status: 403, exit: 2, meaning: 'The user is not allowed to do this.' },
  CROSS_SITE_REQUEST: {
    status: 403,
    exit: 2,
    meaning: 'A page on another website made the browser send this request with the credentials it had saved.',
  },
  NOT_FOUND: {
    status: 404,
    exit: 2,
    meaning: 'The address, the method or the item named in the request does not exist.',
  },
  UNKNOWN_SOURCE: { status: 404, exit: 2, meaning: 'No feed has this name.' },
  ALREADY_EXISTS: { status: 409, exit: 2, meaning: 'The name or id is already in use.' },
  BODY_TOO_LARGE: { status: 413, exit: 2, meaning: 'The request body is larger than the limit.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    exit: 2,
    meaning: 'This call does not accept bodies of this content type.',
  },
  UNSUPPORTED_ENCODING: {
    status: 415,
    exit: 2,
    meaning:
      'The body is compressed in a way that is not supported; the Accept-Encoding header of the answer lists what is.',
  },
  INVALID_ENCODING: {
    status: 400,
    exit: 2,
    meaning: 'The body does not match its Content-Encoding, or it is incomplete.',
  },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    exit: 2,
    meaning: 'Too many sign-ins failed for this user from this address, or too many sign-ins are waiting.',
  },
  TOO_MANY_REPORTS: {
    status: 429,
    exit: 2,
    meaning: 'Too many reports are running or waiting.',
  },
  TOO_MANY_STREAMS: {
    status: 429,
    exit: 2,
    meaning: 'Too many live streams are open, either for this user or in total.',
  },
  QUERY_TIMEOUT: { status: 503, exit: 3, meaning: 'The query took too long and was stopped.' },
  QUEUE_FULL: {
    status: 503,
    exit: 3,
    meaning: 'Too many events are waiting to be stored; send them again later.',
  },
  FILE_NOT_READABLE: { status: 400, exit: 2, meaning: 'A file does not exist or cannot be read.' },
  INVALID_AGENTS_FILE: {
    status: 400,
    exit: 2,
    meaning: 'The header or a row of the agents file is invalid.',
  },
  INVALID_ALIAS: {
    status: 400,
    exit: 2,
    meaning: 'The name cannot be an alias of this agent: it belongs to another agent or is the id of an agent.',
  },
  INVALID_ALIAS_FILE: {
    status: 400,
    exit: 2,
    meaning: 'The file contains no agent aliases in a supported format.',
  },
  WRONG_FILE: {
    status: 400,
    exit: 2,
    meaning: 'The file does not contain what was expected, such as the events of the chosen feed.',
  },
  FILE_NOT_WRITABLE: { status: 400, exit: 2, meaning: 'A file cannot be created or written.' },
  UNKNOWN_ACCOUNT: { status: 404, exit: 2, meaning: 'No account has this id.' },
  DATA_DIR_MISSING: {
    status: 503,
    exit: 2,
    meaning: 'The data directory does not exist, and a command that only reads data does not create one.',
  },
  DATA_DIR_IN_USE: { status: 503, exit: 3, meaning: 'Another process is using the data directory.' },
  ENGINE_STOPPED: { status: 503, exit: 3, meaning: 'The engine stopped by itself, and the process with it.' },
  DATA_DIR_NOT_USABLE: { status: 503, exit: 3, meaning: 'The data directory cannot be read or written.' },
  SERVER_NOT_REACHABLE: {
    status: 503,
    exit: 3,
    meaning: 'The ClickHouse server does not answer. Anything that was not acknowledged can be sent again.',
  },
  SERVER_REFUSES: {
    status: 503,
    exit: 3,
    meaning: 'The ClickHouse server rejected the user name or password, or the user lacks a privilege.',
  },
  SERVER_TOO_OLD: { status: 503, exit: 3, meaning: 'The version of the ClickHouse server is too old.' },
  UNKNOWN_CLUSTER: { status: 503, exit: 3, meaning: 'The ClickHouse server has no cluster with this name.' },
  ADDRESS_NOT_USABLE: { status: 503, exit: 3, meaning: 'The server cannot listen on this address.' },
  PORT_IN_USE: { status: 503, exit: 3, meaning: 'Another process is already listening on this address and port.' },
  NOT_EMPTY: { status: 409, exit: 2, meaning: 'The demo can only start in an empty data directory.' },
  DATA_IS_WRONG: { status: 200, exit: 1, meaning: 'The data check finished and found problems.' },
  REJECTED_INPUTS: {
    status: 200,
    exit: 1,
    meaning: 'The import finished, but some inputs were rejected. They are kept.',
  },
} as const;
export type ErrorCode = keyof typeof ERROR_CODES;

/** One invalid field of a request, in RingCentral's format. */
export interface ValidationError {
  attributeName: string;
  message: string;
  value: unknown;
}

/** An error that a user can cause and fix. `message` says what is wrong and where, `remedy` how to fix it. */
export class UserError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly validationErrors: ValidationError[];
  /** When to send the same request again; undefined: waiting does not help. */
  retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, remedy: string, validationErrors: ValidationError[] = []) {
    super(message);
    this.name = 'UserError';
    this.code = code;
    this.remedy = remedy;
    this.validationErrors = validationErrors;
  }
}
