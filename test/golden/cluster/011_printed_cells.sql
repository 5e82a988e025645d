ALTER TABLE folded_sessions_local ON CLUSTER 'calls'
    ADD COLUMN IF NOT EXISTS printed_calls String MATERIALIZED concatWithSeparator(
        ',',
        toString(presented),
        toString(accepted),
        toString(manual_no_connects),
        toString(ring_no_answers),
        toString(transfers),
        concat(toDecimalString(intDivOrZero(20000 * transfers + accepted, 2 * accepted) / 100, 2), '%'),
        toDecimalString(intDivOrZero(2 * talk_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * talk_ms + 600 * accepted, 2 * 600 * accepted) / 100, 2),
        toDecimalString(intDivOrZero(2 * login_time_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        concat(toDecimalString(intDivOrZero(20000 * talk_ms + login_time_ms, 2 * login_time_ms) / 100, 2), '%'),
        toDecimalString(intDivOrZero(2 * off_hook_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * rounded_off_hook_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        concat(toDecimalString(intDivOrZero(20000 * talk_ms + off_hook_ms, 2 * off_hook_ms) / 100, 2), '%'),
        concat(toDecimalString(intDivOrZero(20000 * off_hook_ms + login_time_ms, 2 * login_time_ms) / 100, 2), '%'),
        toDecimalString(intDivOrZero(2 * work_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * break_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * away_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * lunch_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * training_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * pending_disposition_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * pending_disposition_ms + 600 * accepted, 2 * 600 * accepted) / 100, 2)
    ) CODEC(LZ4),
    ADD COLUMN IF NOT EXISTS printed_times String MATERIALIZED concatWithSeparator(
        ',',
        toString(holds),
        toDecimalString(intDivOrZero(2 * hold_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * ring_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * engaged_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * rna_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * available_ms + 600 * 1, 2 * 600 * 1) / 100, 2)
    ) CODEC(LZ4);

ALTER TABLE folded_sessions ON CLUSTER 'calls'
    ADD COLUMN IF NOT EXISTS printed_calls String MATERIALIZED concatWithSeparator(
        ',',
        toString(presented),
        toString(accepted),
        toString(manual_no_connects),
        toString(ring_no_answers),
        toString(transfers),
        concat(toDecimalString(intDivOrZero(20000 * transfers + accepted, 2 * accepted) / 100, 2), '%'),
        toDecimalString(intDivOrZero(2 * talk_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * talk_ms + 600 * accepted, 2 * 600 * accepted) / 100, 2),
        toDecimalString(intDivOrZero(2 * login_time_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        concat(toDecimalString(intDivOrZero(20000 * talk_ms + login_time_ms, 2 * login_time_ms) / 100, 2), '%'),
        toDecimalString(intDivOrZero(2 * off_hook_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * rounded_off_hook_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        concat(toDecimalString(intDivOrZero(20000 * talk_ms + off_hook_ms, 2 * off_hook_ms) / 100, 2), '%'),
        concat(toDecimalString(intDivOrZero(20000 * off_hook_ms + login_time_ms, 2 * login_time_ms) / 100, 2), '%'),
        toDecimalString(intDivOrZero(2 * work_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * break_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * away_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * lunch_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * training_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * pending_disposition_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * pending_disposition_ms + 600 * accepted, 2 * 600 * accepted) / 100, 2)
    ) CODEC(LZ4),
    ADD COLUMN IF NOT EXISTS printed_times String MATERIALIZED concatWithSeparator(
        ',',
        toString(holds),
        toDecimalString(intDivOrZero(2 * hold_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * ring_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * engaged_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * rna_ms + 600 * 1, 2 * 600 * 1) / 100, 2),
        toDecimalString(intDivOrZero(2 * available_ms + 600 * 1, 2 * 600 * 1) / 100, 2)
    ) CODEC(LZ4);
