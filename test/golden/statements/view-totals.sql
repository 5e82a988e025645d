SELECT
    rowCount,
    [CAST(presented, 'Nullable(Int64)'), CAST(accepted, 'Nullable(Int64)'), CAST(manual_no_connects, 'Nullable(Int64)'), CAST(ring_no_answers, 'Nullable(Int64)'), CAST(transfers, 'Nullable(Int64)'), CAST(intDivOrZero((20000 * transfers) + accepted, 2 * accepted), 'Nullable(Int64)'), CAST(intDivOrZero((2 * talk_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * talk_ms) + (600 * accepted), (2 * 600) * accepted), 'Nullable(Int64)'), CAST(intDivOrZero((2 * login_time_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms), 'Nullable(Int64)'), CAST(intDivOrZero((2 * off_hook_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * rounded_off_hook_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((20000 * talk_ms) + off_hook_ms, 2 * off_hook_ms), 'Nullable(Int64)'), CAST(intDivOrZero((20000 * off_hook_ms) + login_time_ms, 2 * login_time_ms), 'Nullable(Int64)'), CAST(intDivOrZero((2 * work_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * break_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * away_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * lunch_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * training_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * pending_disposition_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * pending_disposition_ms) + (600 * accepted), (2 * 600) * accepted), 'Nullable(Int64)'), CAST(holds, 'Nullable(Int64)'), CAST(intDivOrZero((2 * hold_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * ring_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * engaged_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * rna_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(intDivOrZero((2 * available_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)'), CAST(monitoring_sessions, 'Nullable(Int64)'), CAST(has_login, 'Nullable(Int64)'), CAST(intDivOrZero((2 * unaccounted_ms) + (600 * 1), (2 * 600) * 1), 'Nullable(Int64)')] AS numbers,
    labelMs
FROM
(
    SELECT
        sums[1] AS presented,
        sums[2] AS accepted,
        sums[3] AS manual_no_connects,
        sums[4] AS ring_no_answers,
        sums[5] AS transfers,
        sums[6] AS talk_ms,
        sums[7] AS login_time_ms,
        sums[8] AS off_hook_ms,
        sums[9] AS rounded_off_hook_ms,
        sums[10] AS work_ms,
        sums[11] AS break_ms,
        sums[12] AS away_ms,
        sums[13] AS lunch_ms,
        sums[14] AS training_ms,
        sums[15] AS pending_disposition_ms,
        sums[16] AS holds,
        sums[17] AS hold_ms,
        sums[18] AS ring_ms,
        sums[19] AS engaged_ms,
        sums[20] AS rna_ms,
        sums[21] AS available_ms,
        sums[22] AS monitoring_sessions,
        sums[23] AS has_login,
        sums[24] AS unaccounted_ms,
        rowCount,
        labelMs
    FROM
    (
        SELECT
            sumForEach(sums) AS sums,
            count() AS rowCount,
            sumMap(label_ms) AS labelMs
        FROM report_view_rows
        WHERE view_id = {view_id:String}
    )
)
