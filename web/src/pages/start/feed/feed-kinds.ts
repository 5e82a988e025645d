// The systems that can be connected here, and the settings to paste into each.
import type { CopyValueProps } from '../../../parts/forms/copy-value.tsx';

export interface FeedKind {
  /** The feed's name in `POST /ingest/v1/{source}`. */
  source: string;
  name: string;
  text: string;
  /** Explains what the account's id is in this system. */
  accountHelp: string;
  /** Where to paste the settings, step by step. */
  where: readonly string[];
  isFromInternet: boolean;
  settings: (given: { url: string; token: string; accountId: string }) => readonly CopyValueProps[];
}

/** A feed with its account and the token that sends to it. */
export interface ConnectedFeed {
  kind: FeedKind;
  accountId: string;
  token: string;
}

export const FEED_KINDS: readonly [FeedKind, ...FeedKind[]] = [
  {
    source: 'ringcx',
    name: 'RingCX',
    text: 'RingCentral’s contact centre (Engage Voice).',
    accountHelp: 'The RingCX account number, which its events contain.',
    where: [
      'In the RingCX administration, open the account’s workforce management integration and choose “Generic HTTP”.',
      'Paste the address into both URL fields, agent events and call events. JSON and URL-encoded both work.',
      'Add one custom header with the name and value below. Save.',
    ],
    isFromInternet: true,
    settings: ({ url, token }) => [
      { label: 'Agent-event URL and call-event URL', value: url },
      { label: 'Header name', value: 'Authorization' },
      { label: 'Header value', value: `Bearer ${token}` },
    ],
  },
  {
    source: 'asterisk',
    name: 'Asterisk',
    text: 'The queue_log of Asterisk, FreePBX, Issabel and others.',
    accountHelp: 'A short name that you choose; the log has none.',
    where: [
      'On the telephone server, run the first command below every minute, for example with cron. Lines sent twice count once.',
      'If Offhook runs on the same machine, it can follow the file itself: start it with the second command instead.',
    ],
    isFromInternet: false,
    settings: ({ url, token, accountId }) => [
      {
        label: 'Send the latest lines',
        isCode: true,
        value:
          `tail -n 1000 /var/log/asterisk/queue_log |\n  curl -sS '${url}' -H 'X-Auth-Token: ${token}' \\\n` +
          "    -H 'Content-Type: text/plain' --data-binary @-",
      },
      {
        label: 'Or follow the file on this machine',
        isCode: true,
        value: `./offhook serve --follow 'asterisk:${accountId}:/var/log/asterisk/queue_log'`,
      },
    ],
  },
  {
    source: 'amazon-connect',
    name: 'Amazon Connect',
    text: 'Agent events through Kinesis and Firehose.',
    accountHelp: 'A short name that you choose, such as the name of the instance.',
    where: [
      'In Amazon Connect, stream the instance’s agent events to a Kinesis data stream.',
      'Create a Firehose stream from there to an HTTP endpoint with the settings below. Firehose sends only to HTTPS on port 443.',
    ],
    isFromInternet: true,
    settings: ({ url, token }) => [
      { label: 'HTTP endpoint URL', value: url },
      { label: 'Access key', value: token },
      { label: 'Content encoding', value: 'GZIP' },
      { label: 'Buffer interval, seconds', value: '60' },
      { label: 'Retry duration, seconds', value: '7200' },
    ],
  },
  {
    source: 'offhook',
    name: 'Something else',
    text: 'Any system that can send JSON over HTTP.',
    accountHelp: 'A short name that you choose for this contact centre.',
    where: [
      'Send each event as a JSON object, or several, one per line. The page docs/sources/offhook.md lists the fields.',
      'Genesys Cloud and FreeSWITCH events are accepted in their own format; see docs/sources.',
    ],
    isFromInternet: false,
    settings: ({ url, token, accountId }) => [
      { label: 'Address', value: url },
      { label: 'Header', value: `Authorization: Bearer ${token}` },
      {
        label: 'Example: a first event',
        isCode: true,
        value: `curl -sS '${url}' -H 'Authorization: Bearer ${token}' -d '${JSON.stringify({
          accountId,
          loginSessionId: '1',
          at: new Date().toISOString(),
          kind: 'LOGIN',
          baseState: 'AVAILABLE',
          agentId: '1001',
        })}'`,
      },
    ],
  },
];
