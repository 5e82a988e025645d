// Durations that RingCX states: each event has the seconds in the state that it ends.
import type { StatedTimes } from './stated-times.ts';
import { findRows, foundSql } from '../checks/found.ts';

/** RingCX truncates times and durations to whole seconds, so a difference of one second means nothing. */
const TOLERANCE_MS = 1000;

/** Compares only if the event before entered the state that is left. Bodies are JSON or URL-encoded. */
const SQL = foundSql(`
  WITH
    seen AS (
      SELECT account_id, source, agent_id, login_session_id
      FROM {{sessions}} AS sessions
    ),
    steps AS (
      SELECT
        account_id,
        login_session_id,
        prev_base_state,
        toUnixTimestamp64Milli(at) AS left_ms,
        raw,
        lagInFrame(base_state) OVER steps_before AS entered_state,
        lagInFrame(toString(state_label)) OVER steps_before AS entered_label,
        lagInFrame(left_ms) OVER steps_before AS entered_ms
      FROM events FINAL
      WHERE account_id IN ({accounts:Array(String)})
        AND (account_id, login_session_id) IN (SELECT account_id, login_session_id FROM seen)
        AND (base_state != '' OR kind = 'LOGOUT')
        AND source = 'ringcx'
      WINDOW steps_before AS (
        PARTITION BY account_id, login_session_id ORDER BY at, order_in_instant, event_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      )
    ),
    stated AS (
      SELECT
        *,
        startsWith(trimLeft(raw), '{') AS is_json,
        if(
          is_json, trim(BOTH '"' FROM JSONExtractRaw(raw, 'duration')), extractURLParameter(concat('?', raw), 'duration')
        ) AS duration,
        toFloat64OrNull(trim(BOTH ' ' FROM duration)) * 1000 AS stated_ms,
        if(is_json, JSONExtractString(raw, 'prev_state'), decodeURLFormComponent(
          extractURLParameter(concat('?', raw), 'prev_state')
        )) AS left_type,
        if(is_json, JSONExtractString(raw, 'prev_aux_state'), decodeURLFormComponent(
          extractURLParameter(concat('?', raw), 'prev_aux_state')
        )) AS left_label
      FROM steps
      WHERE prev_base_state != '' AND prev_base_state = entered_state AND raw != ''
    )
  SELECT
    concat('ringcx ', toString(prev_base_state)) AS kind,
    account_id,
    source,
    agent_id,
    login_session_id,
    entered_ms AS at_ms,
    left_ms AS until_ms,
    toInt64(abs(left_ms - entered_ms - stated_ms)) AS duration_ms,
    1 AS amount,
    concat(
      'The source states ', toString(stated_ms / 1000), ' s in ', toString(prev_base_state), ', but its events are ',
      toString((left_ms - entered_ms) / 1000), ' s apart.'
    ) AS detail
  FROM stated
  INNER JOIN seen USING (account_id, login_session_id)
  WHERE stated_ms IS NOT NULL
    AND duration_ms > {tolerance_ms:Int64}
    AND (left_label = entered_label OR (left_label = '' AND left_type = entered_label))`);

export const statedRingcx: StatedTimes = {
  source: 'ringcx',
  find: (engine, asked) => findRows(engine, SQL, asked, { tolerance_ms: TOLERANCE_MS }),
};
