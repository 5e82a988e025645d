-- Computed and imported sessions with their origin. The double braces hold both kinds of sessions and their columns. If a session is
-- both, the computed one counts only if its login is recorded: without a login it is a part of the imported session.
SELECT
    {{fields}},
    'computed' AS origin,
    toUInt64(0) AS imported_order,
    CAST([], 'Array(String)') AS cells,
    '' AS cells_timezone
FROM ({{computed}}) AS computed
WHERE has_login = 1 OR (account_id, login_session_id) NOT IN (
    SELECT account_id, login_session_id FROM imported_sessions WHERE account_id IN ({accounts:Array(String)})
)
UNION ALL
SELECT
    {{fields}},
    'imported' AS origin,
    imported_order,
    cells,
    toString(cells_timezone) AS cells_timezone
FROM ({{imported}}) AS imported
