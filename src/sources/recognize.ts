// The beginning of a text to the feeds that can read it, for a file that was given to the wrong one.
import { FEEDS, type Feed } from './registry.ts';
import { type DecodeContext, isReject, type RawDocument, type Reject } from './source.ts';

/** What a person calls a file of the feed. */
export const FEED_FORMS: Readonly<Record<string, string>> = {
  offhook: 'a file of Offhook’s own events',
  ringcx: 'a file of RingCX agent events',
  asterisk: 'an Asterisk queue_log',
  'amazon-connect': 'a file of Amazon Connect agent events',
  freeswitch: 'a file of FreeSWITCH mod_callcenter events',
  genesys: 'a file of Genesys users details',
};

/** How a feed reads the beginning of a text. */
export interface Reading {
  documents: number;
  refused: number;
  first: Reject | undefined;
}

/** @param isWhole whether the text ends there, so that its last document is whole, too */
export function readBeginning(feed: Feed, text: string, isWhole: boolean, context: DecodeContext): Reading {
  const splitter = feed.splitter();
  const complete = splitter.push(text);
  const documents = isWhole ? [...complete, ...splitter.end()] : complete;
  const read = readerOf(feed, context);
  const reading: Reading = { documents: documents.length, refused: 0, first: undefined };
  for (const document of documents) {
    // Who may write where says nothing about what the file is.
    const reject = read(document).find(said => isReject(said) && said.reason !== 'WRONG_ACCOUNT') as Reject | undefined;
    if (reject === undefined) continue;
    reading.refused++;
    reading.first ??= reject;
  }
  return reading;
}

function readerOf(feed: Feed, context: DecodeContext): (document: RawDocument) => readonly object[] {
  if (!('decoder' in feed)) return feed.reader(context);
  const decode = feed.decoder(context);
  return document => [decode(document)];
}

/** The context of a sender whose inputs need no account: what they are is asked, and not whose. */
export function openTo(context: DecodeContext): DecodeContext {
  return { ...context, accountId: context.accountId || '1', isAllowed: () => true };
}

/** The names of the feeds that can use any of the text, first the one that refuses the smallest part. */
export function feedsThatRead(text: string, isWhole: boolean, context: DecodeContext): string[] {
  return Object.entries(FEEDS)
    .map(([name, feed]) => ({
      name,
      ...readBeginning(feed, text, isWhole, { ...openTo(context), zoneOf: () => 'UTC' }),
    }))
    .filter(({ documents, refused }) => refused < documents)
    .sort((a, b) => a.refused / a.documents - b.refused / b.documents)
    .map(({ name }) => name);
}
