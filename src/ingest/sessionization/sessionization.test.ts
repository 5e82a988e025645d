// Sessions from the facts of a small feed: the same, whatever the order, repetition and batches in which they arrive.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeContext } from '../../../test/support/decode-context.ts';
import { temporaryEngine } from '../../../test/support/temporary-engine.ts';
import { LIMITS } from '../../limits.ts';
import { type AgentFact, type AgentSource, factEvent, sessionIdOf } from '../../sources/agent-source.ts';
import { lineSplitter } from '../../sources/split/split-lines.ts';
import { isReject, type Reject } from '../../sources/source.ts';
import { factStore, importDocuments } from '../document-import.ts';
import { finishReplacements } from '../events/event-replacement.ts';
import { type FlushPolicy, openEventWriter, type Written } from '../events/event-writer.ts';
import { openSessionization } from './sessionization.ts';
import { runs } from '../../../test/support/property-runs.ts';

const { engine } = await temporaryEngine();
const context = decodeContext();

/**
 * Documents such as `account agent second verb`: in and out begin and end a session, anything else happens in it. A ring begins one
 * as well, two seconds before; and who breaks in a second of a ring is out only after it.
 */
const toy: AgentSource<string> = {
  name: 'toy',
  splitter: lineSplitter,
  reader: () => document => {
    const [accountId = '', agentId = '', second, verb = ''] = document.raw.split(' ');
    const order = verb === 'out' ? 4 : verb === 'in' ? 8 : 16;
    return [
      {
        accountId,
        agentId,
        at: Number(second) * 1000,
        order,
        key: document.raw,
        body: verb,
        raw: document.raw,
        source: 'toy',
        receivedAt: 1,
      },
    ];
  },
  arrange: instant => {
    const verbs = new Set(instant.map(({ body }) => body));
    if (!verbs.has('ring') || !verbs.has('break')) return undefined;
    return instant.toSorted((a, b) => Number(a.body === 'out') - Number(b.body === 'out'));
  },
  sessionizer: () => {
    let loginSessionId = '';
    return {
      next(fact) {
        if (fact.body === 'in') {
          loginSessionId = sessionIdOf(fact);
          return [
            factEvent(fact, { loginSessionId, kind: 'LOGIN' }),
            factEvent(fact, { loginSessionId, baseState: 'AVAILABLE', order: 9 }, 1),
          ];
        }
        if (fact.body === 'ring' && loginSessionId === '') {
          const beganMs = fact.at - 2000;
          loginSessionId = sessionIdOf(fact, beganMs);
          return [{ ...factEvent(fact, { loginSessionId, kind: 'OFFER' }), at: beganMs }];
        }
        const event = factEvent(fact, { loginSessionId, ...(fact.body === 'out' ? { kind: 'LOGOUT' } : {}) });
        if (fact.body === 'out') loginSessionId = '';
        return [event];
      },
    };
  },
};

const factsOf = (lines: readonly string[]) =>
  lines
    .flatMap(raw => toy.reader(context)({ raw, position: 1 }))
    .filter((fact): fact is AgentFact<string> => !isReject(fact));

function open() {
  const writer = openEventWriter(engine);
  const sessionization = openSessionization(engine, writer);
  return { write: (lines: readonly string[]) => sessionization.write(toy as AgentSource, factsOf(lines), context) };
}

const stored = (accountId: string) =>
  engine.query(
    `SELECT login_session_id, toUnixTimestamp(at) AS second, order_in_instant, kind, source_event_id
     FROM events FINAL WHERE account_id = {accountId:String} ORDER BY ALL`,
    { accountId },
  );
const sessions = (accountId: string) =>
  engine.query(
    `SELECT login_session_id, agent_id, first_at, last_at, login_at, logout_at
     FROM login_sessions FINAL WHERE account_id = {accountId:String} ORDER BY ALL`,
    { accountId },
  );

/** What the same lines give in order, each once, all at the same time. */
async function expected(accountId: string, lines: readonly string[]) {
  const sorted = [...new Set(lines)].map(line => line.replace(/^\S+/, `${accountId}*`));
  await open().write(sorted);
  const strip = (rows: unknown[]) => JSON.parse(JSON.stringify(rows).replaceAll(`${accountId}*`, accountId));
  return { events: strip(await stored(`${accountId}*`)), sessions: strip(await sessions(`${accountId}*`)) };
}

const DAY = ['in', 'break', 'call', 'out'];
const day = (account: string, agent: string, from: number) =>
  DAY.map((verb, i) => `${account} ${agent} ${from + i * 10} ${verb}`);

test('facts in order go on in the session that is open', async () => {
  const { write } = open();
  const lines = [...day('order', 'ada', 100), ...day('order', 'ada', 200), ...day('order', 'bob', 110)];
  for (const line of lines) assert.deepEqual(await write([line]), { stored: 1, rejected: 0, known: 0 });
  assert.deepEqual(await stored('order'), (await expected('order', lines)).events);
});

test('facts that come again are known, also one whose event lies before it', async () => {
  const lines = ['known ada 100 ring', 'known ada 110 call', 'known bob 105 in'];
  assert.deepEqual(await open().write(lines), { stored: 3, rejected: 0, known: 0 });
  assert.deepEqual(await open().write(lines), { stored: 3, rejected: 0, known: 3 });
});

test('an import ends, though the facts of its last batch become events after all of it was read', async () => {
  const writer = openEventWriter(engine);
  const sessionization = openSessionization(engine, writer);
  const feed = toy as AgentSource;
  const write = (said: readonly (AgentFact | Reject)[], how?: FlushPolicy) =>
    sessionization.write(feed, said, context, how);
  const store = factStore(feed.reader(context), write, () => sessionization.flush(feed));
  const facts = 2 * LIMITS.importBatchDocuments + 10;
  async function* documents() {
    for (let i = 0; i < facts; i++) yield [{ raw: `imported agent${i % 5000} ${i} in`, position: i + 1 }];
  }
  let total: Written = { stored: 0, rejected: 0, known: 0 };
  for await (total of importDocuments(store, documents()));
  assert.deepEqual(total, { stored: facts, rejected: 0, known: 0 });
  assert.equal((await stored('imported')).length, 2 * facts);
});

test('an agent that is not known yet waits for facts of its feed only, not for all that others send', async () => {
  const writer = openEventWriter(engine);
  // As under senders that never pause.
  const busy = { ...writer, drain: () => new Promise<void>(() => {}) };
  const sessionization = openSessionization(engine, busy);
  const write = (lines: readonly string[], how?: FlushPolicy) =>
    sessionization.write(toy as AgentSource, factsOf(lines), context, how);
  const lines = [...day('busy', 'ada', 100), ...day('busy', 'bob', 105)];
  const inserts = [
    write(lines.slice(0, 2), 'full'),
    // Late, and an agent that is not known: both read what the write before them has not stored yet.
    write(['busy ada 105 call', ...lines.slice(2, 5)], 'full'),
    write(lines.slice(5)),
  ];
  await Promise.all(inserts);
  assert.deepEqual(await stored('busy'), (await expected('busy', [...lines, 'busy ada 105 call'])).events);
});

test('a process that starts anew goes on where the one before ended', async () => {
  const lines = day('restart', 'ada', 100);
  for (const line of lines) await open().write([line]);
  const { events } = await expected('restart', lines);
  assert.deepEqual(await stored('restart'), events);
  assert.equal(new Set(events.map((row: { login_session_id: string }) => row.login_session_id)).size, 1);
});

test('a login that comes last makes the session anew, and nothing of the old one is left', async () => {
  const { write } = open();
  const lines = day('late', 'ada', 100);
  await write(lines.slice(1));
  await write(lines.slice(0, 1));
  const wanted = await expected('late', lines);
  assert.deepEqual(await stored('late'), wanted.events);
  assert.deepEqual(await sessions('late'), wanted.sessions);
});

test('a logout that comes late cuts the session, whose last event was another’s', async () => {
  const { write } = open();
  const lines = ['cut ada 1 in', 'cut ada 50 call', 'cut ada 20 out'];
  await write(lines.slice(0, 2));
  await write(lines.slice(2));
  const wanted = await expected('cut', lines);
  assert.deepEqual(await stored('cut'), wanted.events);
  assert.deepEqual(await sessions('cut'), wanted.sessions);
});

test('a fact of the very second in which a session begins may belong to the one before', async () => {
  const { write } = open();
  const lines = ['second ada 0 in', 'second ada 60 in', 'second ada 60 out'];
  await write(lines.slice(0, 2));
  await write(lines.slice(2));
  assert.deepEqual(await stored('second'), (await expected('second', lines)).events);
});

let run = 0;
test('whatever the order, the repetition and the pieces of arrival, and whether the process is a new one', async () => {
  const fact = fc.tuple(
    fc.constantFrom('a', 'b'),
    fc.integer({ min: 3, max: 14 }),
    fc.constantFrom('in', 'out', 'ring', 'break'),
  );
  const facts = fc.uniqueArray(fact, { minLength: 1, maxLength: 14, selector: String });
  const arrival = facts.chain(list =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray([...list, ...list], { minLength: list.length }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 6 }),
      fc.boolean(),
    ),
  );
  await fc.assert(
    fc.asyncProperty(arrival, async ([list, arriving, sizes, restarts]) => {
      const account = `law${run++}`;
      const lineOf = ([agent, second, verb]: (typeof list)[number]) => `${account} ${agent} ${second} ${verb}`;
      const lines = [...arriving, ...list].map(lineOf);
      let { write } = open();
      for (let at = 0, piece = 0; at < lines.length; piece++) {
        const size = sizes[piece % sizes.length] as number;
        await write(lines.slice(at, at + size));
        at += size;
        if (restarts) ({ write } = open());
      }
      const wanted = await expected(account, lines);
      assert.deepEqual(await stored(account), wanted.events);
      assert.deepEqual(await sessions(account), wanted.sessions);
    }),
    runs(8),
  );
});

test('what a crash left of a replacement is done at the next start, and what was not ready is forgotten', async () => {
  const left = `INSERT INTO replacements (account_id, login_session_id, at, kind, source, source_event_id, batch, is_stale)
    SELECT 'crash', '1', toDateTime64({second:UInt32}, 3, 'UTC'), 'STATE', 'toy', {id:String}, {batch:String}, {stale:UInt8}`;
  await engine.command(
    `INSERT INTO events (account_id, login_session_id, at, kind, source, source_event_id)
     SELECT 'crash', '1', toDateTime64(5, 3, 'UTC'), 'STATE', 'toy', 'old'`,
  );
  await engine.command(left, { second: 5, id: 'old', batch: 'ready', stale: 1 });
  await engine.command(left, { second: 6, id: 'new', batch: 'ready', stale: 0 });
  await engine.command(left, { second: 7, id: 'unready', batch: 'unready', stale: 0 });
  await engine.insert('replacement_batches', [{ batch: 'ready' }]);
  await finishReplacements(engine);
  const ids = (await stored('crash')).map(row => (row as { source_event_id: string }).source_event_id);
  assert.deepEqual(ids, ['new']);
  const [session] = (await sessions('crash')) as { first_at: string }[];
  assert.match(session!.first_at, /00:00:06/);
  assert.deepEqual(await engine.query('SELECT * FROM replacements'), []);
});
