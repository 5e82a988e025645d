// Check: pause labels that count as Away because neither the account nor the feed knows them.
import type { Engine } from '../../engine/engine.ts';
import type { BaseState } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import type { AgentSource } from '../../sources/agent-source.ts';
import { FEEDS } from '../../sources/registry.ts';
import { type CustomStates, stateKey } from '../../sources/state-labels.ts';
import { listStates } from '../../directory/aux-states.ts';
import type { Check, Found, QualityQuestion } from './check.ts';
import { findRows, foundSql, rangeParams } from './found.ts';

interface Label {
  accountId: string;
  source: string;
  label: string;
  /** The base state that the account has set since, other than AWAY; empty: none. */
  knownAs: BaseState | '';
}

/** Labels of feeds that guess. */
const LABELS_SQL = `
  SELECT DISTINCT toString(account_id) AS accountId, toString(source) AS source, toString(state_label) AS label
  FROM events FINAL
  WHERE account_id IN ({accounts:Array(String)}) AND source IN ({sources:Array(String)})
    AND base_state = 'AWAY' AND state_label != ''
    AND at >= fromUnixTimestamp64Milli({range_from_ms:Int64}, 'UTC')
  ORDER BY accountId, source, label`;

/** One row for each label, with the agent and session that spent the longest time in it. */
const SQL = foundSql(`
  WITH guessed AS (
    SELECT guess.1 AS account_id, guess.2 AS source, guess.3 AS label, guess.4 AS known_as
    FROM (SELECT arrayJoin(arrayZip(
      {guessed_accounts:Array(String)}, {guessed_sources:Array(String)}, {guessed_labels:Array(String)}, {known_as:Array(String)}
    )) AS guess)
  )
  SELECT
    label AS kind,
    sessions.account_id AS account_id,
    sessions.source AS source,
    argMax(sessions.agent_id, (ms, login_ms)) AS agent_id,
    argMax(sessions.login_session_id, (ms, login_ms)) AS login_session_id,
    min(login_ms) AS at_ms,
    max(end_ms) AS until_ms,
    sum(ms) AS duration_ms,
    count() AS amount,
    concat(
      if(amount = 1, 'In this session. ', concat('In ', toString(amount), ' sessions, the longest time in this one. ')),
      if(
        any(known_as) = '', 'Its base state is not set.',
        concat('It now counts as ', any(known_as), '; stored events keep AWAY until a replay.')
      )
    ) AS detail
  FROM (
    SELECT account_id, source, agent_id, login_session_id, login_ms, end_ms, label_time.1 AS label, label_time.2 AS ms
    FROM {{sessions}} AS sessions
    ARRAY JOIN CAST(label_ms, 'Array(Tuple(String, Int64))') AS label_time
  ) AS sessions
  INNER JOIN guessed USING (account_id, source, label)
  GROUP BY kind, account_id, source`);

export const guessedStates: Check = {
  key: 'GUESSED_STATES',
  title: 'Labels counted as Away by default',
  meaning:
    'Pauses and statuses that count as Away because their base state is not set: the feed recognizes words for lunch, break, ' +
    'training and the like in many languages, and these labels contain none of them. Each finding is one label. Pauses without a ' +
    'label are not listed.',
  remedy:
    "Set the base state of each label with './offhook states set' (AWAY is valid, too), then run './offhook replay --account ID'. " +
    'In the web application, «States» in the administration does both.',
  async find(engine, asked) {
    const labels = await guessedLabels(engine, asked);
    if (labels.length === 0) return NOTHING;
    const found = await findRows(engine, SQL, asked, {
      guessed_accounts: labels.map(({ accountId }) => accountId),
      guessed_sources: labels.map(({ source }) => source),
      guessed_labels: labels.map(({ label }) => label),
      known_as: labels.map(({ knownAs }) => knownAs),
    });
    const seen = new Set(found.kinds.map(({ kind }) => kind));
    const shown = labels.filter(({ label }) => seen.has(label));
    return shown.length === 0 ? found : { ...found, summary: summaryOf(shown), commands: commandsFor(shown) };
  },
};

const NOTHING: Found = { count: 0, durationMs: 0, toleratedMs: 0, kinds: [], examples: [] };

/** The feeds that guess, with the labels that each knows. */
const GUESSING: ReadonlyMap<string, NonNullable<AgentSource['guessBaseState']>> = new Map(
  Object.values(FEEDS).flatMap(feed =>
    'guessBaseState' in feed && feed.guessBaseState !== undefined ? [[feed.name, feed.guessBaseState] as const] : [],
  ),
);

async function guessedLabels(engine: Engine, asked: QualityQuestion): Promise<Label[]> {
  const labels = await engine.query<Omit<Label, 'knownAs'>>(LABELS_SQL, {
    ...rangeParams(asked),
    sources: [...GUESSING.keys()],
  });
  const unknown = labels.filter(({ source, label }) => GUESSING.get(source)?.(label) === undefined);
  const states = new Map<string, CustomStates>();
  for (const accountId of new Set(unknown.map(label => label.accountId))) {
    states.set(accountId, await customStates(engine, accountId));
  }
  return unknown.slice(0, LIMITS.guessedLabels).flatMap(label => {
    const knownAs = states.get(label.accountId)?.get(stateKey(label.label)) ?? '';
    return knownAs === 'AWAY' ? [] : [{ ...label, knownAs }];
  });
}

async function customStates(engine: Engine, accountId: string): Promise<CustomStates> {
  const states = await listStates(engine, accountId);
  return new Map(states.map(({ label, baseState }): [string, BaseState] => [stateKey(label), baseState]));
}

/** Most labels that the summary names. */
const NAMED = 5;

function summaryOf(labels: readonly Label[]): string {
  const open = labels.filter(({ knownAs }) => knownAs === '');
  const toReplay = labels.length - open.length;
  const more = open.length > NAMED ? ` and ${open.length - NAMED} more` : '';
  const names = open.slice(0, NAMED).map(({ label }) => `«${label}»`);
  const guessed =
    open.length === 0
      ? []
      : [
          `${open.length} ${open.length === 1 ? 'label counts' : 'labels count'} as Away because ` +
            `${open.length === 1 ? 'its base state is' : 'their base states are'} not set: ${names.join(', ')}${more}.`,
        ];
  const waiting =
    toReplay === 0
      ? []
      : [
          `${toReplay} ${toReplay === 1 ? 'label has' : 'labels have'} another base state by now, but ` +
            `${toReplay === 1 ? 'its' : 'their'} stored events count as Away until a replay.`,
        ];
  return [...guessed, ...waiting].join(' ');
}

function commandsFor(labels: readonly Label[]): string[] {
  const set = labels
    .filter(({ knownAs }) => knownAs === '')
    .map(
      ({ accountId, label }) =>
        `./offhook states set --account ${quoted(accountId)} --label ${quoted(label)} --base STATE`,
    );
  const accountIds = new Set(labels.map(({ accountId }) => accountId));
  const replay = [...accountIds].map(accountId => `./offhook replay --account ${quoted(accountId)}`);
  return [...new Set(set)].slice(0, LIMITS.qualityExamples).concat(replay);
}

/** Quoted for a shell if necessary. */
const quoted = (text: string) => (/^[\w.@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
