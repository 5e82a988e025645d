        -- Sessions as their table has them, without their events.
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
        FROM login_sessions FINAL
        WHERE account_id IN ({accounts:Array(String)})
