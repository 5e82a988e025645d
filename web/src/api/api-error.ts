// An error that the server answered with, in its own words.

/** `message` says what is wrong, `details` how to fix it; `code` is one of docs/errors.md. */
export class ApiError extends Error {
  readonly code: string;
  readonly details: string;
  /** HTTP status. */
  readonly status: number;
  /** What is wrong with single fields of the request, by their name. */
  readonly fields: Readonly<Record<string, string>>;
  /** All that is wrong, in the order of the request. */
  readonly list: readonly string[];

  constructor(
    code: string,
    message: string,
    details: string,
    status: number,
    fields: Readonly<Record<string, string>> = {},
    list: readonly string[] = [],
  ) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
    this.status = status;
    this.fields = fields;
    this.list = list;
  }
}

/** What is wrong and how to fix it, for a person. */
export function errorText(error: Error): string {
  if (!(error instanceof ApiError)) return 'The server cannot be reached. Check the connection and try again.';
  return [error.message, error.details].filter(text => text !== '').join(' ');
}

export async function apiErrorOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  const message = text('generalMessage') || `The server answered ${response.status}.`;
  const errors = validationErrorsOf(body);
  return new ApiError(
    text('errorCode'),
    message,
    text('details'),
    response.status,
    Object.fromEntries(errors.map(error => [error.attributeName, error.message])),
    errors.map(error => error.message),
  );
}

function validationErrorsOf({
  validationErrors,
}: Readonly<Record<string, unknown>>): { attributeName: string; message: string }[] {
  return Array.isArray(validationErrors) ? validationErrors : [];
}
