SELECT
    account_id AS accountId,
    login_session_id AS loginSessionId,
    texts,
    numbers,
    label_ms AS labelMs
FROM report_view_rows
WHERE (view_id = {view_id:String}) AND (position >= {from:UInt64}) AND (position < {to:UInt64})
ORDER BY position ASC
