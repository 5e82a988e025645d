WITH
    (text -> if({keep_formulas:Bool}, text, replaceRegexpOne(text, '^(?:[=@\\t\\r]|[+-][0-9 ().*#xX/-]*[^0-9 ().*#xX/-])', '\'\\0'))) AS guarded,
    (text -> if(match(text, concat('["\n\r', {delimiter:String}, ']')), concat('"', replaceAll(guarded(text), '"', '""'), '"'), guarded(text))) AS quoted,
    (text -> if(row_needs_escaping, quoted(text), text)) AS cell
SELECT concatWithSeparator({delimiter:String}, cell(agent_id), cell(last_name), cell(first_name), cell(if(username != '', username, directory_username)), cell(phone), ifNull(formatDateTimeInJodaSyntax(fromUnixTimestamp64Milli(login_ms, 'UTC'), 'M/d/yy h:mm a', {timezone:String}), ''), ifNull(formatDateTimeInJodaSyntax(fromUnixTimestamp64Milli(if(is_open = 1, NULL, end_ms), 'UTC'), 'M/d/yy h:mm a', {timezone:String}), ''), cell(if(dial_group_name != '', dial_group_name, directory_dial_group_name)), if({delimiter:String} = ',', printed_calls, replaceAll(printed_calls, ',', {delimiter:String})), cell(if(external_agent_id != '', external_agent_id, directory_external_agent_id)), if({delimiter:String} = ',', printed_times, replaceAll(printed_times, ',', {delimiter:String})), cell(if(team != '', team, '[No Team Name]')), cell(login_session_id), toString(monitoring_sessions)) AS line
FROM
(
    SELECT
        sessions.*,
        first_name,
        last_name,
        email,
        agent_type,
        directory_username,
        team,
        agent_group_id,
        agent_group_name,
        directory_external_agent_id,
        directory_dial_group_name,
        sessions.needs_escaping OR entries.needs_escaping AS row_needs_escaping
    FROM
    (
        SELECT
            account_id,
            login_session_id,
            agent_id,
            username,
            phone,
            external_agent_id,
            dial_group_name,
            source,
            login_ms,
            end_ms,
            has_login,
            last_state,
            last_state_since_ms,
            last_flag,
            last_flag_since_ms,
            label_ms,
            login_time_ms,
            available_ms,
            ring_ms,
            engaged_ms,
            wrap_ms,
            monitoring_ms,
            work_ms,
            break_ms,
            away_ms,
            lunch_ms,
            training_ms,
            rna_ms,
            unaccounted_ms,
            pending_disposition_ms,
            talk_ms,
            hold_ms,
            off_hook_ms,
            rounded_off_hook_ms,
            presented,
            accepted,
            ring_no_answers,
            offers_withdrawn,
            manual_no_connects,
            transfers,
            holds,
            monitoring_sessions,
            0 AS is_open,
            printed_calls,
            printed_times,
            needs_escaping,
            folded_at
        FROM session_cache
        FINAL
        WHERE (account_id IN ({accounts:Array(String)})) AND ((login_ms >= {from_ms:Int64}) AND (login_ms <= {to_ms:Int64})) AND ((account_id, login_session_id) NOT IN (arrayZip({fold_accounts:Array(String)}, {fold_sessions:Array(String)}))) AND (NOT is_deleted)
        UNION ALL
        SELECT
            account_id,
            login_session_id,
            agent_id,
            username,
            phone,
            external_agent_id,
            dial_group_name,
            source,
            login_ms,
            end_ms,
            has_login,
            last_state,
            last_state_since_ms,
            last_flag,
            last_flag_since_ms,
            label_ms,
            login_time_ms,
            available_ms,
            ring_ms,
            engaged_ms,
            wrap_ms,
            monitoring_ms,
            work_ms,
            break_ms,
            away_ms,
            lunch_ms,
            training_ms,
            rna_ms,
            unaccounted_ms,
            pending_disposition_ms,
            talk_ms,
            hold_ms,
            off_hook_ms,
            rounded_off_hook_ms,
            presented,
            accepted,
            ring_no_answers,
            offers_withdrawn,
            manual_no_connects,
            transfers,
            holds,
            monitoring_sessions,
            end_reason = 'OPEN' AS is_open,
            concatWithSeparator(',', toString(presented), toString(accepted), toString(manual_no_connects), toString(ring_no_answers), toString(transfers), concat(toDecimalString(intDivOrZero((20000 * transfers) + accepted, 2 * accepted) / 100, 2), '%'), toDecimalString(intDivOrZero((2 * talk_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * talk_ms) + (600 * accepted), (2 * 600) * accepted) / 100, 2), toDecimalString(intDivOrZero((2 * login_time_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), concat(toDecimalString(intDivOrZero((20000 * talk_ms) + login_time_ms, 2 * login_time_ms) / 100, 2), '%'), toDecimalString(intDivOrZero((2 * off_hook_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * rounded_off_hook_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), concat(toDecimalString(intDivOrZero((20000 * talk_ms) + off_hook_ms, 2 * off_hook_ms) / 100, 2), '%'), concat(toDecimalString(intDivOrZero((20000 * off_hook_ms) + login_time_ms, 2 * login_time_ms) / 100, 2), '%'), toDecimalString(intDivOrZero((2 * work_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * break_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * away_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * lunch_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * training_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * pending_disposition_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * pending_disposition_ms) + (600 * accepted), (2 * 600) * accepted) / 100, 2)) AS printed_calls,
            concatWithSeparator(',', toString(holds), toDecimalString(intDivOrZero((2 * hold_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * ring_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * engaged_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * rna_ms) + (600 * 1), (2 * 600) * 1) / 100, 2), toDecimalString(intDivOrZero((2 * available_ms) + (600 * 1), (2 * 600) * 1) / 100, 2)) AS printed_times,
            arrayExists(text -> ((NOT match(text, '^(?:[\\p{L}\\p{N}._*()/#:;!?$%^~](?:[ \\p{L}\\p{M}\\p{N}._*()/#:;!?$%^~@+=-]*[\\p{L}\\p{M}\\p{N}._*()/#:;!?$%^~@+=-])?|\\+[0-9 ().*#xX/-]*[0-9)*#xX])?$')) OR (position(text, '_x') > 0) OR (length(text) > 32767)), [toString(agent_id), toString(login_session_id), toString(username), toString(phone), toString(external_agent_id), toString(dial_group_name)]) AS needs_escaping,
            toUInt64(0) AS folded_at
        FROM
        (
            SELECT
                account_id,
                login_session_id,
                agent_id,
                username,
                phone,
                external_agent_id,
                dial_group_name,
                source,
                login_ms,
                end_ms,
                end_reason,
                has_login,
                last_state,
                last_state_since_ms,
                last_flag,
                last_flag_since_ms,
                label_ms,
                login_time_ms,
                available_ms,
                ring_ms,
                engaged_ms,
                wrap_ms,
                monitoring_ms,
                work_ms,
                break_ms,
                away_ms,
                lunch_ms,
                training_ms,
                rna_ms,
                unaccounted_ms,
                pending_disposition_ms,
                talk_ms,
                hold_ms,
                off_hook_ms,
                rounded_off_hook_ms,
                presented,
                accepted,
                ring_no_answers,
                offers_withdrawn,
                manual_no_connects,
                transfers,
                holds,
                monitoring_sessions
            FROM
            (
                WITH
                    1 AS AVAILABLE,
                    2 AS TRANSITION,
                    3 AS ENGAGED,
                    4 AS WORKING,
                    5 AS ON_BREAK,
                    6 AS AWAY,
                    7 AS LUNCH,
                    8 AS TRAINING,
                    9 AS RNA,
                    10 AS AUX_OFFHOOK,
                    11 AS AUX_NO_OFFHOOK,
                    12 AS MONITORING,
                    4 AS OFFER,
                    5 AS MANUAL_DIAL,
                    6 AS ANSWER,
                    7 AS RING_NO_ANSWER,
                    8 AS NO_CONNECT,
                    9 AS HOLD,
                    10 AS UNHOLD,
                    11 AS TRANSFER,
                    12 AS CALL_END,
                    13 AS OFF_HOOK,
                    14 AS ON_HOOK,
                    15 AS MONITOR_START,
                    21 AS INSTANT_SHIFT,
                    15 AS POSITION_SHIFT,
                    32768 AS ORDER_UNIT,
                    2048 AS STATE_UNIT,
                    128 AS STATE_LEFT_UNIT,
                    2 AS KIND_UNIT,
                    (step -> bitShiftRight(step, INSTANT_SHIFT)) AS instant_of,
                    (step -> bitShiftRight(step, POSITION_SHIFT)) AS position_of,
                    (step -> bitAnd(bitShiftRight(step, 11), 15)) AS state_of,
                    (step -> bitAnd(bitShiftRight(step, 7), 15)) AS state_left_of,
                    (step -> bitAnd(step, 3)) AS flag_of,
                    (step -> bitAnd(bitShiftRight(step, 1), 31)) AS kind_of,
                    (step -> (bitAnd(step, 1) = 0)) AS names_its_call,
                    (step -> bitAnd(step, 63)) AS outcome_of,
                    (kind -> ((2 * kind) + 1)) AS anonymous,
                    43 AS SPAN_BITS,
                    8796093022207 AS SPAN_MASK,
                    32 AS OFFER_CALL_SHIFT,
                    (step -> bitShiftRight(step, 1)) AS call_and_position_of,
                    (step -> (bitAnd(step, 1) = 1)) AS is_offer,
                    (hook -> bitShiftRight(hook, 1)) AS hook_position_of,
                    (hook -> bitShiftRight(hook, 7)) AS hook_instant_of,
                    (hook -> (bitAnd(hook, 1) = 1)) AS is_off_hook,
                    60000 AS MINUTE_MS,
                    (ms -> intDiv((ms + MINUTE_MS) - 1, MINUTE_MS)) AS begun_minutes,
                    candidates AS
                    (
                        SELECT
                            account_id,
                            login_session_id,
                            agent_id,
                            first_at,
                            login_ms,
                            has_login,
                            toUnixTimestamp64Milli(last_at) AS last_ms,
                            greatest(toUnixTimestamp64Milli(logout_at), login_ms) AS logout_ms,
                            logout_at > '1970-01-01 00:00:00' AS has_logout,
                            if(login_username != '', login_username, any_username) AS username,
                            if(login_phone != '', login_phone, any_phone) AS phone,
                            external_agent_id,
                            if(login_dial_group_name != '', login_dial_group_name, any_dial_group_name) AS dial_group_name,
                            source,
                            true AS is_selected
                        FROM login_sessions
                        FINAL
                        WHERE (account_id IN ({accounts:Array(String)})) AND (login_session_id IN ({fold_sessions:Array(String)})) AND ((account_id, login_session_id) IN (arrayZip({fold_accounts:Array(String)}, {fold_sessions:Array(String)})))
                        UNION ALL
                        SELECT
                            account_id,
                            login_session_id,
                            agent_id,
                            fromUnixTimestamp64Milli(login_ms, 'UTC') AS first_at,
                            login_ms,
                            has_login,
                            end_ms AS last_ms,
                            end_ms AS logout_ms,
                            end_reason = 'NORMAL' AS has_logout,
                            username,
                            phone,
                            external_agent_id,
                            dial_group_name,
                            toString(session_cache.source) AS source,
                            false AS is_selected
                        FROM session_cache
                        FINAL
                        WHERE (account_id IN ({accounts:Array(String)})) AND ((login_ms >= {from_ms:Int64}) AND (login_ms <= {later_to_ms:Int64})) AND ((account_id, login_session_id) NOT IN (arrayZip({fold_accounts:Array(String)}, {fold_sessions:Array(String)}))) AND (NOT is_deleted)
                    ),
                    superseded AS
                    (
                        SELECT DISTINCT
                            account_id,
                            unfinished.login_session_id AS login_session_id
                        FROM candidates AS later
                        INNER JOIN
                        (
                            SELECT
                                account_id,
                                agent_id,
                                login_session_id,
                                login_ms,
                                last_ms
                            FROM candidates
                            WHERE ((login_ms >= {from_ms:Int64}) AND (login_ms <= {to_ms:Int64})) AND (first_at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')) AND (NOT has_logout) AND (agent_id != '')
                        ) AS unfinished USING (account_id, agent_id)
                        WHERE ((later.login_ms >= unfinished.last_ms) AND (later.login_ms <= (unfinished.last_ms + {stale_ms:Int64}))) AND ((later.login_ms, later.login_session_id) > (unfinished.login_ms, unfinished.login_session_id))
                    ),
                    in_range AS
                    (
                        SELECT *
                        FROM candidates
                        WHERE is_selected AND ((login_ms >= {from_ms:Int64}) AND (login_ms <= {to_ms:Int64})) AND (first_at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC'))
                    ),
                    bounded AS
                    (
                        SELECT
                            * EXCEPT (has_logout, logout_ms, first_at, is_selected),
                            multiIf(has_logout, 'NORMAL', ((account_id, login_session_id) IN (superseded)), 'SUPERSEDED', ({now_ms:Int64} - last_ms) >= {stale_ms:Int64}, 'STALE', 'OPEN') AS end_reason,
                            multiIf(has_logout, logout_ms, end_reason = 'OPEN', greatest({now_ms:Int64}, last_ms), last_ms) AS end_ms
                        FROM in_range
                    ),
                    grouped AS
                    (
                        SELECT
                            account_id,
                            login_session_id,
                            arraySort(groupArrayIf(((position + (STATE_UNIT * toUInt8(base_state))) + (STATE_LEFT_UNIT * if(base_state = '', 0, toUInt8(prev_base_state)))) + pending_disposition, (base_state != '') OR (pending_disposition != 2))) AS state_steps_by_rank,
                            groupArrayIf(((position + (STATE_UNIT * toUInt8(base_state))) + (STATE_LEFT_UNIT * toUInt8(prev_base_state))) + pending_disposition, base_state != '') AS labelled_steps_read,
                            groupArrayIf(if(state_label != '', toString(state_label), toString(base_state)), base_state != '') AS labels_read,
                            groupArrayIf((position + (KIND_UNIT * if(kind = 'STATE', ANSWER, toUInt8(kind)))) + (call_id = ''), has_call_step) AS call_steps_read,
                            groupArrayIf(cityHash64(call_id), has_call_step) AS call_keys_read
                        FROM
                        (
                            SELECT
                                *,
                                bitShiftLeft(toUInt64(toUnixTimestamp64Milli(at)), INSTANT_SHIFT) + (ORDER_UNIT * order_in_instant) AS position,
                                (kind NOT IN ('LOGIN', 'LOGOUT', 'STATE')) OR ((base_state = 'ENGAGED') AND (call_id != '')) AS has_call_step
                            FROM events
                            FINAL
                            WHERE indexHint((account_id IN ({accounts:Array(String)})) AND ((account_id, login_session_id) IN (
                                SELECT
                                    account_id,
                                    login_session_id
                                FROM in_range
                            )))
                        )
                        GROUP BY
                            account_id,
                            login_session_id
                    ),
                    tied AS
                    (
                        SELECT
                            *,
                            arrayFilter((step, before, after) -> ((position_of(step) = position_of(before)) OR (position_of(step) = position_of(after))), state_steps_by_rank, arrayPopBack(arrayPushFront(state_steps_by_rank, 0)), arraySlice(arrayPushBack(state_steps_by_rank, 0), 2)) AS rivals,
                            arrayExists(step -> (state_left_of(step) != 0), rivals) AS has_ways
                        FROM grouped
                    ),
                    weighed AS
                    (
                        SELECT
                            * EXCEPT state_steps_by_rank,
                            if(has_ways, arraySort(step -> (position_of(step), multiIf(state_of(step) = 0, toInt64(-1), arrayExists(other -> ((position_of(other) = position_of(step)) AND (state_left_of(other) != 0)), rivals), arraySum(other -> if(position_of(other) = position_of(step), toInt64(state_of(other) = state_of(step)) - toInt64(state_left_of(other) = state_of(step)), 0), rivals), toInt64(state_of(step))), state_of(step), state_left_of(step) = state_of(step), flag_of(step), step), state_steps_by_rank), state_steps_by_rank) AS state_steps_by_weight,
                            if(has_ways, arrayMap(step -> (arrayExists(other -> ((position_of(other) = position_of(step)) AND (state_left_of(other) != 0)), rivals) AND (arraySum(other -> if((position_of(other) = position_of(step)) AND (state_of(other) != 0), toInt64(bitShiftLeft(toUInt64(1), 4 * state_of(other))) - toInt64(bitShiftLeft(toUInt64(1), 4 * state_left_of(other))), toInt64(0)), rivals) = 0)), state_steps_by_weight), []) AS in_circle
                        FROM tied
                    ),
                    ordered AS
                    (
                        SELECT
                            * EXCEPT (rivals, has_ways, state_steps_by_weight, in_circle),
                            if(has(in_circle, true), arraySort((step, circles, before, nth) -> (position_of(step), state_of(step) != 0, circles AND (state_of(step) = before), if(circles, state_of(step), toUInt64(0)), nth), state_steps_by_weight, in_circle, arrayFill(before -> (before != 0), arrayMap((step, circles) -> if(circles, toUInt64(0), state_of(step)), state_steps_by_weight, in_circle)), arrayEnumerate(state_steps_by_weight)), state_steps_by_weight) AS state_steps
                        FROM weighed
                    ),
                    stepped AS
                    (
                        SELECT
                            account_id,
                            login_session_id,
                            bounded.*,
                            arrayFill(state -> (state != 0), arrayMap(step -> toUInt8(state_of(step)), state_steps)) AS states,
                            arrayMap(step -> (toUInt8(flag_of(step)) = 1), state_steps) AS flags,
                            arrayFilter(step -> (state_of(step) != 0), state_steps) AS entering_steps,
                            if(length(arrayDistinct(labelled_steps_read)) = length(labelled_steps_read), arraySort((label, step) -> step, labels_read, labelled_steps_read), arraySort((label, step) -> (step, label), labels_read, labelled_steps_read)) AS labels,
                            arrayMap(step -> least(greatest(toInt64(instant_of(step)), login_ms), end_ms), state_steps) AS starts,
                            arraySort(call_steps_read) AS call_steps,
                            arraySort((call, step) -> step, call_keys_read, call_steps_read) AS calls
                        FROM ordered
                        INNER JOIN bounded USING (account_id, login_session_id)
                    ),
                    shifted AS
                    (
                        SELECT
                            *,
                            arraySlice(arrayPushBack(starts, end_ms), 2) AS ends,
                            arrayPopBack(arrayPushFront(states, 0)) AS states_before,
                            arraySlice(arrayPushBack(states, 0), 2) AS states_after,
                            arrayPopBack(arrayPushFront(flags, 0)) AS flags_before,
                            arrayMap(step -> least(greatest(toInt64(instant_of(step)), login_ms), end_ms), entering_steps) AS entering_starts,
                            arrayMap(step -> toUInt8(kind_of(step)), call_steps) AS kinds,
                            arrayMap(step -> names_its_call(step), call_steps) AS names_call
                        FROM stepped
                    ),
                    listed AS
                    (
                        SELECT
                            * EXCEPT (starts, ends, states_before, states_after, flags_before, entering_steps, entering_starts, labels, call_steps, calls, names_call),
                            arrayMap((start, end) -> (end - start), starts, ends) AS spans,
                            starts[arrayLastIndex((state, before) -> (state != before), states, states_before)] AS last_state_since_ms,
                            starts[arrayLastIndex((flag, before) -> (flag AND (NOT before)), flags, flags_before)] AS last_flag_on_ms,
                            arrayMap((start, end) -> (end - start), entering_starts, arraySlice(arrayPushBack(entering_starts, end_ms), 2)) AS entering_spans,
                            arraySort(arrayMap((nth, span) -> (bitShiftLeft(toInt64(nth), SPAN_BITS) + span), arrayEnumerateDense(labels), if(arraySort(entering_steps) = entering_steps, entering_spans, arraySort((span, step) -> (step, span), entering_spans, entering_steps)))) AS label_spans,
                            arrayDistinct(labels) AS distinct_labels,
                            arrayFilter((start, state, before) -> ((state = ENGAGED) AND (before != ENGAGED)), starts, states, states_before) AS engaged_starts,
                            arrayFilter((end, state, after) -> ((state = ENGAGED) AND (after != ENGAGED)), ends, states, states_after) AS engaged_ends,
                            arrayDistinct(arrayFilter((call, kind, named) -> (named AND (kind = ANSWER)), calls, kinds, names_call)) AS answered_calls,
                            arraySort(arrayFilter(step -> (step != 0), arrayMap((call, position, kind, named) -> if(named AND (kind IN (OFFER, ANSWER, RING_NO_ANSWER)), (bitShiftLeft(toUInt64(call), OFFER_CALL_SHIFT) + (2 * position)) + (kind = OFFER), toUInt64(0)), arrayEnumerateDense(calls), arrayEnumerateDense(arrayMap(step -> position_of(step), call_steps)), kinds, names_call))) AS offer_steps,
                            arrayDistinct(arrayFilter((call, kind, named) -> (named AND (kind IN (MANUAL_DIAL, NO_CONNECT))), calls, kinds, names_call)) AS dialled_calls,
                            arrayFilter((call, kind, named) -> (named AND (kind = TRANSFER)), calls, kinds, names_call) AS transferred_calls,
                            arrayCount((kind, named) -> ((kind = TRANSFER) AND (NOT named)), kinds, names_call) AS anonymous_transfers,
                            arrayMap(step -> toUInt8(outcome_of(step)), arrayFilter((step, kind) -> ((kind >= OFFER) AND (kind <= NO_CONNECT)), call_steps, kinds)) AS outcomes,
                            arrayLast((step, kind) -> ((kind >= OFFER) AND (kind <= NO_CONNECT)), call_steps, kinds) AS last_outcome,
                            arrayFilter((call, step) -> (step = last_outcome), calls, call_steps) AS last_outcome_calls,
                            arrayFilter((step, kind) -> (kind IN (HOLD, UNHOLD, CALL_END)), call_steps, kinds) AS hold_steps,
                            arrayFilter((call, kind) -> (kind IN (HOLD, UNHOLD, CALL_END)), calls, kinds) AS hold_calls,
                            arraySort(arrayDistinct(arrayMap(step -> ((2 * position_of(step)) + (kind_of(step) = OFF_HOOK)), arrayFilter((step, kind) -> (kind IN (OFF_HOOK, ON_HOOK)), call_steps, kinds)))) AS hook_steps
                        FROM shifted
                    ),
                    balanced AS
                    (
                        SELECT
                            * EXCEPT (label_spans, offer_steps),
                            arrayPopFront(arrayDifference(arrayPushFront(arrayFilter((sum, span, next) -> (bitShiftRight(span, SPAN_BITS) != bitShiftRight(next, SPAN_BITS)), arrayCumSum(arrayMap(span -> bitAnd(span, SPAN_MASK), label_spans)), label_spans, arraySlice(arrayPushBack(label_spans, 0), 2)), 0))) AS label_times,
                            arrayMap(step -> bitShiftRight(step, OFFER_CALL_SHIFT), arrayFilter((step, next) -> (call_and_position_of(step) != call_and_position_of(next)), offer_steps, arraySlice(arrayPushBack(offer_steps, 0), 2))) AS offer_calls,
                            arrayPopFront(arrayDifference(arrayPushFront(arrayFilter((sum, step, next) -> (call_and_position_of(step) != call_and_position_of(next)), arrayCumSum(step -> if(is_offer(step), 1, -1), offer_steps), offer_steps, arraySlice(arrayPushBack(offer_steps, 0), 2)), 0))) AS offer_balances,
                            arraySlice(arrayPushBack(outcomes, 0), 2) AS outcomes_after,
                            arrayPopBack(arrayPushFront(outcomes, 0)) AS outcomes_before,
                            arrayMap(step -> (kind_of(step) = HOLD), hold_steps) AS holds_begin,
                            arrayMap(step -> greatest(toInt64(instant_of(step)), login_ms), hold_steps) AS hold_times,
                            arrayMap(hook -> least(greatest(toInt64(hook_instant_of(hook)), login_ms), end_ms), hook_steps) AS hook_times
                        FROM listed
                    ),
                    held AS
                    (
                        SELECT
                            * EXCEPT (hold_steps, hold_calls, holds_begin, hold_times, hook_times, offer_calls, offer_balances),
                            arrayFilter((call, balance) -> (balance != 0), offer_calls, offer_balances) AS unsettled_calls,
                            arrayFilter(balance -> (balance != 0), offer_balances) AS unsettled_balances,
                            arrayMap((hold, held_call, hold_time) -> (hold_time, arrayMax((start, end) -> if((hold_time >= start) AND (hold_time < end), least(end, arrayFirst((time, step, call, begins) -> ((step > hold) AND (NOT begins) AND ((call = held_call) OR (NOT names_its_call(step)) OR (NOT names_its_call(hold)))), arrayPushBack(hold_times, end_ms), arrayPushBack(hold_steps, toUInt64(18446744073709551615)), arrayPushBack(hold_calls, held_call), arrayPushBack(holds_begin, false))), hold_time), arrayPushBack(engaged_starts, 0), arrayPushBack(engaged_ends, 0))), arrayFilter((step, begins) -> begins, hold_steps, holds_begin), arrayFilter((call, begins) -> begins, hold_calls, holds_begin), arrayFilter((time, begins) -> begins, hold_times, holds_begin)) AS hold_spans,
                            length(arrayDistinct(arrayFilter((call, step, begins) -> (begins AND names_its_call(step)), hold_calls, hold_steps, holds_begin))) + arrayCount((step, begins) -> (begins AND (NOT names_its_call(step))), hold_steps, holds_begin) AS holds,
                            arrayFold((line, hook, time) -> multiIf((NOT is_off_hook(hook)) AND ((line.1) < 0), (line.1, hook_position_of(hook), line.3, line.4), NOT is_off_hook(hook), (toInt64(-1), toUInt64(0), ((line.3) + time) - (line.1), (line.4) + begun_minutes(time - (line.1))), ((line.1) < 0) AND ((line.2) != hook_position_of(hook)), (time, toUInt64(0), line.3, line.4), (line.1, toUInt64(0), line.3, line.4)), hook_steps, hook_times, (toInt64(-1), toUInt64(0), toInt64(0), toInt64(0))) AS line
                        FROM balanced
                    ),
                    hold_edged AS
                    (
                        SELECT
                            * EXCEPT hold_spans,
                            arraySort(arrayConcat(arrayMap(span -> (span.1, 1), hold_spans), arrayMap(span -> (span.2, -1), hold_spans))) AS hold_edges
                        FROM held
                    ),
                    counted AS
                    (
                        SELECT
                            account_id,
                            login_session_id,
                            agent_id,
                            username,
                            phone,
                            external_agent_id,
                            dial_group_name,
                            source,
                            login_ms,
                            end_ms,
                            end_reason,
                            has_login,
                            end_ms - login_ms AS login_time_ms,
                            states[-1] AS last_state,
                            last_state_since_ms,
                            flags[-1] AS last_flag,
                            if(flags[-1], last_flag_on_ms, 0) AS last_flag_since_ms,
                            mapFilter((label, ms) -> (ms > 0), mapFromArrays(distinct_labels, label_times)) AS label_ms,
                            arraySum((span, state) -> if(state = AVAILABLE, span, 0), spans, states) AS available_ms,
                            arraySum((span, state) -> if(state = TRANSITION, span, 0), spans, states) AS ring_ms,
                            arraySum((span, state) -> if(state = ENGAGED, span, 0), spans, states) AS engaged_ms,
                            arraySum((span, state) -> if(state = WORKING, span, 0), spans, states) AS wrap_ms,
                            arraySum((span, state) -> if(state = MONITORING, span, 0), spans, states) AS monitoring_ms,
                            arraySum((span, state) -> if(state = ON_BREAK, span, 0), spans, states) AS break_ms,
                            arraySum((span, state) -> if((state IN (AWAY, AUX_OFFHOOK, AUX_NO_OFFHOOK)), span, 0), spans, states) AS away_ms,
                            arraySum((span, state) -> if(state = LUNCH, span, 0), spans, states) AS lunch_ms,
                            arraySum((span, state) -> if(state = TRAINING, span, 0), spans, states) AS training_ms,
                            arraySum((span, state) -> if(state = RNA, span, 0), spans, states) AS rna_ms,
                            arraySum((span, flag) -> if(flag, span, 0), spans, flags) AS pending_disposition_ms,
                            holds,
                            arraySum((edge, next, depth) -> if(depth > 0, (next.1) - (edge.1), 0), hold_edges, arraySlice(arrayPushBack(hold_edges, (end_ms, -1)), 2), arrayCumSum(hold_edges.2)) AS hold_ms,
                            empty(hook_steps) AS sees_no_line,
                            (line.3) + if((line.1) >= 0, end_ms - (line.1), 0) AS line_ms,
                            (line.4) + if((line.1) >= 0, begun_minutes(end_ms - (line.1)), 0) AS line_minutes,
                            arraySum((start, end) -> begun_minutes(end - start), engaged_starts, engaged_ends) AS engaged_minutes,
                            length(answered_calls) + countEqual(outcomes, anonymous(ANSWER)) AS accepted,
                            countEqual(kinds, RING_NO_ANSWER) AS ring_no_answers,
                            arraySum((balance, call, balance_after, call_after) -> if(balance > 0, balance - ((call_after = call) AND (balance_after < 0)), 0), unsettled_balances, unsettled_calls, arraySlice(arrayPushBack(unsettled_balances, 0), 2), arraySlice(arrayPushBack(unsettled_calls, 0), 2)) + arrayCount((outcome, next) -> ((outcome = anonymous(OFFER)) AND (intDiv(next, 2) NOT IN (ANSWER, RING_NO_ANSWER))), outcomes, outcomes_after) AS offers_withdrawn,
                            greatest((length(arrayFilter(call -> (NOT has(answered_calls, call)), dialled_calls)) + arrayCount((outcome, next, before) -> (((outcome = anonymous(MANUAL_DIAL)) AND (intDiv(next, 2) != ANSWER)) OR ((outcome = anonymous(NO_CONNECT)) AND (before != anonymous(MANUAL_DIAL)))), outcomes, outcomes_after, outcomes_before)) - ((end_reason = 'OPEN') AND (((outcomes[-1]) = anonymous(MANUAL_DIAL)) OR (((outcomes[-1]) = (2 * MANUAL_DIAL)) AND (NOT hasAll(answered_calls, last_outcome_calls))))), 0) AS manual_no_connects,
                            length(arrayIntersect(answered_calls, transferred_calls)) + anonymous_transfers AS transfers_seen,
                            countEqual(kinds, MONITOR_START) AS monitoring_sessions
                        FROM hold_edged
                    ),
                    summed AS
                    (
                        SELECT
                            * EXCEPT (sees_no_line, line_ms, line_minutes, engaged_minutes, transfers_seen),
                            (((available_ms + ring_ms) + engaged_ms) + wrap_ms) + monitoring_ms AS work_ms,
                            engaged_ms - hold_ms AS talk_ms,
                            if(sees_no_line, engaged_ms, line_ms) AS off_hook_ms,
                            MINUTE_MS * if(sees_no_line, engaged_minutes, line_minutes) AS rounded_off_hook_ms,
                            (accepted + ring_no_answers) + offers_withdrawn AS presented,
                            least(transfers_seen, accepted) AS transfers
                        FROM counted
                    )
                SELECT
                    *,
                    (((((login_time_ms - work_ms) - break_ms) - away_ms) - lunch_ms) - training_ms) - rna_ms AS unaccounted_ms
                FROM summed
            )
        )
    ) AS sessions
    LEFT JOIN
    (
        SELECT
            account_id,
            agent_id,
            if(row_number() OVER history = 1, -9000000000000000, toUnixTimestamp64Milli(valid_from)) AS from_ms,
            leadInFrame(toUnixTimestamp64Milli(valid_from), 1, 9000000000000000) OVER history AS until_ms,
            first_name,
            last_name,
            username AS directory_username,
            email,
            toString(agent_type) AS agent_type,
            toString(team) AS team,
            toString(agent_group_id) AS agent_group_id,
            toString(agent_group_name) AS agent_group_name,
            external_agent_id AS directory_external_agent_id,
            toString(dial_group_name) AS directory_dial_group_name,
            needs_escaping
        FROM agents
        FINAL
        WHERE account_id IN ({accounts:Array(String)})
        WINDOW history AS (PARTITION BY account_id, agent_id ORDER BY valid_from ASC ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
    ) AS entries ON (sessions.agent_id = entries.agent_id) AND (sessions.account_id = entries.account_id) AND (sessions.login_ms >= entries.from_ms) AND (sessions.login_ms < entries.until_ms)
)
ORDER BY
    login_ms ASC,
    login_session_id ASC,
    agent_id ASC,
    account_id ASC
SETTINGS optimize_aggregation_in_order = 1, max_block_size = 8192, compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0, optimize_and_compare_chain = 0, do_not_merge_across_partitions_select_final = 1, join_algorithm = 'hash', max_bytes_before_external_join = 0, max_bytes_ratio_before_external_join = 0, os_thread_priority = 10
