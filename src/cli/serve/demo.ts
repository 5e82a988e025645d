// `offhook serve --demo`: an empty data directory into the demo, and a command that prints its report.
import { Temporal } from 'temporal-polyfill';
import { issueApiToken } from '../../access/tokens/tokens.ts';
import { UserError } from '../../errors.ts';
import type { Offhook } from '../../pipeline.ts';
import { DEMO_ACCOUNT, type Demo } from '../../simulate/demo.ts';
import { listAccounts } from '../../directory/accounts.ts';

/**
 * Loads the demo into an empty data directory, or goes on with the one that is there.
 * @returns a command that prints the demo's report
 * @throws UserError NOT_EMPTY when the directory holds anything but the demo
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
    'The data directory already holds events that are not the demo’s.',
    'Give an empty directory with --data-dir, leave out --demo, or load the demo beside them on the page /start.',
  );
}
