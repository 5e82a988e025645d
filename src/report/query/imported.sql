-- Imported sessions with the columns of the fold, and the agent's texts that their export gives. A session whose login Offhook
-- has recorded is left out: its events are more exact. Parameters: those of the fold. The double braces hold the measures that are
-- the time in some base states (their sums over the states, and what the export gives, else the sum), and the counts.
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
            AND has_login
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
            {{sums}},
            sumIf(duration_ms, pending_disposition = 1) AS pending_disposition_ms
        FROM (SELECT * REPLACE (toInt64(duration_ms) AS duration_ms) FROM imported_states FINAL)
        WHERE account_id IN ({accounts:Array(String)})
            AND (account_id, login_session_id) IN (SELECT account_id, login_session_id FROM asked)
        GROUP BY account_id, login_session_id
    ),
    -- A time that the export does not give is the sum of its states.
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
            -- A printed report has every text that it knows; a table may lack columns.
            notEmpty(cells) AS tells_all,
            login_ms,
            end_ms,
            end_reason,
            1 AS has_login,
            mapFilter((label, ms) -> ms > 0, states.label_ms) AS label_ms,
            ifNull(whole.login_time_ms, 0) AS login_time_ms,
            {{times}},
            ifNull(whole.pending_disposition_ms, states.pending_disposition_ms) AS pending_disposition_ms,
            ifNull(whole.hold_ms, 0) AS hold_ms,
            whole.talk_ms AS exported_talk_ms,
            whole.off_hook_ms AS exported_off_hook_ms,
            whole.rounded_off_hook_ms AS exported_rounded_off_hook_ms,
            {{counts}},
            cells,
            cells_timezone,
            version AS imported_order
        FROM whole
        LEFT JOIN states ON whole.account_id = states.account_id AND whole.login_session_id = states.login_session_id
    )
SELECT
    * EXCEPT (exported_talk_ms, exported_off_hook_ms, exported_rounded_off_hook_ms),
    ifNull(exported_talk_ms, greatest(engaged_ms - hold_ms, 0)) AS talk_ms,
    -- Without line events, the agent is off hook while engaged.
    ifNull(exported_off_hook_ms, engaged_ms) AS off_hook_ms,
    ifNull(exported_rounded_off_hook_ms, 60000 * intDiv(off_hook_ms + 59999, 60000)) AS rounded_off_hook_ms,
    greatest(work_ms - available_ms - ring_ms - engaged_ms, 0) AS wrap_ms,
    0 AS monitoring_ms,
    end_reason = 'OPEN' AS is_open,
    greatest(presented - accepted - ring_no_answers, 0) AS offers_withdrawn,
    -- Printed minutes are rounded, so their sum may exceed the login by a little.
    greatest(
        login_time_ms - work_ms - break_ms - away_ms - lunch_ms - training_ms - rna_ms, 0
    ) AS unaccounted_ms
FROM completed
