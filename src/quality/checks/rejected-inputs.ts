// Check: rejected inputs, by feed and reason.
import type { Check } from './check.ts';
import { findRows, foundSql } from './found.ts';

const SQL = foundSql(`
  SELECT
    concat(source, ' ', reason) AS kind,
    account_id,
    source,
    '' AS agent_id,
    '' AS login_session_id,
    toUnixTimestamp64Milli(received_at) AS at_ms,
    at_ms AS until_ms,
    0 AS duration_ms,
    1 AS amount,
    concat(
      detail, ' Line ', toString(position), ': ',
      if(lengthUTF8(raw) > 200, concat(substringUTF8(raw, 1, 200), '…'), raw)
    ) AS detail
  FROM rejects FINAL
  WHERE (account_id IN ({accounts:Array(String)}) OR ({sees_unassigned:Bool} AND account_id = ''))
    AND received_at >= fromUnixTimestamp64Milli({range_from_ms:Int64}, 'UTC')`);

export const rejectedInputs: Check = {
  key: 'REJECTED_INPUTS',
  title: 'Rejected inputs',
  meaning:
    'Inputs that could not be used, received since the start of the range; the time they are about is unknown, but they cannot ' +
    'have arrived before it. Inputs that name no account are visible to readers of all accounts.',
  remedy:
    "Fix the sender, or send corrected inputs with './offhook import' or POST /ingest/v1/{source}. After a change of settings or " +
    "an upgrade, './offhook replay --account ID' stores those that can be used now.",
  isOfAllGroups: true,
  find: (engine, asked) => findRows(engine, SQL, asked, { sees_unassigned: asked.seesUnassigned }),
};
