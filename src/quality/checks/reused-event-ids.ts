// Check: event ids that a sender gave to several facts of one session.
import type { Check } from './check.ts';
import { findRows, foundSql } from './found.ts';

/** Fields in which facts may differ, by the sender's names. */
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

/** Most facts that an example names. */
const NAMED_FACTS = 3;

/** Other feeds' ids are made from the facts. Different facts have different hashes, so one pass finds the ids and few rows are read twice. */
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
    described AS (
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
        ))), 1, ${NAMED_FACTS})), '; ') AS first_facts,
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
      'eventId ', source_event_id, ' names ', toString(facts), ' facts: ', first_facts, if(facts > ${NAMED_FACTS}, '; …', ''),
      '. They differ in ', differing, '.'
    ) AS detail
  FROM described
  INNER JOIN {{sessions}} AS sessions USING (account_id, login_session_id)`);

export const reusedEventIds: Check = {
  key: 'REUSED_EVENT_IDS',
  title: 'Event ids used twice',
  meaning:
    'Several different facts of a session have the same eventId in the feed offhook. All of them are stored and counted, in any ' +
    'order of arrival, so an event that was meant to correct another one is counted in addition to it.',
  remedy:
    'Give each fact of a session its own eventId, or none: then the fact itself identifies it, and the same fact sent again counts ' +
    'once. A stored event cannot be withdrawn by another event.',
  find: (engine, asked) => findRows(engine, SQL, asked),
};
