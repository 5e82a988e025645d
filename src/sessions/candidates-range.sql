    -- The sessions of an account whose ids lie between fold_first and fold_last.
    candidates AS (
{{facts}}
            AND login_session_id BETWEEN {fold_first:String} AND {fold_last:String}
    )
