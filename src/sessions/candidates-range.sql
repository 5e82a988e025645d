    -- The sessions of an account from fold_first to fold_last, in order of their ids.
    known AS (
{{facts}}
            AND login_session_id BETWEEN {fold_first:String} AND {fold_last:String}
    )
