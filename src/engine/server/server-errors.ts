// What a ClickHouse server or the way to it says went wrong into errors that tell a user what to fix.
import { ClickHouseError } from '@clickhouse/client';
import { UserError } from '../../errors.ts';

/** The server answered that it cannot just now, or lost touch with its peers: the same may go through later. */
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

/** Whether the same statement may succeed if it is sent again. */
export function isPassing(error: unknown): boolean {
  return error instanceof ClickHouseError ? PASSING_CODES.has(error.code) : isNetworkError(error);
}

/** Errors of the connection, none of the server: it may have done what it was asked for, or not. */
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
      'Check that it runs, and OFFHOOK_CLICKHOUSE_URL; what was not acknowledged can be sent again.',
    );
  }
  return new Error(`${message} in: ${beginning(sql)}`, { cause: error });
}

function answered(error: ClickHouseError, sql: string, where: string): Error {
  const message = error.message.split('\n')[0] as string;
  if (WRONG_CREDENTIALS.has(error.code)) {
    return new UserError(
      'SERVER_REFUSES',
      `The ClickHouse server at ${where} refuses the user or the password.`,
      'Put the right ones into OFFHOOK_CLICKHOUSE_URL: http://user:password@host:8123/database.',
    );
  }
  if (error.code === MISSING_RIGHTS) {
    return new UserError('SERVER_REFUSES', message, 'Grant it to the user of OFFHOOK_CLICKHOUSE_URL.');
  }
  if (UNKNOWN_CLUSTERS.has(error.code)) {
    return new UserError(
      'UNKNOWN_CLUSTER',
      `The ClickHouse server at ${where} knows no cluster of that name.`,
      'Give OFFHOOK_CLICKHOUSE_CLUSTER a name that `SELECT DISTINCT cluster FROM system.clusters` shows.',
    );
  }
  if (PASSING_CODES.has(error.code)) {
    return new UserError(
      'SERVER_NOT_REACHABLE',
      `The ClickHouse server at ${where} cannot do this now: ${message}`,
      'Send it again in some seconds; if that does not help, look at the server’s log.',
    );
  }
  return new Error(`Code: ${error.code}. ${message} in: ${beginning(sql)}`, { cause: error });
}

const beginning = (sql: string) => sql.trim().slice(0, 200);
