// Check: an id that a sender gave to several facts of one session.
import type { Check } from './check.ts';
import { findRows, foundSql } from './found.ts';

/** What may tell two facts of one id apart, as the sender names it. */
const FIELDS: readonly (readonly [field: string, column: string])[] = [
  ['at', 'at'],
  ['order', 'order_in_instant'],
  ['kind', 'kind'],
  ['baseState', 'base_state'],
  ['prevBaseState', 'prev_base_state'],
  ['stateLabel', 'state_label'],
  ['pendingDisposition', 'pending_disposition'],
  ['agentId', 'agent_id'],
  ['username', 'username'],
  ['phone', 'phone'],
  ['externalAgentId', 'external_agent_id'],
  ['callId', 'call_id'],
  ['callDirection', 'call_direction'],
  ['queueId', 'queue_id'],
  ['queueName', 'queue_name'],
  ['dialGroupId', 'dial_group_id'],
  ['dialGroupName', 'dial_group_name'],
];

/** How many of the facts an example names. */
const NAMED_FACTS = 3;

/** Ids of other feeds are made of the facts themselves. Two facts have different hashes; so one pass finds the ids, and few rows are read again. */
const SQL = foundSql(`
  WITH
    reused AS (
      SELECT account_id, login_session_id, source_event_id
      FROM events
      WHERE account_id IN ({accounts:Array(String)}) AND source = 'offhook' AND source_event_id != '' AND login_session_id != ''
        AND (account_id, login_session_id) IN (
          SELECT account_id, login_session_id FROM login_sessions
          WHERE account_id IN ({accounts:Array(String)})
            AND first_at <= fromUnixTimestamp64Milli({range_to_ms:Int64}, 'UTC')
            AND last_at >= fromUnixTimestamp64Milli({range_from_ms:Int64}, 'UTC')
        )
      GROUP BY account_id, login_session_id, source_event_id
      HAVING min(sipHash64(at, order_in_instant, event_id)) != max(sipHash64(at, order_in_instant, event_id))
    ),
    told AS (
      SELECT
        account_id,
        login_session_id,
        source_event_id,
        count() AS facts,
        toUnixTimestamp64Milli(min(at)) AS first_ms,
        toUnixTimestamp64Milli(max(at)) AS last_ms,
        arrayStringConcat(arrayMap(fact -> fact.3, arraySlice(arraySort(groupArray((
          at,
          order_in_instant,
          concat(
            arrayStringConcat(arrayFilter(word -> word != '', [
              toString(kind), toString(base_state), toString(state_label), if(call_id = '', '', concat('call ', call_id))
            ]), ' '),
            ' at ', toString(at), ' UTC'
          )
        ))), 1, ${NAMED_FACTS})), '; ') AS said,
        arrayStringConcat(arrayMap(field -> field.1, arrayFilter(field -> field.2 > 1, [
          ${FIELDS.map(([field, column]) => `('${field}', uniqExact(${column}))`).join(', ')}
        ])), ', ') AS differing
      FROM events FINAL
      WHERE account_id IN ({accounts:Array(String)})
        AND (account_id, login_session_id, source_event_id) IN (
          SELECT account_id, login_session_id, source_event_id FROM reused
        )
        AND source = 'offhook'
      GROUP BY account_id, login_session_id, source_event_id
    )
  SELECT
    '' AS kind,
    account_id,
    sessions.source AS source,
    agent_id,
    login_session_id,
    first_ms AS at_ms,
    last_ms AS until_ms,
    0 AS duration_ms,
    facts AS amount,
    concat(
      'eventId ', source_event_id, ' names ', toString(facts), ' facts: ', said, if(facts > ${NAMED_FACTS}, '; …', ''),
      '. They differ in ', differing, '.'
    ) AS detail
  FROM told
  INNER JOIN {{sessions}} AS sessions USING (account_id, login_session_id)`);

export const reusedEventIds: Check = {
  key: 'REUSED_EVENT_IDS',
  title: 'Event ids used twice',
  meaning:
    'One eventId of the feed offhook names several facts of a session that say different things. All of them are kept and counted, ' +
    'in whatever order they came; so an event that was meant to correct another one counts beside it.',
  remedy:
    'Let the sender give each fact an eventId of its own within its session, or none: then the fact itself is its identity, and the ' +
    'same fact sent again counts once. An event that is stored is not taken back by another one.',
  find: (engine, asked) => findRows(engine, SQL, asked),
};
