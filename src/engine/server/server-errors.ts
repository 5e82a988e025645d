// Turns failures of a ClickHouse server or of the network into errors that tell a user what to fix.
import { ClickHouseError } from '@clickhouse/client';
import { UserError } from '../../errors.ts';

/** The server is overloaded or has lost contact with its peers: the same statement may succeed later. */
const PASSING_CODES = new Set([
  '159',
  '164',
  '202',
  '203',
  '209',
  '210',
  '225',
  '236',
  '241',
  '242',
  '243',
  '252',
  '279',
  '285',
  '286',
  '319',
  '439',
  '473',
  '494',
  '999',
]);
const WRONG_CREDENTIALS = new Set(['192', '193', '194', '516']);
const UNKNOWN_CLUSTERS = new Set(['170', '701']);
const MISSING_RIGHTS = '497';

/** Whether a retry may succeed. */
export function isPassing(error: unknown): boolean {
  return error instanceof ClickHouseError ? PASSING_CODES.has(error.code) : isNetworkError(error);
}

/** Errors of the connection: whether the server has executed the statement is unknown. */
function isNetworkError(error: unknown): boolean {
  const { code, message = '' } = (error ?? {}) as NodeJS.ErrnoException;
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ERR_STREAM_PREMATURE_CLOSE)/.test(code ?? '') ||
    /socket hang up|Timeout error|aborted/i.test(message)
  );
}

/** `where` is the server's address without its password. */
export function serverError(error: unknown, sql: string, where: string): Error {
  if (error instanceof UserError) return error;
  if (error instanceof ClickHouseError) return answered(error, sql, where);
  const message = error instanceof Error ? error.message || String((error as { code?: string }).code) : String(error);
  if (isNetworkError(error)) {
    return new UserError(
      'SERVER_NOT_REACHABLE',
      `The ClickHouse server at ${where} does not answer: ${message}`,
      'Check that it runs and that OFFHOOK_CLICKHOUSE_URL is right; send again what was not acknowledged.',
    );
  }
  return new Error(`${message} in: ${beginning(sql)}`, { cause: error });
}

function answered(error: ClickHouseError, sql: string, where: string): Error {
  const message = error.message.split('\n')[0] as string;
  if (WRONG_CREDENTIALS.has(error.code)) {
    return new UserError(
      'SERVER_REFUSES',
      `The ClickHouse server at ${where} does not accept the user name or the password.`,
      'Put the right ones into OFFHOOK_CLICKHOUSE_URL: http://user:password@host:8123/database.',
    );
  }
  if (error.code === MISSING_RIGHTS) {
    return new UserError('SERVER_REFUSES', message, 'Grant this right to the user in OFFHOOK_CLICKHOUSE_URL.');
  }
  if (UNKNOWN_CLUSTERS.has(error.code)) {
    return new UserError(
      'UNKNOWN_CLUSTER',
      `The ClickHouse server at ${where} has no cluster of that name.`,
      'Set OFFHOOK_CLICKHOUSE_CLUSTER to a name that `SELECT DISTINCT cluster FROM system.clusters` shows.',
    );
  }
  if (PASSING_CODES.has(error.code)) {
    return new UserError(
      'SERVER_NOT_REACHABLE',
      `The ClickHouse server at ${where} cannot do this now: ${message}`,
      'Try again in a few seconds; if that does not help, look at the server’s log.',
    );
  }
  return new Error(`Code: ${error.code}. ${message} in: ${beginning(sql)}`, { cause: error });
}

const beginning = (sql: string) => sql.trim().slice(0, 200);
