-- An id that a sender gives names a fact, but does not make it: two facts that say different things are two, whatever their ids
-- and whichever came first (docs/decisions/013-one-event-id-two-facts.md). Ids that a decoder makes of the fact stay as they are.
ALTER TABLE events MODIFY COLUMN event_id UInt64 DEFAULT multiIf(
    source_event_id = '',
    sipHash64(
        kind, base_state, prev_base_state, state_label, pending_disposition, agent_id, username, phone,
        external_agent_id, call_id, call_direction, queue_id, queue_name, dial_group_id, dial_group_name
    ),
    source = 'offhook',
    sipHash64(
        source_event_id, kind, base_state, prev_base_state, state_label, pending_disposition, agent_id, username, phone,
        external_agent_id, call_id, call_direction, queue_id, queue_name, dial_group_id, dial_group_name
    ),
    sipHash64(source_event_id)
);

ALTER TABLE replacements MODIFY COLUMN event_id UInt64 DEFAULT multiIf(
    source_event_id = '',
    sipHash64(
        kind, base_state, prev_base_state, state_label, pending_disposition, agent_id, username, phone,
        external_agent_id, call_id, call_direction, queue_id, queue_name, dial_group_id, dial_group_name
    ),
    source = 'offhook',
    sipHash64(
        source_event_id, kind, base_state, prev_base_state, state_label, pending_disposition, agent_id, username, phone,
        external_agent_id, call_id, call_direction, queue_id, queue_name, dial_group_id, dial_group_name
    ),
    sipHash64(source_event_id)
);

-- What is stored under such ids gets the new ones, so that the same events, sent again, are known. Both steps may run again.
INSERT INTO events (
    account_id, login_session_id, at, order_in_instant, source_event_id, kind, base_state, prev_base_state, state_label,
    pending_disposition, agent_id, username, phone, external_agent_id, call_id, call_direction, queue_id, queue_name,
    dial_group_id, dial_group_name, source, received_at, raw
)
SELECT
    account_id, login_session_id, at, order_in_instant, source_event_id, kind, base_state, prev_base_state, state_label,
    pending_disposition, agent_id, username, phone, external_agent_id, call_id, call_direction, queue_id, queue_name,
    dial_group_id, dial_group_name, source, received_at, raw
FROM events FINAL
WHERE source = 'offhook' AND source_event_id != '' AND event_id = sipHash64(source_event_id);

DELETE FROM events WHERE source = 'offhook' AND source_event_id != '' AND event_id = sipHash64(source_event_id);

-- Sessions that were folded before, which counted a second answered offer of a call as withdrawn, are folded again.
INSERT INTO unfolded_sessions SELECT account_id, login_session_id, rand64() FROM login_sessions GROUP BY account_id, login_session_id;
