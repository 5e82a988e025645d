// Finds the feeds that can read a text by its beginning, for a file imported with the wrong `--source`.
import { FEEDS, type Feed } from './registry.ts';
import { type DecodeContext, isReject, type RawDocument, type Reject } from './source.ts';

/** A file of each feed, as named in messages. */
export const FILES_OF_FEEDS: Readonly<Record<string, string>> = {
  offhook: 'a file of Offhook’s own events',
  ringcx: 'a file of RingCX agent events',
  asterisk: 'an Asterisk queue_log',
  'amazon-connect': 'a file of Amazon Connect agent events',
  freeswitch: 'a file of FreeSWITCH mod_callcenter events',
  genesys: 'a file of Genesys users details',
};

/** The result of trial the beginning of a text as a feed. */
export interface Trial {
  documents: number;
  refused: number;
  first: Reject | undefined;
}

/** @param isWhole whether the text is complete, so that its last document is */
export function tryReading(feed: Feed, text: string, isWhole: boolean, context: DecodeContext): Trial {
  const splitter = feed.splitter();
  const complete = splitter.push(text);
  const documents = isWhole ? [...complete, ...splitter.end()] : complete;
  const read = readerOf(feed, context);
  const trial: Trial = { documents: documents.length, refused: 0, first: undefined };
  for (const document of documents) {
    // The right to write to an account says nothing about the kind of file.
    const reject = read(document).find(item => isReject(item) && item.reason !== 'WRONG_ACCOUNT') as Reject | undefined;
    if (reject === undefined) continue;
    trial.refused++;
    trial.first ??= reject;
  }
  return trial;
}

function readerOf(feed: Feed, context: DecodeContext): (document: RawDocument) => readonly object[] {
  if (!('decoder' in feed)) return feed.reader(context);
  const decode = feed.decoder(context);
  return document => [decode(document)];
}

/** The context with any account allowed, to test the kind of a file regardless of its account. */
export function withAnyAccount(context: DecodeContext): DecodeContext {
  return { ...context, accountId: context.accountId || '1', isAllowed: () => true };
}

/** The names of the feeds that accept any part of the text, the one with the fewest rejects first. */
export function feedsThatRead(text: string, isWhole: boolean, context: DecodeContext): string[] {
  return Object.entries(FEEDS)
    .map(([name, feed]) => ({
      name,
      ...tryReading(feed, text, isWhole, { ...withAnyAccount(context), zoneOf: () => 'UTC' }),
    }))
    .filter(({ documents, refused }) => refused < documents)
    .sort((a, b) => a.refused / a.documents - b.refused / b.documents)
    .map(({ name }) => name);
}
