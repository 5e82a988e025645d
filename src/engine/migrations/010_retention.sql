-- Whole months, before the present one, of which an account's events and sessions are kept; 0: for ever.
ALTER TABLE accounts ADD COLUMN IF NOT EXISTS keep_months UInt32;
