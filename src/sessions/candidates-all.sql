    -- Every session. Those without an event since seen_from_ms are left out; from_ms leaves out none.
    known AS (
{{facts}}
            AND last_at >= fromUnixTimestamp64Milli({seen_from_ms:Int64}, 'UTC')
    )
