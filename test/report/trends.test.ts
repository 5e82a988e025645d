// Trends: sums over a report's sessions, computed once more in TypeScript, over clock changes; and who may see them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Temporal } from 'temporal-polyfill';
import { simulateAgents } from '../../src/simulate/centre/agents.ts';
import { simulateCentre } from '../../src/simulate/centre/centre.ts';
import { fillDirectory, fillEvents } from '../../src/simulate/fill.ts';
import { type FoldedSession, expectedSessions } from '../sessions/expected-sessions.ts';
import { bearer, grant, temporaryServer } from '../support/temporary-server.ts';

const { app, offhook, clock, user, cacheSessions } = await temporaryServer();
const ZONE = 'America/New_York';
const STALE_MS = 16 * 3_600_000;
clock.nowMs = Date.UTC(2027, 0, 1);

type Row = Readonly<Record<string, string | number>>;
interface Answer {
  timezone: string;
  from: string;
  to: string;
  rows: Row[];
  isTruncated: boolean;
}

/** Some days around a day of 23 hours, and around one of 25. */
const CENTRES = {
  spring: { days: 4, start: '2026-03-06', end: '2026-03-10' },
  autumn: { days: 4, start: '2026-10-30', end: '2026-11-03' },
};
const sessions = new Map<string, FoldedSession[]>();
const agents = new Map(
  simulateAgents({ accountId: 'spring', agents: 14, days: 4, start: '2026-03-06', seed: 7 }).map(row => [
    row.agent_id,
    row,
  ]),
);
for (const [accountId, { days, start }] of Object.entries(CENTRES)) {
  const centre = { accountId, agents: 14, days, start, seed: 7, timezone: ZONE, offHook: true };
  const events = [...simulateCentre(centre)];
  await fillDirectory(offhook, centre, clock.nowMs);
  await fillEvents(offhook, events, clock.nowMs, () => {});
  const range = { accountIds: [accountId], fromMs: 0, toMs: clock.nowMs };
  const folded = expectedSessions(events, { ...range, nowMs: clock.nowMs, staleAfterMs: STALE_MS });
  sessions.set(accountId, [...folded.values()]);
}
await cacheSessions();

const criteriaOf = (accountId: keyof typeof CENTRES, more: object = {}) => ({
  startTimestamp: CENTRES[accountId].start,
  endTimestamp: CENTRES[accountId].end,
  timezoneName: ZONE,
  ...more,
});

async function ask(accountId: string, body: object, headers = bearer('administrator')): Promise<Answer> {
  const url = `/voice/api/v1/admin/accounts/${accountId}/trends`;
  const answer = await app.inject({ method: 'POST', url, headers, payload: body });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
}

const halfUp = (numerator: number, divisor: number) =>
  divisor === 0 ? 0 : Math.floor((2 * numerator + divisor) / (2 * divisor)) / 100;

/** What a row says of its sessions. */
function measured(own: readonly FoldedSession[]): Row {
  const sum = (field: keyof FoldedSession) => own.reduce((total, session) => total + Number(session[field]), 0);
  const minutes = (field: keyof FoldedSession, per = 1) => halfUp(sum(field), 600 * per);
  const ratio = (field: keyof FoldedSession, of: keyof FoldedSession) => halfUp(10_000 * sum(field), sum(of));
  const accepted = sum('accepted');
  return {
    sessions: own.length,
    agents: new Set(own.map(session => session.agent_id)).size,
    presented: sum('presented'),
    accepted,
    manualNoConnect: sum('manual_no_connects'),
    rna: sum('ring_no_answers'),
    dispXfers: sum('transfers'),
    callsXferedPercent: ratio('transfers', 'accepted'),
    talkTime: minutes('talk_ms'),
    avgTalkTime: accepted === 0 ? 0 : minutes('talk_ms', accepted),
    loginTime: minutes('login_time_ms'),
    loginUtilization: ratio('talk_ms', 'login_time_ms'),
    offHookTime: minutes('off_hook_ms'),
    roundedOffHookTime: minutes('rounded_off_hook_ms'),
    offHookUtilization: ratio('talk_ms', 'off_hook_ms'),
    offHookToLogin: ratio('off_hook_ms', 'login_time_ms'),
    workTime: minutes('work_ms'),
    breakTime: minutes('break_ms'),
    awayTime: minutes('away_ms'),
    lunchTime: minutes('lunch_ms'),
    trainingTime: minutes('training_ms'),
    pendingDispTime: minutes('pending_disposition_ms'),
    avgPendingDispTime: accepted === 0 ? 0 : minutes('pending_disposition_ms', accepted),
    callsPlacedOnHold: sum('holds'),
    timeOnHold: minutes('hold_ms'),
    ringTime: minutes('ring_ms'),
    engagedTime: minutes('engaged_ms'),
    rnaTime: minutes('rna_ms'),
    availableTime: minutes('available_ms'),
    monitoringSessions: sum('monitoring_sessions'),
    wrapUpTime: minutes('wrap_ms'),
    monitoringTime: minutes('monitoring_ms'),
    unaccountedTime: minutes('unaccounted_ms'),
  };
}

const loginOf = ({ login_ms }: FoldedSession) =>
  Temporal.Instant.fromEpochMilliseconds(login_ms).toZonedDateTimeISO(ZONE);
const personOf = ({ agent_id }: FoldedSession) => agents.get(agent_id)!;

/** The keys of a session's row, by dimension. */
const KEYS: Readonly<Record<string, (session: FoldedSession) => Row>> = {
  day: session => ({ day: loginOf(session).toPlainDate().toString() }),
  week: session => {
    const date = loginOf(session).toPlainDate();
    return { week: date.subtract({ days: date.dayOfWeek - 1 }).toString() };
  },
  month: session => ({ month: loginOf(session).toPlainDate().toString().slice(0, 7) }),
  hourOfDay: session => ({ hourOfDay: loginOf(session).hour }),
  agent: session => ({
    accountId: session.account_id,
    agentId: Number(session.agent_id),
    firstName: personOf(session).first_name,
    lastName: personOf(session).last_name,
  }),
  team: session => ({ team: personOf(session).team }),
  agentGroup: session => ({
    accountId: session.account_id,
    agentGroupId: Number(personOf(session).agent_group_id),
    agentGroupName: personOf(session).agent_group_name,
  }),
  account: session => ({ accountId: session.account_id }),
};

function summed(own: readonly FoldedSession[], by: readonly string[]): Row[] {
  const keyOf = (session: FoldedSession): Row => Object.assign({}, ...by.map(dimension => KEYS[dimension]!(session)));
  const groups = Map.groupBy(own, session => JSON.stringify(keyOf(session)));
  return [...groups].map(([key, group]) => ({ ...JSON.parse(key), ...measured(group) }));
}

const inAnyOrder = (rows: readonly Row[]) => {
  const sorted = rows.map(row => Object.fromEntries(Object.entries(row).sort()));
  return sorted.map(row => JSON.stringify(row)).sort();
};

const BY_TIME = [['day'], ['hourOfDay'], ['week', 'team']];
const BY_ALL = [[], ['month'], ['agent'], ['team'], ['agentGroup'], ['day', 'account', 'agentGroup']];
for (const accountId of ['spring', 'autumn'] as const) {
  for (const by of accountId === 'spring' ? [...BY_TIME, ...BY_ALL] : BY_TIME) {
    test(`${accountId}, by ${by.join(' and ') || 'nothing'}: the sums of the sessions`, async () => {
      const own = sessions.get(accountId)!;
      const { rows, isTruncated } = await ask(accountId, { reportCriteria: criteriaOf(accountId), by });
      assert.ok(own.length > 20 && rows.length >= 1);
      assert.deepEqual(inAnyOrder(rows), inAnyOrder(summed(own, by)));
      assert.equal(isTruncated, false);
    });
  }
}

test('the days of a clock change have 23 and 25 hours; a login counts on its own day', async () => {
  const hours = async (accountId: 'spring' | 'autumn', day: string) => {
    const criteria = { startTimestamp: day, endTimestamp: day, timezoneName: ZONE };
    const { from, to, timezone, rows } = await ask(accountId, { reportCriteria: criteria, by: ['day'] });
    assert.equal(timezone, ZONE);
    assert.deepEqual(
      rows.map(row => row.day),
      [day],
    );
    return (Date.parse(to) + 1 - Date.parse(from)) / 3_600_000;
  };
  assert.deepEqual([await hours('spring', '2026-03-08'), await hours('autumn', '2026-11-01')], [23, 25]);
});

test('rows come in the order of the dimensions, at most as many as are asked for, and say so', async () => {
  const reportCriteria = criteriaOf('spring');
  const all = await ask('spring', { reportCriteria, by: ['day', 'agent'] });
  const order = all.rows.map(({ day, agentId }) => `${day} ${agentId}`);
  assert.deepEqual(order, order.toSorted());
  const some = await ask('spring', { reportCriteria, by: ['day', 'agent'], maxRows: 3 });
  assert.deepEqual([some.rows, some.isTruncated], [all.rows.slice(0, 3), true]);
  const exact = await ask('spring', { reportCriteria, by: ['day', 'agent'], maxRows: all.rows.length });
  assert.equal(exact.isTruncated, false);
});

test('criteria choose the sessions as they do in the report; no session is no row', async () => {
  const [agent] = agents.values();
  const asked = { agentIds: [agent!.agent_id] };
  const { rows } = await ask('spring', { reportCriteria: criteriaOf('spring', asked), by: ['agent'] });
  assert.deepEqual(
    rows.map(row => String(row.agentId)),
    [agent!.agent_id],
  );
  const nobody = { reportCriteria: criteriaOf('spring', { agentTeams: ['No such team'] }), by: [] };
  assert.deepEqual((await ask('spring', nobody)).rows, []);
});

test('a reader of a group sums its agents only; who may not read an account gets nothing of it', async () => {
  const group = [...agents.values()][0]!.agent_group_id;
  const headers = await user('limited', [grant('spring', 'reader', group)]);
  const { rows } = await ask('spring', { reportCriteria: criteriaOf('spring'), by: [] }, headers);
  const own = sessions.get('spring')!.filter(session => personOf(session).agent_group_id === group);
  assert.ok(own.length > 0 && own.length < sessions.get('spring')!.length);
  assert.deepEqual(rows, [measured(own)]);
  for (const reportCriteria of [criteriaOf('autumn'), { ...criteriaOf('autumn'), accountIds: ['autumn'] }]) {
    const accountId = 'accountIds' in reportCriteria ? 'spring' : 'autumn';
    const url = `/api/v1/admin/accounts/${accountId}/trends`;
    const payload = { reportCriteria, by: ['day'] };
    const { statusCode } = await app.inject({ method: 'POST', url, headers, payload });
    assert.equal(statusCode, 403);
  }
});

for (const [what, payload] of Object.entries({
  'an unknown dimension': { by: ['phase of the moon'] },
  'a dimension twice': { by: ['day', 'day'] },
  'too many rows': { by: ['day'], maxRows: 1_000_000 },
  'an unknown zone': { by: ['day'], reportCriteria: { timezoneName: 'Mars/Olympus' } },
})) {
  test(`${what} is refused`, async () => {
    const url = '/api/v1/admin/accounts/spring/trends';
    const headers = bearer('administrator');
    const { statusCode } = await app.inject({ method: 'POST', url, headers, payload });
    assert.equal(statusCode, 400);
  });
}
