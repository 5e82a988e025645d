// Durations that Asterisk states: of a call at its end, and of a login at its logoff.
import { asterisk } from '../../sources/asterisk/asterisk.ts';
import { type StatedDuration, statedDuration } from '../../sources/asterisk/stated-durations.ts';
import { isFact } from '../../sources/agent-source.ts';
import { LIMITS } from '../../limits.ts';
import { sessionsWithAgents } from '../../report/query/sessions-with-agents.ts';
import { chooseSource, FOLD_SETTINGS, type SessionSource } from '../../sessions/sessions.ts';
import type { Example, Found } from '../checks/check.ts';
import { rangeParams } from '../checks/found.ts';
import type { StatedTimes } from './stated-times.ts';

interface Row {
  accountId: string;
  agentId: string;
  loginSessionId: string;
  raw: string;
  /** UTC milliseconds since 1970; 0: no answer was recorded. */
  answeredMs: number;
  /** 0: no login was recorded. */
  loginMs: number;
}

/** Lines that state a duration, each with the start of the call or login. */
const sqlFrom = (source: SessionSource) => `
  WITH
    seen AS (
      SELECT account_id, agent_id, login_session_id, if(has_login, login_ms, 0) AS recorded_ms
      FROM (${sessionsWithAgents({ source, restrictions: ['visible'] })})
    ),
    lines AS (
      SELECT account_id, login_session_id, call_id, kind, toUnixTimestamp64Milli(at) AS at_ms, raw
      FROM events FINAL
      WHERE account_id IN ({accounts:Array(String)}) AND source = 'asterisk'
        AND (account_id, login_session_id) IN (SELECT account_id, login_session_id FROM seen)
    )
  SELECT
    toString(ends.account_id) AS accountId,
    seen.agent_id AS agentId,
    ends.login_session_id AS loginSessionId,
    ends.raw AS raw,
    answers.at_ms AS answeredMs,
    toInt64(recorded_ms) AS loginMs
  FROM (SELECT * FROM lines WHERE match(raw, '[|](COMPLETE|BLINDTRANSFER|ATTENDEDTRANSFER|TRANSFER|OUTANSWER|OUTCALL|AGENT[A-Z]*LOGOFF)')) AS ends
  INNER JOIN seen ON seen.account_id = ends.account_id AND seen.login_session_id = ends.login_session_id
  ASOF LEFT JOIN (SELECT * FROM lines WHERE kind = 'ANSWER') AS answers
    ON answers.account_id = ends.account_id
    AND answers.login_session_id = ends.login_session_id
    AND answers.call_id = ends.call_id
    AND ends.at_ms >= answers.at_ms
  ORDER BY ends.at_ms, loginSessionId
  SETTINGS ${FOLD_SETTINGS}`;

export const statedAsterisk: StatedTimes = {
  source: 'asterisk',
  async find(engine, asked) {
    const { source, params } = await chooseSource(engine, rangeParams(asked));
    const rows = await engine.query<Row>(sqlFrom(source), params);
    return foundOf(rows.flatMap(disagreement));
  },
};

/** Uses the feed's own reader, so that both interpret the line alike. */
function disagreement(row: Row): Example[] {
  const read = asterisk.reader({
    accountId: row.accountId,
    isAllowed: () => true,
    zoneOf: () => 'UTC',
    agentRuleOf: () => undefined,
    statesOf: () => new Map(),
    receivedAt: 0,
    live: false,
  });
  const [fact] = read({ raw: row.raw, position: 1 }).filter(isFact);
  const stated = fact && statedDuration(fact as Parameters<typeof statedDuration>[0]);
  return stated === undefined ? [] : compared(row, stated);
}

function compared(row: Row, { measure, endMs, statedMs, precisionMs, callId }: StatedDuration): Example[] {
  const beganMs = measure === 'TALK_TIME' ? row.answeredMs : row.loginMs;
  const difference = Math.abs(endMs - beganMs - statedMs);
  if (beganMs === 0 || difference <= precisionMs) return [];
  const { accountId, agentId, loginSessionId } = row;
  const what = measure === 'TALK_TIME' ? `call ${callId}` : 'login';
  return [
    {
      kind: `asterisk ${measure}`,
      accountId,
      source: 'asterisk',
      agentId,
      loginSessionId,
      fromMs: beganMs,
      toMs: endMs,
      durationMs: difference,
      amount: 1,
      detail: `The log states ${statedMs / 1000} s for the ${what}, but its lines are ${(endMs - beganMs) / 1000} s apart.`,
    },
  ];
}

function foundOf(examples: Example[]): Found {
  const byKind = Map.groupBy(examples, ({ kind }) => kind);
  const sum = (of: readonly Example[]) => of.reduce((ms, { durationMs }) => ms + durationMs, 0);
  return {
    count: examples.length,
    durationMs: sum(examples),
    toleratedMs: 0,
    kinds: [...byKind].map(([kind, own]) => ({ kind, count: own.length, durationMs: sum(own) })),
    examples: examples.sort((a, b) => b.durationMs - a.durationMs).slice(0, LIMITS.qualityExamples),
  };
}
