    -- All sessions with an event since seen_from_ms; with from_ms for it, none of the range is left out.
    candidates AS (
{{facts}}
            AND last_at >= fromUnixTimestamp64Milli({seen_from_ms:Int64}, 'UTC')
    )
