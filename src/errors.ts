// Every error that a user can cause: code, HTTP status and exit code. A bug is a plain Error and has none of them.

/** `status` answers over HTTP, `exit` ends the command line. Documented in docs/errors.md; a test compares both. */
export const ERROR_CODES = {
  INVALID_REQUEST: { status: 400, exit: 2, meaning: 'A field or option has a value that cannot be used.' },
  UNKNOWN_TIME_ZONE: { status: 400, exit: 2, meaning: 'The time zone is not a name of the tz database.' },
  START_AFTER_END: { status: 400, exit: 2, meaning: 'The report would end before it starts.' },
  UNKNOWN_REPORT_TYPE: {
    status: 400,
    exit: 2,
    meaning: 'Only the report CASPER_REPORT, Agent_Session_Report_Raw, is served.',
  },
  INVALID_JSON: { status: 400, exit: 2, meaning: 'The request body is not JSON.' },
  NOT_AUTHENTICATED: { status: 401, exit: 2, meaning: 'No valid credentials came with the request.' },
  JWT_EXPIRED: { status: 401, exit: 2, meaning: 'The access token is older than it may be; refresh it.' },
  INVALID_CLIENT: { status: 401, exit: 2, meaning: 'The client id or the client secret is wrong.' },
  INVALID_GRANT: {
    status: 400,
    exit: 2,
    meaning: 'The password, assertion or refresh token is wrong, expired, used or revoked.',
  },
  UNSUPPORTED_GRANT_TYPE: { status: 400, exit: 2, meaning: 'The grant type is none that is served.' },
  ACCESS_DENIED: { status: 403, exit: 2, meaning: 'The credentials do not allow this.' },
  CROSS_SITE_REQUEST: {
    status: 403,
    exit: 2,
    meaning: 'A page of another site made a browser send the request, with credentials of the browser.',
  },
  NOT_FOUND: {
    status: 404,
    exit: 2,
    meaning: 'There is no such address or thing, or the address does not know the method.',
  },
  UNKNOWN_SOURCE: { status: 404, exit: 2, meaning: 'There is no feed of this name.' },
  ALREADY_EXISTS: { status: 409, exit: 2, meaning: 'There is already a thing of this name or id.' },
  BODY_TOO_LARGE: { status: 413, exit: 2, meaning: 'The request body is larger than the limit.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    exit: 2,
    meaning: 'The body is of a type that this call does not read.',
  },
  UNSUPPORTED_ENCODING: {
    status: 415,
    exit: 2,
    meaning: 'The body is compressed in a way that is not read; Accept-Encoding names those that are.',
  },
  INVALID_ENCODING: {
    status: 400,
    exit: 2,
    meaning: 'The body is not what its Content-Encoding says, or is cut off.',
  },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    exit: 2,
    meaning: 'Too many sign-ins failed for this user from this address, or too many wait for their check; wait.',
  },
  TOO_MANY_REPORTS: {
    status: 429,
    exit: 2,
    meaning: 'As many reports as may run at once are running, and as many as may wait are waiting.',
  },
  TOO_MANY_STREAMS: {
    status: 429,
    exit: 2,
    meaning: 'As many live streams as may be open at once are open, of this user or in all.',
  },
  QUERY_TIMEOUT: { status: 503, exit: 3, meaning: 'The engine took longer for the answer than it may.' },
  QUEUE_FULL: {
    status: 503,
    exit: 3,
    meaning: 'More events wait than the engine can take; send again later.',
  },
  FILE_NOT_READABLE: { status: 400, exit: 2, meaning: 'A file is missing or cannot be read.' },
  INVALID_AGENTS_FILE: {
    status: 400,
    exit: 2,
    meaning: 'The agents file has a header or a row that cannot be used.',
  },
  INVALID_ALIAS: {
    status: 400,
    exit: 2,
    meaning: 'A name cannot be an alias of the agent, because of what it or the agent is already.',
  },
  INVALID_ALIAS_FILE: {
    status: 400,
    exit: 2,
    meaning: 'The file names no agents, or not in a form that is read.',
  },
  WRONG_FILE: { status: 400, exit: 2, meaning: 'A file is not of the kind that it was said to be.' },
  FILE_NOT_WRITABLE: { status: 400, exit: 2, meaning: 'A file cannot be made or written.' },
  UNKNOWN_ACCOUNT: { status: 404, exit: 2, meaning: 'There is no account of this id.' },
  DATA_DIR_MISSING: {
    status: 503,
    exit: 2,
    meaning: 'There is no data directory at this path, and a command that only reads makes none.',
  },
  DATA_DIR_IN_USE: { status: 503, exit: 3, meaning: 'Another process holds the data directory.' },
  DATA_DIR_NOT_USABLE: { status: 503, exit: 3, meaning: 'The data directory cannot be read or written.' },
  SERVER_NOT_REACHABLE: {
    status: 503,
    exit: 3,
    meaning: 'The ClickHouse server does not answer, or not now; what was not acknowledged can be sent again.',
  },
  SERVER_REFUSES: {
    status: 503,
    exit: 3,
    meaning: 'The ClickHouse server refuses the user, the password or the right.',
  },
  SERVER_TOO_OLD: { status: 503, exit: 3, meaning: 'The ClickHouse server is older than it may be.' },
  UNKNOWN_CLUSTER: { status: 503, exit: 3, meaning: 'The ClickHouse server has no cluster of this name.' },
  ADDRESS_NOT_USABLE: { status: 503, exit: 3, meaning: 'The server cannot listen on the address.' },
  PORT_IN_USE: { status: 503, exit: 3, meaning: 'Another process listens on the address.' },
  NOT_EMPTY: { status: 409, exit: 2, meaning: 'The demo fills an empty data directory only.' },
  DATA_IS_WRONG: { status: 200, exit: 1, meaning: 'The check of the data ended, and found something.' },
  REJECTED_INPUTS: {
    status: 200,
    exit: 1,
    meaning: 'The import ended, but some inputs were rejected and kept.',
  },
} as const;
export type ErrorCode = keyof typeof ERROR_CODES;

/** One attribute of a request that was refused, in RingCentral's words. */
export interface ValidationError {
  attributeName: string;
  message: string;
  value: unknown;
}

/** An error that a user can cause and fix. `message` says what was wrong and where, `remedy` what to do. */
export class UserError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly validationErrors: ValidationError[];
  /** When the same request may go through; undefined: not by waiting. */
  retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, remedy: string, validationErrors: ValidationError[] = []) {
    super(message);
    this.name = 'UserError';
    this.code = code;
    this.remedy = remedy;
    this.validationErrors = validationErrors;
  }
}
