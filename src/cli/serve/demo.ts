// `offhook serve --demo`: loads the demo into an empty data directory.
import { Temporal } from 'temporal-polyfill';
import { issueApiToken } from '../../access/tokens/tokens.ts';
import { UserError } from '../../errors.ts';
import type { Offhook } from '../../pipeline.ts';
import type { Demo } from '../../simulate/demo.ts';
import { DEMO_ACCOUNT } from '../../simulate/demo-account.ts';
import { listAccounts } from '../../directory/accounts.ts';

/**
 * Loads the demo into an empty data directory, or resumes the demo in it.
 * @returns a curl command that prints the demo's report
 * @throws UserError NOT_EMPTY if the directory has other accounts
 */
export async function startDemo(
  { engine }: Offhook,
  demo: Demo,
  address: string,
  username: string,
  nowMs: number,
): Promise<string> {
  const accounts = await listAccounts(engine);
  if (accounts.some(({ accountId }) => accountId !== DEMO_ACCOUNT)) throw notEmpty();
  const start = await demo.load();
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO('UTC').toPlainDate();
  const token = await issueApiToken(engine, username, nowMs, 'Demo');
  return curlLine(address, token, start, today.toString());
}

function curlLine(address: string, token: string, start: string, end: string): string {
  const reportCriteria = { startTimestamp: `${start} 00:00:00`, endTimestamp: `${end} 23:59:59` };
  const body = JSON.stringify({ reportTypeName: 'Agent_Session_Report_Raw', reportCriteria });
  return (
    `curl -sS -X POST '${address}/voice/api/v1/admin/accounts/${DEMO_ACCOUNT}/reportsStreaming' \\\n` +
    `  -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' \\\n  -d '${body}'`
  );
}

function notEmpty(): UserError {
  return new UserError(
    'NOT_EMPTY',
    'The data directory already has other data than the demo.',
    'Choose an empty directory with --data-dir, or leave out --demo and load the demo on the page /start.',
  );
}
