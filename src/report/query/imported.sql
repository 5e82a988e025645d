-- Imported sessions in the fields of the fold, and what their export says of the agent. A session whose login Offhook has
-- recorded is left out: the events say it better. Parameters: those of the fold.
WITH
    asked AS (
        SELECT account_id, login_session_id
        FROM imported_sessions
        WHERE account_id IN ({accounts:Array(String)}) AND login_ms BETWEEN {from_ms:Int64} AND {to_ms:Int64}
    ),
    recorded AS (
        SELECT account_id, login_session_id
        FROM login_sessions
        WHERE account_id IN ({accounts:Array(String)})
            AND (account_id, login_session_id) IN (SELECT account_id, login_session_id FROM asked)
            AND login_at < '2299-01-01 00:00:00'
    ),
    whole AS (
        SELECT *
        FROM imported_sessions FINAL
        WHERE account_id IN ({accounts:Array(String)})
            AND (account_id, login_session_id) IN (SELECT account_id, login_session_id FROM asked)
            AND login_ms BETWEEN {from_ms:Int64} AND {to_ms:Int64}
            AND (account_id, login_session_id) NOT IN (SELECT account_id, login_session_id FROM recorded)
    ),
    states AS (
        SELECT
            account_id,
            login_session_id,
            sumMap(map(if(state_label != '', toString(state_label), toString(base_state)), duration_ms)) AS label_ms,
            sumIf(duration_ms, base_state = 'AVAILABLE') AS available_ms,
            sumIf(duration_ms, base_state = 'TRANSITION') AS ring_ms,
            sumIf(duration_ms, base_state = 'ENGAGED') AS engaged_ms,
            sumIf(duration_ms, base_state IN ('AVAILABLE', 'TRANSITION', 'ENGAGED', 'WORKING', 'MONITORING')) AS work_ms,
            sumIf(duration_ms, base_state = 'ON_BREAK') AS break_ms,
            sumIf(duration_ms, base_state IN ('AWAY', 'AUX_OFFHOOK', 'AUX_NO_OFFHOOK')) AS away_ms,
            sumIf(duration_ms, base_state = 'LUNCH') AS lunch_ms,
            sumIf(duration_ms, base_state = 'TRAINING') AS training_ms,
            sumIf(duration_ms, base_state = 'RNA') AS rna_ms,
            sumIf(duration_ms, pending_disposition = 1) AS pending_disposition_ms
        FROM (SELECT * REPLACE (toInt64(duration_ms) AS duration_ms) FROM imported_states FINAL)
        WHERE account_id IN ({accounts:Array(String)})
            AND (account_id, login_session_id) IN (SELECT account_id, login_session_id FROM asked)
        GROUP BY account_id, login_session_id
    ),
    -- What the export does not say is what its states sum up to.
    completed AS (
        SELECT
            whole.account_id AS account_id,
            whole.login_session_id AS login_session_id,
            agent_id,
            username,
            phone,
            external_agent_id,
            dial_group_name,
            first_name AS exported_first_name,
            last_name AS exported_last_name,
            team AS exported_team,
            agent_group_id AS exported_group_id,
            agent_group_name AS exported_group_name,
            -- A report prints every text that it knows; a table may lack columns.
            notEmpty(cells) AS tells_all,
            login_ms,
            end_ms,
            end_reason,
            1 AS has_login,
            mapFilter((label, ms) -> ms > 0, states.label_ms) AS label_ms,
            ifNull(whole.login_time_ms, 0) AS login_time_ms,
            ifNull(whole.available_ms, states.available_ms) AS available_ms,
            ifNull(whole.ring_ms, states.ring_ms) AS ring_ms,
            ifNull(whole.engaged_ms, states.engaged_ms) AS engaged_ms,
            ifNull(whole.work_ms, states.work_ms) AS work_ms,
            ifNull(whole.break_ms, states.break_ms) AS break_ms,
            ifNull(whole.away_ms, states.away_ms) AS away_ms,
            ifNull(whole.lunch_ms, states.lunch_ms) AS lunch_ms,
            ifNull(whole.training_ms, states.training_ms) AS training_ms,
            ifNull(whole.rna_ms, states.rna_ms) AS rna_ms,
            ifNull(whole.pending_disposition_ms, states.pending_disposition_ms) AS pending_disposition_ms,
            ifNull(whole.hold_ms, 0) AS hold_ms,
            whole.talk_ms AS exported_talk_ms,
            whole.off_hook_ms AS exported_off_hook_ms,
            whole.rounded_off_hook_ms AS exported_rounded_off_hook_ms,
            presented,
            accepted,
            ring_no_answers,
            manual_no_connects,
            transfers,
            holds,
            monitoring_sessions,
            cells,
            cells_timezone,
            version AS imported_order
        FROM whole
        LEFT JOIN states ON whole.account_id = states.account_id AND whole.login_session_id = states.login_session_id
    )
SELECT
    * EXCEPT (exported_talk_ms, exported_off_hook_ms, exported_rounded_off_hook_ms),
    ifNull(exported_talk_ms, greatest(engaged_ms - hold_ms, 0)) AS talk_ms,
    -- Where no line is seen, the agent is off hook while engaged.
    ifNull(exported_off_hook_ms, engaged_ms) AS off_hook_ms,
    ifNull(exported_rounded_off_hook_ms, 60000 * intDiv(off_hook_ms + 59999, 60000)) AS rounded_off_hook_ms,
    greatest(work_ms - available_ms - ring_ms - engaged_ms, 0) AS wrap_ms,
    0 AS monitoring_ms,
    end_reason = 'OPEN' AS is_open,
    greatest(presented - accepted - ring_no_answers, 0) AS offers_withdrawn,
    -- Printed minutes are rounded, so they may sum to a little more than the login.
    greatest(
        login_time_ms - work_ms - break_ms - away_ms - lunch_ms - training_ms - rna_ms, 0
    ) AS unaccounted_ms
FROM completed
