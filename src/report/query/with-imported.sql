-- Computed and imported sessions, each marked; the fields of both stand where the double braces are. Of a session that is
-- imported, too, only a computed one whose login is recorded is shown: another one is a part of the imported one.
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
