// The published samples of feeds without sessions, and days made by hand, into reports: what a customer of each feed gets.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ALL_SESSIONS } from '../../src/report/query/criteria.ts';
import { feedNamed } from '../../src/sources/registry.ts';
import { splitText } from '../../src/sources/split/split.ts';
import { textOf } from '../../src/sources/text/text-encoding.ts';
import { decodeContext } from '../support/decode-context.ts';
import { temporaryServer } from '../support/temporary-server.ts';

const { offhook } = await temporaryServer();
const GOLDEN = new URL('../golden/feeds/', import.meta.url);
const NOW = Date.UTC(2026, 5, 1);

async function reportOf(feedName: string, files: readonly URL[], account: string): Promise<string> {
  const feed = feedNamed(feedName);
  const context = decodeContext({ accountId: account });
  for (const file of files) {
    await offhook.ingest(feed, splitText(textOf(readFileSync(file)).text, feed.splitter()), context);
  }
  const criteria = {
    accountIds: [account],
    start: '1971-01-01',
    end: '2026-05-31',
    timezone: 'UTC',
    ...ALL_SESSIONS,
  };
  const clock = { nowMs: NOW, staleAfterMs: 16 * 3_600_000 };
  let text = '';
  for await (const chunk of offhook.report(criteria, clock, { format: 'csv', keepFormulas: false })) {
    text += Buffer.from(chunk).toString();
  }
  return text;
}

for (const feedName of ['asterisk', 'amazon-connect', 'freeswitch', 'genesys']) {
  const folder = new URL(`../../src/sources/${feedName}/fixtures/`, import.meta.url);
  const samples = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name !== 'README.md')
    .map(({ name }) => name)
    .sort();
  for (const sample of samples) {
    test(`${feedName}: ${sample}, and again`, async () => {
      const golden = readFileSync(new URL(`${feedName}-${sample}.csv`, GOLDEN), 'utf8');
      const file = new URL(sample, folder);
      const account = `${feedName} ${sample}`;
      assert.equal(await reportOf(feedName, [file], account), golden);
      assert.equal(await reportOf(feedName, [file], account), golden, 'the same again changes nothing');
    });
  }
  test(`${feedName}: all samples in one account, in both orders`, async () => {
    const golden = readFileSync(new URL(`${feedName}.csv`, GOLDEN), 'utf8');
    const files = samples.map(name => new URL(name, folder));
    assert.equal(await reportOf(feedName, files, `${feedName} forward`), golden);
    assert.equal(await reportOf(feedName, files.toReversed(), `${feedName} backward`), golden);
  });
}
