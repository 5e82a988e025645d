// The systems that can be connected here, and what to paste into each.
import type { CopyValueProps } from '../../../parts/forms/copy-value.tsx';

export interface FeedKind {
  /** The feed's name in `POST /ingest/v1/{source}`. */
  source: string;
  name: string;
  text: string;
  /** What an account's id is in this system. */
  accountHelp: string;
  /** Where the settings go, one step a line. */
  where: readonly string[];
  isFromInternet: boolean;
  settings: (given: { url: string; token: string; accountId: string }) => readonly CopyValueProps[];
}

/** A feed that was given an account and a token. */
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
    accountHelp: 'The account number of RingCX. Its events carry this number.',
    where: [
      'In RingCX’s administration, open the account’s workforce-management integration and choose «Generic HTTP».',
      'Paste the address into both fields, for agent events and for call events. JSON and URL-encoded both work.',
      'Add one custom header with the name and value below, and save.',
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
    text: 'queue_log of Asterisk, FreePBX, Issabel and others.',
    accountHelp: 'A short name of your choice for this contact centre; the log names none.',
    where: [
      'On the telephone server, run the command below, or let cron run it every minute: lines that come twice count once.',
      'If Offhook runs on the same machine, it can follow the file by itself: start it with the option below.',
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
    accountHelp: 'A short name of your choice for this contact centre, such as its instance.',
    where: [
      'Let the instance write its agent events to a Kinesis data stream.',
      'Make a Firehose stream from it to an HTTP endpoint with the settings below. Firehose sends to HTTPS on port 443 only.',
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
    accountHelp: 'A short name of your choice for this contact centre.',
    where: [
      'Send one JSON object for each event, or many, one a line. The page docs/sources/offhook.md lists the fields.',
      'Genesys Cloud and FreeSWITCH are read in their own form: docs/sources says how.',
    ],
    isFromInternet: false,
    settings: ({ url, token, accountId }) => [
      { label: 'Address', value: url },
      { label: 'Header', value: `Authorization: Bearer ${token}` },
      {
        label: 'A first event',
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
